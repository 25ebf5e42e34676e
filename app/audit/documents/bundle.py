"""The proof bundle: everything somebody needs to check the register without us, in one ZIP."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from flask import render_template

from app.audit import queries

VERIFIER = Path(__file__).with_name("verify.py")
ACTS, KEYS, CERTIFICATES, SUMS = "acts.jsonl", "clave.txt", "certificados.pem", "SHA256SUMS"
LINES_AT_ONCE = 500
_DIGEST = re.compile('"([0-9a-f]{64})"')


def note_name(size: int) -> str:
    """Name of a checkpoint in the bundle, without ending."""
    return f"checkpoints/{size:08d}"


def write(target: IO[bytes], *, certificates: bytes, texts: Sequence[tuple[str, bytes]], now: datetime) -> None:
    """Write the bundle into `target`, a thousand acts in memory at a time.

    Of `texts`, (file name, exact bytes), those go in whose SHA-256 some act names. Stamps are left out when there are no
    `certificates` to judge them by.
    """
    newest = queries.newest_checkpoint()
    seq, _ = queries.head()
    wanted = {hashlib.sha256(content).hexdigest(): name for name, content in texts}
    named: set[str] = set()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as bundle:
        packer = _Packer(bundle, newest.made_at if newest else now)
        packer.stream(ACTS, _lines(seq, wanted, named))
        packer.add(KEYS, "".join(f"{key}\n" for key in queries.vkeys()).encode())
        for size, _hash, note in queries.checkpoints():
            if note and size <= seq:
                packer.add(f"{note_name(size)}.txt", note.encode())
        stamps = 0
        if certificates:
            packer.add(CERTIFICATES, certificates)
            for size, token in queries.anchored_tokens():
                if size <= seq:
                    packer.add(f"{note_name(size)}.tsr", token)
                    stamps += 1
        kept = [(name, content) for name, content in texts if name in named]
        for name, content in kept:
            packer.add(f"textos/{name}", content)
        packer.add("verify.py", VERIFIER.read_bytes())
        facts = {"entries": seq, "newest": newest, "stamps": stamps, "texts": [name for name, _ in kept], "made_at": now}
        packer.add("LEEME.txt", render_template("audit/proof.txt", **facts).encode())
        packer.seal()


def _lines(last: int, wanted: Mapping[str, str], named: set[str]) -> Iterable[bytes]:
    """Each act on a line; `named` receives the names of the `wanted` texts that the acts speak of."""
    waiting = []
    for seq, prev, digest, body in queries.all_entries(last):
        named.update(wanted[found] for found in wanted.keys() & set(_DIGEST.findall(body)))
        waiting.append(json.dumps({"seq": seq, "prev": prev, "hash": digest, "body": body}, ensure_ascii=False))
        if len(waiting) == LINES_AT_ONCE:
            yield ("\n".join(waiting) + "\n").encode()
            waiting = []
    if waiting:
        yield ("\n".join(waiting) + "\n").encode()


class _Packer:
    """Adds files with one date and remembers the SHA-256 of each."""

    def __init__(self, bundle: zipfile.ZipFile, date: datetime) -> None:
        self._bundle, self._date = bundle, date.astimezone(UTC).timetuple()[:6]
        self._sums: list[tuple[str, str]] = []

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, self._date)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        return info

    def add(self, name: str, content: bytes) -> None:
        self.stream(name, (content,))

    def stream(self, name: str, pieces: Iterable[bytes]) -> None:
        total = hashlib.sha256()
        with self._bundle.open(self._info(name), "w") as file:
            for piece in pieces:
                total.update(piece)
                file.write(piece)
        self._sums.append((total.hexdigest(), name))

    def seal(self) -> None:
        listed = "".join(f"{digest}  {name}\n" for digest, name in self._sums)
        self._bundle.writestr(self._info(SUMS), listed)
