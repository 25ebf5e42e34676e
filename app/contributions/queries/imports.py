"""Maps kept for next time, uploads on their way, and what was imported before."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.contributions.models import Contribution, ImportMap, ImportUpload
from app.contributions.rules.incoming import Holds
from app.core.db import db
from app.processes.models import Opportunity, Process

A_QUERY = 500


def import_maps(process_id: int, holds: Holds = Holds.CONTRIBUTIONS) -> Sequence[ImportMap]:
    """Those for files of that kind, by name."""
    return db.session.scalars(
        select(ImportMap).where(ImportMap.process_id == process_id, ImportMap.holds == holds).order_by(ImportMap.name, ImportMap.id)
    ).all()


def import_map(process_id: int, name: str, holds: Holds = Holds.CONTRIBUTIONS) -> ImportMap | None:
    return db.session.scalar(select(ImportMap).where(ImportMap.process_id == process_id, ImportMap.holds == holds, ImportMap.name == name))


def upload_by_key(process_slug: str, key: str, person_id: int | None, holds: Holds = Holds.CONTRIBUTIONS) -> ImportUpload | None:
    """A file that this person brought, process and space loaded; nobody else's."""
    return db.session.scalar(
        select(ImportUpload)
        .join(Process)
        .where(Process.slug == process_slug, ImportUpload.key == key, ImportUpload.person_id == person_id, ImportUpload.holds == holds)
        .options(
            joinedload(ImportUpload.process).joinedload(Process.space),
            joinedload(ImportUpload.opportunity).joinedload(Opportunity.process),
        )
    )


def stale_uploads(before: datetime) -> Sequence[ImportUpload]:
    return db.session.scalars(select(ImportUpload).where(ImportUpload.created_at < before).order_by(ImportUpload.id)).all()


def known_import_keys(keys: Iterable[str]) -> set[str]:
    """Those of `keys` (submission keys) under which something was received."""
    return _known(Contribution.submission_key, keys, None)


def known_references(process_id: int, references: Iterable[str]) -> set[str]:
    """Those of `references` already imported into the process."""
    return _known(Contribution.external_reference, references, process_id)


def _known(field: object, values: Iterable[str], process_id: int | None) -> set[str]:
    wanted = list(values)
    found: set[str] = set()
    for start in range(0, len(wanted), A_QUERY):
        query = select(field).where(field.in_(wanted[start : start + A_QUERY]))  # type: ignore[attr-defined,call-overload]
        found.update(db.session.scalars(query if process_id is None else query.where(Contribution.process_id == process_id)))
    return found
