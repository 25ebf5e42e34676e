"""Meetings of a forum: their states (domain.md 11), what makes one count for MR-1.1a, agreements and minutes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.core.clock import lima_day
from app.core.errors import Problem
from app.forum.rules.seats import SHORTEST_REASON, Side
from app.organisations.rules import Sector

LONGEST_MEETING = timedelta(hours=24)
MOST_PEOPLE = 100_000
SHORTEST_MINUTES, LONGEST_MINUTES = 40, 20_000
SHORTEST_AGENDA = 10
DAYS_FOR_MINUTES = 10  # [D] days after a meeting without minutes before the desk asks


class MeetingKind(StrEnum):
    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"
    HEARING = "hearing"


class MeetingMode(StrEnum):
    IN_PERSON = "in-person"
    ONLINE = "online"
    HYBRID = "hybrid"


class MeetingState(StrEnum):
    CONVENED = "convened"
    AGENDA_PUBLISHED = "agenda-published"
    HELD = "held"
    MINUTES_DRAFT = "minutes-draft"
    MINUTES_APPROVED = "minutes-approved"
    PUBLISHED = "published"
    NO_QUORUM = "no-quorum"
    CANCELLED = "cancelled"


COMING = (MeetingState.CONVENED, MeetingState.AGENDA_PUBLISHED)
TOOK_PLACE = (MeetingState.HELD, MeetingState.MINUTES_DRAFT, MeetingState.MINUTES_APPROVED, MeetingState.PUBLISHED)


class HearingStage(StrEnum):
    """domain.md 11, `public_hearing`: told from the meeting, its report and its agreements."""

    SCHEDULED = "scheduled"
    CONVENED = "convened"
    REPORT_PUBLISHED = "report-published"
    HELD = "held"
    MINUTES_PUBLISHED = "minutes-published"
    FOLLOW_UP = "follow-up"
    CLOSED = "closed"


class AgreementState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class MeetingProblem(StrEnum):
    TITLE_MISSING = "meeting-title-missing"
    PLACE_MISSING = "meeting-place-missing"
    LINK_MISSING = "meeting-link-missing"
    ENDS_BEFORE_IT_STARTS = "meeting-ends-before-it-starts"
    TOO_LONG = "meeting-too-long"
    SLUG_TAKEN = "meeting-slug-taken"
    AGENDA_MISSING = "meeting-agenda-missing"
    NOT_COMING = "meeting-not-coming"
    NOT_YET_HELD = "meeting-not-yet-held"
    SEAT_UNKNOWN = "meeting-seat-unknown"
    COUNT_WRONG = "meeting-count-wrong"
    NOT_HELD = "meeting-not-held"
    MINUTES_SHORT = "meeting-minutes-short"
    MINUTES_LONG = "meeting-minutes-long"
    REASON_MISSING = "meeting-reason-missing"
    NO_MINUTES = "meeting-no-minutes"
    ALREADY_APPROVED = "meeting-already-approved"
    DRAFTER_APPROVES = "meeting-drafter-approves"
    SAME_PERSON = "meeting-same-person"
    APPROVAL_MISSING = "meeting-approval-missing"
    NOTHING_NEW = "meeting-nothing-new"
    AGREEMENT_TEXT_MISSING = "agreement-text-missing"
    AGREEMENT_OWNER_MISSING = "agreement-owner-missing"
    AGREEMENT_DUE_WRONG = "agreement-due-wrong"
    AGREEMENT_CLOSED = "agreement-closed"
    AGREEMENT_REASON_MISSING = "agreement-reason-missing"
    QUESTION_MISSING = "hearing-question-missing"
    ANSWER_MISSING = "hearing-answer-missing"
    NOT_A_HEARING = "hearing-not-one"


@dataclass(frozen=True)
class MeetingDraft:
    """A meeting as it is convened."""

    kind: MeetingKind
    title: str
    starts_at: datetime
    ends_at: datetime
    mode: MeetingMode
    place: str = ""
    url: str = ""
    agenda: str = ""
    norm: str = ""
    process_slug: str = ""
    is_implementation_review: bool = False
    is_cocreation: bool = False


def problems_with_convening(draft: MeetingDraft) -> tuple[Problem, ...]:
    """Enough for somebody to come: title, hours, and a place or a link as the mode asks."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem(MeetingProblem.TITLE_MISSING, "title"))
    if draft.ends_at <= draft.starts_at:
        problems.append(Problem(MeetingProblem.ENDS_BEFORE_IT_STARTS, "ends"))
    elif draft.ends_at - draft.starts_at > LONGEST_MEETING:
        problems.append(Problem(MeetingProblem.TOO_LONG, "ends"))
    if draft.mode is not MeetingMode.ONLINE and not draft.place.strip():
        problems.append(Problem(MeetingProblem.PLACE_MISSING, "place"))
    if draft.mode is not MeetingMode.IN_PERSON and not draft.url.strip():
        problems.append(Problem(MeetingProblem.LINK_MISSING, "url"))
    return tuple(problems)


