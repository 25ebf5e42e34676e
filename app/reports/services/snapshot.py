"""The public site as a folder of files that needs no server: the record survives a change of government (domain.md 15)."""

import hashlib
import shutil
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask import Flask, render_template
from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Response

from app.core import dates
from app.reports.rules import snapshot as rules

START = ("/", "/procesos", "/registro")
SUMS = "SHA256SUMS"
EXTENSIONS = {
    "text/html": ".html", "text/csv": ".csv", "application/json": ".json", "application/atom+xml": ".atom", "text/calendar": ".ics",
    "application/pdf": ".pdf", "application/zip": ".zip", "image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg",
    "image/webp": ".webp", "text/plain": ".txt", "audio/mpeg": ".mp3", "audio/ogg": ".ogg", "audio/wav": ".wav",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}  # fmt: skip


@dataclass
class Copy:
    """What was copied: addresses with their files and pages, and those that could not be had."""

    files: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


def build(app: Flask, folder: Path, *, now: datetime, say: Callable[[str], None] = lambda _: None) -> Copy:
    """Copy every page and file an anonymous visitor reaches from the home page into `folder`, which is made or must be empty.

    Only what is the same for everybody is copied: an answer that may not be stored (a form, a desk) is left out. Raises
    FileExistsError when the folder has something in it.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    made = Copy()
    static = app.extensions["minka.static"]
    shutil.copytree(Path(app.config["DATA_DIR"]) / "static" / static.strip("/").split("/")[-1], folder / "static", ignore=_packed)
    _collect(app, folder, made, static, say)
    _write_pages(app, folder, made, static, now)
    _sign(folder)
    return made


def _packed(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name.endswith((".br", ".gz"))}


def _collect(app: Flask, folder: Path, made: Copy, static: str, say: Callable[[str], None]) -> None:
    """Walk the site from its front doors; pages wait as they came, files are in place."""
    client, site = Client(app, Response, use_cookies=False), app.config["SITE_URL"]
    waiting, seen = deque(START), set(START)
    while waiting:
        address = waiting.popleft()
        answer = client.get(address, base_url=site, follow_redirects=False, buffered=False)
        if answer.status_code in (301, 302, 303, 307, 308):
            found = [answer.headers.get("Location", "")]
        else:
            found = _keep(answer, address, folder, made)
        answer.close()
        for link in found:
            target = rules.address_of(link, address, site)
            if target and target not in seen and not target.startswith(static):
                seen.add(target)
                waiting.append(target)
        if len(seen) % 500 == 0:
            say(f"{len(made.files)} / {len(seen)}")


def _keep(answer: TestResponse, address: str, folder: Path, made: Copy) -> list[str]:
    """Write what was answered, when it is public; the links of a page come back."""
    if answer.status_code != 200 or "no-store" in answer.headers.get("Cache-Control", ""):
        if answer.status_code not in (200, 303, 404):
            made.failed.append(address)
        return []
    name = rules.file_name(address, EXTENSIONS.get(answer.mimetype or "", ".bin"))
    target = folder / name
    if any(parent.is_file() for parent in target.parents if parent != folder):
        made.failed.append(address)
        return []
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        for part in answer.response:
            out.write(part)  # type: ignore[arg-type]
    made.files[address] = name
    if answer.mimetype != "text/html":
        return []
    made.pages[address] = name
    return rules.links_in(target.read_text(encoding="utf-8"))


def _write_pages(app: Flask, folder: Path, made: Copy, static: str, now: datetime) -> None:
    """Put the pages' links right, and say on each that it is a copy and of when."""
    site, day = app.config["SITE_URL"], dates.long_instant(now)
    with app.test_request_context(base_url=site):
        about = render_template("reports/offline.html", day=day, site=site, pages=len(made.pages), files=len(made.files), sums=SUMS)
        (folder / rules.OFFLINE_PAGE).write_text(about, encoding="utf-8")
        for address, name in [*made.pages.items(), ("/", rules.OFFLINE_PAGE)]:
            about_copy = rules.relative(name, rules.OFFLINE_PAGE)
            banner = render_template("reports/_copied.html", day=day, href=about_copy)
            instead = render_template("reports/_needs_server.html", href=about_copy)
            path = folder / name
            links = _Links(address, name, made.files, static, site)
            path.write_text(rules.rewritten(path.read_text(encoding="utf-8"), links.find, banner, instead), encoding="utf-8")


@dataclass(frozen=True)
class _Links:
    """What the links of one page become."""

    address: str
    name: str
    files: dict[str, str]
    static: str
    site: str

    def find(self, link: str) -> str:
        if rules.is_elsewhere(link, self.site):
            return link
        if link.startswith(self.static):
            return rules.relative(self.name, "static/" + link.removeprefix(self.static))
        target = self.files.get(rules.address_of(link, self.address, self.site) or "")
        if target is None:
            return rules.relative(self.name, rules.OFFLINE_PAGE)
        return rules.relative(self.name, target, rules.fragment_of(link))


def _sign(folder: Path) -> None:
    """SHA-256 of every file, as `sha256sum -c` reads it."""
    lines = [f"{_sha256(path)}  {path.relative_to(folder)}\n" for path in sorted(folder.rglob("*")) if path.is_file() and path.name != SUMS]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
