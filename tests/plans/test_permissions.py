"""Who writes the plan and who approves it: a table of people."""

import pytest

from app.core.permissions import NOBODY, is_allowed
from app.plans.permissions import GRANTS, PlanPermission
from tests.cast import ANA, DARIO, FELIX, GLORIA, INES, LUIS, MARCO, OLGA, ROSA, SARA, VERA, CastMember
from tests.feedback.test_permissions import FORUM, MUNICIPAL, PEOPLE, Subject, actor

TABLE = {
    PlanPermission.DRAFT: {SARA, ANA, LUIS, MUNICIPAL} | FORUM,
    PlanPermission.READ_APPROVAL: FORUM | {SARA, MUNICIPAL},
    PlanPermission.APPROVE: FORUM,
    PlanPermission.APPROVE_FOR_GOVERNMENT: {GLORIA},
    PlanPermission.APPROVE_FOR_NON_GOVERNMENT: {FELIX},
}


@pytest.mark.parametrize("person", PEOPLE, ids=lambda p: p.name)
@pytest.mark.parametrize("permission", TABLE, ids=str)
def test_only_who_the_table_names(permission: PlanPermission, person: CastMember) -> None:
    assert is_allowed(GRANTS, permission, actor(person), Subject()) is (person in TABLE[permission])


def test_the_table_knows_every_permission() -> None:
    assert set(TABLE) == set(PlanPermission) == set(GRANTS)


@pytest.mark.parametrize("permission", TABLE, ids=str)
def test_nobody_who_has_not_signed_in(permission: PlanPermission) -> None:
    assert not is_allowed(GRANTS, permission, NOBODY, Subject())


def test_an_administrator_a_moderator_a_facilitator_a_reviewer_and_citizens_touch_no_plan() -> None:
    for person in (DARIO, MARCO, INES, ROSA, VERA, OLGA):
        assert not any(is_allowed(GRANTS, permission, actor(person), Subject()) for permission in PlanPermission)
