"""The second count: `recount.py` of a bundle, run by a bare interpreter in a process of its own."""

import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

LONGEST_SECONDS = 600


class TookTooLong(Exception):
    """The second program did not end in time; it may be tried again with more."""


def winners(bundles: Mapping[str, bytes], seconds: float = LONGEST_SECONDS) -> dict[str, list[str] | None]:
    """By territory, the winners it found, sorted; None where it said that something is not as published. Raises TookTooLong."""
    return {zone: _one(content, seconds) for zone, content in bundles.items()}


def _one(content: bytes, seconds: float) -> list[str] | None:
    with tempfile.TemporaryDirectory(prefix="minka-recount-") as folder:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            archive.extractall(folder)  # noqa: S202 - our own file, made a moment ago
        try:
            done = subprocess.run(  # noqa: S603 - this interpreter, and a program of this repository
                [sys.executable, "-I", "-S", str(Path(folder, "recount.py")), folder],
                capture_output=True, text=True, timeout=seconds, env={}, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as late:
            raise TookTooLong from late
    return sorted(done.stdout.split()) if done.returncode == 0 else None
