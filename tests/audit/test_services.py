"""The register: written with the act or not at all, and telling on whoever touches it."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.audit import queries, services
from app.core.db import db
from tests.world import NOON


@pytest.fixture
def three(context: None) -> None:
    for n in range(3):
        services.record("test.write", "process", f"p{n}", {"n": n}, at=NOON, role="secretaría")
    db.session.commit()


def disarmed() -> None:
    """What somebody with the keys of the database can do: take the triggers away first."""
    db.session.execute(text("DROP TRIGGER audit_entry_no_update"))
    db.session.execute(text("DROP TRIGGER audit_entry_no_delete"))


def test_a_register_nobody_touched_is_sound(three: None) -> None:
    assert (queries.verdict().good, queries.verdict().is_sound) == (3, True)


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET body = '{}'", "DELETE FROM audit_entry"])
def test_the_table_refuses_to_be_changed(three: None, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(statement))
    db.session.rollback()
    assert queries.verdict().is_sound


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [("UPDATE audit_entry SET body = replace(body, 'p1', 'p9') WHERE seq = 2", 2), ("DELETE FROM audit_entry WHERE seq = 2", 2),
     ("DELETE FROM audit_entry WHERE seq = 3", 3), ("UPDATE audit_head SET seq = 2", 3)],
)  # fmt: skip
def test_an_edited_or_deleted_entry_is_named(three: None, statement: str, first_bad: int) -> None:
    disarmed()
    db.session.execute(text(statement))
    db.session.commit()
    assert queries.verdict().first_bad == first_bad


def test_an_act_that_is_rolled_back_leaves_no_entry(three: None) -> None:
    services.record("test.write", "process", "nunca", at=NOON)
    db.session.rollback()
    services.record("test.write", "process", "p3", at=NOON)
    db.session.commit()
    assert [entry.subject_ref for entry in queries.entries_from(1)] == ["p0", "p1", "p2", "p3"]
    assert queries.verdict().good == 4


def test_money_is_never_a_float(context: None) -> None:
    with pytest.raises(ValueError, match="floats"):
        services.record("test.write", "process", "p", {"amount": 1.5}, at=NOON)


def test_audit_verify_says_how_many_and_names_the_bad_one(app: Flask, three: None) -> None:
    good = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert good.exit_code == 0 and "Actos: 3" in good.output
    disarmed()
    db.session.execute(text("UPDATE audit_entry SET body = '{}' WHERE seq = 2"))
    db.session.commit()
    bad = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert bad.exit_code == 1 and "el acto 2 no coincide" in bad.stderr
