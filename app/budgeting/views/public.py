"""The round as everybody reads it: its money, its calendar, its documents, its agents and its hearings."""

from typing import Any

from flask import Response, abort, make_response, render_template, url_for

from app.budgeting import documents as papers
from app.budgeting import messages, queries
from app.budgeting.rules import calendar as calendars
from app.budgeting.rules import course, registering
from app.budgeting.rules.calendar import RoundActivity
from app.budgeting.rules.states import AgentKind
from app.budgeting.views import bp, shown
from app.core import clock
from app.core.clock import lima_day
from app.core.dates import rfc3339
from app.core.guard import public
from app.core.web import json_response, not_modified, open_data, tagged

BASE = "/procesos/<slug>/presupuesto"


@bp.get(BASE)
@public(load=queries.public_round)
def show(round_: Any) -> Response:
    now = clock.now()
    same = not_modified("budget", round_.id, round_.process.public_revision, lima_day(now))
    if same:
        return tagged(same)
    version, calendar, coming = shown.next_entry(round_, now)
    ceilings = queries.ceilings(round_.id)
    window = calendar.window(RoundActivity.REGISTRATION)
    following = course.next_state(round_.state)
    return _page(
        "budgeting/show.html", round_, rows=shown.money_rows(ceilings), sums=shown.sums(ceilings, round_.ceiling_cents),
        changes=shown.changes(queries.ceiling_versions(round_.id), round_.process_id), version=version, coming=coming,
        window_said=shown.window_said(window, lima_day(now)),
        title_of=shown.title_of, when=shown.when, phases=shown.knots(calendar, lima_day(now)),
        registers=registering.is_open(window, lima_day(now)), documents=queries.documents(round_.id),
        counts=queries.agent_counts(round_.id),
        hearings=shown.hearings(round_, now), unlinked=queries.unlinked_hearings(round_.id),
        course=shown.course_knots(round_), following=following,
    )  # fmt: skip


def _page(template: str, round_: Any, **more: Any) -> Response:
    return tagged(make_response(render_template(template, **shown.context(round_, **more))))


@bp.get(f"{BASE}.json")
@public(load=queries.public_round)
def show_json(round_: Any) -> Response:
    now = clock.now()
    same = not_modified("budget-json", round_.id, round_.process.public_revision, lima_day(now))
    if same:
        return tagged(same)
    slug = round_.process.slug
    _version, _calendar, coming = shown.next_entry(round_, now)
    return tagged(json_response({
        "process": slug, "fiscal_year": round_.fiscal_year, "state": round_.state, "ceiling_cents": round_.ceiling_cents,
        "currency": "PEN",
        "ceilings": [
            {"ubigeo": row.ubigeo or "", "theme": row.theme.slug if row.theme else "", "amount_cents": row.amount_cents}
            for row in queries.ceilings(round_.id)
        ],
        "ceiling_versions": [
            {"n": version.n, "published_at": rfc3339(version.published_at), "reason": version.reason, **version.content}
            for version in queries.ceiling_versions(round_.id)
        ],
        "next": {"activity": coming.activity, "title": coming.title, "starts_on": coming.starts_on.isoformat(),
                 "ends_on": coming.ends_on.isoformat()} if coming else None,
        "course": [{"state": step.state, "at": rfc3339(step.at), "reason": step.reason} for step in queries.steps(round_.id)],
        "agents": dict(queries.agent_counts(round_.id)),
        "hearings": [
            {"year": h.year, "month": h.month, "standing": h.standing, "url": h.hearing.url if h.hearing else ""}
            for h in shown.hearings(round_, now)
        ],
        "documents": [_document_facts(seen, slug) for seen in queries.documents(round_.id)],
        "calendar": url_for("budgeting.calendar_json", slug=slug),
    }))  # fmt: skip


def _document_facts(seen: queries.DocumentSeen, slug: str) -> dict[str, Any]:
    latest = seen.latest
    return {
        "number": seen.document.number, "kind": seen.document.kind, "title": latest.title, "norm": latest.norm_number,
        "dated_on": latest.dated_on.isoformat(), "versions": seen.versions, "sha256": latest.sha256,
        "url": url_for("budgeting.document", slug=slug, number=seen.document.number),
    }  # fmt: skip


@bp.get(f"{BASE}/agentes")
@public(load=queries.public_round)
def agents(round_: Any) -> Response:
    now = clock.now()
    same = not_modified("budget-agents", round_.id, round_.process.public_revision, lima_day(now))
    if same:
        return tagged(same)
    window = queries.registration_window(round_.id)
    said = shown.window_said(window, lima_day(now))
    everybody = [agent for agent in queries.public_agents(round_.id) if agent.kind != AgentKind.TECHNICAL_TEAM]
    return _page(
        "budgeting/agents.html", round_, agents=everybody, counts=queries.agents_counted(round_.id), window_said=said,
        registers=registering.is_open(window, lima_day(now)), gone=queries.agents_gone(round_.id),
        refused=queries.refusals_counted(round_.id),
    )  # fmt: skip


