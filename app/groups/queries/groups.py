"""Groups and their members, in a fixed number of statements whatever their size."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.groups.models import ContributionGroup, GroupMember
from app.groups.rules.groups import reference
from app.processes.models import Process


@dataclass(frozen=True)
class GroupRef:
    """A group as others need it: its number, its title, and the codes present in it, in order."""

    id: int
    number: int
    title: str
    codes: tuple[str, ...]

    @property
    def reference(self) -> str:
        return reference(self.number)


class MemberRow(NamedTuple):
    """A contribution present in a group."""

    contribution_id: int
    code: str
    title: str
    text: str
    visibility: Visibility
    answered_at: datetime | None
    added_by_id: int
    added_at: datetime


class GroupRow(NamedTuple):
    """A line of the list of groups."""

    id: int
    number: int
    title: str
    members: int
    answered: int
    grouped_at: datetime
    reviewed_at: datetime | None
    dissolved_at: datetime | None

    @property
    def reference(self) -> str:
        return reference(self.number)


def group_by_number(slug: str, number: int) -> ContributionGroup | None:
    """A group by the process and its number, process and space loaded; dissolved ones too: addresses are permanent."""
    return db.session.scalar(
        select(ContributionGroup)
        .join(ContributionGroup.process)
        .where(Process.slug == slug, ContributionGroup.number == number)
        .options(joinedload(ContributionGroup.process).joinedload(Process.space))
    )


def to_review(process_ids: Collection[int], person_id: int) -> dict[int, tuple[int, datetime]]:
    """By process: how many groups wait for somebody else to confirm them, and since when, of those this person put nothing in."""
    own = select(GroupMember.group_id).where(GroupMember.added_by_id == person_id, GroupMember.removed_at.is_(None))
    rows = db.session.execute(
        select(ContributionGroup.process_id, func.count(), func.min(ContributionGroup.grouped_at))
        .where(
            ContributionGroup.process_id.in_(process_ids), ContributionGroup.reviewed_at.is_(None),
            ContributionGroup.dissolved_at.is_(None), ContributionGroup.grouped_by_id != person_id, ContributionGroup.id.not_in(own),
        )
        .group_by(ContributionGroup.process_id)
    )  # fmt: skip
    return {process_id: (count, since) for process_id, count, since in rows}


def locked_group(group_id: int) -> ContributionGroup:
    """The group as it stands now, held until the transaction ends so that its members do not change meanwhile."""
    return db.session.scalars(
        select(ContributionGroup)
        .where(ContributionGroup.id == group_id)
        .options(joinedload(ContributionGroup.process).joinedload(Process.space))
        .with_for_update(of=ContributionGroup)
        .execution_options(populate_existing=True)
    ).one()


def members(group_id: int) -> list[MemberRow]:
    """Who is present, in the order of codes. One statement."""
    rows = db.session.execute(
        select(
            Contribution.id, Contribution.code, Contribution.title, Contribution.text, Contribution.visibility, Contribution.answered_at,
            GroupMember.added_by_id, GroupMember.added_at,
        )
        .join(Contribution, Contribution.id == GroupMember.contribution_id)
        .where(GroupMember.group_id == group_id, GroupMember.removed_at.is_(None))
        .order_by(Contribution.series, Contribution.number, Contribution.id)
    )  # fmt: skip
    return [MemberRow(*row) for row in rows]


def group_of(contribution_ids: Sequence[int]) -> dict[int, GroupRef]:
    """Contribution id -> the group it is present in; those in none are left out. Two statements at most."""
    if not contribution_ids:
        return {}
    rows = db.session.execute(
        select(GroupMember.contribution_id, GroupMember.group_id).where(
            GroupMember.contribution_id.in_(contribution_ids), GroupMember.removed_at.is_(None)
        )
    )
    where = {contribution_id: group_id for contribution_id, group_id in rows}
    found = refs(sorted(set(where.values())))
    return {contribution_id: found[group_id] for contribution_id, group_id in where.items()}


def refs(group_ids: Sequence[int]) -> dict[int, GroupRef]:
    """Group id -> the group with the codes present in it. One statement."""
    if not group_ids:
        return {}
    rows = db.session.execute(
        select(ContributionGroup.id, ContributionGroup.number, ContributionGroup.title, Contribution.code)
        .join(GroupMember, GroupMember.group_id == ContributionGroup.id)
        .join(Contribution, Contribution.id == GroupMember.contribution_id)
        .where(ContributionGroup.id.in_(group_ids), GroupMember.removed_at.is_(None))
        .order_by(ContributionGroup.id, Contribution.series, Contribution.number, Contribution.id)
    )
    named: dict[int, tuple[int, str]] = {}
    codes: dict[int, list[str]] = {}
    for id_, number, title, code in rows:
        named[id_] = (number, title)
        codes.setdefault(id_, []).append(code)
    return {id_: GroupRef(id_, *named[id_], tuple(codes[id_])) for id_ in named}


def groups_page(process_id: int, number: int = 1) -> Page:
    """A page of the groups of a process, the newest first; how many are present in each, and how many of them are answered."""
    rows = db.session.execute(
        select(
            ContributionGroup.id, ContributionGroup.number, ContributionGroup.title, func.count(Contribution.id),
            func.count(Contribution.answered_at), ContributionGroup.grouped_at, ContributionGroup.reviewed_at,
            ContributionGroup.dissolved_at,
        )
        .outerjoin(GroupMember, (GroupMember.group_id == ContributionGroup.id) & GroupMember.removed_at.is_(None))
        .outerjoin(Contribution, Contribution.id == GroupMember.contribution_id)
        .where(ContributionGroup.process_id == process_id)
        .group_by(ContributionGroup.id)
        .order_by(ContributionGroup.number.desc(), ContributionGroup.id.desc())
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )  # fmt: skip
    total = db.session.scalar(select(func.count(ContributionGroup.id)).where(ContributionGroup.process_id == process_id)) or 0
    return Page([GroupRow(*row) for row in rows], number, total)


def groupers(group_id: int) -> set[int]:
    """The people who put somebody in the group: none of them reviews it."""
    return set(
        db.session.scalars(
            select(GroupMember.added_by_id).where(GroupMember.group_id == group_id, GroupMember.removed_at.is_(None)).distinct()
        )
    )


def candidates(process_id: int, codes: Sequence[str]) -> list[tuple[int, str, str, bool]]:
    """(id, code, reference of the group it is in or "", has a public answer) of those codes the process has, in their order."""
    rows = db.session.execute(
        select(Contribution.id, Contribution.code, ContributionGroup.number, Contribution.answered_at)
        .outerjoin(GroupMember, (GroupMember.contribution_id == Contribution.id) & GroupMember.removed_at.is_(None))
        .outerjoin(ContributionGroup, ContributionGroup.id == GroupMember.group_id)
        .where(Contribution.process_id == process_id, Contribution.code.in_(codes))
        .order_by(Contribution.series, Contribution.number, Contribution.id)
    )
    return [(id_, code, reference(number) if number else "", answered is not None) for id_, code, number, answered in rows]
