"""A password is hashed while nobody waits: on SQLite the one who writes holds up all who write, and a hash takes 170 ms (S35, R04)."""

import sqlite3
from contextlib import closing

import pytest

from app.accounts.services import people
from tests.accounts.entering import link_sent_to
from tests.browser import Browser
from tests.cast import ROSA

NEW = "otra frase que nadie adivina"


@pytest.fixture
def hashing(app, data_dir, monkeypatch):
    """What was hashed, each while somebody else could write at once: otherwise sqlite3.OperationalError."""
    done = []

    def others_may_write():
        with closing(sqlite3.connect(data_dir / "minka.db", timeout=0, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")

    class Watched:
        def verify(self, stored, password):
            others_may_write()
            done.append("verify")
            return inner.verify(stored, password)

        def hash(self, password):
            others_may_write()
            done.append("hash")
            return inner.hash(password)

    inner = people._hasher
    monkeypatch.setattr(people, "_hasher", Watched())
    return done


def test_while_somebody_signs_in(app, world, hashing):
    Browser(app).post("accounts.open_session", {"email": ROSA.email, "password": "no es esta clave"}, status=422)
    Browser(app).post("accounts.open_session", {"email": "nadie@example.pe", "password": "no es esta clave"}, status=422)
    Browser(app).sign_in(ROSA)
    assert hashing == ["verify"] * 3


def test_while_somebody_proves_who_they_are_and_changes_the_password(app, world, hashing):
    rosa = Browser(app).sign_in(ROSA)
    rosa.post("accounts.check_proof", {"proof": "no es esta clave"}, status=422)
    rosa.post("accounts.check_proof", {"proof": ROSA.password})
    rosa.post("accounts.change_password", {"current": ROSA.password, "password": NEW})
    assert hashing == ["verify"] * 4 + ["hash"]
    Browser(app).client.post("/ingresar", data={"email": ROSA.email, "password": NEW})
    assert rosa.get("accounts.index")


def test_while_somebody_who_forgot_it_chooses_another(app, world, hashing):
    Browser(app).post("accounts.ask_reset", {"email": ROSA.email}, status=200)
    path = link_sent_to(app, ROSA.email)
    visitor = Browser(app)
    visitor.post(path, {"password": NEW})
    assert hashing == ["hash"]
    visitor.post(path, {"password": NEW}, status=410)  # a spent link
    assert hashing == ["hash"]


def test_three_at_most_ask_at_once_and_the_others_are_told_without_waiting(app, world, monkeypatch):
    monkeypatch.setattr(people, "PATIENCE_SECONDS", 60.0)
    taken = [people._asking.acquire(blocking=False) for _place in range(3)]
    assert all(taken)
    try:
        page = Browser(app).post("accounts.open_session", {"email": ROSA.email, "password": ROSA.password}, status=429)
    finally:
        for _place in taken:
            people._asking.release()
    assert "Muchas personas están ingresando a la vez" in page and page.soup.find("input", {"name": "email"})["value"] == ROSA.email
    Browser(app).sign_in(ROSA)


def test_who_is_told_that_it_is_busy_has_not_spent_a_try(app, world, monkeypatch):
    taken = [people._asking.acquire(blocking=False) for _place in range(3)]
    try:
        for _try in range(12):
            Browser(app).post("accounts.open_session", {"email": ROSA.email, "password": ROSA.password}, status=429)
    finally:
        for _place in taken:
            people._asking.release()
    Browser(app).sign_in(ROSA)
