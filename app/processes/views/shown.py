"""A schedule as the components draw it: knots of the khipu, cards of opportunities, versions in a list."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import dates
from app.core.clock import days_between, lima_day
from app.processes import messages
from app.processes.queries import SchedulePage
from app.processes.rules.publication import Move, MoveKind, moves
from app.processes.rules.schedule import OpportunityPlan, PhaseSpan, Schedule


def when(starts_at: datetime | None, ends_at: datetime | None) -> str:
    """ "sábado 10 de abril de 2027, de 10:00 a 13:00", or from one day to another."""
    if starts_at is None:
        return _("Fecha por definir")
    if ends_at is None:
        return dates.long_instant(starts_at)
    if lima_day(starts_at) == lima_day(ends_at):
        return _("%(day)s, de %(start)s a %(end)s", day=dates.long_date(starts_at), start=dates.hour(starts_at), end=dates.hour(ends_at))
    return _(
        "del %(first)s al %(last)s, hasta las %(hour)s",
        first=dates.long_date(starts_at),
        last=dates.long_date(ends_at),
        hour=dates.hour(ends_at),
    )


def _state(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> str:
    if opens_at is None or opens_at > now:
        return "next"
    return "now" if closes_at is None or closes_at >= now else "done"


def knots(schedule: Schedule, now: datetime, *, is_still: bool = False) -> list[dict[str, Any]]:
    """The phases for the khipu; `is_still` for a version of the past, where nothing is going on."""
    return [_knot(span, schedule, now, is_still=is_still) for span in schedule.phases]


def _knot(span: PhaseSpan, schedule: Schedule, now: datetime, *, is_still: bool) -> dict[str, Any]:
    state = _state(span.opens_at, span.closes_at, now)
    days = days_between(lima_day(now), lima_day(span.closes_at))
    left = ngettext("Queda %(num)d día.", "Quedan %(num)d días.", days) if days else _("Termina hoy a las 23:59, hora de Lima.")
    is_now = state == "now" and not is_still
    inside = [
        plan for plan in schedule.opportunities
        if is_now and plan.starts_at and plan.ends_at and plan.ends_at >= now and plan.starts_at <= span.closes_at
    ]  # fmt: skip
    return {
        "title": span.title, "summary": span.summary, "span": dates.span(span.opens_at, span.closes_at),
        "opens": lima_day(span.opens_at).isoformat(), "state": state, "now": left if is_now else "", "actions": [],
        "links": [{"text": plan.title, "href": f"#{plan.slug}"} for plan in inside],
    }  # fmt: skip


def cards(page: SchedulePage, n: int, now: datetime) -> list[dict[str, Any]]:
    """The opportunities of version `n`, by date, with what came late up to that version."""
    marks = _marks(page, n)
    return [_card(plan, page, marks.get(plan.slug, []), now) for plan in page.schedules[n].opportunities]


def cancelled(page: SchedulePage) -> list[dict[str, Any]]:
    """Opportunities announced once and no longer in the latest version, as they were last announced."""
    if page.latest is None or page.latest.n is None:
        return []
    standing = {plan.slug for plan in page.schedules[page.latest.n].opportunities}
    gone: dict[str, tuple[OpportunityPlan, int]] = {}
    for n, schedule in page.schedules.items():
        gone.update({plan.slug: (plan, n) for plan in schedule.opportunities if plan.slug not in standing})
    found = []
    for slug, (plan, n) in sorted(gone.items()):
        version = page.version(n + 1)
        found.append(
            {
                "slug": slug,
                "title": plan.title,
                "when": when(plan.starts_at, plan.ends_at),
                "version": n + 1,
                "reason": version.reason if version else "",
            }
        )
    return found


def _marks(page: SchedulePage, n: int) -> dict[str, list[dict[str, str]]]:
    """By opportunity: what moved with short notice, and the reason given."""
    found: dict[str, list[dict[str, str]]] = {}
    for number in range(2, n + 1):
        for move in moved_in(page, number):
            if move.is_short and move.kind is MoveKind.OPPORTUNITY:
                version = page.version(number)
                found.setdefault(move.key, []).append(
                    {"text": messages.move_sentence(move), "days": _days_of_notice(move), "reason": version.reason if version else ""}
                )
    return found


def _days_of_notice(move: Move) -> str:
    return ngettext("Avisado con %(num)d día de anticipación.", "Avisado con %(num)d días de anticipación.", move.days)


def moved_in(page: SchedulePage, n: int) -> tuple[Move, ...]:
    """What version `n` moved of what the one before announced, seen from the instant of its publication."""
    version = page.version(n)
    if version is None or version.published_at is None:
        return ()
    return moves(page.schedule_before(n), page.schedules[n], version.published_at)


def _card(plan: OpportunityPlan, page: SchedulePage, marks: list[dict[str, str]], now: datetime) -> dict[str, Any]:
    return {
        "anchor": plan.slug, "kind": str(messages.OPPORTUNITIES[plan.kind]), "title": plan.title,
        "href": url_for("portal.activity", slug=page.process.slug, activity=plan.slug),
        "when": when(plan.starts_at, plan.ends_at), "opens": lima_day(plan.starts_at).isoformat() if plan.starts_at else "",
        "state": _state(plan.starts_at, plan.ends_at, now), "place": plan.place, "territory": page.territories.get(plan.ubigeo, ""),
        "link": plan.url, "theme": page.themes.get(plan.theme, ""), "language": str(messages.LANGUAGES.get(plan.language, plan.language)),
        "who": plan.who_can_join, "how": plan.how_to_register, "contact": plan.contact, "capacity": plan.capacity,
        "accessibility": plan.accessibility, "marks": marks,
    }  # fmt: skip


def history(page: SchedulePage) -> list[dict[str, Any]]:
    """Versions, newest first: when, why, who approved (as seats), what moved, and its hash."""
    found = []
    for version in reversed(page.versions):
        number = version.n or 0
        found.append(
            {
                "n": number, "published_at": version.published_at, "sha256": version.sha256,
                "reason": version.reason or _("Primera publicación."), "is_short_notice": version.is_short_notice,
                "approved_by": [(str(messages.SEATS[a.seat]), a.approved_at) for a in page.approvals.get(version.id, [])],
                "moves": [messages.move_sentence(move) for move in moved_in(page, number)], "previous": number - 1,
            }
        )  # fmt: skip
    return found
