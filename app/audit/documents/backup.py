"""A backup: the database at one instant, every stored file, and where the register ended, in one ZIP (reliability.md R15)."""

import hashlib
import json
import os
import subprocess
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, text

from app.audit import rules
from app.audit.rules.backups import FILES, FORMAT, MANIFEST
from app.core import storage
from app.core.db import db, is_sqlite

PIECE = 1024 * 1024


def write_backup(target: Path, now: datetime) -> dict[str, Any]:
    """Write the backup whole or not at all, readable by its owner alone; gives its manifest. Writers are not stopped.

    The database is copied first: files never change and are stored before the row that names them, so none can be missing.
    The key that signs the register stays out: a thief of the copy must not be able to sign. Raises OSError, CalledProcessError.
    """
    handle, work = tempfile.mkstemp(dir=target.parent, prefix=".copia-")  # 0600
    try:
        with os.fdopen(handle, "wb") as file, tempfile.TemporaryDirectory(dir=target.parent) as folder:
            name = "database.sqlite" if is_sqlite() else "database.dump"
            head = _copy_sqlite(Path(folder) / name) if is_sqlite() else _dump_postgresql(Path(folder) / name)
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                members = [_add(archive, name, Path(folder) / name)]
                members += [_put(archive, FILES + stored, storage.get(stored)) for stored in storage.names()]
                manifest = {
                    "format": FORMAT, "engine": "sqlite" if is_sqlite() else "postgresql", "database": name, "made_at": now.isoformat(),
                    "head": {"seq": head[0], "hash": head[1]}, "members": members,
                }  # fmt: skip
                archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False))
            file.flush()
            os.fsync(file.fileno())
        os.replace(work, target)
    except BaseException:
        Path(work).unlink(missing_ok=True)
        raise
    return manifest


def _add(archive: zipfile.ZipFile, name: str, source: Path) -> dict[str, str]:
    total = hashlib.sha256()
    with source.open("rb") as file, archive.open(name, "w", force_zip64=True) as member:
        while piece := file.read(PIECE):
            total.update(piece)
            member.write(piece)
    return {"name": name, "sha256": total.hexdigest()}


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> dict[str, str]:
    archive.writestr(name, content)
    return {"name": name, "sha256": hashlib.sha256(content).hexdigest()}


def _copy_sqlite(target: Path) -> tuple[int, str]:
    """SQLite's own backup: one consistent instant while others write; a copy of the file would not be (finding 7)."""
    driver: Any = db.engine.dialect.dbapi
    source, copy = driver.connect(str(db.engine.url.database)), driver.connect(str(target))
    try:
        source.backup(copy)
        row = copy.execute("SELECT seq, hash FROM audit_head").fetchone()
        return (row[0], row[1]) if row else (0, rules.GENESIS)
    finally:
        copy.close()
        source.close()


def _dump_postgresql(target: Path) -> tuple[int, str]:
    """pg_dump within a snapshot in which the head was read."""
    with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = str(connection.scalar(text("SELECT pg_export_snapshot()")))
        row = connection.execute(text("SELECT seq, hash FROM audit_head")).first()
        command = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}"]
        subprocess.run(command, env=postgresql_environment(db.engine.url), check=True, capture_output=True)  # noqa: S603 - own words
        connection.rollback()
    return (row.seq, row.hash) if row else (0, rules.GENESIS)


def postgresql_environment(url: URL) -> dict[str, str]:
    """What libpq's programs read, so that no password is seen among the processes."""
    given = {
        "PGHOST": url.host, "PGPORT": str(url.port or ""), "PGUSER": url.username, "PGPASSWORD": url.password, "PGDATABASE": url.database,
    }  # fmt: skip
    return {**os.environ, **{name: value for name, value in given.items() if value}}
