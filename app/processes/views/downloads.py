"""The schedule for calendars (RFC 5545) and for programs (JSON)."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, url_for
from flask_babel import gettext as _
from icalendar import Calendar, Event, vText

from app.core import clock
from app.core.clock import LIMA, lima_day
from app.core.dates import rfc3339
from app.core.guard import public
from app.core.web import json_response, not_modified, open_data, tagged
from app.processes import queries
from app.processes.rules.notice import Notice
from app.processes.rules.schedule import OpportunityPlan, PhaseSpan
from app.processes.views import bp, shown

LONG = timedelta(days=2)


@bp.get("/procesos/<slug>/cronograma.ics")
@public(load=queries.public_process_by_slug)
def schedule_calendar(process: Any) -> Response:
    """Every opportunity that was ever announced, each under the same UID for ever; SEQUENCE is the version."""
    same = not_modified("ics", process.id, process.public_revision)
    if same:
        return tagged(same)
    page = queries.schedule_page(process, clock.now())
    calendar = Calendar()
    calendar.add("prodid", "-//Minka//Cronograma//ES")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", process.title)
    calendar.add("x-wr-timezone", "America/Lima")
    if page.latest and page.latest.n:
        _fill(calendar, page, page.latest.n)
    calendar.add_missing_timezones()
    response = Response(calendar.to_ical(), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="cronograma-{process.slug}.ics"'
    return tagged(open_data(response))


def _fill(calendar: Calendar, page: queries.SchedulePage, n: int) -> None:
    latest = page.schedules[n]
    for span in latest.phases:
        calendar.add_component(_phase(span, page, n))
    for plan in latest.opportunities:
        calendar.add_component(_event(plan, page, n, is_cancelled=False))
    standing = {plan.slug for plan in latest.opportunities}
    gone = {plan.slug: plan for schedule in page.schedules.values() for plan in schedule.opportunities if plan.slug not in standing}
    for _slug, plan in sorted(gone.items()):
        calendar.add_component(_event(plan, page, n, is_cancelled=True))


def _common(page: queries.SchedulePage, key: str, n: int) -> Event:
    event = Event()
    version = page.version(n)
    host = urlsplit(current_app.config["SITE_URL"]).hostname or "minka"
    event.add("uid", f"{page.process.slug}.{key}@{host}")
    event.add("sequence", n)
    event.add("dtstamp", version.published_at if version else None)
    return event


def _phase(span: PhaseSpan, page: queries.SchedulePage, n: int) -> Event:
    """A phase takes whole days and nobody's time."""
    event = _common(page, f"fase.{span.kind.value}", n)
    event.add("summary", _("Fase: %(title)s", title=span.title))
    event.add("description", span.summary)
    event.add("dtstart", lima_day(span.opens_at))
    event.add("dtend", lima_day(span.closes_at) + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    return event


def _event(plan: OpportunityPlan, page: queries.SchedulePage, n: int, *, is_cancelled: bool) -> Event:
    event = _common(page, plan.slug, n)
    event.add("summary", plan.title)
    event.add("description", _description(plan))
    if plan.starts_at and plan.ends_at:
        event.add("dtstart", plan.starts_at.astimezone(LIMA))
        event.add("dtend", plan.ends_at.astimezone(LIMA))
        event.add("transp", "TRANSPARENT" if plan.ends_at - plan.starts_at > LONG else "OPAQUE")
    place = ", ".join(part for part in (plan.place, page.territories.get(plan.ubigeo, "")) if part)
    if place or plan.url:
        event["location"] = vText(place or plan.url)
    event.add("url", current_app.config["SITE_URL"] + url_for("portal.activity", slug=page.process.slug, activity=plan.slug))
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    return event


def _description(plan: OpportunityPlan) -> str:
    parts = (
        (_("Quién puede participar"), plan.who_can_join), (_("Cómo inscribirse"), plan.how_to_register),
        (_("Contacto"), plan.contact), (_("Accesibilidad"), plan.accessibility), (_("Enlace"), plan.url),
    )  # fmt: skip
    return "\n".join(f"{label}: {text}" for label, text in parts if text)


@bp.get("/procesos/<slug>/cronograma.json")
@public(load=queries.public_process_by_slug)
def schedule_json(process: Any) -> Response:
    now = clock.now()
    page = queries.schedule_page(process, now)
    latest = page.latest
    current = page.schedules[latest.n] if latest and latest.n else None
    content = {
        "process": process.slug, "code": process.code, "state": process.state, "retroactive": process.is_retroactive,
        "version": latest.n if latest else None, "sha256": latest.sha256 if latest else None,
        "published_at": _instant(latest.published_at if latest else None),
        "announced_start_at": _instant(current.start_at if current else None), "recorded_start_at": _instant(process.start_at),
        "notice": _notice(page.notice),
        "phases": [_phase_facts(span) for span in current.phases] if current else [],
        "opportunities": [_opportunity_facts(plan, page) for plan in current.opportunities] if current else [],
        "cancelled": [{"slug": gone["slug"], "title": gone["title"], "version": gone["version"]} for gone in shown.cancelled(page)],
        "versions": [_version_facts(version, page) for version in page.versions],
    }  # fmt: skip
    return json_response(content)


def _instant(value: datetime | None) -> str | None:
    return rfc3339(value) or None


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "rule": notice.rule, "goal": notice.goal, "days": notice.days, "hours": notice.hours, "counted_from_version": notice.counted_from,
        "published_at": _instant(notice.published_at), "start_at": _instant(notice.start_at), "flags": sorted(notice.flags),
        "short_notice_version": notice.short_change, "explanation": notice.explanation,
    }  # fmt: skip


def _phase_facts(span: PhaseSpan) -> dict[str, Any]:
    return {
        "kind": span.kind,
        "title": span.title,
        "summary": span.summary,
        "opens_at": rfc3339(span.opens_at),
        "closes_at": rfc3339(span.closes_at),
    }


def _opportunity_facts(plan: OpportunityPlan, page: queries.SchedulePage) -> dict[str, Any]:
    return {
        "slug": plan.slug, "kind": plan.kind, "title": plan.title, "starts_at": _instant(plan.starts_at), "ends_at": _instant(plan.ends_at),
        "theme": plan.theme, "place": plan.place, "url": plan.url, "ubigeo": plan.ubigeo,
        "territory": page.territories.get(plan.ubigeo, ""),
        "language": plan.language, "who_can_join": plan.who_can_join, "how_to_register": plan.how_to_register, "contact": plan.contact,
        "capacity": plan.capacity, "accessibility": plan.accessibility, "agenda": plan.agenda,
    }  # fmt: skip


def _version_facts(version: Any, page: queries.SchedulePage) -> dict[str, Any]:
    return {
        "n": version.n, "published_at": rfc3339(version.published_at), "sha256": version.sha256, "reason": version.reason,
        "is_short_notice": version.is_short_notice, "state": version.state,
        "approvals": [{"seat": a.seat, "at": rfc3339(a.approved_at)} for a in page.approvals.get(version.id, [])],
        "content": url_for("processes.version_json", slug=page.process.slug, n=version.n),
    }  # fmt: skip
