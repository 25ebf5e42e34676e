"""Every page and state of the public and of a citizen, from the route map, asked everything WCAG 2.2 AA can be asked by a machine."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.access.house import OpenHouse
from tests.access.looking import Looked, Looker

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def looked(chromium: Any, house: OpenHouse) -> Iterator[Looked]:
    looker = Looker(chromium, house)
    yield looker.look(iter(house.stops), Looked())
    looker.close()


def test_the_walk_meets_pages_refused_forms_empty_lists_and_errors(house: OpenHouse, looked: Looked) -> None:
    names = {stop.name for stop in house.stops}
    assert looked.pages == len(house.stops)
    assert {"portal.home", "contributions.create refused", "feedback.index empty", "error 500", "accounts.index"} <= names


def test_axe_has_nothing_to_say(looked: Looked) -> None:
    assert looked.about("axe") == ""


def test_nothing_is_wider_than_the_screen_or_cut_off_at_200_and_400_per_cent(looked: Looked) -> None:
    """1.4.4 and 1.4.10."""
    assert looked.about("reflow") == ""


def test_text_may_be_spaced_without_losing_any(looked: Looked) -> None:
    """1.4.12."""
    assert looked.about("spacing") == ""


def test_the_keyboard_always_shows_where_it_is(looked: Looked) -> None:
    """2.4.7 and 2.4.11."""
    assert looked.about("focus") == ""


def test_controls_and_states_keep_their_edges_in_forced_colours(looked: Looked) -> None:
    """1.4.1 and 1.4.11."""
    assert looked.about("forced colours") == ""


def test_nothing_moves_for_who_asked_for_no_motion(looked: Looked) -> None:
    """2.3.3."""
    assert looked.about("motion") == ""


def test_landmarks_links_and_errors_have_names(looked: Looked) -> None:
    """1.3.1, 2.4.4, 2.4.6, 3.3.1 and 4.1.2."""
    assert looked.about("names") == ""


def test_paper_is_white_and_carries_no_navigation(looked: Looked) -> None:
    assert looked.about("print") == ""
