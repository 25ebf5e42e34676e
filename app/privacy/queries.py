"""Reading everything about one person, from whatever table holds it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, Table, false, func, or_, select
from sqlalchemy.sql import ColumnElement

from app.accounts.models import Person
from app.contributions import queries as contributions
from app.core.dates import rfc3339
from app.core.db import db
from app.privacy.rules import HOLDINGS, NEVER_SHOWN, Holding
from app.spaces.models import RoleAssignment

PERSON = "person.id"


@dataclass(frozen=True)
class Section:
    """What one table holds about the person: its columns and rows, as plain values ready for a file."""

    name: str
    columns: list[str]
    rows: list[list[Any]]


def condition(holding: Holding, table: Table, person_id: int, email: str) -> ColumnElement[bool]:
    """Which rows of the table are about that person."""
    by_person = [table.c[name] == person_id for name in holding.people]
    by_address = [func.lower(table.c[name]) == email.lower() for name in holding.addresses] if email else []
    return or_(false(), *by_person, *by_address)


def sections(person_id: int, email: str) -> list[Section]:
    """Everything held about the person: what they said first, then table by table, then their acts."""
    own = [_section(holding, person_id, email) for holding in HOLDINGS]
    return [_said(person_id, email), *own, _acts(person_id)]


def _section(holding: Holding, person_id: int, email: str) -> Section:
    table = db.metadata.tables[holding.table]
    shown = [column for column in table.columns if column.name not in NEVER_SHOWN]
    keys = [column for column in table.primary_key.columns]
    rows = db.session.execute(select(*shown).where(condition(holding, table, person_id, email)).order_by(*keys))
    return Section(holding.section, [column.name for column in shown], [[plain(value) for value in row] for row in rows])


def _said(person_id: int, email: str) -> Section:
    columns = ["codigo", "proceso", "recibido", "titulo", "texto", "lengua", "aparece_como", "estado", "respondido"]
    rows = [
        [plain(value) for value in (
            said.code, said.process.title, said.received_at, said.title, said.text, said.language, said.public_name, said.visibility,
            said.answered_at,
        )]
        for said in (author.contribution for author in contributions.authored_by(person_id, email))
    ]  # fmt: skip
    return Section("aportes", columns, rows)


def acts_columns() -> list[tuple[Table, Column[Any]]]:
    """Every column that points to a person and is not of a table of `HOLDINGS`: something they did."""
    own = {(holding.table, name) for holding in HOLDINGS for name in holding.people}
    return [
        (table, column)
        for table in db.metadata.sorted_tables
        for column in table.columns
        if any(key.target_fullname == PERSON for key in column.foreign_keys) and (table.name, column.name) not in own
    ]


def _acts(person_id: int) -> Section:
    """What the person did with their account in the record of processes: which kind of row, which, and when."""
    return Section("actos", ["tabla", "como", "referencia", "cuando"], [list(act) for act in _each_act(person_id)])


def _each_act(person_id: int) -> Iterator[tuple[Any, ...]]:
    for table, column in acts_columns():
        reference = next((table.c[name] for name in ("code", "slug", "number", "n") if name in table.c), None)
        when = next((c for c in table.columns if c.name.endswith("_at")), None)
        wanted = [c for c in (reference, when) if c is not None] or [column]
        for row in db.session.execute(select(*wanted).where(column == person_id).order_by(*table.primary_key.columns)):
            found = dict(zip(wanted, row, strict=True))
            yield table.name, column.name, _of(found, reference), _of(found, when)


def _of(found: dict[Any, Any], column: Any) -> Any:
    return "" if column is None else plain(found[column])


def plain(value: Any) -> Any:
    """A value as a file keeps it."""
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return "" if value is None or isinstance(value, bytes) else value


def ever_held_a_role(person_id: int) -> bool:
    return db.session.scalar(select(RoleAssignment.id).where(RoleAssignment.person_id == person_id).limit(1)) is not None


def unused_accounts(before: datetime, today: date, limit: int) -> Sequence[Person]:
    """Accounts nobody entered since `before` whose owner was not told, the oldest first; never of who holds a role, now or later."""
    return _without_role(today, Person.unused_told_at.is_(None), func.coalesce(Person.entered_at, Person.created_at) < before, limit=limit)


def told_accounts(before: datetime, today: date, limit: int) -> Sequence[Person]:
    """Accounts whose owner was told before then and has not entered since; never of who holds a role, now or later."""
    return _without_role(today, Person.unused_told_at < before, limit=limit)


def _without_role(today: date, *which: ColumnElement[bool], limit: int) -> Sequence[Person]:
    held = select(RoleAssignment.id).where(
        RoleAssignment.person_id == Person.id, or_(RoleAssignment.ends_on.is_(None), RoleAssignment.ends_on >= today)
    )
    return db.session.scalars(
        select(Person)
        .where(Person.erased_at.is_(None), *which, ~held.exists())
        .order_by(func.coalesce(Person.entered_at, Person.created_at), Person.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def counts(found: Sequence[Section]) -> dict[str, int]:
    """How many rows each section has, the empty ones left out."""
    return {section.name: len(section.rows) for section in found if section.rows}
