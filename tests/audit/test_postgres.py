"""The register on PostgreSQL: many writers at once, and a table that refuses to be changed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.audit import queries, services
from app.core.db import db
from tests.world import NOON

WRITERS, EACH = 8, 12


def test_eight_writers_at_once_leave_no_gap_and_no_fork(postgres_app: Flask) -> None:
    def write(writer: int) -> None:
        for turn in range(EACH):
            with postgres_app.app_context():
                services.record("test.write", "process", f"w{writer}", {"turn": turn}, at=NOON)
                db.session.commit()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    with postgres_app.app_context():
        verdict = queries.verdict()
        assert verdict.is_sound
        assert verdict.good == WRITERS * EACH


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET body = '{}'", "DELETE FROM audit_entry", "TRUNCATE audit_entry CASCADE"])
def test_the_table_refuses_to_be_changed(postgres_app: Flask, statement: str) -> None:
    with postgres_app.app_context():
        services.record("test.write", "process", "uno", at=NOON)
        db.session.commit()
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(text(statement))
        db.session.rollback()
        assert queries.verdict().good == 1
