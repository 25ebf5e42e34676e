"""A vote and its ballot as pages show them."""

import hashlib
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from app.core.text import fold
from app.voting import messages, queries
from app.voting.forms import BallotForm
from app.voting.rules import BallotKind, Channel, Extent
from app.voting.rules.ballots import is_offered, offered, soles


@dataclass(frozen=True)
class Filters:
    """What somebody is looking for; what they marked is shown whatever they look for."""

    text: str = ""
    theme: str = ""
    territory: str = ""

    @classmethod
    def read(cls, data: Any) -> "Filters":
        return cls(data.get("texto", "").strip()[:100], data.get("tema", "")[:80], data.get("territorio", "")[:6])

    def admits(self, option: Any) -> bool:
        project = option.project
        if self.theme and (project.theme is None or project.theme.slug != self.theme):
            return False
        if self.territory and (option.ubigeo or "") != self.territory:
            return False
        return not self.text or fold(self.text) in fold(f"{option.number} {option.title} {project.description} {project.site}")

    @property
    def is_set(self) -> bool:
        return bool(self.text or self.theme or self.territory)


def again(vote_id: int) -> Any:
    """The vote as it stands after a transaction ended, with its round, process and space."""
    return queries.vote_by_id(vote_id)


def beyond(vote: Any, page: str) -> str:
    """The address of a page of this vote that a floor above keeps ("secreto", "resultados"); "" when there is none."""
    rule = f"/procesos/<slug>/votaciones/<vote>/{page}"
    has_it = any(known.rule == rule for known in current_app.url_map.iter_rules())
    return f"/procesos/{vote.round.process.slug}/votaciones/{vote.slug}/{page}" if has_it else ""


def in_order(options: Sequence[Any], seed: str) -> list[Any]:
    """The projects in an order that is this person's own, the same all the time they vote; numbers stay."""
    return sorted(options, key=lambda option: hashlib.sha256(f"{seed}:{option.number}".encode()).digest())


def ballot(vote: Any, form: BallotForm, ubigeo: str | None, seed: str, filters: Filters) -> dict[str, Any]:
    """Everything the ballot's page draws."""
    rule = form.rule
    paper = [o for o in queries.options(vote.id) if is_offered(rule, rule.options[o.number], ubigeo)]
    limit, spent = rule.limit_for(ubigeo), form.spent_cents
    rivals, out = rivals_of(vote, {o.number for o in paper}), queries.excluded(vote.id)
    rows = [
        _row(o, form, limit, spent) | {"rivals": rivals.get(o.number, []), "is_out": out.get(o.number, "")} for o in in_order(paper, seed)
    ]  # fmt: skip
    shown = [row for row in rows if row["typed"] or filters.admits(row["option"])]
    return {
        "rows": shown, "left_out": len(rows) - len(shown), "in_all": len(rows), "form": form, "filters": filters, "limit_cents": limit,
        "spent_cents": spent, "left_cents": None if limit is None else limit - spent, "chosen": len(form.numbers),
        "bar": _bar(spent, limit), "kind": rule.kind.value, "most": min(rule.most, len(rows)), "fewest": min(rule.fewest, len(rows)),
        "points": rule.points, "points_left": rule.points - form.points_given, "ranks": range(1, min(rule.most, len(rows)) + 1),
        "themes": sorted({(o.project.theme.slug, o.project.theme.name) for o in paper if o.project.theme}, key=lambda t: t[1]),
        "territories": sorted({(o.ubigeo, o.territory.name) for o in paper if o.territory}, key=lambda t: t[1]),
        "said": how_to(vote, rule, ubigeo),
    }  # fmt: skip


def _row(option: Any, form: BallotForm, limit: int | None, spent: int) -> dict[str, Any]:
    typed = form.typed.get(option.number, "")
    short = option.cost_cents - (limit - spent) if limit is not None and not typed else 0
    return {
        "option": option, "number": option.number, "typed": typed, "cost": option.cost_cents / 100,
        "short": soles(short) if short > 0 else "", "is_full": form.rule.kind is BallotKind.APPROVAL and not typed
        and len(form.numbers) >= form.rule.most,
    }  # fmt: skip


def rivals_of(vote: Any, offered: Container[int]) -> dict[int, list[int]]:
    """By number, the projects of the same ballot that cannot win with it."""
    found: dict[int, set[int]] = {}
    for group in vote.rules.get("sheet", {}).get("conflicts", []):
        numbers = {int(name) for name in group if int(name) in offered}
        for number in numbers:
            found.setdefault(number, set()).update(numbers - {number})
    return {number: sorted(rivals) for number, rivals in found.items() if rivals}


