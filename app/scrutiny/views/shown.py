"""A published result as templates draw it: texts ready to read, pictures as SVG, never a figure that was not published."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.budgeting.counting import charts, lots
from app.budgeting.counting.charts import Part
from app.scrutiny import messages
from app.scrutiny.messages import soles
from app.scrutiny.rules.accounts import Account, has_shares
from app.scrutiny.views import pictures
from app.scrutiny.views.pictures import Line
from app.territories.rules import shade_of
from app.voting.rules import Channel


def parts(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each part of the vote: who won, what it cost against the ceiling, what was close, what other rules would have chosen."""
    return [_part(part, result) for part in result["parts"]]


def _part(part: Mapping[str, Any], result: Mapping[str, Any]) -> dict[str, Any]:
    titles = _titles(part)
    lines = [_line(row, part, result, titles) for row in part["report"]["projects"]]
    order = {name: at for at, name in enumerate(part["winners"])}
    chosen = sorted((line for line in lines if line.is_chosen), key=lambda line: order[line.number])
    others = sorted((line for line in lines if not line.is_chosen), key=lambda line: (-(line.support or 0), int(line.number)))
    return {
        "zone": part["zone"], "name": part["name"], "is_discreet": part["is_discreet"], "chosen": chosen, "others": others,
        "spent": soles(part["spent"]), "ceiling": soles(part["ceiling"]),
        "left": soles(Fraction(part["ceiling"]) - Fraction(part["spent"])),
        "picture": pictures.ceiling(part), "near": [line for name in part["near"] for line in lines if line.number == name],
        "rule": messages.rule(part["report"]), "rivals": _alternatives(part, titles),
        "ties": _ties(part, titles), "comparison": _comparison(part), "is_tie_sensitive": part["report"].get("tie_sensitive", False),
    }  # fmt: skip


def project(result: Mapping[str, Any], number: int) -> dict[str, Any] | None:
    """One project of a result: in words, in a picture, and where the money of its voters went."""
    for part in result["parts"]:
        titles = _titles(part)
        for row in part["report"]["projects"]:
            if row["project_id"] == str(number):
                told = part["explanations"].get(row["project_id"])
                line = _line(row, part, result, titles)
                return {
                    "line": line, "picture": pictures.project(line, told, part, result["kind"]), "name": part["name"],
                    "is_discreet": part["is_discreet"],
                    "spent_on": [(name, titles.get(name, name), soles(amount)) for name, amount in told["spent_on"]] if told else [],
                    "would_win": _would_win(part, row["project_id"]), "has_shares": has_shares(part["report"]),
                    "rule": messages.rule(part["report"]),
                }  # fmt: skip
    return None


def account(found: Account, part: Mapping[str, Any]) -> dict[str, Any]:
    """How one voter's share was used, in words and a picture."""
    titles = _titles(part)
    paid = [(name, titles[name], soles(amount)) for name, amount in found.paid if amount]
    pieces = [Part("full", amount, f"{name}. {soles(amount)}") for name, amount in found.paid if amount]
    pieces.append(Part("missing", found.left, _("Sin usar: %(amount)s", amount=soles(found.left))))
    title = _("Su parte: %(share)s", share=soles(found.share))
    return {
        "share": soles(found.share), "paid": paid, "left": soles(found.left), "has_left": found.left > 0,
        "picture": charts.cost_bar(title, pieces, picture_id="su-parte"),
    }  # fmt: skip


def turnout(result: Mapping[str, Any]) -> dict[str, Any]:
    """Who voted, by channel, and the papers of the tables together."""
    told = result["turnout"]
    return {
        "on_roll": told["on_roll"], "voted": told["voted"], "percent": percent(told["voted"], told["on_roll"]),
        "channels": [(str(messages.CHANNELS[channel]), told["channels"][channel.value]) for channel in Channel
                     if told["channels"].get(channel.value)],
        "papers": result["papers"] if result["papers"]["tables"] else None,
    }  # fmt: skip


