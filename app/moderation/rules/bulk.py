"""Acts on many at once: which, how many, and always after a preview."""

from app.core.errors import Problem
from app.moderation.rules.acts import HidingReason, ModerationKind, ModerationProblem

MOST = {ModerationKind.PUBLISH: 100, ModerationKind.HIDE: 20, ModerationKind.KEEP: 100}
"""Hiding more than twenty at once would need a second person (reliability.md S30): there is no such act."""


def problems_with_choice(kind: ModerationKind | None, reason: HidingReason | None, chosen: int) -> tuple[Problem, ...]:
    """An act, something to do it to, and the public reason when it hides."""
    problems = []
    if kind not in MOST:
        problems.append(Problem(ModerationProblem.ACT_MISSING, "act"))
    if not chosen:
        problems.append(Problem(ModerationProblem.NOTHING_CHOSEN))
    if kind in MOST and chosen > MOST[kind]:
        problems.append(Problem(ModerationProblem.TOO_MANY_CHOSEN, None, {"most": MOST[kind], "chosen": chosen}))
    if kind is ModerationKind.HIDE and reason is None:
        problems.append(Problem(ModerationProblem.REASON_MISSING, "reason"))
    return tuple(problems)
