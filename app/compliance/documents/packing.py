"""Writing a ZIP whose manifest says what each file is, its hash, when it was published and where it can be read."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, Any

from app.core.text import fold

LONGEST_NAME = 80
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9.]+")


@dataclass(frozen=True)
class Entry:
    """One file of the pack. `is_inside` is False for one too heavy to go in: its address and hash stand in its place."""

    path: str
    title: str
    sha256: str
    size: int
    published_at: str = ""
    url: str = ""
    is_inside: bool = True

    def as_json(self) -> dict[str, Any]:
        return {
            "path": self.path, "title": self.title, "sha256": self.sha256, "size": self.size,
            "published_at": self.published_at or None, "url": self.url or None, "included": self.is_inside,
        }  # fmt: skip


def plain_name(name: str) -> str:
    """A file name that every system can open: small letters, digits, hyphens, one extension."""
    stem, dot, extension = fold(name).rpartition(".")
    stem = _NOT_IN_A_NAME.sub("-", (stem if dot else extension).replace(".", "-")).strip("-")[:LONGEST_NAME] or "archivo"
    return f"{stem}.{_NOT_IN_A_NAME.sub('', extension)}" if dot else stem


@dataclass
class Packer:
    """Adds files one after another, never holding more than one in memory; remembers each for the manifest."""

    target: IO[bytes]
    at: datetime
    most_bytes: int
    entries: list[Entry] = field(default_factory=list)
    weight: int = 0

    def __post_init__(self) -> None:
        self.bundle = zipfile.ZipFile(self.target, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def __enter__(self) -> "Packer":
        return self

    def __exit__(self, *_fault: object) -> None:
        self.bundle.close()

    def add(self, path: str, content: str | bytes, title: str, *, published_at: str = "", url: str = "") -> Entry:
        return self.stream(path, (content.encode() if isinstance(content, str) else content,), title, published_at=published_at, url=url)

    def stream(self, path: str, pieces: Iterable[bytes], title: str, *, published_at: str = "", url: str = "") -> Entry:
        """Write a file piece by piece. A path that is taken gets a number."""
        path = self._free(path)
        info = zipfile.ZipInfo(path, self.at.astimezone(UTC).timetuple()[:6])
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        total, size = hashlib.sha256(), 0
        with self.bundle.open(info, "w") as file:
            for piece in pieces:
                total.update(piece)
                size += len(piece)
                file.write(piece)
        self.weight += size
        return self._note(Entry(path, title, total.hexdigest(), size, published_at, url))

    def leave_out(self, path: str, title: str, *, sha256: str, size: int, published_at: str, url: str) -> Entry:
        """Name a file that is not inside: too heavy, or gone."""
        return self._note(Entry(self._free(path), title, sha256, size, published_at, url, is_inside=False))

    def has_room(self, size: int) -> bool:
        return self.weight + size <= self.most_bytes

    def _note(self, entry: Entry) -> Entry:
        self.entries.append(entry)
        return entry

    def _free(self, path: str) -> str:
        taken = {entry.path for entry in self.entries}
        stem, dot, extension = path.rpartition(".")
        number = 2
        free = path
        while free in taken:
            free = f"{stem}-{number}.{extension}" if dot else f"{path}-{number}"
            number += 1
        return free

    def seal(self, about: dict[str, Any]) -> None:
        """Write the manifest, which names every other file."""
        manifest = {**about, "files": [entry.as_json() for entry in self.entries]}
        self.bundle.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
