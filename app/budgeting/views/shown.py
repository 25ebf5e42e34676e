"""A round as its pages draw it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.budgeting import messages, queries
from app.budgeting.rules import calendar as calendars
from app.budgeting.rules import course
from app.budgeting.rules.calendar import Entry, RoundCalendar, RoundPhase
from app.budgeting.rules.hearings import MonthStanding, standing_of_year
from app.budgeting.rules.money import Part, shared_out, soles
from app.core import dates
from app.core.clock import days_between, lima_day
from app.core.errors import RuleBroken
from app.core.guard import current_actor
from app.processes import queries as processes


def person_id() -> int:
    return current_actor().person_id or 0


def back(endpoint: str, said: str, **values: Any) -> Response:
    """Say it was done, on the page where it shows."""
    flash(said, "good")
    return redirect(url_for(endpoint, **values), 303)


def said(broken: RuleBroken) -> str:
    return " ".join(messages.said(problem) for problem in broken.problems)


def context(round_: Any, **more: Any) -> dict[str, Any]:
    """What every page of a round prints."""
    return {"round": round_, "process": round_.process, "space": round_.process.space, "names": messages, "soles": soles, **more}


def when(entry: Entry) -> str:
    if entry.starts_on == entry.ends_on:
        return str(dates.long_date(entry.starts_on))
    return str(_("del %(first)s al %(last)s", first=dates.long_date(entry.starts_on), last=dates.long_date(entry.ends_on)))


def window_said(window: tuple[date, date] | None, today: date) -> str:
    """When agents register, as a sentence: it was, it is, it will be."""
    if window is None:
        return str(_("Las fechas del registro se publicarán en el calendario."))
    days = {"first": dates.long_date(window[0]), "last": dates.long_date(window[1])}
    if today > window[1]:
        return str(_("El registro fue del %(first)s al %(last)s.", **days))
    if today < window[0]:
        return str(_("El registro será del %(first)s al %(last)s.", **days))
    return str(_("El registro está abierto, del %(first)s al %(last)s.", **days))


def title_of(entry: Entry) -> str:
    return entry.title or str(messages.ACTIVITIES[entry.activity])


def knots(calendar: RoundCalendar, today: date) -> list[dict[str, Any]]:
    """The four phases for the khipu; the present one says what is going on."""
    return [knot for phase in RoundPhase for knot in _knot(calendar, phase, today)]


def _knot(calendar: RoundCalendar, phase: RoundPhase, today: date) -> Iterable[dict[str, Any]]:
    entries = [entry for entry in calendar.entries if entry.phase is phase]
    if not entries:
        return
    first, last = min(e.starts_on for e in entries), max(e.ends_on for e in entries)
    state = "next" if first > today else "now" if last >= today else "done"
    current = [entry for entry in entries if entry.starts_on <= today <= entry.ends_on]
    left = days_between(today, min((entry.ends_on for entry in current), default=today))
    now = ""
    if current:
        days = ngettext("queda %(num)d día", "quedan %(num)d días", left) if left else _("termina hoy")
        now = f"{title_of(min(current, key=lambda entry: entry.ends_on))}: {days}."
    yield {
        "title": str(messages.PHASES[phase]), "summary": str(messages.PHASE_SUMMARIES[phase]), "span": dates.span(first, last),
        "opens": first.isoformat(), "state": state, "now": now, "actions": [], "links": [],
    }  # fmt: skip


def by_phase(calendar: RoundCalendar) -> list[tuple[str, list[Entry]]]:
    """Phase by phase, for the table of the calendar."""
    found = [(str(messages.PHASES[phase]), [e for e in calendar.entries if e.phase is phase]) for phase in RoundPhase]
    return [(name, entries) for name, entries in found if entries]


def money_rows(ceilings: Sequence[Any]) -> dict[str, list[tuple[str, int]]]:
    """(name, céntimos) of each part: by territory, by theme, and by theme inside a territory."""
    rows: dict[str, list[tuple[str, int]]] = {"territories": [], "themes": [], "both": []}
    for row in ceilings:
        if row.territory and row.theme:
            rows["both"].append((f"{row.territory.name}, {row.theme.name}", row.amount_cents))
        elif row.territory:
            rows["territories"].append((row.territory.name, row.amount_cents))
        elif row.theme:
            rows["themes"].append((row.theme.name, row.amount_cents))
    return rows


def sums(ceilings: Sequence[Any], ceiling_cents: int) -> dict[str, int]:
    parts = [Part(row.ubigeo or "", row.theme.slug if row.theme else "", row.amount_cents) for row in ceilings]
    shared = shared_out(parts)
    return {"shared": shared, "free": ceiling_cents - shared}


def changes(versions: Sequence[Any], process_id: int) -> list[dict[str, Any]]:
    """Each change of the ceilings, latest first, with what it changed."""
    names = _names(versions, process_id)
    found = []
    for place, version in enumerate(versions):
        before = versions[place + 1].content if place + 1 < len(versions) else None
        found.append(
            {"n": version.n, "at": version.published_at, "reason": version.reason, "moves": _moves(version.content, before, names)}
        )
    return found


def _names(versions: Sequence[Any], process_id: int) -> dict[str, str]:
    places = {part["ubigeo"] for version in versions for part in version.content["parts"] if part["ubigeo"]}
    territories = {ubigeo: name.split(",")[0] for ubigeo, name in processes.territory_names(places).items()}
    return territories | {theme.slug: theme.name for theme in processes.themes(process_id)}


def _moves(content: dict[str, Any], before: dict[str, Any] | None, names: dict[str, str]) -> list[str]:
    if before is None:
        return [_("Total: %(amount)s", amount=soles(content["ceiling_cents"]))]
    told = []
    if content["ceiling_cents"] != before["ceiling_cents"]:
        told.append(_("Total: de %(a)s a %(b)s", a=soles(before["ceiling_cents"]), b=soles(content["ceiling_cents"])))
    old = {(p["ubigeo"], p["theme"]): p["amount_cents"] for p in before["parts"]}
    new = {(p["ubigeo"], p["theme"]): p["amount_cents"] for p in content["parts"]}
    for key in sorted({*old, *new}):
        if old.get(key) != new.get(key):
            name = ", ".join(names.get(part, part) for part in key if part)
            told.append(_("%(name)s: de %(a)s a %(b)s", name=name, a=soles(old.get(key, 0)), b=soles(new.get(key, 0))))
    return told


def hearings(round_: Any, now: datetime) -> list[MonthStanding]:
    """The Mays and Septembers since the round was opened, of this year and the one before."""
    today = lima_day(now)
    linked = queries.hearings_seen(round_.id)
    opened = lima_day(round_.created_at)
    years = range(max(opened.year, today.year - 1), today.year + 1)
    return [row for year in years for row in standing_of_year(year, linked, today) if (row.year, row.month) >= (opened.year, opened.month)]


def next_entry(round_: Any, now: datetime) -> tuple[Any, RoundCalendar, Entry | None]:
    """The calendar version in force, what it says, and what comes next in it."""
    version = queries.calendar_version(round_.id)
    calendar = calendars.from_json(version.content) if version else RoundCalendar()
    return version, calendar, calendar.next_after(lima_day(now))


def course_knots(round_: Any) -> list[dict[str, Any]]:
    """Every state of the course, with the day and the reason of those that were reached; the present one last of them."""
    reached = {step.state: step for step in queries.steps(round_.id)}
    found = []
    for state in course.ORDER:
        step = reached.get(state)
        known = {"at": step.at, "reason": step.reason} if step else {"at": None, "reason": ""}
        found.append({"state": state, "name": messages.STATES[state], "here": state is round_.state, **known})
    return found
