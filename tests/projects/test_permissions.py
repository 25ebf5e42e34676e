"""Who writes, judges, approves, decides and marks: person by permission."""

from collections.abc import Iterable

import pytest

from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.projects.permissions import GRANTS, ProjectPermission
from app.spaces.rules import Role


class _Subject:
    """A project of the space 1, whose agents are 70 (with vote) and 71 (without)."""

    scope = Scope(1, 5)
    agent_person_ids = frozenset({70, 71})
    voting_person_ids = frozenset({70})


def _actor(person_id: int, *roles: Role, space_id: int = 1) -> Actor:
    return Actor(person_id, "", tuple(HeldRole(role.value, space_id) for role in roles))


TEAM, OUTSIDER = _actor(1, Role.MUNICIPAL), _actor(2, Role.MUNICIPAL, space_id=9)
SECRETARIAT, VIGILANCE, REVIEWER = _actor(3, Role.SECRETARIAT), _actor(4, Role.VIGILANCE), _actor(5, Role.REVIEWER)
CITIZEN, AGENT, WITHOUT_VOTE, ADMINISTRATOR = _actor(6), _actor(70), _actor(71), _actor(8, Role.ADMINISTRATOR)
EVERYBODY = (TEAM, OUTSIDER, SECRETARIAT, VIGILANCE, REVIEWER, CITIZEN, AGENT, WITHOUT_VOTE, ADMINISTRATOR, NOBODY)


@pytest.mark.parametrize(
    ("permission", "who"),
    [
        (ProjectPermission.READ, (TEAM, SECRETARIAT, VIGILANCE, REVIEWER)),
        (ProjectPermission.WRITE, (TEAM,)),
        (ProjectPermission.EVALUATE, (TEAM,)),
        (ProjectPermission.APPROVE, (TEAM, SECRETARIAT)),
        (ProjectPermission.DECIDE, (TEAM, SECRETARIAT)),
        (ProjectPermission.RANK, (TEAM,)),
        (ProjectPermission.MARK, (AGENT,)),
        (ProjectPermission.APPEAL, (AGENT, WITHOUT_VOTE)),
    ],
)
def test_each_permission_is_of_these_and_of_nobody_else(permission: ProjectPermission, who: Iterable[Actor]) -> None:
    assert [actor for actor in EVERYBODY if is_allowed(GRANTS, permission, actor, _Subject())] == list(who)
