"""Meetings: convened in public, moved or cancelled with a reason, recorded as they were held."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.core import dates
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line, to_html
from app.core.text import slug as to_slug
from app.evidence import services as evidence
from app.evidence.models import Attachment
from app.evidence.rules import FileUpload
from app.forum import queries
from app.forum.models import Attendance, Forum, Guests, Meeting
from app.forum.rules import meetings as rules
from app.forum.rules.meetings import MeetingDraft, MeetingKind, MeetingProblem, MeetingState
from app.forum.rules.participation import Present, Quorum, has_quorum
from app.forum.rules.seats import SHORTEST_REASON, Side, Sitting
from app.forum.services import letters
from app.forum.services.seats import SECRETARIAT, touch_public
from app.organisations.rules import Sector

CONVENED = "forum.convened"
CANCELLED = "forum.cancelled"


def convene(forum: Forum, draft: MeetingDraft, *, person_id: int, now: datetime, slug: str = "") -> Meeting:
    """The meeting is public from this moment and every seat gets a letter; with an agenda, that is public too. The caller commits.

    Raises RuleBroken; SomebodyWasFirst when another was convened at this moment.
    """
    refuse_if_any(rules.problems_with_convening(draft))
    number = queries.last_number(forum.space_id) + 1
    wanted = to_slug(slug or draft.title)
    if queries.meeting_by_slugs(forum.space.slug, wanted) is not None:
        refuse_if_any([Problem(MeetingProblem.SLUG_TAKEN, "title")])
    meeting = Meeting(space_id=forum.space_id, number=number, slug=wanted, convened_at=now, convened_by_id=person_id, revision=0)
    meeting.space = forum.space
    _write(meeting, draft, now)
    try:
        with db.session.begin_nested():
            db.session.add(meeting)
    except IntegrityError as lost:
        raise SomebodyWasFirst from lost
    _register("forum.convene", meeting, _announced(meeting), now)
    letters.queue(CONVENED, meeting, _letter(meeting, ""), now=now)
    return meeting


def _write(meeting: Meeting, draft: MeetingDraft, now: datetime) -> None:
    meeting.kind, meeting.title, meeting.mode = draft.kind, clean_line(draft.title), draft.mode
    meeting.starts_at, meeting.ends_at = draft.starts_at, draft.ends_at
    meeting.place, meeting.url, meeting.norm = clean_line(draft.place), clean_line(draft.url), clean_line(draft.norm)
    meeting.process_slug = clean_line(draft.process_slug)
    meeting.is_implementation_review, meeting.is_cocreation = draft.is_implementation_review, draft.is_cocreation
    meeting.state = meeting.state or MeetingState.CONVENED
    if draft.agenda.strip():
        refuse_if_any(rules.problems_with_agenda(meeting.state, draft.agenda))
        meeting.agenda, meeting.agenda_html = clean(draft.agenda), str(to_html(draft.agenda))
        meeting.agenda_published_at = meeting.agenda_published_at or now
        meeting.state = MeetingState.AGENDA_PUBLISHED


def change(meeting: Meeting, draft: MeetingDraft, reason: str, *, person_id: int, now: datetime) -> None:
    """Agenda, date or place of a meeting to come: public at once, and every seat gets a letter with the reason. The caller commits."""
    if meeting.state not in rules.COMING:
        refuse_if_any([Problem(MeetingProblem.NOT_COMING)])
    moved = (meeting.starts_at, meeting.place, meeting.url) != (draft.starts_at, clean_line(draft.place), clean_line(draft.url))
    refuse_if_any(rules.problems_with_convening(draft))
    if moved and len(reason.strip()) < SHORTEST_REASON:
        refuse_if_any([Problem(MeetingProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON})])
    _write(meeting, draft, now)
    meeting.revision += 1
    _register("forum.change-meeting", meeting, {**_announced(meeting), "reason_sha256": _sha256(clean(reason))}, now)
    letters.queue(CONVENED, meeting, _letter(meeting, clean_line(reason)), now=now)


def cancel(meeting: Meeting, reason: str, *, person_id: int, now: datetime) -> None:
    """It will not be held; its page says why and every seat gets a letter. The caller commits. Raises RuleBroken."""
    refuse_if_any(rules.problems_with_cancelling(meeting.state, reason))
    meeting.state, meeting.cancelled_reason = MeetingState.CANCELLED, clean(reason)
    meeting.revision += 1
    _register("forum.cancel", meeting, {"number": meeting.number, "reason_sha256": _sha256(meeting.cancelled_reason)}, now)
    letters.queue(CANCELLED, meeting, _letter(meeting, clean_line(reason)), now=now)


def record_held(
    meeting: Meeting, *, began_at: datetime, ended_at: datetime, present: Mapping[int, Sitting], guests: Mapping[Sector, int],
    comments: str, results_url: str, person_id: int, now: datetime,
) -> None:  # fmt: skip
    """When it was held, who came and what people said; the quorum follows from the rules in force that day. The caller commits.

    Until its minutes are public it may be recorded again. `comments` may say that there were none. Raises RuleBroken.
    """
    refuse_if_any(rules.problems_with_holding(meeting.state, began_at, ended_at, now))
    seats = {seat.id: seat for seat in queries.seats_on(meeting.space_id, lima_day(began_at))}
    refuse_if_any(rules.problems_with_attendance(present, seats, guests))
    for table in (Attendance, Guests):
        db.session.execute(delete(table).where(table.meeting_id == meeting.id))
    for seat_id, who in present.items():
        db.session.add(Attendance(meeting_id=meeting.id, seat_id=seat_id, who=who))
    db.session.add_all(Guests(meeting_id=meeting.id, sector=sector, people=people) for sector, people in guests.items() if people)
    side_of = {seat_id: seat.side for seat_id, seat in seats.items()}
    counted = _count(list(side_of.values()), [side_of[seat_id] for seat_id in present])
    meeting.government_seats, meeting.non_government_seats = counted.government, counted.non_government
    meeting.government_present, meeting.non_government_present = counted.government_present, counted.non_government_present
    meeting.held_at, meeting.ended_at = began_at, ended_at
    meeting.comments, meeting.results_url = clean(comments), clean_line(results_url)
    in_force = queries.current_rules(meeting.space_id)
    meeting.rules_version_id = in_force.id if in_force else None
    enough = meeting.kind is MeetingKind.HEARING or has_quorum(in_force.quorum if in_force else Quorum(), counted)
    has_minutes = queries.latest_minutes(meeting.id) is not None
    meeting.state = rules.state_after_attendance(meeting.state, has_quorum=enough, has_minutes=has_minutes)
    facts = {
        "number": meeting.number, "kind": str(meeting.kind), "started_at": dates.rfc3339(began_at), "ended_at": dates.rfc3339(ended_at),
        "seats": counted.total, "government": counted.government_present, "non_government": counted.non_government_present,
        "people": sum(guests.values()), "quorum": enough,
    }  # fmt: skip
    _register("forum.hold", meeting, facts, now)


def _count(held: list[Side], present: list[Side]) -> Present:
    return Present(*(sides.count(side) for sides in (held, present) for side in Side))


def publish_report(hearing: Meeting, upload: FileUpload, *, title: str, person_id: int, now: datetime) -> Attachment:
    """The report of a hearing (LOM art. 119-A), public before it is held. The caller commits. Raises RuleBroken."""
    if hearing.kind is not MeetingKind.HEARING:
        refuse_if_any([Problem(MeetingProblem.NOT_A_HEARING)])
    file = _attach(hearing, queries.REPORT_SUBJECT, upload, title, person_id, now)
    hearing.report_published_at = hearing.report_published_at or now
    _register("forum.publish-report", hearing, {"number": hearing.number, "sha256": file.sha256}, now)
    return file


def attach(meeting: Meeting, upload: FileUpload, *, title: str, are_results: bool, person_id: int, now: datetime) -> Attachment:
    """A document of the meeting, public at once; `are_results` marks what was presented of the implementation (MR-5.1)."""
    subject = queries.RESULTS_SUBJECT if are_results else queries.MEETING_SUBJECT
    file = _attach(meeting, subject, upload, title, person_id, now)
    _register("forum.attach", meeting, {"number": meeting.number, "sha256": file.sha256, "results": are_results}, now)
    return file


def _attach(meeting: Meeting, subject: str, upload: FileUpload, title: str, person_id: int, now: datetime) -> Attachment:
    return evidence.attach(
        upload, subject_kind=subject, subject_id=meeting.id, kind=None, title=title, is_public=True, person_id=person_id, now=now,
        scope=meeting.scope,
    )  # fmt: skip


def withdraw_file(meeting: Meeting, file: Attachment, reason: str, *, person_id: int, now: datetime) -> None:
    """Take a document off the public page with a reason; it is kept, and named there as withdrawn. The caller commits.

    Raises RuleBroken.
    """
    evidence.remove_from_public(file, reason, person_id=person_id, now=now)
    facts = {"number": meeting.number, "sha256": file.sha256, "reason_sha256": _sha256(file.removed_reason)}
    _register("forum.withdraw-file", meeting, facts, now)


def refuse_unless_held(meeting: Meeting) -> None:
    """Raises RuleBroken for a meeting that was not held."""
    if meeting.state not in (*rules.TOOK_PLACE, MeetingState.NO_QUORUM):
        raise RuleBroken([Problem(MeetingProblem.NOT_HELD)])


def _announced(meeting: Meeting) -> dict[str, Any]:
    return {
        "number": meeting.number, "kind": str(meeting.kind), "starts_at": dates.rfc3339(meeting.starts_at), "mode": str(meeting.mode),
        "agenda_sha256": _sha256(meeting.agenda) if meeting.agenda else "",
    }  # fmt: skip


def _letter(meeting: Meeting, reason: str) -> dict[str, str]:
    return {
        "title": meeting.title, "space": meeting.space.name, "when": dates.long_instant(meeting.starts_at),
        "until": dates.hour(meeting.ends_at), "place": meeting.place, "link": meeting.url, "agenda": meeting.agenda, "reason": reason,
        "slug": meeting.space.slug, "meeting": meeting.slug, "is_changed": "1" if meeting.revision else "",
    }  # fmt: skip


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _register(action: str, meeting: Meeting, facts: Mapping[str, Any], now: datetime) -> None:
    db.session.flush()
    audit.record(action, "meeting", f"{meeting.space.slug}/{meeting.slug}", dict(facts), at=now, role=SECRETARIAT)
    touch_public(meeting.space_id)
