"""The evidence pack as a file: built once for each version of the public record, kept until the next."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from flask import current_app

from app.compliance import queries
from app.compliance.documents import build_pack
from app.core.clock import lima_day
from app.processes.models import Process

PATIENCE_SECONDS = 20.0
A_MOMENT = 0.2


class PackBusy(Exception):
    """Somebody else's download is building this pack and did not end in time; ask again."""


def pack_of(process: Process, *, now: datetime) -> Path:
    """The pack of the process as it is public today; built when nobody asked for it since the last change. Raises PackBusy."""
    folder = Path(current_app.config["DATA_DIR"]) / "packs"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{process.slug}.{process.public_revision}.{lima_day(now).isoformat()}.zip"
    if path.exists():
        return path
    with _alone(folder / f"{process.slug}.lock"):
        if not path.exists():
            _build(process, path, now=now)
    return path


def _build(process: Process, path: Path, *, now: datetime) -> None:
    unfinished = path.with_suffix(".part")
    try:
        with unfinished.open("wb") as target:
            build_pack(target, queries.judge(process, now), queries.irm_result(process.id))
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    for older in path.parent.glob(f"{process.slug}.*.zip"):
        if older != path:
            older.unlink(missing_ok=True)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One builder at a time, across threads and processes of this machine. Raises PackBusy."""
    with lock.open("w") as handle:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise PackBusy from None
                time.sleep(A_MOMENT)
        yield
