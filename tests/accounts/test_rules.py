"""Passwords, codes, ages and the length of sessions, judged without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.rules.codes import digits, grouped, recovery
from app.accounts.rules.joining import AccountDraft, AgeBand, problems_with
from app.accounts.rules.limits import LIMITS, Attempt, is_too_many
from app.accounts.rules.passwords import is_common, password_problems
from app.accounts.rules.problems import AccountProblem
from app.accounts.rules.sessions import CITIZEN_IDLE, CITIZEN_LONGEST, STAFF_IDLE, STAFF_LONGEST, device_name, is_over

NOON = datetime(2027, 3, 20, 17, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    "password",
    [
        "123456789012",
        "aaaaaaaaaaaa",
        "qwertyuiop123",
        "contraseña123",
        "password1234",
        "rosa quispe 1",
        "rosaquispe1990",
        "minka 2027 minka",
    ],
)
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    assert is_common(password, ("Rosa Quispe", "rosa@example.pe"))
    assert password_problems(password, ("Rosa Quispe", "rosa@example.pe"))[0].code is AccountProblem.PASSWORD_COMMON


@pytest.mark.parametrize(
    "password", ["una frase que nadie adivina", "correct horse battery", "minka demo 2027", "9f3k-22xa-77pq-1lz0", "ñandú verde 7"]
)
def test_a_phrase_of_ones_own_is_accepted(password: str) -> None:
    assert password_problems(password, ("Rosa Quispe", "rosa@example.pe")) == []


@pytest.mark.parametrize("typed", ["12345678", "1234 5678", " 1234-5678 ", "１２３４ ５６７８", "12 34 56 78"])
def test_a_code_is_the_same_however_it_was_typed(typed: str) -> None:
    assert digits(typed) == "12345678"


def test_codes_are_shown_in_groups_and_paper_codes_may_lose_their_dashes() -> None:
    assert grouped("12345678") == "1234 5678"
    assert recovery(" ABCD efgh-2345 ") == "abcdefgh2345"


DRAFT = AccountDraft("Rosa Quispe", AgeBand.ADULT, True)


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"name": ""}, [AccountProblem.NAME_MISSING]),
        ({"age": None}, [AccountProblem.AGE_MISSING]),
        ({"accepts_notice": False}, [AccountProblem.NOTICE_NOT_ACCEPTED]),
        ({"age": AgeBand.CHILD}, [AccountProblem.TOO_YOUNG]),
        ({"age": AgeBand.TEENAGER}, [AccountProblem.PSEUDONYM_MISSING]),
        ({"age": AgeBand.TEENAGER, "pseudonym": "Kuntur"}, []),
        ({"age": AgeBand.TEENAGER, "pseudonym": "rosa quispé"}, [AccountProblem.PSEUDONYM_IS_NAME]),
        ({"password": "corta"}, [AccountProblem.PASSWORD_SHORT]),
    ],
)  # fmt: skip
def test_who_may_open_an_account_and_with_what(changed: dict, codes: list) -> None:
    draft = AccountDraft(**{**DRAFT.__dict__, **changed})
    assert [problem.code for problem in problems_with(draft, "rosa@example.pe")] == codes


@pytest.mark.parametrize(("is_staff", "idle", "longest"), [(True, STAFF_IDLE, STAFF_LONGEST), (False, CITIZEN_IDLE, CITIZEN_LONGEST)])
def test_a_session_ends_when_unused_and_when_old(is_staff: bool, idle: timedelta, longest: timedelta) -> None:
    assert not is_over(NOON, NOON, NOON + idle, is_staff=is_staff)
    assert is_over(NOON, NOON, NOON + idle + A_SECOND, is_staff=is_staff)
    assert not is_over(NOON, NOON + longest, NOON + longest, is_staff=is_staff)
    assert is_over(NOON, NOON + longest, NOON + longest + A_SECOND, is_staff=is_staff)


def test_one_account_reaches_its_limit_before_a_shared_network_does() -> None:
    for kind in Attempt:
        limit = LIMITS[kind]
        assert not is_too_many(kind, limit.account - 1, limit.origin - 1, limit.everywhere - 1)
        assert (
            is_too_many(kind, limit.account, 0, 0) and is_too_many(kind, 0, limit.origin, 0) and is_too_many(kind, 0, 0, limit.everywhere)
        )
        assert limit.account < limit.origin < limit.everywhere


def test_a_device_is_named_so_that_its_owner_knows_it() -> None:
    android = "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
    assert device_name(android) == "Chrome, Android"
    assert device_name("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0") == "Firefox, Linux"
    assert device_name("<script>") == ""