@bp.get(f"{BASE}/equipo-tecnico")
@public(load=queries.public_round)
def technical_team(round_: Any) -> Response:
    same = not_modified("budget-team", round_.id, round_.process.public_revision)
    if same:
        return tagged(same)
    team = [agent for agent in queries.public_agents(round_.id) if agent.kind == AgentKind.TECHNICAL_TEAM]
    return _page("budgeting/technical_team.html", round_, team=team)


@bp.get(f"{BASE}/documentos")
@public(load=queries.public_round)
def documents(round_: Any) -> Response:
    same = not_modified("budget-documents", round_.id, round_.process.public_revision)
    if same:
        return tagged(same)
    return _page("budgeting/documents.html", round_, documents=queries.documents(round_.id))


@bp.get(f"{BASE}/documentos/<int:number>")
@public(load=queries.document)
def document(found: Any) -> Response:
    return _version(found, queries.versions_of(found.id)[0].n)


@bp.get(f"{BASE}/documentos/<int:number>/versiones/<int:n>")
@public(load=lambda slug, number, n: _of_version(slug, number, n))
def document_version(asked: Any) -> Response:
    return _version(*asked)


def _of_version(slug: str, number: int, n: int) -> tuple[Any, int] | None:
    found = queries.document(slug, number)
    return (found, n) if found and any(version.n == n for version in queries.versions_of(found.id)) else None


def _version(found: Any, n: int) -> Response:
    same = not_modified("budget-document", found.id, n, found.round.process.public_revision)
    if same:
        return tagged(same)
    versions = queries.versions_of(found.id)
    version = next(version for version in versions if version.n == n)
    return _page(
        "budgeting/document.html", found.round, document=found, version=version, versions=versions, is_latest=version is versions[0],
        files=queries.files_of_versions([version.id])[version.id],
    )  # fmt: skip


@bp.get(f"{BASE}/calendario")
@public(load=queries.public_round)
def calendar(round_: Any) -> Response:
    versions = queries.calendar_versions(round_.id)
    return _calendar(round_, versions, versions[0] if versions else None)


@bp.get(f"{BASE}/calendario/versiones/<int:n>")
@public(load=lambda slug, n: _calendar_asked(slug, n))
def calendar_version(asked: Any) -> Response:
    return _calendar(*asked)


def _calendar_asked(slug: str, n: int) -> tuple[Any, Any, Any] | None:
    round_ = queries.public_round(slug)
    versions = queries.calendar_versions(round_.id) if round_ else []
    version = next((version for version in versions if version.n == n), None)
    return (round_, versions, version) if version else None


def _calendar(round_: Any, versions: Any, version: Any) -> Response:
    today = lima_day(clock.now())
    n = version.n if version else 0
    same = not_modified("budget-calendar", round_.id, n, round_.process.public_revision, today)
    if same:
        return tagged(same)
    said = calendars.from_json(version.content) if version else calendars.RoundCalendar()
    is_latest = not versions or version is versions[0]
    return _page(
        "budgeting/calendar.html", round_, version=version, versions=versions, is_latest=is_latest,
        title_of=shown.title_of, when=shown.when,
        phases=shown.knots(said, today) if is_latest else [], by_phase=shown.by_phase(said), today=today,
    )  # fmt: skip


@bp.get(f"{BASE}/calendario.ics")
@public(load=queries.public_round)
def calendar_ics(round_: Any) -> Response:
    versions = list(queries.calendar_versions(round_.id))
    if not versions:
        abort(404)
    same = not_modified("budget-ics", round_.id, versions[0].n)
    if same:
        return tagged(same)
    titles = {str(activity): str(name) for activity, name in messages.ACTIVITIES.items()}
    response = Response(papers.ical(round_, versions, titles), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="calendario-{round_.process.slug}.ics"'
    return tagged(open_data(response))


@bp.get(f"{BASE}/calendario.json")
@public(load=queries.public_round)
def calendar_json(round_: Any) -> Response:
    return json_response({
        "process": round_.process.slug, "fiscal_year": round_.fiscal_year,
        "versions": [
            {
                "n": version.n, "published_at": rfc3339(version.published_at), "reason": version.reason, "sha256": version.sha256,
                "notice_days": version.notice_days, "is_short_notice": version.is_short_notice,
                "entries": [_entry_facts(entry) for entry in calendars.from_json(version.content).entries],
            }
            for version in queries.calendar_versions(round_.id)
        ],
    })  # fmt: skip


def _entry_facts(entry: calendars.Entry) -> dict[str, Any]:
    return {
        "phase": entry.phase, "activity": entry.activity, "title": entry.title, "starts_on": entry.starts_on.isoformat(),
        "ends_on": entry.ends_on.isoformat(), "place": entry.place, "hours": entry.hours,
    }  # fmt: skip
