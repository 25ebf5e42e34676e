"""Outcomes (domain.md 6.1), reasons (6.2) and the states of an answer (11)."""

from collections.abc import Collection
from enum import StrEnum


class Outcome(StrEnum):
    """Codes of domain.md 6.1."""

    ADOPTED = "adopted"
    ADOPTED_PARTIALLY = "adopted_partially"
    ALREADY_COVERED = "already_covered"
    DEFERRED = "deferred"
    REFERRED = "referred"
    NOT_ADOPTED = "not_adopted"
    OUT_OF_SCOPE = "out_of_scope"
    MERGED = "merged"
    NEEDS_CLARIFICATION = "needs_clarification"
    WITHDRAWN = "withdrawn"

    @property
    def is_final(self) -> bool:
        return self is not Outcome.NEEDS_CLARIFICATION


class Reason(StrEnum):
    """Codes of domain.md 6.2."""

    R01 = "R01"
    R02 = "R02"
    R03 = "R03"
    R04 = "R04"
    R05 = "R05"
    R06 = "R06"
    R07 = "R07"
    R08 = "R08"
    R09 = "R09"
    R10 = "R10"
    R11 = "R11"
    R12 = "R12"
    R13 = "R13"
    R99 = "R99"


class DecisionState(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    PUBLISHED = "published"


class Seat(StrEnum):
    """The two voices that must agree (BR-27); equal."""

    GOVERNMENT = "government"
    NON_GOVERNMENT = "non-government"


FULLY_ADOPTED = frozenset({Outcome.ADOPTED})
NEEDS_COMMITMENT = frozenset({Outcome.ADOPTED, Outcome.ADOPTED_PARTIALLY})
NEEDS_REASON_CODE = frozenset(
    {Outcome.ADOPTED_PARTIALLY, Outcome.ALREADY_COVERED, Outcome.DEFERRED, Outcome.REFERRED, Outcome.NOT_ADOPTED, Outcome.OUT_OF_SCOPE}
)
NEEDS_REFERENCE = frozenset({Reason.R01, Reason.R02, Reason.R03})
PART_OUTCOMES = (
    Outcome.ADOPTED, Outcome.ADOPTED_PARTIALLY, Outcome.ALREADY_COVERED, Outcome.DEFERRED, Outcome.REFERRED, Outcome.NOT_ADOPTED,
    Outcome.OUT_OF_SCOPE,
)  # fmt: skip
"""What may be decided about one idea of several. To ask, to merge or to record a withdrawal is about the contribution whole."""


def overall(outcomes: Collection[Outcome | None]) -> Outcome | None:
    """What the ideas of one contribution amount to: theirs when they agree; partly adopted when any of it is; otherwise the one
    that leaves most standing, in the order of `PART_OUTCOMES`. None while an idea has no outcome."""
    decided = {outcome for outcome in outcomes if outcome is not None}
    if not decided or None in outcomes:
        return None
    if len(decided) == 1:
        return next(iter(decided))
    if decided & NEEDS_COMMITMENT:
        return Outcome.ADOPTED_PARTIALLY
    return min(decided, key=PART_OUTCOMES.index)
