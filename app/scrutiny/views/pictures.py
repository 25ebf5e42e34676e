"""The pictures of a result: what a project had of what it needed, in money where money decided, in votes where votes did."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from app.budgeting.counting import charts
from app.budgeting.counting.charts import Part
from app.scrutiny.messages import counted, soles


@dataclass(frozen=True)
class Line:
    """A project in a result. `votes` is "" where figures are not told."""

    number: str
    title: str
    place: str
    cost: str
    votes: str
    is_chosen: bool
    why: str
    support: int | None


def ceiling(part: Mapping[str, Any]) -> str:
    """What the winners of a part cost, of its ceiling."""
    spent, whole = Fraction(part["spent"]), Fraction(part["ceiling"])
    title = _("Lo que cuestan los elegidos, del techo de %(ceiling)s", ceiling=soles(whole))
    pieces = [
        Part("full", spent, _("Elegidos: %(amount)s", amount=soles(spent))),
        Part("missing", max(Fraction(0), whole - spent), _("Queda: %(amount)s", amount=soles(whole - spent))),
    ]
    return charts.cost_bar(title, pieces, picture_id=f"techo-{part['zone'] or 'todo'}")


def project(line: Line, told: Mapping[str, Any] | None, part: Mapping[str, Any], kind: str) -> str:
    """Every project has one; "" only where no figure may be told."""
    if told is None:
        return ""
    values = {name: Fraction(str(value)) for name, value in told["values"].items() if isinstance(value, int) or name in told["amounts"]}
    pieces = _bought(values, told) if line.is_chosen else _lacking(values)
    if pieces:
        return charts.cost_bar(
            _("%(title)s: cuesta %(cost)s", title=line.title, cost=line.cost), pieces, picture_id=f"proyecto-{line.number}"
        )
    title = _("%(title)s: los votos que tuvo", title=line.title)
    return charts.cost_bar(title, _votes(values, part, kind), picture_id=f"proyecto-{line.number}")


def _bought(values: Mapping[str, Fraction], told: Mapping[str, Any]) -> list[Part]:
    if "price" in values:
        cost = values["cost"]
        whole = (
            min(cost, values["full"] * values["price"])
            if told["why"] == "won-by-shares" and values.get("score") == values["votes"]
            else cost
        )
        pieces = [Part("full", whole, _("Cuotas enteras: %(amount)s", amount=soles(whole)))]
        if cost - whole > 0:
            pieces.append(Part("short", cost - whole, _("Lo que les quedaba a otros: %(amount)s", amount=soles(cost - whole))))
        return pieces
    if "before" not in values:
        return []
    rest = values["before"] - values["cost"]
    return [
        Part("full", values["cost"], _("Su costo: %(amount)s", amount=soles(values["cost"]))),
        Part("missing", max(Fraction(0), rest), _("Quedó para los demás: %(amount)s", amount=soles(rest))),
    ]


def _lacking(values: Mapping[str, Fraction]) -> list[Part]:
    if "missing" not in values:
        return []
    had = values.get("money", values.get("before", Fraction(0)))
    said = _("Tenían sus votantes: %(amount)s", amount=soles(had)) if "money" in values else _("Quedaba: %(amount)s", amount=soles(had))
    return [Part("short", had, said), Part("missing", values["missing"], _("Le faltó: %(amount)s", amount=soles(values["missing"])))]


def _votes(values: Mapping[str, Fraction], part: Mapping[str, Any], kind: str) -> list[Part]:
    """Against the minimum, where it fell short of one; otherwise against everybody who voted."""
    if "threshold" in values:
        had, needed = values["score"], values["threshold"]
        return [
            Part("short", had, _("Tuvo: %(votes)s", votes=counted(had, kind))),
            Part("missing", needed - had, _("Le faltó para el mínimo: %(votes)s", votes=counted(needed - had, kind))),
        ]
    votes = values["votes"]
    minimum = values.get("least", values.get("needed"))
    if minimum is not None and votes < minimum:
        return [
            Part("short", votes, _("Lo votaron: %(n)s", n=votes)),
            Part("missing", minimum - votes, _("Le faltó para el mínimo: %(n)s", n=minimum - votes)),
        ]
    others = max(Fraction(0), Fraction(part["report"]["voters"]) - votes)
    return [Part("short", votes, _("Lo votaron: %(n)s", n=votes)), Part("missing", others, _("No lo votaron: %(n)s", n=others))]
