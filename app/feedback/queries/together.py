"""Answers that are one text for a group: what stands of it, and the rows that go wherever one of them goes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, tuple_

from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.feedback.models import Decision
from app.feedback.queries.history import PARTS, Version, current_decision, draft_of, versions_of, with_parts
from app.feedback.rules.outcomes import DecisionState
from app.groups import queries as groups
from app.groups.models import ContributionGroup
from app.groups.queries import MemberRow
from app.groups.rules.groups import reference
from app.processes.rules.states import ProcessState


@dataclass(frozen=True)
class GroupStanding:
    """A group, who is in it, and what stands of its answer: the open version of each member that has one, by contribution."""

    id: int
    number: int
    title: str
    is_reviewed: bool
    members: tuple[MemberRow, ...]
    open: dict[int, Decision]
    published: int

    @property
    def reference(self) -> str:
        return reference(self.number)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(member.code for member in self.members)

    @property
    def lead(self) -> Decision | None:
        """The group's own answer as its first row holds it; None while nobody wrote it."""
        return next((self.open[m.contribution_id] for m in self.members if self._is_ours(self.open.get(m.contribution_id))), None)

    def _is_ours(self, decision: Decision | None) -> bool:
        return decision is not None and decision.group_number == self.number

    @property
    def apart(self) -> list[tuple[str, Decision]]:
        """(code, version) of the answers that were being written for one member alone: the group's text takes their place."""
        return [
            (member.code, self.open[member.contribution_id])
            for member in self.members
            if member.contribution_id in self.open and not self._is_ours(self.open[member.contribution_id])
        ]

    @property
    def is_whole(self) -> bool:
        """Every member has its row of one same text that names exactly these members."""
        rows = [self.open.get(member.contribution_id) for member in self.members]
        if not all(self._is_ours(row) for row in rows):
            return False
        texts = {draft_of(row) for row in rows if row is not None}
        return len(texts) == 1 and next(iter(texts)).group == self.codes

    @property
    def token(self) -> int:
        """Changes whenever anybody changes who is in the group or any version of it: what a writer's screen was made from."""
        rows = [(member.contribution_id, self.open.get(member.contribution_id)) for member in self.members]
        told = " ".join(f"{id_}:{row.id}.{row.revision}" if row else f"{id_}:" for id_, row in rows)
        return int(hashlib.sha256(told.encode()).hexdigest()[:12], 16)


def group_standing_by_id(group_id: int) -> GroupStanding:
    """As `group_standing`, and the group read: one statement more."""
    return group_standing(db.session.get_one(ContributionGroup, group_id))


def group_standing(group: ContributionGroup) -> GroupStanding:
    """Three statements, whatever the size of the group; one more when its answer was split."""
    members = tuple(groups.members(group.id))
    ids = [member.contribution_id for member in members]
    found = db.session.scalars(
        select(Decision).where(Decision.contribution_id.in_(ids), Decision.state != DecisionState.PUBLISHED).options(*PARTS)
    ).all()
    published = db.session.scalar(select(func.count()).select_from(Decision).where(Decision.contribution_id.in_(ids), Decision.is_current))
    return GroupStanding(
        group.id,
        group.number,
        group.title,
        group.reviewed_by_id is not None,
        members,
        {d.contribution_id: d for d in with_parts(found)},
        published or 0,
    )


def rows_together(decisions: Sequence[Decision]) -> list[int]:
    """Ids of these decisions and of every open row that is the same text for another member of their groups, in order."""
    ids = {d.id for d in decisions}
    pairs = {(d.process_id, d.group_number) for d in decisions if d.group_number is not None}
    if pairs:
        ids |= set(
            db.session.scalars(
                select(Decision.id).where(
                    tuple_(Decision.process_id, Decision.group_number).in_(sorted(pairs)), Decision.state != DecisionState.PUBLISHED
                )
            )
        )
    return sorted(ids)


def unreviewed_groups(process_id: int, numbers: Sequence[int]) -> set[int]:
    """Those of these groups that nobody reviewed as they are now."""
    if not numbers:
        return set()
    return set(
        db.session.scalars(
            select(ContributionGroup.number).where(
                ContributionGroup.process_id == process_id,
                ContributionGroup.number.in_(numbers),
                ContributionGroup.reviewed_by_id.is_(None),
            )
        )
    )


def public_group(slug: str, number: int) -> ContributionGroup | None:
    """A group of a process the public may see."""
    group = groups.group_by_number(slug, number)
    return group if group is not None and group.process.state is not ProcessState.DRAFT else None


def group_answer(members: Sequence[MemberRow]) -> Version | None:
    """The public answer that every one of these shares; None when none is published."""
    if not members:
        return None
    current = current_decision(members[0].contribution_id)
    return versions_of([current])[0] if current is not None and current.group_number is not None else None


@dataclass(frozen=True)
class Companions:
    """Who is answered with a contribution: the group, and (code, may its page be read) of each other member, in order."""

    number: int
    others: tuple[tuple[str, bool], ...]
    is_answered: bool

    @property
    def reference(self) -> str:
        return reference(self.number)


def companions(contribution: Contribution, current: Version | None) -> Companions | None:
    """Those its public answer names; while it has none, those of the group it is in; None when it stands alone."""
    if current is not None:
        number, codes = current.decision.group_number, current.draft.group
    else:
        group = groups.group_of([contribution.id]).get(contribution.id)
        number, codes = (group.number, group.codes) if group else (None, ())
    if number is None:
        return None
    rows = db.session.execute(
        select(Contribution.code, Contribution.visibility)
        .where(Contribution.process_id == contribution.process_id, Contribution.code.in_(codes), Contribution.id != contribution.id)
        .order_by(Contribution.series, Contribution.number, Contribution.id)
    )
    return Companions(number, tuple((code, visibility is Visibility.PUBLIC) for code, visibility in rows), current is not None)
