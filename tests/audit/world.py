"""A register with some acts, as tests need it; the caller commits what it adds."""

import io
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from app.audit import documents, services
from app.core.db import db, is_sqlite
from tests.world import NOON

HOUR = timedelta(hours=1)
SQLITE_TRIGGERS = ("audit_entry_no_update", "audit_entry_no_delete", "checkpoint_no_change", "checkpoint_no_delete")
POSTGRES_TRIGGERS = (
    ("audit_entry_no_change", "audit_entry"), ("audit_entry_no_truncate", "audit_entry"), ("checkpoint_no_change", "checkpoint"),
    ("checkpoint_no_delete", "checkpoint"),
)  # fmt: skip


def write(count: int, first: int = 0, action: str = "test.write", at: datetime = NOON) -> None:
    for n in range(first, first + count):
        services.record(action, "process", f"p{n}", {"n": n}, at=at, role="secretaría")
    db.session.commit()


def disarm() -> None:
    """What somebody with the keys of the database can do: take the triggers away first."""
    if is_sqlite():
        for name in SQLITE_TRIGGERS:
            db.session.execute(text("DROP TRIGGER " + name))
    else:
        for name, table in POSTGRES_TRIGGERS:
            db.session.execute(text(f"DROP TRIGGER {name} ON {table}"))


def chain_again(first: int) -> None:
    """Compute every hash again from `first` on, and the head: what a careful forger does."""
    from app.audit.rules import GENESIS, entry_hash

    rows = db.session.execute(text("SELECT seq, hash, body FROM audit_entry ORDER BY seq")).all()
    prev = GENESIS if first == 1 else next(row.hash for row in rows if row.seq == first - 1)
    redone = []
    for row in rows:
        if row.seq >= first:
            digest = entry_hash(row.seq, prev, row.body)
            redone.append({"seq": row.seq, "prev": prev, "hash": digest})
            prev = digest
    for column in ("prev", "hash"):  # both are unique: make room first
        db.session.execute(text(f"UPDATE audit_entry SET {column} = 'x' || seq WHERE seq >= :first"), {"first": first})
    for row in redone:
        db.session.execute(text("UPDATE audit_entry SET prev = :prev, hash = :hash WHERE seq = :seq"), row)
    db.session.execute(text("UPDATE audit_head SET seq = :seq, hash = :hash"), {"seq": rows[-1].seq, "hash": prev})


def bundle(folder: Path, name: str = "prueba.zip", certificates: bytes = b"", texts: list[tuple[str, bytes]] | None = None) -> Path:
    """The proof as it is downloaded, in a file."""
    buffer = io.BytesIO()
    with db.session.no_autoflush:
        documents.write(buffer, certificates=certificates, texts=texts or [], now=NOON)
    path = folder / name
    path.write_bytes(buffer.getvalue())
    return path


def repacked(path: Path, member: str, content: bytes | None) -> Path:
    """The bundle with one file changed, or left out, and its sums computed again: what a forger of files does."""
    import hashlib

    with zipfile.ZipFile(path) as old:
        files = {name: old.read(name) for name in old.namelist()}
    files.pop(member) if content is None else files.update({member: content})
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items() if name != "SHA256SUMS")
    files["SHA256SUMS"] = sums.encode()
    forged = path.with_name("falsa.zip")
    with zipfile.ZipFile(forged, "w") as new:
        for name, data in files.items():
            new.writestr(name, data)
    return forged


def with_authority(app: Flask, url: str, certificates: Path) -> None:
    app.config.update(TSA_URL=url, TSA_CERTS=str(certificates))