def places(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each territory, or group of them, that may be told."""
    return [
        {
            "name": ", ".join(name or _("Sin distrito") for name in group["names"]), "is_merged": len(group["ubigeos"]) > 1,
            "ubigeos": group["ubigeos"], "on_roll": group["on_roll"], "voted": group["voted"],
            "percent": percent(group["voted"], group["on_roll"]), "ballots": group["ballots"], "without": group["without"],
            "without_percent": percent(group["without"], group["ballots"]),
        }
        for group in result["territories"]["groups"]
    ]  # fmt: skip


def map_values(found: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """What components/territory_map.html draws: of each territory, how many of its voters got some project of theirs."""
    values = {}
    for place in found:
        got = 100 - place["without_percent"] if place["ballots"] else 0
        for ubigeo in place["ubigeos"]:
            text = f"{got} %" if place["ballots"] else "—"
            words = _("%(n)s de cada 100 votantes tienen algún proyecto suyo elegido", n=got) if place["ballots"] else _("sin votos")
            if place["is_merged"]:
                words = _("%(words)s, junto con otros distritos", words=words)
            values[ubigeo] = {"text": text, "words": words, "level": shade_of(got, 100), "href": ""}
    return values


def reach(result: Mapping[str, Any]) -> dict[str, Any]:
    """Who was left without any project they voted for, and how many got one, two, three…"""
    told = result["reach"]
    rows = [
        (
            ngettext("%(num)d proyecto", "%(num)d proyectos", at) if at else _("Ninguno"), people,
            f"{percent(people, told['ballots'])} %",
        )
        for at, people in enumerate(told["by_winners"])
    ]  # fmt: skip
    return {**told, "percent": percent(told["without"], told["ballots"]), "rows": rows}


def percent(part: int, whole: int) -> int:
    """Whole percent, half up; 0 of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def _titles(part: Mapping[str, Any]) -> dict[str, str]:
    return {row["project_id"]: row["name"] for row in part["report"]["projects"]}


def _line(row: Mapping[str, Any], part: Mapping[str, Any], result: Mapping[str, Any], titles: Mapping[str, str]) -> Line:
    told = part["explanations"].get(row["project_id"])
    why = messages.why(told, result["kind"], titles) if told else str(messages.WITHOUT_FIGURES[row["selected"]])
    votes = messages.counted(row["score"], result["kind"]) if told else ""
    return Line(
        row["project_id"], row["name"], part["name"], soles(row["cost"]), votes, row["selected"], why, told["support"] if told else None
    )


def _alternatives(part: Mapping[str, Any], titles: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": messages.rule(one), "is_own": at == 0,
            "number": len(one["winners"]), "spent": soles(one["spent"]), "without": one["without"],
            "added": [f"{name}. {titles[name]}" for name in one["added"]],
            "lacking": [f"{name}. {titles[name]}" for name in one["lacking"]],
        }
        for at, one in enumerate(part["alternatives"])
    ]  # fmt: skip


def _would_win(part: Mapping[str, Any], number: str) -> list[str]:
    return [messages.rule(one) for one in part["alternatives"] if number in one["winners"]]


def _ties(part: Mapping[str, Any], titles: Mapping[str, str]) -> list[list[tuple[str, str, str]]]:
    """Each lot that was drawn: (number, title, SHA-256 that places it), the first one first."""
    seed = part["report"]["seed"]
    return [
        [(name, titles[name], lots.digest(seed, name) if seed else "") for name in tied] for tied in part["report"].get("ties", [])
    ]  # fmt: skip


def _comparison(part: Mapping[str, Any]) -> str:
    told = part["report"].get("comparison")
    if not told:
        return ""
    return _(
        "%(ours)s votantes prefieren lo que da Partes Iguales y %(theirs)s lo que dan los más votados; a %(same)s les da igual.",
        ours=told["prefer_equal_shares"], theirs=told["prefer_greedy"], same=told["indifferent"],
    )  # fmt: skip
