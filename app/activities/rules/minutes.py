"""Minutes of a workshop: approved by both sides of the forum, published within five working days, corrected only in a new version."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from app.activities.rules.working_days import working_days_since
from app.core.errors import Problem
from app.forum.rules.seats import Side

WORKING_DAYS_TO_PUBLISH = 5  # domain.md 4.2, MR-4.1a
SHORTEST_AGREEMENT = 10
LONGEST_AGREEMENT = 1_000


class MinutesProblem(StrEnum):
    NONE = "activity-minutes-none"
    DRAFTER_APPROVES = "activity-minutes-drafter-approves"
    ALREADY_APPROVED = "activity-minutes-already-approved"
    SAME_PERSON = "activity-minutes-same-person"
    APPROVAL_MISSING = "activity-minutes-approval-missing"
    ALREADY_PUBLIC = "activity-minutes-already-public"
    RECORD_NOT_PUBLIC = "activity-minutes-record-not-public"
    AGREEMENT_SHORT = "activity-agreement-short"
    AGREEMENT_LONG = "activity-agreement-long"


def problems_with_approving(side: Side, given: Mapping[Side, int], person_id: int, writer_id: int) -> tuple[Problem, ...]:
    """A seat of each side approves exactly that text; neither wrote it, and they are two people (BR-26)."""
    if person_id == writer_id:
        return (Problem(MinutesProblem.DRAFTER_APPROVES),)
    if side in given:
        return (Problem(MinutesProblem.ALREADY_APPROVED),)
    return (Problem(MinutesProblem.SAME_PERSON),) if person_id in given.values() else ()


def are_approved(sides: Iterable[Side]) -> bool:
    return set(sides) == set(Side)


def problems_with_publishing_minutes(*, is_record_public: bool, is_published: bool, sides: Iterable[Side]) -> tuple[Problem, ...]:
    """A correction of public minutes: approved by both sides, and not public yet."""
    if not is_record_public:
        return (Problem(MinutesProblem.RECORD_NOT_PUBLIC),)
    if is_published:
        return (Problem(MinutesProblem.ALREADY_PUBLIC),)
    return () if are_approved(sides) else (Problem(MinutesProblem.APPROVAL_MISSING),)


def problems_with_agreement(text: str) -> tuple[Problem, ...]:
    if len(text.strip()) < SHORTEST_AGREEMENT:
        return (Problem(MinutesProblem.AGREEMENT_SHORT, "text", {"shortest": SHORTEST_AGREEMENT}),)
    if len(text) > LONGEST_AGREEMENT:
        return (Problem(MinutesProblem.AGREEMENT_LONG, "text", {"longest": LONGEST_AGREEMENT}),)
    return ()


def days_late(ended_on: date, today: date) -> int:
    """Working days past those in which the minutes are due; 0 while there is time."""
    return max(0, working_days_since(ended_on, today) - WORKING_DAYS_TO_PUBLISH)


def is_late(ended_on: date, today: date, *, is_public: bool) -> bool:
    """Held more than five working days ago and still without public minutes."""
    return not is_public and days_late(ended_on, today) > 0
