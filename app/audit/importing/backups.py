"""A backup as a file: opened only when every byte in it is the one that was written."""

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from app.audit.rules.backups import FORMAT, MANIFEST

PIECE = 1024 * 1024
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, KeyError, ValueError, TypeError, EOFError, NotImplementedError, RuntimeError)


class BackupRefused(Exception):
    """The file is not a whole backup, or it does not fit here; the sentence says why."""


@dataclass(frozen=True)
class Opened:
    """A backup whose hashes all match. `head` is (number, hash) of the register's last act; `members` are stored file names."""

    archive: zipfile.ZipFile
    engine: str
    database: str
    head: tuple[int, str]
    made_at: str
    members: tuple[str, ...]

    def copy(self, name: str, target: IO[bytes]) -> None:
        with self.archive.open(name) as source:
            while piece := source.read(PIECE):
                target.write(piece)


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """The backup in `path`, all of it compared with its manifest. Raises BackupRefused."""
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, *_DAMAGE) as damage:
        raise BackupRefused(f"El archivo no es una copia de Minka o está dañado ({damage}).") from None
    with archive:
        yield _judged(archive)


def _judged(archive: zipfile.ZipFile) -> Opened:
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        if manifest["format"] != FORMAT:
            raise BackupRefused("La copia es de otro programa o de otra versión.")
        listed: dict[str, str] = {item["name"]: item["sha256"] for item in manifest["members"]}
        inside = [name for name in archive.namelist() if name != MANIFEST]
        if sorted(inside) != sorted(listed):
            raise BackupRefused("A la copia le faltan o le sobran archivos.")
        for name in inside:
            if _sha256(archive, name) != listed[name]:
                raise BackupRefused(f"La copia está dañada: {name} no es el que se guardó.")
        head = (int(manifest["head"]["seq"]), str(manifest["head"]["hash"]))
        members = tuple(name for name in inside if name != manifest["database"])
        return Opened(archive, manifest["engine"], manifest["database"], head, manifest["made_at"], members)
    except (OSError, *_DAMAGE) as damage:
        raise BackupRefused(f"La copia está dañada ({damage}).") from None


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    total = hashlib.sha256()
    with archive.open(name) as source:
        while piece := source.read(PIECE):
            total.update(piece)
    return total.hexdigest()
