"""The forum as data: JSON, CSV and calendars."""

from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, url_for

from app.core import clock, dates
from app.core.guard import public
from app.core.web import csv_response, json_response, open_data, tagged
from app.forum import documents, messages, queries
from app.forum.rules.meetings import is_overdue
from app.forum.rules.periods import gaps
from app.forum.rules.seats import balance
from app.forum.rules.voting import MotionState
from app.forum.views import bp, shown

SEAT_COLUMNS = ("asiento", "sector", "lado", "organizacion", "titular", "alterno", "desde", "hasta", "nombrado_por", "motivo_de_fin")
MEETING_COLUMNS = (
    "numero", "tipo", "titulo", "fecha", "estado", "gobierno", "fuera_del_gobierno", "revision_de_implementacion", "acta_publicada",
    "acta_sha256", "cuenta_para_mr_1_1a", "url",
)  # fmt: skip
AGREEMENT_COLUMNS = ("acuerdo", "texto", "responsable", "vence", "estado", "vencido", "resultado", "prueba", "cerrado")


@bp.get("/foro.json")
@public()
def index_json() -> Response:
    return json_response(
        [
            {"space": f.space.slug, "name": f.name, "norm": f.norm, "url": url_for("forum.show_json", slug=f.space.slug)}
            for f in queries.forums()
        ]
    )


@bp.get("/foro/<slug>.json")
@public(load=queries.forum_by_slug)
def show_json(forum: Any) -> Response:
    today = clock.lima_day(clock.now())
    seats = queries.seats_on(forum.space_id, today)
    held = queries.meetings_held(forum.space_id)
    found = balance(seat.sector for seat in seats)
    rules = queries.current_rules(forum.space_id)
    return json_response(
        {
            "space": forum.space.slug, "name": forum.name, "norm": forum.norm, "norm_url": forum.norm_url, "note": forum.note,
            "requires_induction": forum.requires_induction,
            "balance": {
                "government": found.government, "non_government": found.non_government,
                "sectors": {sector.value: count for sector, count in found.sectors},
            },
            "seats": [_seat(seat) for seat in seats],
            "rules": {"version": rules.n, "sha256": rules.sha256, "published_at": dates.rfc3339(rules.published_at)} if rules else None,
            "meetings": [_held(meeting) for meeting in held],
            "next_meetings": [_coming(meeting) for meeting in queries.next_meetings(forum.space_id, clock.now())],
            "gaps": [
                {"since": g.since.isoformat(), "until": g.until.isoformat(), "limit": g.limit.isoformat(), "kept": g.is_kept,
                    "running": g.is_running}
                for g in gaps([m.held_on for m in held if m.counts_for_gap], today)
            ],
            "agreements": [_agreement(row, today) for row in queries.agreements(forum.space_id)],
            "motions": [url_for("forum.motion_json", slug=forum.space.slug, motion=m.slug) for m in queries.motions(forum.space_id)],
        }
    )  # fmt: skip


def _seat(seat: Any) -> dict[str, Any]:
    return {
        "number": seat.number, "sector": seat.sector.value, "side": seat.side.value,
        "organisation": seat.organisation.name if seat.organisation else "", "holder": seat.holder_name, "alternate": seat.alternate_name,
        "starts_on": seat.starts_on.isoformat(), "ends_on": seat.ends_on.isoformat() if seat.ends_on else None,
        "appointed_by": seat.appointed_by,
    }  # fmt: skip


def _held(facts: queries.MeetingFacts) -> dict[str, Any]:
    return {
        "number": facts.number, "kind": facts.kind.value, "title": facts.title, "held_on": facts.held_on.isoformat(),
        "state": facts.state.value, "government": facts.government, "non_government": facts.non_government,
        "implementation_review": facts.is_implementation_review, "cocreation": facts.is_cocreation, "has_results": facts.has_results,
        "comments": facts.comments, "minutes_sha256": facts.minutes_sha256,
        "minutes_published_at": dates.rfc3339(facts.minutes_published_at) or None, "counts_for_mr_1_1a": facts.counts_for_gap,
        "url": facts.url,
    }  # fmt: skip


def _coming(meeting: Any) -> dict[str, Any]:
    return {
        "number": meeting.number, "kind": meeting.kind.value, "title": meeting.title, "starts_at": dates.rfc3339(meeting.starts_at),
        "ends_at": dates.rfc3339(meeting.ends_at), "mode": meeting.mode.value, "place": meeting.place, "url": meeting.url,
    }  # fmt: skip


def _agreement(row: Any, today: Any) -> dict[str, Any]:
    return {
        "number": f"{row.meeting.number}.{row.number}", "text": row.text, "owner": row.owner, "due_on": row.due_on.isoformat(),
        "state": row.state.value, "overdue": is_overdue(row.state, row.due_on, today), "outcome": row.outcome, "evidence": row.evidence_url,
        "closed_at": dates.rfc3339(row.closed_at) or None,
    }  # fmt: skip


@bp.get("/foro/<slug>/asientos.csv")
@public(load=queries.forum_by_slug)
def seats_csv(forum: Any) -> Response:
    rows = [
        (
            s.number, s.sector.value, s.side.value, s.organisation.name if s.organisation else "", s.holder_name, s.alternate_name,
            s.starts_on.isoformat(), s.ends_on.isoformat() if s.ends_on else "", s.appointed_by, s.end_reason,
        )
        for s in queries.seat_terms(forum.space_id)
    ]  # fmt: skip
    return csv_response(f"asientos-{forum.space.slug}.csv", SEAT_COLUMNS, rows)


