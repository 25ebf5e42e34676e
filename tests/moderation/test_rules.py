"""Which act is for which state, and what hiding needs."""

from datetime import timedelta

import pytest

from app.contributions.rules.terms import Visibility
from app.moderation.rules import HidingReason, ModerationKind, ModerationProblem, problems_with_act, problems_with_hiding
from app.moderation.rules.acts import ON_PEOPLE
from app.moderation.rules.reports import Weight, points, severity, urgency, weight_of
from tests.world import NOON

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


@pytest.mark.parametrize(
    ("has_account", "days", "from_address", "is_trapped", "weight"),
    [
        (True, 7, 0, False, 4), (True, 6, 0, False, 2), (False, 0, 0, False, 1), (False, 0, 19, False, 1), (False, 0, 20, False, 0),
        (True, 400, 0, True, 0), (True, 400, 99, False, 4),
    ],
)  # fmt: skip
def test_a_report_weighs_by_who_stands_behind_it(has_account: bool, days: int, from_address: int, is_trapped: bool, weight: int) -> None:
    age = timedelta(days=days)
    assert weight_of(has_account=has_account, account_age=age, from_address_today=from_address, is_trapped=is_trapped) == weight


def test_a_crowd_without_accounts_weighs_as_one_old_account_and_none_of_it_pushes_without_limit() -> None:
    """S53: two hundred from nowhere do not outweigh two neighbours."""
    crowd = [Weight(HidingReason.INSULT, 1, has_account=False)] * 200
    neighbours = [Weight(HidingReason.INSULT, 4, has_account=True)] * 2
    assert points(crowd) == 4 < points(neighbours) == 8
    assert points([*crowd, *neighbours]) == 12
    assert urgency(3, 40, NOON, NOON) == urgency(3, 4_000, NOON, NOON)


def test_the_worst_reason_with_weight_says_how_bad_it_is() -> None:
    nothing = Weight(HidingReason.UNLAWFUL, 0, has_account=False)
    mild = Weight(HidingReason.OFF_TOPIC, 1, has_account=False)
    assert severity([nothing]) == severity([]) < severity([], has_personal_data=True)
    assert severity([mild, nothing]) < severity([mild, Weight(HidingReason.UNLAWFUL, 1, has_account=False)])
    assert urgency(2, 4, NOON, NOON + timedelta(hours=48)) > urgency(2, 4, NOON, NOON + timedelta(hours=1))
