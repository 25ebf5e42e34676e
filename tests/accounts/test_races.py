"""What may happen once happens once, however many try at the same time (R12), on PostgreSQL, where readers do not wait for writers."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask

from app.accounts import queries, services
from app.accounts.models import Person
from app.accounts.rules.codes import LinkPurpose
from app.accounts.services import proofs
from app.core.db import db
from app.core.errors import RuleBroken
from app.notifications.models import Notification
from tests.world import NOON

AT_ONCE = 8
PASSWORD = "una frase que nadie adivina"


@pytest.fixture
def rosa(postgres_app: Flask) -> Iterator[int]:
    with postgres_app.app_context():
        person = services.create_person("rosa@example.pe", "Rosa Quispe", PASSWORD, now=NOON)
        db.session.commit()
        made = person.id
        db.session.remove()
    yield made


def together(app: Flask, act: Callable[[], Any]) -> list[Any]:
    """What each of eight threads got that did it at the same moment; None for who was refused."""
    gate, got = threading.Barrier(AT_ONCE), []

    def run() -> None:
        with app.app_context():
            gate.wait()
            try:
                result = act()
                db.session.commit()
                got.append(result)
            except RuleBroken:
                db.session.commit()
                got.append(None)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [result for result in got if result is not None]


@pytest.mark.postgres
def test_a_code_sent_by_mail_opens_once(postgres_app: Flask, rosa: int) -> None:
    with postgres_app.app_context():
        handle = services.ask_code("rosa@example.pe", now=NOON)
        db.session.flush()
        code = db.session.query(Notification).one().content["code"]
        db.session.commit()
    assert together(postgres_app, lambda: services.prove_code(handle, code, now=NOON)) == ["rosa@example.pe"]


@pytest.mark.postgres
def test_wrong_tries_at_the_same_time_all_count(postgres_app: Flask, rosa: int) -> None:
    with postgres_app.app_context():
        handle = services.ask_code("rosa@example.pe", now=NOON)
        db.session.flush()
        code = db.session.query(Notification).one().content["code"]
        db.session.commit()
    wrong = f"{(int(code.replace(' ', '')) + 1) % 10**8:08}"
    assert together(postgres_app, lambda: services.prove_code(handle, wrong, now=NOON)) == []
    with postgres_app.app_context(), pytest.raises(RuleBroken):
        services.prove_code(handle, code, now=NOON)


@pytest.mark.postgres
def test_a_code_of_the_application_passes_once(postgres_app: Flask, rosa: int) -> None:
    secret = pyotp.random_base32()
    with postgres_app.app_context():
        person = db.session.get(Person, rosa)
        assert person is not None
        services.add_authenticator(person, secret, pyotp.TOTP(secret).at(NOON - timedelta(seconds=30)), now=NOON)
        db.session.commit()

    def passes() -> bool:
        person = db.session.get(Person, rosa)
        assert person is not None
        services.pass_second_step(person, pyotp.TOTP(secret).at(NOON), now=NOON)
        return True

    assert together(postgres_app, passes) == [True]


@pytest.mark.postgres
def test_a_link_to_a_new_password_works_once(postgres_app: Flask, rosa: int) -> None:
    with postgres_app.app_context():
        person = db.session.get(Person, rosa)
        assert person is not None
        token = proofs.make_link(person.id, LinkPurpose.RESET, now=NOON)
        db.session.commit()

    def reset() -> bool:
        link = queries.link(services.digest(token), [LinkPurpose.RESET], NOON)
        if link is None:
            return None  # type: ignore[return-value]
        services.reset_password(link, f"otra frase cualquiera {threading.get_ident()}", now=NOON)
        return True

    assert together(postgres_app, reset) == [True]


@pytest.mark.postgres
def test_an_address_opens_one_account(postgres_app: Flask) -> None:
    def join() -> int:
        return services.create_person("nilda@example.pe", "Nilda", PASSWORD, now=NOON).id

    assert len(together(postgres_app, join)) == 1
    with postgres_app.app_context():
        assert db.session.query(Person).filter_by(email="nilda@example.pe").count() == 1
