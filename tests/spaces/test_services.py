"""Who may be given which role, and how a role ends."""

from datetime import timedelta

import pytest

from app.accounts import queries as accounts
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken
from app.spaces import queries, services
from app.spaces.models import RoleAssignment
from app.spaces.rules import FORUM_SEATS, TEAM, Role, SpaceProblem, appointment_problems
from tests.cast import DARIO, MATEO, SARA
from tests.world import NOON


@pytest.mark.parametrize(
    ("role", "facts", "codes"),
    [
        (Role.FORUM_CIVIL, {"appoints": FORUM_SEATS}, []),
        (Role.FORUM_GOVERNMENT, {"appoints": FORUM_SEATS}, []),
        (Role.MODERATOR, {"appoints": FORUM_SEATS}, [SpaceProblem.ROLE_NOT_YOURS]),
        (Role.MODERATOR, {"appoints": frozenset(Role)}, []),
        (Role.MUNICIPAL, {"appoints": TEAM}, []),
        (Role.MUNICIPAL, {"appoints": FORUM_SEATS}, [SpaceProblem.ROLE_NOT_YOURS]),
        (Role.ADMINISTRATOR, {"appoints": TEAM}, [SpaceProblem.ROLE_NOT_YOURS]),
        (Role.VIGILANCE, {"appoints": TEAM}, [SpaceProblem.ROLE_NOT_YOURS]),
        (Role.ENTITY, {"appoints": frozenset(Role)}, [SpaceProblem.NEEDS_ORGANISATION]),
        (Role.ENTITY, {"appoints": frozenset(Role), "has_organisation": True}, []),
        (Role.SECRETARIAT, {"appoints": frozenset(Role), "holds_it": True}, [SpaceProblem.ROLE_HELD]),
    ],
)
def test_the_secretariat_appoints_forum_seats_and_the_administrator_anyone(role, facts, codes):
    given = {"holds_it": False, "has_organisation": False, **facts}
    assert [problem.code for problem in appointment_problems(role, **given)] == codes


def test_a_role_holds_from_today_and_is_gone_the_moment_it_ends(app, world):
    with app.app_context():
        space, mateo = queries.space_by_slug("cusco"), accounts.person_by_email(MATEO.email)
        given = services.appoint(space, mateo, Role.FACILITATOR, appointed_by="Acta 1", appoints=frozenset(Role), now=NOON)
        assert [held.role for held in queries.actor_for(mateo, lima_day(NOON)).roles] == ["FAC"]
        services.end_role(given, space, now=NOON)
        assert queries.actor_for(mateo, lima_day(NOON)).roles == ()
        assert db.session.get(RoleAssignment, given.id) is not None


def test_a_role_does_not_hold_before_it_starts_or_after_it_ends(app, world):
    with app.app_context():
        sara = accounts.person_by_email(SARA.email)
        held = db.session.query(RoleAssignment).filter_by(person_id=sara.id).one()
        held.ends_on = lima_day(NOON)
        db.session.flush()
        assert queries.actor_for(sara, lima_day(NOON)).roles
        assert not queries.actor_for(sara, lima_day(NOON) + timedelta(days=1)).roles
        assert not queries.actor_for(sara, held.starts_on - timedelta(days=1)).roles


def test_the_same_role_is_not_given_twice(app, world):
    with app.app_context(), pytest.raises(RuleBroken):
        services.appoint(
            queries.space_by_slug("cusco"),
            accounts.person_by_email(SARA.email),
            Role.SECRETARIAT,
            appointed_by="x",
            appoints=frozenset(Role),
            now=NOON,
        )


def test_a_space_keeps_its_last_administrator(app, world):
    with app.app_context():
        dario = accounts.person_by_email(DARIO.email)
        held = db.session.query(RoleAssignment).filter_by(person_id=dario.id).one()
        with pytest.raises(RuleBroken) as refused:
            services.end_role(held, queries.space_by_slug("cusco"), now=NOON)
        assert refused.value.problems[0].code is SpaceProblem.LAST_ADMINISTRATOR
        assert held.ends_on is None
