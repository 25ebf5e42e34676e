"""Breaking the order in which people voted: roll, box and receipts are written anew in random order (reliability.md 6.1, decision 0035).

While people vote, the traces of a database join a mark on the roll to its ballot: rows of one transaction share a number, and both
tables grow in the same order. `shuffle` ends that inside the transaction of the close, and `scrub`, after its commit, removes what
SQLite keeps in its journal and its free pages.
"""

import secrets
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, text

from app.core.db import db, is_sqlite
from app.voting.models import Ballot, Receipt, RollEntry

TABLES: tuple[Any, ...] = (Ballot.__table__, Receipt.__table__, RollEntry.__table__)
BATCH = 2_000


def shuffle() -> None:
    """Write the three tables anew, every row of every vote, in an order drawn at random; ids of the roll are given again.

    In the transaction of the close. On PostgreSQL each table gets a new file and the old one goes with the commit (TRUNCATE);
    on SQLite deleted rows are overwritten with zeros. Rules and triggers of the tables stay. Nobody casts meanwhile: the tables are
    locked. Costs about two seconds for 100,000 voters.
    """
    db.session.flush()
    connection = db.session.connection()
    if is_sqlite():
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    else:
        connection.exec_driver_sql("LOCK TABLE roll, ballot, receipt IN ACCESS EXCLUSIVE MODE")
    kept = {table.name: _drawn(connection, table) for table in TABLES}
    for table in TABLES:
        if is_sqlite():
            connection.execute(delete(table))
        else:
            connection.exec_driver_sql(f"TRUNCATE {table.name}")
        _write(connection, table, kept[table.name])
    for row in [row for row in db.session if isinstance(row, (Ballot, Receipt, RollEntry))]:
        db.session.expunge(row)


def _drawn(connection: Connection, table: Table) -> list[dict[str, Any]]:
    """All rows, in an order nobody can guess."""
    rows = [dict(row) for row in connection.execute(select(table)).mappings()]
    secrets.SystemRandom().shuffle(rows)
    return rows


def _write(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if table is TABLES[2]:
        rows = [{**row, "id": number} for number, row in enumerate(rows, 1)]
    for start in range(0, len(rows), BATCH):
        connection.execute(insert(table), rows[start : start + BATCH])
    if table is TABLES[2] and not is_sqlite():
        connection.execute(text("SELECT setval(pg_get_serial_sequence('roll', 'id'), :next, false)"), {"next": len(rows) + 1})


def scrub() -> bool:
    """After the commit: SQLite writes its file anew without free pages and empties its journal, which tells the order of every write.

    Works while the site runs; False when somebody was reading and the journal could not be emptied: try again. PostgreSQL has
    nothing left to remove in its tables; its log and its copies are the operator's (README).
    """
    if not is_sqlite():
        return True
    db.session.remove()
    raw: Any = db.engine.raw_connection()
    try:
        cursor = raw.driver_connection.cursor()
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("VACUUM")
        busy, _frames, _done = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    except db.engine.dialect.loaded_dbapi.OperationalError:
        return False
    finally:
        raw.close()
