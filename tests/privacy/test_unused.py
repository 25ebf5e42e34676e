"""Accounts that nobody uses: told after two years, retired half a year after the letter, to the second; never those of the staff (P08)."""

from datetime import timedelta

import pytest

from app.accounts import queries as accounts_queries
from app.accounts import services as accounts
from app.accounts.models import Person
from app.accounts.rules.joining import ERASED_NAME
from app.audit.models import AuditEntry
from app.contributions.models import Authorship, Contribution
from app.contributions.rules.terms import Visibility
from app.core import restored
from app.core.db import db
from app.notifications.models import Notification
from app.privacy import services
from app.privacy.cli import JOBS, forget_erased_people, retire_unused_accounts
from app.privacy.rules import RETENTION, Kept
from app.spaces.models import RoleAssignment
from tests.browser import Browser
from tests.cast import INES, MATEO, ROSA, STAFF
from tests.factories.deliberation import shown
from tests.world import NOON

A_SECOND = timedelta(seconds=1)
UNUSED, TOLD = RETENTION[Kept.UNUSED], RETENTION[Kept.UNUSED_TOLD]
assert UNUSED is not None and TOLD is not None


@pytest.fixture(autouse=True)
def with_mail(app, data_dir, monkeypatch):
    (data_dir / services.OUTSIDE).unlink(missing_ok=True)
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://localhost?from=avisos@example.pe")


def run(app, at):
    """The hands of the clock at that instant: who got which letter."""
    with app.app_context():
        before = db.session.query(Notification).count()
        retire_unused_accounts(at)
        forget_erased_people(at)
        db.session.commit()
        letters = db.session.query(Notification).order_by(Notification.id).offset(before).all()
        return sorted((letter.address, bool(letter.content["until"])) for letter in letters)


def person(world, member):
    return db.session.get(Person, world.id_of(member))


def enter(app, world, member, at):
    with app.app_context():
        accounts.open_session(person(world, member), "Firefox", now=at)
        db.session.commit()


@pytest.fixture
def last_entered(app, world):
    """Everybody was last here at NOON."""
    with app.app_context():
        for somebody in db.session.query(Person):
            somebody.entered_at = NOON
        db.session.commit()


def test_who_has_not_entered_for_two_years_is_told_and_half_a_year_later_retired_each_to_the_second(app, world, last_entered):
    assert retire_unused_accounts in JOBS
    assert run(app, NOON + UNUSED) == []
    told_at = NOON + UNUSED + A_SECOND
    assert run(app, told_at) == [(MATEO.email, True), (ROSA.email, True)]
    assert run(app, told_at + TOLD) == []
    assert run(app, told_at + TOLD + A_SECOND) == [(MATEO.email, False), (ROSA.email, False)]
    with app.app_context():
        assert person(world, ROSA).name == ERASED_NAME and person(world, ROSA).erased_at is not None
        assert accounts_queries.person_by_email(ROSA.email) is None
        assert db.session.query(AuditEntry).filter_by(action="privacy.retire").count() == 2
    assert run(app, told_at + 9 * UNUSED) == []


def test_what_was_said_stays_public_without_its_name(app, world, last_entered):
    with app.app_context():
        code = shown(world, text="El agua no llega desde el jueves.", email=ROSA.email).code
        db.session.commit()
    run(app, NOON + UNUSED + A_SECOND)
    run(app, NOON + UNUSED + TOLD + 3 * A_SECOND)
    with app.app_context():
        kept = db.session.query(Contribution).filter_by(code=code).one()
        assert kept.text == "El agua no llega desde el jueves." and kept.visibility is Visibility.PUBLIC
        assert db.session.query(Authorship).filter(Authorship.email != "").count() == 0


def test_entering_once_after_the_letter_keeps_the_account_and_starts_the_two_years_again(app, world, last_entered):
    told_at = NOON + UNUSED + A_SECOND
    run(app, told_at)
    enter(app, world, ROSA, told_at + TOLD)
    assert (ROSA.email, False) not in run(app, told_at + TOLD + A_SECOND)
    assert run(app, told_at + TOLD + UNUSED) == []
    assert run(app, told_at + TOLD + UNUSED + A_SECOND) == [(ROSA.email, True)]


def test_who_holds_a_role_is_never_told_and_who_held_one_is_like_anybody(app, world, last_entered):
    late = NOON + UNUSED + A_SECOND
    addresses = {address for address, _until in run(app, late)}
    assert addresses.isdisjoint(member.email for member in STAFF)
    with app.app_context():
        for role in db.session.query(RoleAssignment).filter_by(person_id=world.id_of(INES)):
            role.ends_on = NOON.date()
        db.session.commit()
    assert run(app, late) == [(INES.email, True)]
    run(app, late + TOLD + A_SECOND)
    with app.app_context():
        assert person(world, INES).erased_at and person(world, INES).name == INES.name  # on the official acts she signed


def test_a_role_given_after_the_letter_stops_it(app, world, last_entered):
    told_at = NOON + UNUSED + A_SECOND
    run(app, told_at)
    with app.app_context():
        like = db.session.query(RoleAssignment).filter_by(person_id=world.id_of(INES)).first()
        db.session.add(RoleAssignment(person_id=world.id_of(ROSA), space_id=like.space_id, role=like.role, starts_on=told_at.date()))
        db.session.commit()
    assert run(app, told_at + TOLD + A_SECOND) == [(MATEO.email, False)]


def test_an_account_nobody_ever_entered_counts_from_when_it_was_made(app, world):
    with app.app_context():
        made = person(world, ROSA).created_at
    assert run(app, made + UNUSED) == []
    assert (ROSA.email, True) in run(app, made + UNUSED + A_SECOND)


def test_nobody_is_retired_untold_and_a_restored_site_neither_tells_nor_retires(app, world, last_entered, monkeypatch):
    told_at = NOON + UNUSED + A_SECOND
    monkeypatch.setitem(app.config, "MAIL_URL", "")
    assert run(app, told_at) == [] == run(app, told_at + 2 * TOLD)
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://localhost?from=avisos@example.pe")
    with app.app_context():
        restored.mark()
    assert run(app, told_at) == []
    with app.app_context():
        restored.clear()
    assert len(run(app, told_at)) == 2
    with app.app_context():
        restored.mark()
    assert run(app, told_at + TOLD + A_SECOND) == []
    with app.app_context():
        restored.clear()


def test_the_retired_are_noted_outside_the_database_and_stay_so_after_a_restore(app, world, last_entered, data_dir):
    run(app, NOON + UNUSED + A_SECOND)
    run(app, NOON + UNUSED + TOLD + 3 * A_SECOND)
    run(app, NOON + UNUSED + TOLD + 4 * A_SECOND)
    noted = (data_dir / services.OUTSIDE).read_text().split()
    assert len(noted) == len(set(noted)) == 2


def test_signing_in_by_password_is_what_counts_as_use(app, world, monkeypatch):
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    browser = Browser(app)
    browser.get("accounts.sign_in")
    browser.post("accounts.open_session", {"email": ROSA.email, "password": ROSA.password})
    with app.app_context():
        assert person(world, ROSA).entered_at == NOON
