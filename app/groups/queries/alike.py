"""What may belong together: the whole process compared once for each state of it, or one contribution against the search index."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, column, func, literal_column, select, table
from sqlalchemy import text as sql

from app.contributions.models import Contribution
from app.contributions.queries.search import LONGEST_STEM
from app.contributions.rules.terms import Visibility
from app.core.cache import fragment
from app.core.db import db, is_sqlite
from app.groups.models import ContributionGroup, DifferentPair, GroupMember
from app.groups.queries.groups import GroupRef, refs
from app.groups.rules import likeness
from app.groups.rules.groups import reference
from app.groups.rules.likeness import Bunch, Said
from app.processes.models import Process

MOST_COMPARED = 12_000
_ASKED_STEMS, _NEAREST = 14, 40
_SEARCH = table("contribution_search", column("rowid"), column("stems"))


@dataclass(frozen=True)
class Alike:
    """A contribution beside others that may say the same."""

    id: int
    code: str
    title: str
    text: str
    visibility: Visibility
    percent: int = 0
    group: str = ""


@dataclass(frozen=True)
class Suggestion:
    """Contributions that may say the same; `group` is the one they could join, None when they could make a new one."""

    members: tuple[Alike, ...]
    percent: int
    group: GroupRef | None


def suggestions(process: Process, number: int = 1, per_page: int = 10) -> tuple[list[Suggestion], int]:
    """A page of suggestions, the largest first, and how many there are in all. Seven statements, whatever the size.

    Only contributions without a public answer are compared. The comparison is kept until the process changes; groups made and
    pairs told apart since are minded each time.
    """
    found = _bunches(process)
    shown = found[(number - 1) * per_page : number * per_page]
    said = _said([id_ for bunch in shown for id_ in bunch.ids])
    groups = refs(sorted({bunch.anchor for bunch in shown if bunch.anchor is not None}))
    return [
        Suggestion(tuple(said[id_] for id_ in bunch.ids if id_ in said), bunch.percent, groups.get(bunch.anchor or 0)) for bunch in shown
    ], len(found)


def _bunches(process: Process) -> list[Bunch]:
    waiting = Contribution.process_id == process.id, Contribution.answered_at.is_(None)
    count, last = db.session.execute(select(func.count(), func.max(Contribution.id)).where(*waiting)).one()
    pairs = fragment(f"groups:alike:{process.id}:{process.public_revision}:{count}:{last}", lambda: _compared(process.id))
    grouped = {
        contribution_id: group_id
        for contribution_id, group_id in db.session.execute(
            select(GroupMember.contribution_id, GroupMember.group_id)
            .join(ContributionGroup, ContributionGroup.id == GroupMember.group_id)
            .where(ContributionGroup.process_id == process.id, GroupMember.removed_at.is_(None))
        )
    }
    different = {
        (first, second)
        for first, second in db.session.execute(
            select(DifferentPair.first_id, DifferentPair.second_id)
            .join(Contribution, Contribution.id == DifferentPair.first_id)
            .where(Contribution.process_id == process.id)
        )
    }
    return likeness.bunches(json.loads(pairs), grouped=grouped, different=different)


def _compared(process_id: int) -> str:
    rows = db.session.execute(
        select(Contribution.id, Contribution.title, Contribution.text)
        .where(Contribution.process_id == process_id, Contribution.answered_at.is_(None))
        .order_by(Contribution.received_at, Contribution.id)
        .limit(MOST_COMPARED)
    )
    return json.dumps(likeness.edges([Said(*row) for row in rows]))


def _said(ids: Sequence[int]) -> dict[int, Alike]:
    rows = db.session.execute(
        select(Contribution.id, Contribution.code, Contribution.title, Contribution.text, Contribution.visibility).where(
            Contribution.id.in_(ids)
        )
    )
    return {row[0]: Alike(*row) for row in rows}


def alike_to(contribution: Contribution, most: int = 6) -> list[Alike]:
    """The contributions of the process that say nearly the same as this one, the likest first, with the group each is in.

    The search index finds who shares its rarest words; only those few are compared. Three statements.
    """
    mine = Said(contribution.id, contribution.title, contribution.text)
    asked = sorted(mine.stems, key=lambda stem: (-len(stem), stem))[:_ASKED_STEMS]  # a long stem is a rare one, and costs nothing to know
    near = _sharing([stem[:LONGEST_STEM] for stem in asked], contribution)
    rows = db.session.execute(
        select(Contribution.id, Contribution.code, Contribution.title, Contribution.text, Contribution.visibility, ContributionGroup.number)
        .outerjoin(GroupMember, (GroupMember.contribution_id == Contribution.id) & GroupMember.removed_at.is_(None))
        .outerjoin(ContributionGroup, ContributionGroup.id == GroupMember.group_id)
        .where(Contribution.id.in_(near))
    ).all()
    apart = _told_apart(contribution.id)
    compared = [(likeness.likeness(mine, Said(row[0], row[2], row[3]), {}), row) for row in rows if row[0] not in apart]
    best = sorted((item for item in compared if item[0] >= likeness.RESEMBLING), key=lambda item: (-item[0], item[1][0]))[:most]
    return [Alike(*row[:5], percent=round(100 * score), group=reference(row[5]) if row[5] else "") for score, row in best]


def _sharing(asked: Sequence[str], contribution: Contribution) -> list[int]:
    if not asked:
        return []
    matches: ColumnElement[bool]
    order: ColumnElement[Any]
    if is_sqlite():
        query = " OR ".join(f'"{stem}"' for stem in asked)
        matches = literal_column("contribution_search").op("MATCH")(bindparam("stems", query, unique=True))
        order = literal_column("rank")
    else:
        wanted = sql("CAST(:stems_wanted AS tsquery)").bindparams(stems_wanted=" | ".join(f"'{stem}'" for stem in asked))
        matches = _SEARCH.c.stems.op("@@")(wanted)
        order = func.ts_rank(_SEARCH.c.stems, wanted).desc()
    return list(
        db.session.scalars(
            select(_SEARCH.c.rowid)
            .join(Contribution, Contribution.id == _SEARCH.c.rowid)
            .where(matches, Contribution.process_id == contribution.process_id, Contribution.id != contribution.id)
            .order_by(order, _SEARCH.c.rowid)
            .limit(_NEAREST)
        )
    )


def _told_apart(contribution_id: int) -> set[int]:
    rows = db.session.execute(
        select(DifferentPair.first_id, DifferentPair.second_id).where(
            (DifferentPair.first_id == contribution_id) | (DifferentPair.second_id == contribution_id)
        )
    )
    return {second if first == contribution_id else first for first, second in rows}
