"""Never above capacity, never two for one place, never twice through the door: at once, on both databases."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.activities import queries, services
from app.activities.models import CheckIn, Registration
from app.activities.rules import RegistrationDraft
from app.activities.rules.attending import RegistrationState
from app.core.db import db
from app.core.errors import RuleBroken
from app.notifications.models import Notification
from tests.cast import INES
from tests.factories import activities as made
from tests.world import NOON, World, build_world

AT_ONCE, PLACES = 24, 5
BEFORE = made.HELD_FROM - timedelta(days=10)


def _world(app: Flask, enrolled: int = 0) -> World:
    with app.app_context():
        world = build_world()
        made.opportunity(world).capacity = PLACES
        for n in range(enrolled):
            _enrol(world, n)
        db.session.commit()
        db.session.remove()
    return world


def _enrol(world: World, n: int) -> None:
    draft = RegistrationDraft(f"Persona {n}", f"persona{n}@example.pe")
    services.register(made.opportunity(world), draft, submission_key=f"{n:032x}", now=BEFORE)


def _at_once(app: Flask, act: Callable[[int], object], how_many: int = AT_ONCE) -> None:
    gate = threading.Barrier(how_many)

    def go(n: int) -> None:
        with app.app_context():
            gate.wait()
            try:
                act(n)
                db.session.commit()
            except RuleBroken:
                db.session.rollback()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(how_many) as pool:
        list(pool.map(go, range(how_many)))


def _counts(app: Flask, state: RegistrationState) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Registration).where(Registration.state == state)) or 0


def _more_people_than_places(app: Flask) -> None:
    world = _world(app)
    _at_once(app, lambda n: _enrol(world, n))
    assert _counts(app, RegistrationState.CONFIRMED) == PLACES
    assert _counts(app, RegistrationState.WAITING) == AT_ONCE - PLACES


def _everybody_cancels_while_others_register(app: Flask) -> None:
    world = _world(app, enrolled=PLACES + 8)
    with app.app_context():
        codes = list(db.session.scalars(select(Registration.code).order_by(Registration.id).limit(PLACES)))

    def act(n: int) -> None:
        if n < PLACES:
            registration = queries.registration_by_code(codes[n])
            assert registration is not None
            services.cancel_registration(registration, now=BEFORE + timedelta(hours=1))
        else:
            _enrol(world, 100 + n)

    _at_once(app, act, PLACES + 6)
    assert _counts(app, RegistrationState.CONFIRMED) == PLACES
    with app.app_context():
        moved = db.session.scalars(select(Notification.address).where(Notification.kind == "activities.moved-up")).all()
        first = [f"persona{n}@example.pe" for n in range(PLACES, 2 * PLACES)]
        assert sorted(moved) == sorted(first), "in the order they came, each told once"


def _two_doors(app: Flask) -> None:
    world = _world(app, enrolled=3)
    with app.app_context():
        codes = list(db.session.scalars(select(Registration.code).order_by(Registration.id)))

    def act(n: int) -> None:
        registration = queries.registration_by_code(codes[n % 3])
        assert registration is not None
        services.check_in(registration, shows_image=False, person_id=world.id_of(INES), now=NOON)

    _at_once(app, act, 9)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(CheckIn)) == 3
        activity = queries.activity_of(world.opportunities[made.WORKSHOP])
        assert activity is not None and queries.people(queries.attendance(activity.id)) == 3


CASES = [_more_people_than_places, _everybody_cancels_while_others_register, _two_doors]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__.strip("_"))
def test_at_once_on_sqlite(app: Flask, database: None, case: Callable[[Flask], None]) -> None:
    case(app)


@pytest.mark.postgres
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__.strip("_"))
def test_at_once_on_postgresql(postgres_app: Flask, case: Callable[[Flask], None]) -> None:
    case(postgres_app)