def _bar(spent: int, limit: int | None) -> dict[str, Any] | None:
    """Widths for the money bar, in thousandths."""
    if not limit:
        return None
    return {"used": min(1000, spent * 1000 // limit), "is_over": spent > limit}


def how_to(vote: Any, rule: Any, ubigeo: str | None) -> str:
    """How this ballot is marked, in a sentence or two. The fewest are said too: nobody should learn them from a refusal."""
    on_ballot = len(offered(rule, ubigeo)) or len(rule.options)
    most, fewest = min(rule.most, on_ballot), min(rule.fewest, on_ballot)
    said = _marking(rule, ubigeo, fewest, most)
    if rule.kind is not BallotKind.APPROVAL and fewest > 1:
        said = f"{said} " + _("Al menos %(fewest)s proyectos.", fewest=fewest)
    return said


def _marking(rule: Any, ubigeo: str | None, fewest: int, most: int) -> str:
    points = rule.points
    if rule.kind is BallotKind.KNAPSACK:
        said = _("Marque los que apoya hasta completar S/ %(limit)s.", limit=soles(rule.limit_for(ubigeo) or 0))
        return str(said).replace("S/ ", "S/\N{NO-BREAK SPACE}")
    if rule.kind is BallotKind.CUMULATIVE:
        return _("Tiene %(points)s puntos: repártalos como quiera, hasta en %(most)s proyectos.", points=points, most=most)
    if rule.kind is BallotKind.ORDINAL:
        return _("Ponga en orden hasta %(most)s proyectos: 1 es el que más quiere.", most=most)
    if rule.kind is BallotKind.SCORE:
        return _("Califique de 1 a %(points)s los proyectos que quiera, hasta %(most)s.", points=points, most=most)
    if fewest == most > 1:
        return _("Marque %(most)s proyectos que apoya: ni más ni menos.", most=most)
    if fewest > 1:
        return _("Marque de %(fewest)s a %(most)s proyectos que apoya.", fewest=fewest, most=most)
    return _("Marque hasta %(most)s proyectos que apoya.", most=most)


def how_it_was(vote: Any, rule: Any) -> str:
    """The same when there is no more voting to be done."""
    most, points = min(rule.most, len(rule.options)), rule.points
    if rule.kind is BallotKind.KNAPSACK:
        said = _("Se marcaban proyectos hasta completar S/ %(limit)s.", limit=soles(rule.limit_for(None) or 0))
        return str(said).replace("S/ ", "S/\N{NO-BREAK SPACE}")
    if rule.kind is BallotKind.CUMULATIVE:
        return _("Se repartían %(points)s puntos, hasta en %(most)s proyectos.", points=points, most=most)
    if rule.kind is BallotKind.ORDINAL:
        return _("Se ponían en orden hasta %(most)s proyectos.", most=most)
    if rule.kind is BallotKind.SCORE:
        return _("Se calificaban de 1 a %(points)s hasta %(most)s proyectos.", points=points, most=most)
    return _("Se marcaban hasta %(most)s proyectos.", most=most)


def chosen(form: BallotForm) -> list[dict[str, Any]]:
    """What the review page lists: in order of preference, or by number."""
    return [
        {"place": place, "number": number, "points": points, "option": form.rule.options.get(number)}
        for place, (number, points) in enumerate(form.choices, start=1)
    ]  # fmt: skip


def facts(vote: Any) -> dict[str, Any]:
    """What everybody reads of a vote: its rules in words."""
    rules, sheet = vote.rules, vote.rules.get("sheet", {})
    extent = Extent(rules.get("extent", "city"))
    return {
        "kind": messages.KINDS[vote.kind], "extent": messages.EXTENTS[extent], "extent_past": messages.EXTENTS_PAST[extent],
        "channels": [messages.CHANNELS[Channel(name)] for name in vote.channels], "has": {name: True for name in vote.channels},
        "rule": messages.RULES.get(sheet.get("rule", ""), ""), "completion": messages.COMPLETIONS.get(sheet.get("completion", ""), ""),
        "is_shares": sheet.get("rule") == "equal-shares", "threshold": sheet.get("threshold"), "minimum_votes": sheet.get("minimum_votes"),
        "example": messages.example(sheet), "order": messages.ORDERS[sheet["order"]] if sheet.get("order") == "score-per-cost" else "",
        "utility": messages.UTILITIES["cardinality"] if sheet.get("utility") == "cardinality" else "",
        "conflicts": sheet.get("conflicts", []), "fewest_shown": rules.get("fewest_shown", 10), "reminders": bool(rules.get("reminders")),
        "ballots_published": bool(rules.get("ballots_published")), "total": rules.get("total_cents", 0) / 100,
    }  # fmt: skip
