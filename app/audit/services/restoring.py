"""Putting a backup in the place of an empty site. Nothing that exists is ever overwritten."""

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text

from app.audit import queries, rules
from app.audit.documents.backup import postgresql_environment
from app.audit.importing import BackupRefused, Opened
from app.audit.rules.backups import FILES
from app.core import restored, storage
from app.core.db import db, is_sqlite


def restore(backup: Opened) -> rules.Verdict:
    """Make this empty site the one of the backup: files first, then the database, whole or not at all. Letters wait.

    Gives the verdict on its register. Raises BackupRefused when the site is not empty, when the backup is of the other
    database, or when its register does not end where it says.
    """
    engine = "sqlite" if is_sqlite() else "postgresql"
    if backup.engine != engine:
        raise BackupRefused(f"La copia es de {backup.engine} y este sitio usa {engine}.")
    if _has_tables():
        raise BackupRefused("Aquí ya hay un sitio. Restaure en una carpeta o en una base de datos vacía.")
    restored.mark()
    for name in backup.members:
        storage.put(name.removeprefix(FILES), backup.archive.read(name))
    verdict = _sqlite(backup) if is_sqlite() else _postgresql(backup)
    if not verdict.is_sound or (verdict.good, verdict.head) != backup.head:
        raise BackupRefused(f"El registro de la copia no termina donde dice: revise el acto {verdict.first_bad or verdict.good + 1}.")
    return verdict


def _has_tables() -> bool:
    if is_sqlite() and not Path(str(db.engine.url.database)).exists():
        return False
    with db.engine.connect() as connection:
        return bool(inspect(connection).get_table_names())


def _sqlite(backup: Opened) -> rules.Verdict:
    target = Path(str(db.engine.url.database))
    handle, work = tempfile.mkstemp(dir=target.parent, prefix=".restaurada-")
    try:
        with os.fdopen(handle, "wb") as file:
            backup.copy(backup.database, file)
            file.flush()
            os.fsync(file.fileno())
        verdict = _judged_file(work)
        db.engine.dispose()
        if verdict.is_sound and (verdict.good, verdict.head) == backup.head:
            os.replace(work, target)
        return verdict
    finally:
        Path(work).unlink(missing_ok=True)


def _judged_file(path: str) -> rules.Verdict:
    """The register of a database file, before it is anybody's."""
    driver: Any = db.engine.dialect.dbapi
    connection = driver.connect(path)
    try:
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise BackupRefused("La base de datos de la copia está dañada.")
        head = connection.execute("SELECT seq, hash FROM audit_head").fetchone() or (0, rules.GENESIS)
        return rules.verify(connection.execute("SELECT seq, prev, hash, body FROM audit_entry ORDER BY seq"), tuple(head))
    except driver.DatabaseError as damage:
        raise BackupRefused(f"La base de datos de la copia no se puede leer ({damage}).") from None
    finally:
        connection.close()


def _postgresql(backup: Opened) -> rules.Verdict:
    """In one transaction of pg_restore: a backup that fails halfway leaves an empty database."""
    with tempfile.NamedTemporaryFile(suffix=".dump") as file:
        backup.copy(backup.database, file)
        file.flush()
        command = ["pg_restore", "--single-transaction", "--no-owner", "--no-privileges", f"--dbname={db.engine.url.database}", file.name]
        done = subprocess.run(command, env=postgresql_environment(db.engine.url), capture_output=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise BackupRefused(f"pg_restore no pudo: {done.stderr.decode(errors='replace').strip()[-300:]}")
    db.session.execute(text("SELECT 1"))
    return queries.verdict()
