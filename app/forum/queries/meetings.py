"""Reading meetings: what took place and counts, who came, the minutes, agreements and questions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core.clock import lima_day
from app.core.db import db
from app.evidence import queries as evidence
from app.evidence.models import Attachment
from app.forum.models import Agreement, Attendance, Guests, HearingQuestion, Meeting, Minutes, MinutesApproval, Seat
from app.forum.rules.meetings import COMING, TOOK_PLACE, AgreementState, MeetingKind, MeetingState, counts_for_the_gap
from app.forum.rules.seats import Side, side_of
from app.organisations.rules import Sector
from app.spaces.models import Space

MEETING_SUBJECT, RESULTS_SUBJECT, REPORT_SUBJECT = "forum-meeting", "forum-results", "forum-report"
AGREEMENT_SUBJECT = "forum-agreement"


@dataclass(frozen=True)
class MeetingFacts:
    """What compliance reads of a meeting that took place. Attendees are seats and guests together; `url` is a path of this site."""

    number: int
    kind: MeetingKind
    held_on: date
    is_implementation_review: bool
    government: int
    non_government: int
    minutes_published_on: date | None
    minutes_sha256: str
    has_results: bool
    comments: str
    url: str
    title: str = ""
    state: MeetingState = MeetingState.HELD
    civil_society: int = 0
    counts_for_gap: bool = False
    is_cocreation: bool = False
    process_slug: str = ""
    convened_at: datetime | None = None
    report_published_on: date | None = None
    minutes_published_at: datetime | None = None


def meetings_held(space_id: int) -> list[MeetingFacts]:
    """Every meeting that took place with quorum (a hearing needs none), oldest first: three statements.

    Those without quorum and those cancelled are not here (domain.md 11).
    """
    rows = db.session.scalars(
        select(Meeting)
        .where(Meeting.space_id == space_id, Meeting.state.in_(TOOK_PLACE), Meeting.held_at.is_not(None))
        .options(joinedload(Meeting.space))
        .order_by(Meeting.held_at, Meeting.number)
    ).all()
    came = attendees([row.id for row in rows])
    documented = {file.subject_id for file in evidence.of_many(RESULTS_SUBJECT, [row.id for row in rows], public_only=True)}
    return [_facts(row, came.get(row.id, {}), has_results=row.id in documented or bool(row.results_url)) for row in rows]


def _facts(meeting: Meeting, came: dict[Sector, int], *, has_results: bool) -> MeetingFacts:
    government = sum(people for sector, people in came.items() if side_of(sector) is Side.GOVERNMENT)
    non_government = sum(came.values()) - government
    published = meeting.minutes_published_at
    return MeetingFacts(
        number=meeting.number, kind=meeting.kind, held_on=lima_day(meeting.held_at or meeting.starts_at),
        is_implementation_review=meeting.is_implementation_review, government=government, non_government=non_government,
        minutes_published_on=lima_day(published) if published else None, minutes_sha256=meeting.minutes_sha256,
        has_results=has_results, comments=meeting.comments, url=f"/foro/{meeting.space.slug}/reuniones/{meeting.slug}",
        title=meeting.title, state=meeting.state, civil_society=came.get(Sector.CIVIL_SOCIETY, 0),
        counts_for_gap=counts_for_the_gap(meeting.kind, meeting.state, government, non_government),
        is_cocreation=meeting.is_cocreation, process_slug=meeting.process_slug, convened_at=meeting.convened_at,
        report_published_on=lima_day(meeting.report_published_at) if meeting.report_published_at else None,
        minutes_published_at=published,
    )  # fmt: skip


def attendees(meeting_ids: Sequence[int]) -> dict[int, dict[Sector, int]]:
    """For each meeting how many people of each sector came: seats and guests together. Two statements."""
    found: dict[int, dict[Sector, int]] = defaultdict(lambda: defaultdict(int))
    seats = db.session.execute(
        select(Attendance.meeting_id, Seat.sector, func.count())
        .join(Seat, Seat.id == Attendance.seat_id)
        .where(Attendance.meeting_id.in_(meeting_ids))
        .group_by(Attendance.meeting_id, Seat.sector)
    )
    guests = db.session.execute(select(Guests.meeting_id, Guests.sector, Guests.people).where(Guests.meeting_id.in_(meeting_ids)))
    for meeting_id, sector, people in [*seats, *guests]:
        found[meeting_id][sector] += people
    return {meeting_id: dict(counts) for meeting_id, counts in found.items()}


def meeting_by_slugs(slug: str, meeting: str) -> Meeting | None:
    """A meeting of that space, the space loaded."""
    return db.session.scalar(
        select(Meeting)
        .join(Space, Space.id == Meeting.space_id)
        .where(Space.slug == slug, Meeting.slug == meeting)
        .options(joinedload(Meeting.space))
    )


def meetings(space_id: int) -> Sequence[Meeting]:
    """Every meeting, the latest announced first; the space loaded."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.space_id == space_id)
        .options(joinedload(Meeting.space))
        .order_by(Meeting.starts_at.desc(), Meeting.number.desc())
    ).all()


