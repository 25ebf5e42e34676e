"""What a moderator does, when it may be done, and the published reasons."""

from app.moderation.rules.acts import (
    HIDING,
    LONGEST_NOTE,
    WITHHELD,
    HidingReason,
    ModerationKind,
    ModerationProblem,
    problems_with_act,
    problems_with_hiding,
    problems_with_redacting,
)

__all__ = [
    "HIDING", "LONGEST_NOTE", "WITHHELD", "HidingReason", "ModerationKind", "ModerationProblem", "problems_with_act",
    "problems_with_hiding", "problems_with_redacting",
]  # fmt: skip
