"""Signing in: what is recognised, what is counted, what closes sessions."""

from datetime import timedelta

import pytest

from app.accounts import queries, services
from app.accounts.models import SignInFailure
from app.accounts.rules import AccountProblem
from app.core.db import db
from app.core.errors import RuleBroken
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
    assert db.session.query(SignInFailure).count() == 1
    assert services.recognise("rosa@example.pe", PASSWORD, now=NOON) is rosa
    assert db.session.query(SignInFailure).count() == 0


def test_the_eleventh_guess_in_five_minutes_is_not_even_tried(rosa):
    for _ in range(10):
        services.recognise("rosa@example.pe", "adivino", now=NOON)
    with pytest.raises(RuleBroken) as refused:
        services.recognise("rosa@example.pe", PASSWORD, now=NOON)
    assert refused.value.problems[0].code is AccountProblem.TOO_MANY_ATTEMPTS
    assert services.recognise("rosa@example.pe", PASSWORD, now=NOON + timedelta(minutes=6)) is rosa


def test_guessing_an_address_nobody_has_is_counted_alike(context):
    assert services.recognise("nadie@example.pe", "adivino", now=NOON) is None
    assert db.session.query(SignInFailure).count() == 1


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


def test_a_new_password_closes_every_session(rosa):
    session_id = rosa.get_id()
    assert queries.person_for_session(session_id) is rosa
    services.set_password(rosa, "otra frase que nadie adivina")
    db.session.commit()
    assert queries.person_for_session(session_id) is None


@pytest.mark.parametrize("session_id", ["", "1", "1.", ".1", "x.y", "999.0", "1.0; DROP", "-1.0"])
def test_a_session_that_means_nothing_is_nobody(rosa, session_id):
    assert queries.person_for_session(session_id) is None
