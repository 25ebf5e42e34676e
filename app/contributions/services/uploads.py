"""A file between its upload and its import: kept for its person, checked again at each step, gone after a day."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from app.activities import services as activities
from app.contributions import importing, queries
from app.contributions.importing import FileMap, Preflight, dump_map
from app.contributions.models import ImportMap, ImportUpload
from app.contributions.rules.incoming import Holds, Imported
from app.contributions.services.capturing import day_said
from app.contributions.services.imports import import_rows
from app.core import storage
from app.core.db import db
from app.core.text import clean_line
from app.processes.models import Opportunity, Process

KEPT = timedelta(hours=24)
LONGEST_MAP_NAME = 80
MOST_KEPT_PROBLEMS = 2_000


def check_upload(upload: ImportUpload, file_map: FileMap, *, create_themes: bool, now: datetime) -> Preflight | None:
    """Judge the file as `file_map` reads it and keep the report beside it; None when its day is over. The caller commits."""
    content = uploaded_bytes(upload)
    if content is None:
        return None
    table = importing.read_table(content, file_map)
    found = importing.judge(
        table, file_map, upload.process_id, workshop_id=upload.opportunity_id, now=now, create_themes=create_themes,
        said_at=day_said(upload.opportunity, now),
    )  # fmt: skip
    upload.settings = dump_map(file_map)
    upload.report = _report(found, create_themes) | {"samples": table.samples}
    db.session.flush()
    return found


def import_upload(upload: ImportUpload, *, person_id: int, now: datetime) -> Imported | None:
    """Check once more and, without problems, import everything; None (and a fresh report) when there were some.

    The caller commits, then calls `discard_bytes`. Raises RuleBroken when the same was imported at this moment.
    """
    file_map, _problems = importing.parse_map(upload.settings)
    found = check_upload(upload, file_map, create_themes=bool(upload.report.get("create_themes")), now=now)
    if found is None or found.problems:
        return None
    place = upload.opportunity
    activity = activities.open_record(place, facilitator_id=None, person_id=person_id, now=now) if place and found.incoming else None
    imported = import_rows(found, upload.process, activity=activity, person_id=person_id, now=now)
    upload.imported_at = now
    upload.report = {"codes": list(imported.codes), "unchanged": imported.unchanged, "held": imported.held, "skipped": found.skipped}
    db.session.flush()
    return imported


def _report(found: Preflight, create_themes: bool) -> dict[str, Any]:
    """What the page shows, as plain values."""
    kept = found.problems[:MOST_KEPT_PROBLEMS]
    return {
        "rows": found.rows, "skipped": found.skipped, "unchanged": found.unchanged, "new": len(found.incoming),
        "total_problems": len(found.problems), "create_themes": create_themes, "headers": found.headers, "preview": found.preview,
        "problems": [{"row": p.row, "column": p.column, "code": str(p.code), "values": dict(p.values)} for p in kept],
        "new_themes": found.new_themes, "unknown_values": found.unknown_values, "needs_columns": found.needs_columns,
        "needs_encoding": found.needs_encoding,
    }  # fmt: skip


def keep_upload(
    content: bytes, file_name: str, process: Process, *, opportunity: Opportunity | None, person_id: int, settings: str, now: datetime,
    holds: Holds = Holds.CONTRIBUTIONS,
) -> ImportUpload:  # fmt: skip
    """Keep a file for the person who brought it, one day at most; `holds` is what is in it. The caller commits."""
    key = secrets.token_urlsafe(24)
    storage.put(stored_name(key), content)
    upload = ImportUpload(
        key=key, process=process, opportunity=opportunity, person_id=person_id,
        file_name=clean_line(file_name)[:120], settings=settings, report={}, created_at=now,
        holds=holds,
    )  # fmt: skip
    db.session.add(upload)
    db.session.flush()
    return upload


def stored_name(key: str) -> str:
    return f"imports/{key}"


def uploaded_bytes(upload: ImportUpload) -> bytes | None:
    """The file, or None when its day is over."""
    try:
        return storage.get(stored_name(upload.key))
    except FileNotFoundError:
        return None


def discard_bytes(upload: ImportUpload) -> None:
    storage.delete(stored_name(upload.key))


def discard_upload(upload: ImportUpload) -> None:
    """The file and what is known of it are gone. The caller commits."""
    discard_bytes(upload)
    db.session.delete(upload)


def discard_stale_uploads(now: datetime) -> int:
    """Files older than a day, and their rows, are gone afterwards: they may hold personal data. The caller commits."""
    stale = queries.stale_uploads(now - KEPT)
    for upload in stale:
        discard_bytes(upload)
        db.session.delete(upload)
    return len(stale)


def keep_map(
    process_id: int, name: str, file_map: FileMap, *, now: datetime, holds: Holds = Holds.CONTRIBUTIONS
) -> ImportMap | None:  # fmt: skip
    """Keep a map under a name for next time; the same name again replaces it. None without a name. The caller commits."""
    tidy = clean_line(name)[:LONGEST_MAP_NAME]
    if not tidy:
        return None
    kept = queries.import_map(process_id, tidy, holds)
    if kept is None:
        kept = ImportMap(process_id=process_id, name=tidy, holds=holds)
        db.session.add(kept)
    kept.content, kept.saved_at = dump_map(file_map), now
    db.session.flush()
    return kept