def next_meetings(space_id: int, now: datetime) -> Sequence[Meeting]:
    """Those to come, soonest first."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.space_id == space_id, Meeting.state.in_(COMING), Meeting.ends_at >= now)
        .order_by(Meeting.starts_at, Meeting.number)
    ).all()


def last_number(space_id: int) -> int:
    return db.session.scalar(select(func.max(Meeting.number)).where(Meeting.space_id == space_id)) or 0


def attendance(meeting_id: int) -> Sequence[Attendance]:
    """Seats that were present, by number, seat and organisation loaded."""
    return db.session.scalars(
        select(Attendance)
        .join(Seat, Seat.id == Attendance.seat_id)
        .where(Attendance.meeting_id == meeting_id)
        .options(joinedload(Attendance.seat).joinedload(Seat.organisation))
        .order_by(Seat.number, Seat.id)
    ).all()


def guests(meeting_id: int) -> dict[Sector, int]:
    rows = db.session.execute(select(Guests.sector, Guests.people).where(Guests.meeting_id == meeting_id).order_by(Guests.id))
    return {sector: people for sector, people in rows}


def minutes_history(meeting_id: int) -> Sequence[Minutes]:
    """Every saved text, latest first."""
    return db.session.scalars(select(Minutes).where(Minutes.meeting_id == meeting_id).order_by(Minutes.version.desc())).all()


def latest_minutes(meeting_id: int) -> Minutes | None:
    return db.session.scalar(select(Minutes).where(Minutes.meeting_id == meeting_id).order_by(Minutes.version.desc()).limit(1))


def public_minutes(meeting_id: int) -> Sequence[Minutes]:
    """Those that are or were public, latest first; the first of the list stands."""
    return [row for row in minutes_history(meeting_id) if row.published_at is not None]


def minutes_approvals(minutes_ids: Sequence[int]) -> dict[int, list[MinutesApproval]]:
    """The approvals of each text, in the order they were given."""
    found: dict[int, list[MinutesApproval]] = {}
    rows = (
        select(MinutesApproval).where(MinutesApproval.minutes_id.in_(minutes_ids)).order_by(MinutesApproval.approved_at, MinutesApproval.id)
    )
    for row in db.session.scalars(rows):
        found.setdefault(row.minutes_id, []).append(row)
    return found


def agreements_of(meeting_id: int) -> Sequence[Agreement]:
    """Agreements of one meeting in order, owners loaded."""
    return db.session.scalars(
        select(Agreement)
        .where(Agreement.meeting_id == meeting_id)
        .options(joinedload(Agreement.owner_organisation), joinedload(Agreement.meeting))
        .order_by(Agreement.number)
    ).all()


def agreements(space_id: int, state: AgreementState | None = None) -> Sequence[Agreement]:
    """Agreements of a forum whose meeting's minutes are public: those due first come first. Meeting and owner loaded."""
    rows = (
        select(Agreement)
        .join(Meeting, Meeting.id == Agreement.meeting_id)
        .where(Agreement.space_id == space_id, Meeting.minutes_published_at.is_not(None))
        .options(joinedload(Agreement.owner_organisation), joinedload(Agreement.meeting))
        .order_by(Agreement.due_on, Meeting.number, Agreement.number)
    )
    return db.session.scalars(rows.where(Agreement.state == state) if state else rows).all()


def agreement(slug: str, meeting: str, number: int) -> Agreement | None:
    """One agreement, its meeting and space loaded."""
    return db.session.scalar(
        select(Agreement)
        .join(Meeting, Meeting.id == Agreement.meeting_id)
        .join(Space, Space.id == Meeting.space_id)
        .where(Space.slug == slug, Meeting.slug == meeting, Agreement.number == number)
        .options(joinedload(Agreement.meeting).joinedload(Meeting.space), joinedload(Agreement.owner_organisation))
    )


def question(slug: str, meeting: str, number: int) -> tuple[Meeting, HearingQuestion] | None:
    """A question of a hearing with its meeting."""
    found = meeting_by_slugs(slug, meeting)
    asked = db.session.scalar(
        select(HearingQuestion).where(HearingQuestion.meeting_id == (found.id if found else 0), HearingQuestion.number == number)
    )
    return (found, asked) if found is not None and asked is not None else None


def files_of(meeting: Meeting, *, public_only: bool) -> list[Attachment]:
    """Documents, results, report, and what proves its agreements; removed ones too unless `public_only`. Five statements."""
    subjects = [(kind, [meeting.id]) for kind in (REPORT_SUBJECT, RESULTS_SUBJECT, MEETING_SUBJECT)]
    subjects.append((AGREEMENT_SUBJECT, [row.id for row in agreements_of(meeting.id)]))
    return [file for kind, ids in subjects for file in evidence.of_many(kind, ids, public_only=public_only)]


def questions(meeting_id: int) -> Sequence[HearingQuestion]:
    return db.session.scalars(
        select(HearingQuestion).where(HearingQuestion.meeting_id == meeting_id).order_by(HearingQuestion.number)
    ).all()
