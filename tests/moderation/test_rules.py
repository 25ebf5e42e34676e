"""Which act is for which state, and what hiding needs."""

import pytest

from app.contributions.rules.terms import Visibility
from app.moderation.rules import HidingReason, ModerationKind, ModerationProblem, problems_with_act, problems_with_hiding
from app.moderation.rules.acts import ON_PEOPLE

MAY = {
    (ModerationKind.PUBLISH, Visibility.HELD), (ModerationKind.HIDE, Visibility.HELD), (ModerationKind.HIDE, Visibility.PUBLIC),
    (ModerationKind.RESTORE, Visibility.HIDDEN),
    (ModerationKind.REDACT, Visibility.HELD), (ModerationKind.REDACT, Visibility.PUBLIC),
    (ModerationKind.KEEP, Visibility.PUBLIC),
    (ModerationKind.RETIRE, Visibility.HELD), (ModerationKind.RETIRE, Visibility.PUBLIC),
    *((kind, visibility) for kind in ON_PEOPLE for visibility in Visibility),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(ModerationKind))
@pytest.mark.parametrize("visibility", list(Visibility))
def test_acts_by_state(kind: ModerationKind, visibility: Visibility) -> None:
    assert (problems_with_act(kind, visibility) == ()) is ((kind, visibility) in MAY)


def test_a_reason_is_needed_and_a_note_is_short() -> None:
    assert problems_with_hiding(HidingReason.ADVERTISING, "x" * 1_000) == ()
    assert [p.code for p in problems_with_hiding(None, "x" * 1_001)] == [ModerationProblem.REASON_MISSING, ModerationProblem.NOTE_TOO_LONG]
