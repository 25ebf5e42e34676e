"""States of an activity, aggregate attendance, what a record needs to be public, and who may still register (domain.md 10 to 14)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.activities.rules.attending import AttendingProblem, problems_with_needs
from app.activities.rules.minutes import are_approved
from app.core.errors import Problem
from app.evidence.rules import AttachmentKind
from app.forum.rules.seats import Side
from app.processes.rules.schedule import OpportunityKind

EVENTS = (OpportunityKind.WORKSHOP, OpportunityKind.ASSEMBLY, OpportunityKind.MEETING, OpportunityKind.CONSULTATION)
LONGEST_ACTIVITY = timedelta(hours=24)
FEWEST_SHOWN = 5  # domain.md 14: demographics are published only as counts of 5 or more
MOST_PEOPLE = 100_000
SHORTEST_MINUTES, LONGEST_MINUTES = 40, 20_000
SHORTEST_REASON = 10
MOST_REGISTRATIONS = 2_000  # a ceiling when the activity has none: nobody fills the disk through a public form


class ActivityState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    DOCUMENTED = "documented"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Dimension(StrEnum):
    SECTOR = "sector"
    SEX = "sex"
    AGE = "age"
    LANGUAGE = "language"


CATEGORIES: dict[Dimension, tuple[str, ...]] = {
    Dimension.SECTOR: ("grassroots", "civil-society", "indigenous", "academia", "private", "government", "media", "cooperation", "citizen"),
    Dimension.SEX: ("women", "men", "non-binary", "undisclosed"),
    Dimension.AGE: ("under-18", "18-29", "30-59", "60-plus", "undisclosed"),
    Dimension.LANGUAGE: ("es", "qu", "other"),
}
SENSITIVE = (Dimension.SEX, Dimension.AGE, Dimension.LANGUAGE)
Counts = Mapping[Dimension, Mapping[str, int]]


class ActivityProblem(StrEnum):
    NOT_AN_EVENT = "activity-not-an-event"
    ENDS_BEFORE_IT_STARTS = "activity-ends-before-it-starts"
    TOO_LONG = "activity-too-long"
    NOT_YET_HELD = "activity-not-yet-held"
    ALREADY_PUBLIC = "activity-already-public"
    CANCELLED = "activity-cancelled"
    HELD = "activity-held"
    CATEGORY_UNKNOWN = "attendance-category-unknown"
    COUNT_WRONG = "attendance-count-wrong"
    SECTOR_TOTAL_DIFFERS = "attendance-sector-total-differs"
    SEX_TOTAL_DIFFERS = "attendance-sex-total-differs"
    AGE_TOTAL_DIFFERS = "attendance-age-total-differs"
    LANGUAGE_TOTAL_DIFFERS = "attendance-language-total-differs"
    MINUTES_SHORT = "minutes-short"
    MINUTES_LONG = "minutes-long"
    REASON_MISSING = "activity-reason-missing"
    NOT_HELD = "record-not-held"
    NO_MINUTES = "record-no-minutes"
    NO_ATTENDANCE = "record-no-attendance"
    NOT_APPROVED = "record-not-approved"
    NAME_MISSING = "registration-name-missing"
    REACH_MISSING = "registration-reach-missing"
    REGISTRATION_CLOSED = "registration-closed"
    FULL = "registration-full"


TOTAL_DIFFERS = {
    Dimension.SECTOR: ActivityProblem.SECTOR_TOTAL_DIFFERS,
    Dimension.SEX: ActivityProblem.SEX_TOTAL_DIFFERS,
    Dimension.AGE: ActivityProblem.AGE_TOTAL_DIFFERS,
    Dimension.LANGUAGE: ActivityProblem.LANGUAGE_TOTAL_DIFFERS,
}


def is_event(kind: OpportunityKind) -> bool:
    """People meet at a place and an hour: it has a record and registrations; a form or a counter has neither."""
    return kind in EVENTS


def problems_with_changing(state: ActivityState) -> tuple[Problem, ...]:
    """A public record is not rewritten, a cancelled activity has no record."""
    if state is ActivityState.PUBLISHED:
        return (Problem(ActivityProblem.ALREADY_PUBLIC),)
    if state is ActivityState.CANCELLED:
        return (Problem(ActivityProblem.CANCELLED),)
    return ()


def problems_with_times(started_at: datetime, ended_at: datetime, now: datetime) -> tuple[Problem, ...]:
    """When it was really held: in the past, forwards, within a day."""
    if ended_at <= started_at:
        return (Problem(ActivityProblem.ENDS_BEFORE_IT_STARTS, "ends"),)
    if ended_at - started_at > LONGEST_ACTIVITY:
        return (Problem(ActivityProblem.TOO_LONG, "ends"),)
    if ended_at > now:
        return (Problem(ActivityProblem.NOT_YET_HELD, "day"),)
    return ()


def total(counts: Counts) -> int:
    """How many people came: the total on which most dimensions agree."""
    totals = [sum(people.values()) for people in counts.values() if sum(people.values())]
    return Counter(totals).most_common(1)[0][0] if totals else 0


def problems_with_attendance(counts: Counts) -> tuple[Problem, ...]:
    """Known categories, no negative people, and the same total in every dimension that was counted."""
    problems: list[Problem] = []
    for dimension, people in counts.items():
        if set(people) - set(CATEGORIES[dimension]):
            problems.append(Problem(ActivityProblem.CATEGORY_UNKNOWN))
        if any(count < 0 or count > MOST_PEOPLE for count in people.values()):
            problems.append(Problem(ActivityProblem.COUNT_WRONG))
    if problems:
        return tuple(problems)
    expected = total(counts)
    for dimension, people in counts.items():
        found = sum(people.values())
        if found and found != expected:
            problems.append(Problem(TOTAL_DIFFERS[dimension], values={"total": found, "expected": expected}))
    return tuple(problems)


@dataclass(frozen=True)
class Cell:
    """One published count: `people` None when it is protected, because it is few or would give away one that is."""

    category: str
    people: int | None
    is_few: bool = False


def public_cells(dimension: Dimension, people: Mapping[str, int]) -> tuple[Cell, ...]:
    """The counts of a dimension as everybody may read them: in a sensitive one, 1 to 4 people are "menos de 5".

    When only one count is protected the total would give it away by subtraction, so the next smallest is not shown either.
    """
    counted = {category: people.get(category, 0) for category in CATEGORIES[dimension]}
    if dimension not in SENSITIVE:
        return tuple(Cell(category, count) for category, count in counted.items() if count)
    few = {category for category, count in counted.items() if 0 < count < FEWEST_SHOWN}
    also: set[str] = set()
    if len(few) == 1:
        others = sorted((count, category) for category, count in counted.items() if count >= FEWEST_SHOWN)
        also = {others[0][1]} if others else set()
    return tuple(Cell(category, None if category in few | also else count, category in few) for category, count in counted.items() if count)


def problems_with_minutes(text: str, *, is_public: bool, reason: str) -> tuple[Problem, ...]:
    """Long enough to say something, short enough to read; a correction of public minutes says why."""
    if len(text.strip()) < SHORTEST_MINUTES:
        return (Problem(ActivityProblem.MINUTES_SHORT, "text", {"shortest": SHORTEST_MINUTES}),)
    if len(text) > LONGEST_MINUTES:
        return (Problem(ActivityProblem.MINUTES_LONG, "text", {"longest": LONGEST_MINUTES}),)
    if is_public and len(reason.strip()) < SHORTEST_REASON:
        return (Problem(ActivityProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}),)
    return ()


class Need(StrEnum):
    """What a record is asked for before it is public."""

    HELD = "held"
    ATTENDANCE = "attendance"
    MINUTES = "minutes"
    APPROVAL = "approval"
    PROOF = "proof"


@dataclass(frozen=True)
class RecordFacts:
    """What is known of a record."""

    is_held: bool = False
    people: int = 0
    has_minutes: bool = False
    files: frozenset[AttachmentKind] = frozenset()
    approved_by: frozenset[Side] = frozenset()

    def has(self, need: Need) -> bool:
        """Minutes are a text or an uploaded sheet; a text is approved by both sides of the forum, a sheet by who signed it; proof
        (BR-10) is a video, an audio, a photo or data beside them."""
        proof = {AttachmentKind.VIDEO, AttachmentKind.AUDIO, AttachmentKind.PHOTO, AttachmentKind.DATA}
        return {
            Need.HELD: self.is_held,
            Need.ATTENDANCE: self.people > 0,
            Need.MINUTES: self.has_minutes or AttachmentKind.MINUTES in self.files,
            Need.APPROVAL: are_approved(self.approved_by) if self.has_minutes else AttachmentKind.MINUTES in self.files,
            Need.PROOF: bool(proof & self.files),
        }[need]

    @property
    def missing(self) -> tuple[Need, ...]:
        return tuple(need for need in Need if not self.has(need))


BLOCKS = {
    Need.HELD: ActivityProblem.NOT_HELD, Need.ATTENDANCE: ActivityProblem.NO_ATTENDANCE, Need.MINUTES: ActivityProblem.NO_MINUTES,
    Need.APPROVAL: ActivityProblem.NOT_APPROVED,
}  # fmt: skip


def problems_with_publishing(facts: RecordFacts) -> tuple[Problem, ...]:
    """Held, counted, with minutes that both sides approved; a missing photo, audio, video or CSV (BR-10) is only a warning."""
    return tuple(Problem(BLOCKS[need]) for need in facts.missing if need in BLOCKS)


def state_after(state: ActivityState, facts: RecordFacts) -> ActivityState:
    """The state a record is in once `facts` hold; public and cancelled ones stay so."""
    if state in (ActivityState.PUBLISHED, ActivityState.CANCELLED) or not facts.is_held:
        return state
    is_documented = not problems_with_publishing(facts)
    return ActivityState.DOCUMENTED if is_documented else ActivityState.HELD


def problems_with_cancelling(state: ActivityState, reason: str) -> tuple[Problem, ...]:
    """Only what was not held can be called off, and people are told why."""
    if state is ActivityState.CANCELLED:
        return (Problem(ActivityProblem.CANCELLED),)
    if state is not ActivityState.PLANNED:
        return (Problem(ActivityProblem.HELD),)
    if len(reason.strip()) < SHORTEST_REASON:
        return (Problem(ActivityProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}),)
    return ()


@dataclass(frozen=True)
class RegistrationDraft:
    """What somebody who wants to come says; an e-mail or a telephone is enough."""

    name: str
    email: str = ""
    phone: str = ""
    organisation: str = ""
    needs: str = ""
    access: tuple[str, ...] = ()
    sector: str = ""
    sex: str = ""
    age: str = ""
    language: str = ""


@dataclass(frozen=True)
class Places:
    """What decides whether somebody may still register, and with a place. `capacity` 0 means no limit was announced."""

    kind: OpportunityKind
    ends_at: datetime
    is_withdrawn: bool = False
    capacity: int = 0
    taken: int = 0
    waiting: int = 0

    def is_open(self, now: datetime) -> bool:
        return is_event(self.kind) and not self.is_withdrawn and now < self.ends_at

    @property
    def are_left(self) -> bool:
        return not self.capacity or self.taken < self.capacity

    @property
    def takes_more(self) -> bool:
        """Whether the list of those registered and waiting is below its ceiling."""
        return self.taken + self.waiting < MOST_REGISTRATIONS


def problems_with_registration(draft: RegistrationDraft, places: Places, now: datetime) -> tuple[Problem, ...]:
    """Open, with room on the list, known groups, and a way to reach the person."""
    if not places.is_open(now):
        return (Problem(ActivityProblem.REGISTRATION_CLOSED),)
    problems = []
    if not draft.name.strip():
        problems.append(Problem(ActivityProblem.NAME_MISSING, "name"))
    if not draft.email and not draft.phone:
        problems.append(Problem(ActivityProblem.REACH_MISSING, "email"))
    if not places.takes_more:
        problems.append(Problem(ActivityProblem.FULL))
    return (*problems, *problems_with_needs(draft.access, draft.needs), *problems_with_groups(draft))


def problems_with_groups(draft: RegistrationDraft) -> tuple[Problem, ...]:
    """What somebody says of themselves, for counting only, is one of the groups that are counted."""
    said = ((Dimension.SECTOR, draft.sector), (Dimension.SEX, draft.sex), (Dimension.AGE, draft.age), (Dimension.LANGUAGE, draft.language))
    wrong = [dimension for dimension, value in said if value and value not in CATEGORIES[dimension]]
    return tuple(Problem(AttendingProblem.GROUP_UNKNOWN, str(dimension)) for dimension in wrong)