@bp.get("/foro/<slug>/reuniones.csv")
@public(load=queries.forum_by_slug)
def meetings_csv(forum: Any) -> Response:
    held = {facts.number: facts for facts in queries.meetings_held(forum.space_id)}
    rows = []
    for meeting in reversed(queries.meetings(forum.space_id)):
        facts = held.get(meeting.number)
        url = current_app.config["SITE_URL"] + url_for("forum.meeting", slug=forum.space.slug, meeting=meeting.slug)
        rows.append(
            (
                meeting.number, meeting.kind.value, meeting.title, shown.held_on(meeting).isoformat(), meeting.state.value,
                facts.government if facts else "", facts.non_government if facts else "", int(meeting.is_implementation_review),
                dates.rfc3339(meeting.minutes_published_at), meeting.minutes_sha256, int(bool(facts and facts.counts_for_gap)), url,
            )
        )  # fmt: skip
    return csv_response(f"reuniones-{forum.space.slug}.csv", MEETING_COLUMNS, rows)


@bp.get("/foro/<slug>/acuerdos.csv")
@public(load=queries.forum_by_slug)
def agreements_csv(forum: Any) -> Response:
    today = clock.lima_day(clock.now())
    rows = [
        (
            f"{a.meeting.number}.{a.number}", a.text, a.owner, a.due_on.isoformat(), str(messages.AGREEMENTS[a.state]),
            int(is_overdue(a.state, a.due_on, today)), a.outcome, a.evidence_url, dates.rfc3339(a.closed_at),
        )
        for a in queries.agreements(forum.space_id)
    ]  # fmt: skip
    return csv_response(f"acuerdos-{forum.space.slug}.csv", AGREEMENT_COLUMNS, rows)


@bp.get("/foro/<slug>/reuniones.ics")
@public(load=queries.forum_by_slug)
def meetings_calendar(forum: Any) -> Response:
    """Every meeting that was ever convened, each under the same UID for ever."""
    return _calendar(queries.meetings(forum.space_id), forum.name, f"reuniones-{forum.space.slug}.ics")


@bp.get("/foro/<slug>/reuniones/<meeting>.ics")
@public(load=queries.meeting_by_slugs)
def meeting_calendar(meeting: Any) -> Response:
    return _calendar([meeting], meeting.title, f"{meeting.space.slug}-{meeting.slug}.ics")


def _calendar(meetings: Any, name: str, file_name: str) -> Response:
    site = current_app.config["SITE_URL"]
    content = documents.calendar(meetings, site=site, host=urlsplit(site).hostname or "minka", name=name)
    response = Response(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return tagged(open_data(response))


@bp.get("/foro/<slug>/reuniones/<meeting>.json")
@public(load=queries.meeting_by_slugs)
def meeting_json(meeting: Any) -> Response:
    facts = next((held for held in queries.meetings_held(meeting.space_id) if held.number == meeting.number), None)
    today = clock.lima_day(clock.now())
    is_public = meeting.minutes_published_at is not None
    versions = queries.public_minutes(meeting.id)
    return json_response(
        {
            **_coming(meeting), "state": meeting.state.value, "agenda": meeting.agenda, "norm": meeting.norm,
            "convened_at": dates.rfc3339(meeting.convened_at), "cancelled_reason": meeting.cancelled_reason,
            "held": _held(facts) if facts else None,
            "quorum": {
                "government": [meeting.government_present, meeting.government_seats],
                "non_government": [meeting.non_government_present, meeting.non_government_seats],
            } if meeting.held_at else None,
            "seats_present": [row["number"] for row in shown.presence(meeting)["seats"]],
            "guests": {sector.value: people for sector, people in queries.guests(meeting.id).items()},
            "minutes": [
                {"version": v.version, "sha256": v.sha256, "published_at": dates.rfc3339(v.published_at), "reason": v.reason,
                    "text": v.text}
                for v in versions
            ],
            "agreements": [_agreement(row, today) for row in queries.agreements_of(meeting.id)] if is_public else [],
            "questions": [
                {"number": q.number, "sector": q.sector.value, "question": q.question, "answer": q.answer, "answered_by": q.answered_by}
                for q in queries.questions(meeting.id)
            ],
        }
    )  # fmt: skip


@bp.get("/foro/<slug>/votaciones/<motion>.json")
@public(load=queries.motion_by_slugs)
def motion_json(motion: Any) -> Response:
    """With every vote once it is closed; before that only how many there are."""
    options = {option.position: option.text for option in queries.options(motion.id)}
    is_closed = motion.state is MotionState.CLOSED
    return json_response(
        {
            "number": motion.number, "title": motion.title, "kind": motion.kind.value, "majority": motion.majority.value,
            "state": motion.state.value, "process": motion.process_slug, "opened_at": dates.rfc3339(motion.opened_at),
            "closes_at": dates.rfc3339(motion.closes_at), "closed_at": dates.rfc3339(motion.closed_at) or None,
            "options": [{"position": position, "text": text} for position, text in options.items()],
            "votes_cast": queries.votes_cast(motion.id), "verdict": motion.verdict.value if motion.verdict else None,
            "seats": {"government": motion.government_seats, "non_government": motion.non_government_seats} if is_closed else None,
            "result": motion.result, "withdrawn_reason": motion.withdrawn_reason,
            "votes": [
                {
                    "seat": vote.seat_number, "side": vote.side.value, "who": vote.who.value,
                    "choice": vote.choice.value if vote.choice else None, "ranking": vote.ranking, "reason": vote.reason,
                    "by_hand": vote.is_by_hand,
                }
                for vote in queries.votes(motion.id)
            ] if is_closed else [],
        }
    )  # fmt: skip
