"""A suspension is not left behind with the account, and floods without account are known by the address they give."""

from datetime import timedelta

import pytest
from flask import Flask

from app.accounts import queries as accounts
from app.accounts.models import Person
from app.contributions import services as contributions
from app.contributions.models import Arrival as Noted
from app.contributions.rules import floods
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import NameConsent, Visibility
from app.core.arrival import Arrival
from app.core.db import db
from app.deliberation import queries, services
from app.deliberation.cli import forget_addresses
from app.deliberation.models import Suspension
from app.processes import queries as processes
from tests.browser import Browser
from tests.cast import MATEO, ROSA
from tests.factories.deliberation import newcomer, person
from tests.moderation.genuine import GENUINE
from tests.world import NOON, World

DAYS = 7
OVER = NOON + timedelta(days=DAYS)


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.fixture
def back(app: Flask, world: World) -> int:
    """Rosa was suspended, erased her account and opened another under the same address: its id."""
    with app.app_context():
        services.suspend(world.id_of(ROSA), world.space_id, DAYS, now=NOON)
        db.session.commit()
    Browser(app).sign_in(ROSA).post("privacy.erase", {"confirmed": "y"}, status=200)
    with app.app_context():
        assert accounts.person_by_email(ROSA.email) is None
        made = newcomer("Otra Rosa", ROSA.email, now=NOON).id
        db.session.commit()
    return made


def test_erasing_the_account_and_opening_another_ends_no_suspension(app: Flask, world: World, back: int) -> None:
    with app.app_context():
        assert queries.suspension_of(back, world.space_id, NOON) is not None
        assert queries.suspension_of(back, world.space_id, OVER) is None
        assert queries.suspension_of(back, world.other_space_id, NOON) is None
        assert queries.suspension_of(world.id_of(MATEO), world.space_id, NOON) is None


def test_what_is_kept_of_the_address_cannot_be_read_and_goes_with_the_suspension_to_the_second(app: Flask, world: World, back: int) -> None:
    def kept() -> str:
        with app.app_context():
            return db.session.query(Suspension).one().address_hash

    assert len(kept()) >= 32 and "rosa" not in kept()
    for at, is_kept in ((OVER, True), (OVER + timedelta(seconds=1), False)):
        with app.app_context():
            forget_addresses(at)
            db.session.commit()
        assert bool(kept()) is is_kept


def test_one_that_is_lifted_stops_nobody_who_comes_back(app: Flask, world: World, back: int) -> None:
    with app.app_context():
        services.lift(db.session.query(Suspension).one(), now=NOON)
        db.session.commit()
        assert queries.suspension_of(back, world.space_id, NOON) is None


def test_two_erased_accounts_are_not_taken_for_each_other(app: Flask, world: World) -> None:
    with app.app_context():
        services.suspend(world.id_of(ROSA), world.space_id, DAYS, now=NOON)
        person(world, ROSA).email, person(world, MATEO).email = "a@retirado.invalid", "b@retirado.invalid"
        db.session.flush()
        assert queries.suspension_of(world.id_of(MATEO), world.space_id, NOON) is None
        assert db.session.query(Person).count() > 2
        db.session.rollback()


@pytest.mark.parametrize("given", [{"email": "Vecino@example.pe"}, {"phone": "984 000 111"}])
def test_who_sends_the_sixth_in_an_hour_from_other_networks_waits_with_the_floods_and_loses_nothing(
    app: Flask, world: World, given: dict[str, str]
) -> None:
    with app.app_context():
        process = processes.process_by_slug(world.slug)
        assert process is not None
        marks, seen = [], []
        for n in range(7):
            draft = ContributionDraft(text=GENUINE[n], consent=NameConsent.ANONYMOUS, **given)
            at = NOON + timedelta(minutes=n if n < 6 else 90)
            made = contributions.submit(
                draft, process, submission_key=f"vecino-{n}".ljust(20, "_"), letter=lambda _code, _token: {}, now=at, is_open=True,
                came=Arrival(seconds=60, address=f"red-{n}"),
            ).contribution  # fmt: skip
            marks.append(floods.Mark.PERSON_FLOOD in floods.read(db.session.get_one(Noted, made.id).marks))
            seen.append(made.visibility)
        assert marks == [False] * 5 + [True, False]
        assert seen == [Visibility.HELD] * 7
        db.session.rollback()
