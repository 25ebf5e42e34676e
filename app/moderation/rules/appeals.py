"""Appealing an act of moderation: once, and somebody else decides."""

from enum import StrEnum

from app.core.errors import Problem
from app.moderation.rules.acts import APPEALABLE, ModerationKind

SHORTEST_APPEAL, LONGEST_APPEAL = 10, 3_000
SHORTEST_DECISION, LONGEST_DECISION = 20, 3_000


class AppealOutcome(StrEnum):
    UPHELD = "upheld"
    OVERTURNED = "overturned"


class AppealProblem(StrEnum):
    TEXT_SHORT = "appeal-short"
    TEXT_LONG = "appeal-long"
    NOT_APPEALABLE = "not-appealable"
    APPEALED = "appealed"
    SAME_MODERATOR = "same-moderator"
    OUTCOME_MISSING = "outcome-missing"
    REASON_SHORT = "decision-short"
    REASON_LONG = "decision-long"
    DECIDED = "appeal-decided"


def problems_with_appeal(kind: ModerationKind, text: str, *, is_appealed: bool) -> tuple[Problem, ...]:
    """What took something from somebody may be appealed, once, in words."""
    if kind not in APPEALABLE:
        return (Problem(AppealProblem.NOT_APPEALABLE),)
    if is_appealed:
        return (Problem(AppealProblem.APPEALED),)
    if len(text.strip()) < SHORTEST_APPEAL:
        return (Problem(AppealProblem.TEXT_SHORT, "text", {"shortest": SHORTEST_APPEAL}),)
    return (Problem(AppealProblem.TEXT_LONG, "text", {"longest": LONGEST_APPEAL}),) if len(text) > LONGEST_APPEAL else ()


def problems_with_deciding(
    outcome: AppealOutcome | None, reason: str, *, moderator_id: int, decider_id: int, is_decided: bool
) -> tuple[Problem, ...]:
    """Decided once, with a reason, by somebody other than who did the act."""
    problems = []
    if is_decided:
        problems.append(Problem(AppealProblem.DECIDED))
    if moderator_id == decider_id:
        problems.append(Problem(AppealProblem.SAME_MODERATOR))
    if outcome is None:
        problems.append(Problem(AppealProblem.OUTCOME_MISSING, "outcome"))
    if len(reason.strip()) < SHORTEST_DECISION:
        problems.append(Problem(AppealProblem.REASON_SHORT, "reason", {"shortest": SHORTEST_DECISION}))
    if len(reason) > LONGEST_DECISION:
        problems.append(Problem(AppealProblem.REASON_LONG, "reason", {"longest": LONGEST_DECISION}))
    return tuple(problems)