def problems_with_agenda(state: MeetingState, agenda: str) -> tuple[Problem, ...]:
    if state not in COMING:
        return (Problem(MeetingProblem.NOT_COMING),)
    return () if len(agenda.strip()) >= SHORTEST_AGENDA else (Problem(MeetingProblem.AGENDA_MISSING, "agenda"),)


def problems_with_holding(state: MeetingState, began_at: datetime, ended_at: datetime, now: datetime) -> tuple[Problem, ...]:
    """When it was really held: forwards, in the past, and not already recorded."""
    if state not in (*COMING, MeetingState.HELD, MeetingState.NO_QUORUM, MeetingState.MINUTES_DRAFT):
        return (Problem(MeetingProblem.NOT_COMING),)
    if ended_at <= began_at:
        return (Problem(MeetingProblem.ENDS_BEFORE_IT_STARTS, "ends"),)
    if ended_at - began_at > LONGEST_MEETING:
        return (Problem(MeetingProblem.TOO_LONG, "ends"),)
    return (Problem(MeetingProblem.NOT_YET_HELD, "day"),) if ended_at > now else ()


def problems_with_attendance(seat_ids: Iterable[int], held: Iterable[int], guests: Mapping[Sector, int]) -> tuple[Problem, ...]:
    """Only seats held on the day can be present; guests are counted, never named."""
    if set(seat_ids) - set(held):
        return (Problem(MeetingProblem.SEAT_UNKNOWN),)
    if any(count < 0 or count > MOST_PEOPLE for count in guests.values()):
        return (Problem(MeetingProblem.COUNT_WRONG),)
    return ()


def problems_with_cancelling(state: MeetingState, reason: str) -> tuple[Problem, ...]:
    if state not in COMING:
        return (Problem(MeetingProblem.NOT_COMING),)
    return _reason(reason, "reason")


def _reason(reason: str, field: str) -> tuple[Problem, ...]:
    if len(reason.strip()) < SHORTEST_REASON:
        return (Problem(MeetingProblem.REASON_MISSING, field, {"shortest": SHORTEST_REASON}),)
    return ()


def problems_with_minutes(state: MeetingState, text: str, *, is_public: bool, reason: str) -> tuple[Problem, ...]:
    """Held, long enough to say something; what corrects public minutes says why."""
    if state not in (*TOOK_PLACE, MeetingState.NO_QUORUM):
        return (Problem(MeetingProblem.NOT_HELD),)
    if len(text.strip()) < SHORTEST_MINUTES:
        return (Problem(MeetingProblem.MINUTES_SHORT, "text", {"shortest": SHORTEST_MINUTES}),)
    if len(text) > LONGEST_MINUTES:
        return (Problem(MeetingProblem.MINUTES_LONG, "text", {"longest": LONGEST_MINUTES}),)
    return _reason(reason, "reason") if is_public else ()


