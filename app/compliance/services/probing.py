"""Visiting the site as anybody would: no account, no cookie; and reading the published files again (BR-05)."""

import hashlib
from contextvars import Context
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.compliance import queries
from app.compliance.models import SiteProbe
from app.core import storage
from app.core.clock import LIMA, lima_day
from app.core.db import db
from app.evidence import queries as evidence
from app.evidence.models import Attachment
from app.processes.models import Process
from app.processes.rules.states import ProcessState
from app.spaces.models import Space

MOST_FILES = 60
MOST_PROCESSES = 20
FOUND, REDIRECT = 200, 300
OF_A_PROCESS = ("", "/cronograma", "/aportes", "/respuestas", "/plan", "/requisitos", "/aportes.csv", "/respuestas.json")
OF_THE_SITE = ("/", "/procesos", "/registro", "/datos")
DESK = ("/mesa", "/ingresar")


@dataclass(frozen=True)
class Visit:
    """What is to be looked at of a space: paths of pages, and (key, SHA-256) of files. Plain values: no database is held meanwhile."""

    space_id: int
    pages: tuple[str, ...]
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Found:
    """What a visitor found: the pages that did not open, the files that are gone or changed."""

    visit: Visit
    failures: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


def visits_due(now: datetime) -> list[Visit]:
    """Every space with something public that was not visited today; one that failed, again every hour."""
    due = []
    hour = now.astimezone(LIMA).hour
    with_processes = select(Process.space_id).where(Process.state != ProcessState.DRAFT)
    for space in db.session.scalars(select(Space).where(Space.id.in_(with_processes)).order_by(Space.id)).all():
        last = queries.last_probe(space.id)
        if last is not None and last.day == lima_day(now) and (last.is_ok or last.hour == hour):
            continue
        due.append(Visit(space.id, tuple(pages_of(space)), _files(space)))
    return due


def visit(due: Visit) -> Found:
    """Open every page as a visitor, read every file. Touches no session of ours: call it with no transaction open."""
    failures = Context().run(_open, current_app._get_current_object(), due.pages)
    return Found(due, tuple(failures), tuple(key for key, sha256 in due.files if not _is_whole(key, sha256)))


def keep_visit(found: Found, *, now: datetime) -> SiteProbe | None:
    """Keep what was found at this hour; None when another worker went first. The caller commits."""
    row = SiteProbe(
        space_id=found.visit.space_id, day=lima_day(now), hour=now.astimezone(LIMA).hour, is_ok=not found.failures,
        pages=len(found.visit.pages), failures=list(found.failures), files=len(found.visit.files), broken=list(found.broken), probed_at=now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return None
    return row


def pages_of(space: Space) -> list[str]:
    """The public pages a visitor should be able to open: those of the site, of the forum, of each process."""
    slugs = db.session.scalars(
        select(Process.slug)
        .where(Process.space_id == space.id, Process.state != ProcessState.DRAFT)
        .order_by(Process.id.desc())
        .limit(MOST_PROCESSES)
    )
    pages = [*OF_THE_SITE, *(f"/procesos/{slug}{page}" for slug in slugs for page in OF_A_PROCESS)]
    return [*pages, *queries.forum_pages(space)]


def _open(app: Flask, paths: tuple[str, ...]) -> list[str]:
    """Each page that did not open for a visitor, with what happened. In a context of its own: nothing of this worker's is shared."""
    failures = []
    client = app.test_client(use_cookies=False)
    for path in paths:
        try:
            response = client.get(path, headers={"User-Agent": "minka-probe"})
            problem = _problem(response.status_code, response.headers.get("Location", ""), "Set-Cookie" in response.headers)
            response.close()
        except Exception as fault:  # whatever a page raises, a visitor would have seen it fail
            problem = type(fault).__name__
        if problem:
            failures.append(f"{path}: {problem}")
    return failures


def _problem(status: int, location: str, sets_cookie: bool) -> str:
    """What stood between a visitor and the page; "" when nothing did."""
    if status >= REDIRECT and location and any(door in location for door in DESK):
        return "login"
    if status != FOUND:
        return str(status)
    return "cookie" if sets_cookie else ""


def _files(space: Space) -> tuple[tuple[str, str], ...]:
    """Some published files of the space, other ones each day."""
    public = select(Attachment.key, Attachment.sha256).where(Attachment.space_id == space.id, Attachment.is_public)
    total = db.session.scalar(select(func.count()).select_from(public.subquery())) or 0
    if not total:
        return ()
    seen = db.session.scalar(select(func.count()).select_from(SiteProbe).where(SiteProbe.space_id == space.id)) or 0
    start = seen * MOST_FILES % total
    return tuple((key, sha256) for key, sha256 in db.session.execute(public.order_by(Attachment.id).offset(start).limit(MOST_FILES)))


def _is_whole(key: str, sha256: str) -> bool:
    try:
        return hashlib.sha256(storage.get(evidence.stored_name(key))).hexdigest() == sha256
    except FileNotFoundError:
        return False
