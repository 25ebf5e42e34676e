"""Signing in: what is recognised, what is counted, what closes sessions."""

from datetime import timedelta

import pytest

from app.accounts import queries, services
from app.accounts.models import Attempt
from app.accounts.rules.problems import AccountProblem
from app.core.db import db
from app.core.errors import RuleBroken
from app.notifications.models import Notification
from tests.world import NOON

PASSWORD = "una frase que nadie adivina"


@pytest.fixture
def rosa(context):
    person = services.create_person(" Rosa@Example.PE ", "Rosa  Quispe", PASSWORD, now=NOON)
    db.session.commit()
    return person


def test_an_address_is_kept_in_lower_case_and_found_in_any(rosa):
    assert rosa.email == "rosa@example.pe"
    assert queries.person_by_email("ROSA@example.pe") is rosa
    assert rosa.name == "Rosa Quispe"


def test_the_right_password_is_recognised_and_the_wrong_one_is_counted(rosa):
    assert services.recognise("rosa@example.pe", "otra cosa", now=NOON) is None
    assert db.session.query(Attempt).count() == 1
    assert services.recognise("rosa@example.pe", PASSWORD, now=NOON) is rosa
    assert db.session.query(Attempt).count() == 0


def test_the_eleventh_guess_in_five_minutes_is_not_even_tried(rosa):
    for _ in range(10):
        services.recognise("rosa@example.pe", "adivino", now=NOON)
    with pytest.raises(RuleBroken) as refused:
        services.recognise("rosa@example.pe", PASSWORD, now=NOON)
    assert refused.value.problems[0].code is AccountProblem.TOO_MANY_ATTEMPTS
    assert services.recognise("rosa@example.pe", PASSWORD, now=NOON + timedelta(minutes=6)) is rosa


def test_guessing_an_address_nobody_has_is_counted_alike(context):
    assert services.recognise("nadie@example.pe", "adivino", now=NOON) is None
    assert db.session.query(Attempt).count() == 1


def test_a_suspended_person_is_not_recognised(rosa):
    rosa.is_suspended = True
    assert services.recognise("rosa@example.pe", PASSWORD, now=NOON) is None


@pytest.mark.parametrize(("password", "code"), [("corta", AccountProblem.PASSWORD_SHORT), ("x" * 129, AccountProblem.PASSWORD_LONG)])
def test_passwords_have_a_length(context, password, code):
    with pytest.raises(RuleBroken) as refused:
        services.create_person("a@example.pe", "A", password, now=NOON)
    assert refused.value.problems[0].code is code


def test_two_people_cannot_share_an_address(rosa):
    with pytest.raises(RuleBroken):
        services.create_person("ROSA@example.pe", "Otra", PASSWORD, now=NOON)


def test_a_new_password_closes_every_session_and_is_told(rosa):
    key = services.open_session(rosa, "Firefox", now=NOON)
    db.session.commit()
    assert queries.session_by_key_hash(services.digest(key)).person is rosa
    services.set_password(rosa, "otra frase que nadie adivina", now=NOON)
    db.session.commit()
    assert queries.session_by_key_hash(services.digest(key)) is None
    assert letters_to(rosa.email) == ["password"]


def letters_to(address):
    rows = db.session.query(Notification).filter_by(address=address).order_by(Notification.id)
    return [letter.content.get("event", letter.kind) for letter in rows]


def test_a_second_device_is_told_by_letter_and_the_first_is_not(rosa):
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"
    services.open_session(rosa, firefox, now=NOON)
    services.open_session(rosa, firefox, now=NOON)
    assert letters_to(rosa.email) == []
    services.open_session(rosa, "Mozilla/5.0 (iPhone; CPU) Safari/605", now=NOON)
    assert letters_to(rosa.email) == ["device"]


def test_guessing_from_one_network_is_stopped_for_all_addresses(rosa):
    for n in range(100):
        services.recognise(f"persona{n}@example.pe", "adivino", now=NOON, origin="192.0.2.7")
    with pytest.raises(RuleBroken):
        services.recognise("rosa@example.pe", PASSWORD, now=NOON, origin="192.0.2.7")
    assert services.recognise("rosa@example.pe", PASSWORD, now=NOON, origin="192.0.2.8") is rosa


def test_no_address_and_no_network_is_kept_readable(rosa):
    services.recognise("rosa@example.pe", "adivino", now=NOON, origin="192.0.2.7")
    kept = db.session.query(Attempt).one()
    assert "rosa" not in kept.account_hash and "192" not in kept.origin_hash
    services.forget_attempts(NOON + timedelta(days=2))
    assert db.session.query(Attempt).count() == 0