def problems_with_approving(side: Side, given: Mapping[Side, int], person_id: int, writer_id: int) -> tuple[Problem, ...]:
    """A seat of each side approves exactly that text; neither wrote it, and they are two people (BR-26)."""
    if person_id == writer_id:
        return (Problem(MeetingProblem.DRAFTER_APPROVES),)
    if side in given:
        return (Problem(MeetingProblem.ALREADY_APPROVED),)
    return (Problem(MeetingProblem.SAME_PERSON),) if person_id in given.values() else ()


def problems_with_publishing(*, has_minutes: bool, is_published: bool, approvals: Iterable[Side]) -> tuple[Problem, ...]:
    if not has_minutes:
        return (Problem(MeetingProblem.NO_MINUTES),)
    if is_published:
        return (Problem(MeetingProblem.NOTHING_NEW),)
    return () if set(approvals) == set(Side) else (Problem(MeetingProblem.APPROVAL_MISSING),)


def state_after_attendance(state: MeetingState, *, has_quorum: bool, has_minutes: bool) -> MeetingState:
    """A hearing has no quorum to fail; its caller says so with `has_quorum`."""
    if state is MeetingState.PUBLISHED:
        return state
    if not has_quorum:
        return MeetingState.NO_QUORUM
    return MeetingState.MINUTES_DRAFT if has_minutes else MeetingState.HELD


@dataclass(frozen=True)
class AgreementDraft:
    """What was agreed, who owns it, until when."""

    text: str
    owner: str
    due_on: date | None


def problems_with_agreement(draft: AgreementDraft, held_on: date) -> tuple[Problem, ...]:
    problems = []
    if len(draft.text.strip()) < SHORTEST_REASON:
        problems.append(Problem(MeetingProblem.AGREEMENT_TEXT_MISSING, "text", {"shortest": SHORTEST_REASON}))
    if not draft.owner.strip():
        problems.append(Problem(MeetingProblem.AGREEMENT_OWNER_MISSING, "owner"))
    if draft.due_on is None or draft.due_on < held_on:
        problems.append(Problem(MeetingProblem.AGREEMENT_DUE_WRONG, "due_on"))
    return tuple(problems)


def problems_with_closing_agreement(state: AgreementState, reason: str) -> tuple[Problem, ...]:
    """Done says what was done, dropped says why: both are read by everybody."""
    if state is not AgreementState.OPEN:
        return (Problem(MeetingProblem.AGREEMENT_CLOSED),)
    if len(reason.strip()) < SHORTEST_REASON:
        return (Problem(MeetingProblem.AGREEMENT_REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}),)
    return ()


def is_overdue(state: AgreementState, due_on: date, today: date) -> bool:
    return state is AgreementState.OPEN and due_on < today


def are_minutes_late(state: MeetingState, ended_at: datetime | None, now: datetime) -> bool:
    """Held more than ten days ago and its minutes are still not public."""
    if ended_at is None or state not in (MeetingState.HELD, MeetingState.MINUTES_DRAFT, MeetingState.MINUTES_APPROVED):
        return False
    return (lima_day(now) - lima_day(ended_at)).days > DAYS_FOR_MINUTES


def counts_for_the_gap(kind: MeetingKind, state: MeetingState, government: int, non_government: int) -> bool:
    """MR-1.1a [D]: a meeting of the forum with quorum, both sides in the room, its minutes public. A hearing is another thing."""
    return kind is not MeetingKind.HEARING and state is MeetingState.PUBLISHED and government > 0 and non_government > 0


def hearing_stage(state: MeetingState, *, has_report: bool, agreements: Iterable[AgreementState]) -> HearingStage:
    """Where a public hearing stands; a cancelled one keeps the stage it had, its page says it is cancelled."""
    known = list(agreements)
    if state is MeetingState.PUBLISHED:
        if not known:
            return HearingStage.MINUTES_PUBLISHED
        return HearingStage.FOLLOW_UP if AgreementState.OPEN in known else HearingStage.CLOSED
    if state in (*TOOK_PLACE, MeetingState.NO_QUORUM):
        return HearingStage.HELD
    if has_report:
        return HearingStage.REPORT_PUBLISHED
    return HearingStage.CONVENED if state is MeetingState.AGENDA_PUBLISHED else HearingStage.SCHEDULED
