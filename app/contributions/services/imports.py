"""Receiving a whole file in one transaction."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from app.activities.models import Activity
from app.audit import services as audit
from app.contributions.importing import Preflight
from app.contributions.models import Authorship, Contribution
from app.contributions.rules import terms
from app.contributions.rules.drafts import ContributionProblem
from app.contributions.rules.incoming import Imported, IncomingRow
from app.contributions.rules.terms import ProponentKind, Visibility
from app.contributions.services.indexing import index
from app.contributions.services.receiving import allocate, authorship_values, contribution_values, indexed_texts
from app.contributions.services.visibility import text_sha256
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.processes import queries as process_queries
from app.processes import services as processes
from app.processes.models import Process
from app.processes.rules.drafts import ThemeDraft

A_CHUNK = 500
Coded = tuple[str, int, str]


def import_rows(found: Preflight, process: Process, *, activity: Activity | None, person_id: int | None, now: datetime) -> Imported:
    """Write everything a clean pre-flight found, new themes included: all of it or, on any refusal, nothing.

    `person_id` None is the command line. The caller commits. Raises RuleBroken; ValueError when there were problems.
    """
    if found.problems:
        raise ValueError("a file with problems is never imported")
    for slug, name in found.new_themes.items():
        processes.add_theme(process, ThemeDraft(name=name, slug=slug), person_id=person_id or process.created_by_id, now=now)
    imported = receive_many(found.incoming, process, activity=activity, captured_by_id=person_id, now=now)
    return Imported(imported.codes, found.unchanged, imported.held)


def receive_many(
    rows: Sequence[IncomingRow], process: Process, *, now: datetime, activity: Activity | None = None, captured_by_id: int | None = None
) -> Imported:
    """Receive rows already judged, public unless they seem to hold personal data; one entry in the public register for all.

    The caller commits. Raises RuleBroken when somebody imported one of them at the same moment; everything is undone then.
    """
    if not rows:
        return Imported((), 0, 0)
    themes = {theme.slug: theme.id for theme in process_queries.themes(process.id)}
    coded = list(zip(rows, _codes(rows, process, activity), strict=True))
    held = 0
    public: list[Mapping[str, Any]] = []
    texts = hashlib.sha256()
    try:
        for start in range(0, len(coded), A_CHUNK):
            values = [
                _values(row, code, process.id, themes=themes, activity=activity, captured_by_id=captured_by_id, now=now)
                for row, code in coded[start : start + A_CHUNK]
            ]
            _store([row for row, _ in coded[start : start + A_CHUNK]], values, now=now)
            public += (v for v in values if v["visibility"] is Visibility.PUBLIC)
            held += len(values)
            for v in values:
                texts.update(f"{v['code']} {text_sha256(v['text'])}\n".encode())
    except IntegrityError:
        db.session.rollback()
        raise RuleBroken([Problem(ContributionProblem.IMPORT_RACED)]) from None
    codes = tuple(code for _, (_, _, code) in coded)
    processes.touch_public(process.id)
    held -= len(public)
    facts = {"codes": _ranges(coded), "held": held, "received": len(codes), "texts_sha256": texts.hexdigest()}
    facts |= _about(public, {theme_id: slug for slug, theme_id in themes.items()})
    audit.record("contributions.import", "process", process.slug, facts, at=now, role="importación")
    return Imported(codes, 0, held)


def _about(public: Sequence[Mapping[str, Any]], slugs: Mapping[int, str]) -> dict[str, list[str]]:
    """The themes and the places of what can be read at once: whoever follows one of them is told."""
    return {
        "themes": sorted({slugs[v["theme_id"]] for v in public if v["theme_id"]}),
        "places": sorted({v["ubigeo"] for v in public if v["ubigeo"]}),
    }


def _codes(rows: Sequence[IncomingRow], process: Process, activity: Activity | None) -> list[Coded]:
    """(series, number, code) of each row; the numbers of a series are taken all at once, series in order so that none waits in a ring."""
    series = [_series(row, activity) for row in rows]
    next_number: dict[str, Iterator[int]] = {}
    for name, how_many in sorted(Counter(series).items()):
        first = allocate(process.id, name, how_many)
        next_number[name] = iter(range(first, first + how_many))
    numbered = [(name, next(next_number[name])) for name in series]
    return [(name, number, terms.code(process.code, name, number)) for name, number in numbered]


def _series(row: IncomingRow, activity: Activity | None) -> str:
    workshop = activity.number if activity and row.is_of_workshop else None
    return terms.series(row.draft.channel, row.draft.proponent_kind or ProponentKind.PERSON, workshop)


def _values(
    row: IncomingRow, coded: Coded, process_id: int, *, themes: dict[str, int], activity: Activity | None,
    captured_by_id: int | None, now: datetime,
) -> dict[str, Any]:  # fmt: skip
    series, number, code = coded
    return contribution_values(row.draft, process_id, now=now, received_at=row.received_at, publish=True) | {
        "process_id": process_id, "series": series, "number": number, "code": code, "external_reference": row.external_reference,
        "submission_key": row.submission_key, "activity_id": activity.id if activity and row.is_of_workshop else None,
        "theme_id": themes.get(row.draft.theme_slug), "captured_by_id": captured_by_id,
    }  # fmt: skip


def _store(rows: Sequence[IncomingRow], values: list[dict[str, Any]], *, now: datetime) -> None:
    ids = db.session.scalars(insert(Contribution).returning(Contribution.id, sort_by_parameter_order=True), values).all()
    authors = [
        authorship_values(row.draft, row.submission_key, now=now, is_imported=True) | {"contribution_id": number}
        for row, number in zip(rows, ids, strict=True)
    ]
    db.session.execute(insert(Authorship), authors)
    index((number, indexed_texts(v["title"], v["text"], v["organisation_name"])) for number, v in zip(ids, values, strict=True))


def _ranges(coded: Sequence[tuple[IncomingRow, Coded]]) -> dict[str, list[int]]:
    """Series -> first and last number given."""
    ranges: dict[str, list[int]] = {}
    for _, (series, number, _) in coded:
        ranges.setdefault(series, [number, number])[1] = number
    return ranges
