"""Counting statements and pages, timing requests side by side, weighing what a first visit downloads, watching a child process."""

import os
import re
import resource
import statistics
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.core.db import db
from config import ROOT

ROUNDS, REQUESTS_PER_ROUND = 25, 12
_PAGE = re.compile(rb"/Type\s*/Page\b")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def environ_of(path: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What a server hands to the application for `GET path`."""
    builder = EnvironBuilder(
        path=path.split("?")[0], query_string=path.partition("?")[2], base_url="http://localhost", headers=dict(headers or {})
    )
    return builder.get_environ()


def answer(app: Flask, environ: dict[str, Any]) -> tuple[str, dict[str, str], bytes]:
    """Status, headers and body, straight through WSGI."""
    chunks, status, headers = run_wsgi_app(app, dict(environ))
    body = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    return status, {name.lower(): value for name, value in headers.items()}, body


def one(app: Flask, path: str, headers: Mapping[str, str] | None = None) -> tuple[str, dict[str, str], bytes]:
    return answer(app, environ_of(path, headers))


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Every statement sent to the database inside the block, transactions' own left out."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def side_by_side(contestants: Mapping[str, Callable[[], Any]]) -> dict[str, float]:
    """Requests per second of the processor of each: alternating short rounds, medians, so that a neighbour's work hurts all alike."""
    for ask in contestants.values():
        for _ in range(5):
            ask()
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, ask in contestants.items():
            began = time.thread_time()
            for _ in range(REQUESTS_PER_ROUND):
                ask()
            seconds[name].append((time.thread_time() - began) / REQUESTS_PER_ROUND)
    return {name: 1 / statistics.median(taken) for name, taken in seconds.items()}


def first_visit(app: Flask, path: str) -> dict[str, int]:
    """Bytes of a first visit as a browser downloads it: page and sheets compressed, the font as it is."""
    asks = {"Accept-Encoding": "br"}
    status, _, page = one(app, path, asks)
    if not status.startswith("200"):
        raise RuntimeError(f"{path}: {status}")
    _, _, plain = one(app, path)
    found = {"html": len(page)}
    for sheet in re.findall(rb'<link rel="stylesheet" href="([^"]+)"', plain):
        found["css"] = found.get("css", 0) + len(one(app, sheet.decode(), asks)[2])
        css = one(app, sheet.decode())[2]
        for font in set(re.findall(rb'url\(["\']?([^"\')]+\.woff2)', css)):
            found["font"] = found.get("font", 0) + len(one(app, _beside(sheet.decode(), font.decode()))[2])
    for script in re.findall(rb'<script[^>]+src="([^"]+)"', plain):
        found["js"] = found.get("js", 0) + len(one(app, script.decode(), asks)[2])
    return found


def _beside(sheet: str, target: str) -> str:
    return os.path.normpath(os.path.join(os.path.dirname(sheet), target))


def child(arguments: list[str], environ: Mapping[str, str]) -> tuple[float, float, str]:
    """Seconds, peak megabytes and output of a command; RuntimeError when it fails. Linux counts kilobytes, macOS bytes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, env={**os.environ, **environ}, capture_output=True, text=True)
    took = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stderr[-1500:]}{done.stdout[-1500:]}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return took, max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / unit, done.stdout


def size_of(folder: Path) -> float:
    """Megabytes on disk."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1024 / 1024


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has, also when its objects are packed."""
    packed = b"".join(_unpacked(stream) for stream in _STREAM.findall(pdf))
    return len(_PAGE.findall(pdf)) + len(_PAGE.findall(packed))


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:  # a picture, a font: nothing of pages
        return b""
