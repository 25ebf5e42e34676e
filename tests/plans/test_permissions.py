"""Who writes the plan, who approves it and who follows it: a table of people."""

import pytest

from app.core.permissions import NOBODY, Actor, HeldRole, is_allowed
from app.plans.permissions import GRANTS, PlanPermission
from app.spaces.rules import Role
from tests.cast import ANA, DARIO, FELIX, GLORIA, INES, LUIS, MARCO, MILA, OLGA, ROSA, SARA, VERA, CastMember
from tests.feedback.test_permissions import FORUM, HERE, PEOPLE
from tests.feedback.test_permissions import Subject as OfProcess

WORKS, ENVIRONMENT = 31, 32
OFFICES = {ANA: WORKS, LUIS: ENVIRONMENT}
TABLE = {
    PlanPermission.DRAFT: {SARA, ANA, LUIS, MILA} | FORUM,
    PlanPermission.READ_APPROVAL: FORUM | {SARA, MILA},
    PlanPermission.APPROVE: FORUM,
    PlanPermission.APPROVE_FOR_GOVERNMENT: {GLORIA},
    PlanPermission.APPROVE_FOR_NON_GOVERNMENT: {FELIX},
    PlanPermission.VALIDATE_FOR_ENTITY: {ANA},
    PlanPermission.VALIDATE_FOR_FORUM: FORUM,
    PlanPermission.CONSULT: {SARA, MILA},
    PlanPermission.SUBMIT: {SARA, MILA},
    PlanPermission.CONCLUDE: {SARA, MILA},
    PlanPermission.FOLLOW: {SARA, ANA, LUIS, MILA} | FORUM,
    PlanPermission.REPORT_PROGRESS: {ANA, MILA},
    PlanPermission.READ_FOR_CIVIL_SOCIETY: {FELIX},
    PlanPermission.VERIFY_PROGRESS: {SARA},
    PlanPermission.DECIDE_WORDINGS: FORUM | {SARA, MILA},
}


class Subject(OfProcess):
    """A commitment led by the works unit, which belongs to organisation 9."""

    lead_ids = (WORKS, 9)


def actor(member: CastMember) -> Actor:
    space = 2 if member is OLGA else HERE
    return Actor(1, member.name, (HeldRole(str(member.role), space, organisation_id=OFFICES.get(member)),) if member.role else ())


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


def test_whoever_answers_for_the_whole_entity_answers_for_its_units() -> None:
    mayor = Actor(1, "Alcaldía", (HeldRole(str(Role.ENTITY), HERE, organisation_id=9),))
    assert is_allowed(GRANTS, PlanPermission.REPORT_PROGRESS, mayor, Subject())
    assert not is_allowed(GRANTS, PlanPermission.REPORT_PROGRESS, mayor, OfProcess())
