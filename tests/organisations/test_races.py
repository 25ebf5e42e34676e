"""What may happen once happens once, however many try at the same time, on PostgreSQL, and the loser hears the rule's sentence."""

import itertools
from collections.abc import Iterator

import pytest
from flask import Flask

from app.accounts import services as accounts
from app.core.db import db
from app.organisations import queries, services
from app.organisations.models import Organisation, OrganisationInvitation, OrganisationVerdict
from app.organisations.rules import OrganisationDraft, Sector, Standing, Verdict
from app.spaces import services as spaces
from app.spaces.rules import SpaceKind
from tests.accounts.test_races import PASSWORD, together
from tests.world import NOON

DRAFT = OrganisationDraft("Junta de Regantes", Sector.GRASSROOTS, ruc="20131312955", email="junta@example.pe")


@pytest.fixture
def place(postgres_app: Flask) -> Iterator[tuple[int, int]]:
    """A space and a person."""
    with postgres_app.app_context():
        space = spaces.create_space("cusco", SpaceKind.PROVINCE, "Municipalidad", now=NOON)
        person = accounts.create_person("rosa@example.pe", "Rosa Quispe", PASSWORD, now=NOON)
        db.session.commit()
        made = space.id, person.id
        db.session.remove()
    yield made


def register(place: tuple[int, int], name: str) -> int:
    space, person = place
    draft = OrganisationDraft(name, DRAFT.sector, ruc=DRAFT.ruc, email=DRAFT.email)
    return services.register(draft, person_id=person, post="", space_id=space, is_another=True, now=NOON).id


@pytest.mark.postgres
def test_of_eight_that_register_one_ruc_one_does(postgres_app: Flask, place: tuple[int, int]) -> None:  # noqa: F811
    names = itertools.count()
    assert len(together(postgres_app, lambda: register(place, f"Junta número {next(names)}"))) == 1
    with postgres_app.app_context():
        assert db.session.query(Organisation).filter_by(ruc=DRAFT.ruc).count() == 1


@pytest.mark.postgres
def test_of_eight_that_decide_about_one_organisation_one_does(postgres_app: Flask, place: tuple[int, int]) -> None:  # noqa: F811
    space, person = place
    with postgres_app.app_context():
        made = services.create_organisation("Red Vecinal", Sector.GRASSROOTS, now=NOON).id
        db.session.commit()

    def decide() -> bool:
        organisation = queries.organisation_by_id(made)
        assert organisation is not None
        services.decide(
            organisation, Verdict.VERIFIED, "", space_id=space, space_slug="cusco", space_name="Municipalidad", person_id=person,
            role="SEC", now=NOON,
        )  # fmt: skip
        return True

    assert together(postgres_app, decide) == [True]
    with postgres_app.app_context():
        assert db.session.query(OrganisationVerdict).count() == 1
        assert db.session.get(Organisation, made).standing is Standing.VERIFIED  # type: ignore[union-attr]


@pytest.mark.postgres
def test_an_invitation_is_sent_once_and_answered_once(postgres_app: Flask, place: tuple[int, int]) -> None:  # noqa: F811
    _space, person = place
    with postgres_app.app_context():
        made = services.create_organisation("Red Vecinal", Sector.GRASSROOTS, now=NOON).id
        db.session.commit()

    def invite() -> bool:
        organisation = queries.organisation_by_id(made)
        assert organisation is not None
        services.invite(organisation, "rosa@example.pe", "", invited_by_id=person, inviter="Alguien", now=NOON)
        return True

    assert together(postgres_app, invite) == [True]
    with postgres_app.app_context():
        handle = db.session.query(OrganisationInvitation).one().handle

    def answer() -> bool:
        invitation, invited = queries.invitation(handle), queries.person_by_email("rosa@example.pe")
        assert invitation is not None and invited is not None
        services.answer(invitation, invited, accepts=True, now=NOON)
        return True

    assert together(postgres_app, answer) == [True]
