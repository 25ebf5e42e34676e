"""Who may do what with answers: a table of people."""

import pytest

from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.spaces.rules import Role
from tests.cast import ANA, DARIO, EVERYBODY, FELIX, GLORIA, INES, LUIS, MARCO, MATEO, MILA, OLGA, ROSA, SARA, VERA, CastMember

HERE, ELSEWHERE = 1, 2
PEOPLE = (*EVERYBODY, MILA)
WRITERS = {SARA, ANA, LUIS, MILA}
FORUM = {GLORIA, FELIX}
TABLE = {
    FeedbackPermission.READ_DRAFT: WRITERS | FORUM,
    FeedbackPermission.DRAFT: WRITERS,
    FeedbackPermission.COMMENT: WRITERS | FORUM,
    FeedbackPermission.KEEP_TEMPLATES: {SARA, MILA},
    FeedbackPermission.SIGN: FORUM,
    FeedbackPermission.SIGN_FOR_GOVERNMENT: {GLORIA},
    FeedbackPermission.SIGN_FOR_NON_GOVERNMENT: {FELIX},
    FeedbackPermission.SEND_BACK: FORUM | {SARA, MILA},
    FeedbackPermission.READ_APPROVED: WRITERS | FORUM | {VERA},
    FeedbackPermission.PUBLISH: {SARA, MILA},
    FeedbackPermission.OBJECT: FORUM,
    FeedbackPermission.DISSENT: FORUM,
    FeedbackPermission.RECORD_VOTES: {INES, SARA, MILA},
}


class Subject:
    scope = Scope(HERE, 7)


def actor(member: CastMember) -> Actor:
    space = ELSEWHERE if member is OLGA else HERE
    return Actor(1, member.name, (HeldRole(str(member.role), space),) if member.role else ())


@pytest.mark.parametrize("person", PEOPLE, ids=lambda p: p.name)
@pytest.mark.parametrize("permission", TABLE, ids=str)
def test_only_who_the_table_names(permission: FeedbackPermission, person: CastMember) -> None:
    assert is_allowed(GRANTS, permission, actor(person), Subject()) is (person in TABLE[permission])


def test_the_table_knows_every_permission() -> None:
    assert set(TABLE) == set(FeedbackPermission) == set(GRANTS)


@pytest.mark.parametrize("permission", TABLE, ids=str)
def test_nobody_who_has_not_signed_in(permission: FeedbackPermission) -> None:
    assert not is_allowed(GRANTS, permission, NOBODY, Subject())


def test_an_administrator_a_moderator_a_facilitator_and_citizens_touch_no_answer() -> None:
    for person in (DARIO, MARCO, INES, ROSA, MATEO, OLGA):
        assert not any(person in TABLE[permission] for permission in set(TABLE) - {FeedbackPermission.RECORD_VOTES})


def test_a_role_in_another_process_does_not_reach_this_one() -> None:
    elsewhere = Actor(1, "Ana", (HeldRole(str(Role.ENTITY), HERE, process_id=8),))
    assert not is_allowed(GRANTS, FeedbackPermission.DRAFT, elsewhere, Subject())
