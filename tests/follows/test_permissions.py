"""Anybody with an account keeps what they follow; nobody without one."""

import pytest

from app.core.permissions import NOBODY, Actor, is_allowed
from app.follows.permissions import GRANTS, FollowPermission
from tests.browser import Browser
from tests.cast import EVERYBODY, CastMember
from tests.world import World


def test_whoever_is_signed_in_keeps_their_own() -> None:
    assert is_allowed(GRANTS, FollowPermission.KEEP_OWN, Actor(person_id=1), None)
    assert not is_allowed(GRANTS, FollowPermission.KEEP_OWN, NOBODY, None)


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda member: member.email)
def test_every_person_opens_their_page(world: World, browser: Browser, person: CastMember) -> None:
    browser.sign_in(person)
    assert browser.get("follows.own").heading == "Lo que sigo"


def test_a_stranger_is_asked_to_sign_in(world: World, browser: Browser) -> None:
    assert "/ingresar" in browser.get("follows.own", status=303).response.headers["Location"]
