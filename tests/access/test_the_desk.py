"""Every page of the staff, on a telephone, as somebody whose work it is: nothing axe objects to, nothing wider than the screen."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.access.house import OpenHouse
from tests.access.looking import DeskLooker, Looked

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def looked(chromium: Any, desk: OpenHouse) -> Iterator[Looked]:
    looker = DeskLooker(chromium, desk)
    yield looker.look(iter(desk.stops), Looked())
    looker.close()


def test_the_walk_meets_the_work_of_everybody_and_refused_forms(desk: OpenHouse, looked: Looked) -> None:
    names = {stop.name for stop in desk.stops}
    assert looked.pages == len(desk.stops)
    assert {"desk.index", "activities.registrations", "moderation.hide refused", "forum.convene refused"} <= names
    assert len({stop.who for stop in desk.stops if stop.who}) > 3


def test_axe_has_nothing_to_say(looked: Looked) -> None:
    assert looked.about("axe") == ""


def test_nothing_is_wider_than_a_telephone_or_cut_off(looked: Looked) -> None:
    """Tables may scroll inside a region of their own, which the keyboard reaches."""
    assert looked.about("reflow") == ""


def test_landmarks_links_and_errors_have_names(looked: Looked) -> None:
    assert looked.about("names") == ""
