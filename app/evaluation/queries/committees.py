"""The committee of a process: who sits in it, what each declared, what it judges, and how far it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.contributions.models import Contribution
from app.core.db import db
from app.core.permissions import Scope
from app.core.text import fold
from app.evaluation.models import CommitteeItem, CommitteeMember, ConflictDeclaration, DeclaredConflict, EvaluationCommittee, Score
from app.evaluation.rules import Conflicts, Item, Marks, Measure, Member
from app.processes import queries as processes
from app.processes.models import Process
from app.spaces.models import RoleAssignment


class MemberRow(NamedTuple):
    """A member as staff see them: who, in what post, when they declared and how many conflicts."""

    id: int
    person_id: int
    name: str
    post: str
    declared_at: datetime | None
    has_conflict: bool | None
    statement: str
    codes: tuple[str, ...]
    organisations: tuple[str, ...]
    scored: int = 0

    @property
    def conflicts(self) -> tuple[str, ...]:
        return self.codes + self.organisations


@dataclass(frozen=True)
class Board:
    """Everything the rules need to judge a committee's work."""

    measures: tuple[Measure, ...]
    members: tuple[Member, ...]
    items: tuple[Item, ...]
    marks: Marks = field(default_factory=dict)


@dataclass(frozen=True)
class Desk:
    """A process with its committee, as the subject of permissions; the committee may not exist yet."""

    process: Process
    committee: EvaluationCommittee | None
    member_person_ids: frozenset[int]

    @property
    def scope(self) -> Scope:
        return self.process.scope


def committee_of(process_id: int) -> EvaluationCommittee | None:
    """With its process and space loaded."""
    return db.session.scalar(
        select(EvaluationCommittee)
        .where(EvaluationCommittee.process_id == process_id)
        .options(joinedload(EvaluationCommittee.process).joinedload(Process.space))
    )


def desk_of(slug: str) -> Desk | None:
    """The evaluation of a process by its slug, draft processes included: for staff."""
    process = processes.process_by_slug(slug)
    if process is None:
        return None
    committee = committee_of(process.id)
    return Desk(process, committee, member_person_ids(committee.id) if committee else frozenset())


def member_person_ids(committee_id: int) -> frozenset[int]:
    return frozenset(
        db.session.scalars(
            select(CommitteeMember.person_id).where(CommitteeMember.committee_id == committee_id, CommitteeMember.removed_at.is_(None))
        )
    )


def member_of(committee_id: int, person_id: int) -> CommitteeMember | None:
    """The person's own seat in the committee, while they hold it."""
    return db.session.scalar(
        select(CommitteeMember).where(
            CommitteeMember.committee_id == committee_id, CommitteeMember.person_id == person_id, CommitteeMember.removed_at.is_(None)
        )
    )


def _last_declarations(member_ids: Collection[int]) -> dict[int, ConflictDeclaration]:
    rows = db.session.scalars(
        select(ConflictDeclaration).where(ConflictDeclaration.member_id.in_(member_ids)).order_by(ConflictDeclaration.n)
    )
    return {row.member_id: row for row in rows}


def _conflicts(declaration_ids: Collection[int]) -> dict[int, list[tuple[int | None, str, str]]]:
    """By declaration: (contribution, its code, organisation)."""
    found: dict[int, list[tuple[int | None, str, str]]] = {}
    for declaration_id, contribution_id, code, organisation in db.session.execute(
        select(DeclaredConflict.declaration_id, DeclaredConflict.contribution_id, Contribution.code, DeclaredConflict.organisation_name)
        .outerjoin(Contribution, Contribution.id == DeclaredConflict.contribution_id)
        .where(DeclaredConflict.declaration_id.in_(declaration_ids))
        .order_by(DeclaredConflict.id)
    ):
        found.setdefault(declaration_id, []).append((contribution_id, code or "", organisation))
    return found


def evaluations_of(committee_id: int) -> tuple[MemberRow, ...]:
    """The members in the order they were named, with what they declared and how many contributions they scored. Four statements."""
    rows = db.session.execute(
        select(CommitteeMember.id, CommitteeMember.person_id, Person.name, CommitteeMember.post)
        .join(Person, Person.id == CommitteeMember.person_id)
        .where(CommitteeMember.committee_id == committee_id, CommitteeMember.removed_at.is_(None))
        .order_by(CommitteeMember.added_at, CommitteeMember.id)
    ).all()
    declared = _last_declarations([row.id for row in rows])
    conflicts = _conflicts([d.id for d in declared.values()])
    counts: dict[int, int] = {id_: number for id_, number in db.session.execute(
        select(Score.member_id, func.count(func.distinct(Score.contribution_id)))
        .where(Score.member_id.in_([row.id for row in rows])).group_by(Score.member_id)
    )}  # fmt: skip
    found = []
    for id_, person_id, name, post in rows:
        signed = declared.get(id_)
        named = conflicts.get(signed.id, []) if signed else []
        found.append(
            MemberRow(
                id_, person_id, name, post, signed.declared_at if signed else None, signed.has_conflict if signed else None,
                signed.statement if signed else "", tuple(code for _, code, _ in named if code),
                tuple(organisation for _, _, organisation in named if organisation), counts.get(id_, 0),
            )
        )  # fmt: skip
    return tuple(found)


def board(committee: EvaluationCommittee) -> Board:
    """What the rules judge, in six statements whatever its size. Organisations are folded, so that accents do not part them."""
    measures = tuple(
        Measure(c.id, c.name, c.weight, c.lowest, c.highest) for c in processes.criteria(committee.process_id) if c.published_at
    )
    ids = list(
        db.session.scalars(
            select(CommitteeMember.id)
            .where(CommitteeMember.committee_id == committee.id, CommitteeMember.removed_at.is_(None))
            .order_by(CommitteeMember.added_at, CommitteeMember.id)
        )
    )
    declared = _last_declarations(ids)
    conflicts = _conflicts([d.id for d in declared.values()])
    members = tuple(Member(id_, *_declared(declared.get(id_), conflicts)) for id_ in ids)
    items = tuple(
        Item(id_, code, fold(organisation).strip())
        for id_, code, organisation in db.session.execute(
            select(Contribution.id, Contribution.code, Contribution.organisation_name)
            .join(CommitteeItem, CommitteeItem.contribution_id == Contribution.id)
            .where(CommitteeItem.committee_id == committee.id)
            .order_by(Contribution.series, Contribution.number, Contribution.id)
        )
    )
    marks = {
        (member_id, contribution_id, criterion_id): value
        for member_id, contribution_id, criterion_id, value in db.session.execute(
            select(Score.member_id, Score.contribution_id, Score.criterion_id, Score.value).where(Score.member_id.in_(ids))
        )
    }
    return Board(measures, members, items, marks)


def _declared(
    declaration: ConflictDeclaration | None, conflicts: dict[int, list[tuple[int | None, str, str]]]
) -> tuple[datetime | None, Conflicts]:
    if declaration is None:
        return None, Conflicts()
    named = conflicts.get(declaration.id, ())
    return declaration.declared_at, Conflicts(
        frozenset(id_ for id_, _, _ in named if id_ is not None), frozenset(fold(name).strip() for _, _, name in named if name)
    )


def own_marks(member_id: int, contribution_id: int) -> dict[int, tuple[int, str]]:
    """Criterion id -> the member's own mark and comment."""
    return {
        criterion_id: (value, comment)
        for criterion_id, value, comment in db.session.execute(
            select(Score.criterion_id, Score.value, Score.comment).where(
                Score.member_id == member_id, Score.contribution_id == contribution_id
            )
        )
    }


def unscored(person_id: int, process_ids: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """By process: how many contributions the person has still to judge, and since when; for the desk."""
    found: dict[int, tuple[int, datetime]] = {}
    if not process_ids:
        return found
    for committee in db.session.scalars(
        select(EvaluationCommittee)
        .join(CommitteeMember, CommitteeMember.committee_id == EvaluationCommittee.id)
        .where(
            EvaluationCommittee.process_id.in_(process_ids), CommitteeMember.person_id == person_id, CommitteeMember.removed_at.is_(None)
        )
        .order_by(EvaluationCommittee.id)
    ):
        seat = member_of(committee.id, person_id)
        work = board(committee)
        own = next((m for m in work.members if seat is not None and m.id == seat.id), None)
        left = [i for i in work.items if own is not None and not own.conflicts.forbid(i.id, i.organisation)]
        waiting = [i for i in left if not all((own.id, i.id, m.id) in work.marks for m in work.measures)] if own else []
        if waiting:
            found[committee.process_id] = (len(waiting), committee.opened_at)
    return found


def eligible_people(scope: Scope, judging: Collection[str], today: date) -> list[tuple[int, str, tuple[str, ...]]]:
    """(person, name, roles) of who may sit in a committee of this process, by name."""
    found: dict[int, tuple[str, list[str]]] = {}
    for person_id, name, role in db.session.execute(_holders(scope, today).where(RoleAssignment.role.in_(judging))):
        found.setdefault(person_id, (name, []))[1].append(str(role))
    return [(person_id, name, tuple(sorted(set(roles)))) for person_id, (name, roles) in found.items()]


def roles_of(person_id: int, scope: Scope, today: date) -> tuple[str, ...]:
    """The roles a person holds in the scope on a day."""
    return tuple(str(role) for _, _, role in db.session.execute(_holders(scope, today).where(RoleAssignment.person_id == person_id)))


def _holders(scope: Scope, today: date):
    return (
        select(RoleAssignment.person_id, Person.name, RoleAssignment.role)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(
            RoleAssignment.space_id == scope.space_id,
            or_(RoleAssignment.process_id.is_(None), RoleAssignment.process_id == scope.process_id),
            RoleAssignment.starts_on <= today,
            or_(RoleAssignment.ends_on.is_(None), RoleAssignment.ends_on >= today),
        )
        .order_by(Person.name, Person.id, RoleAssignment.role)
    )


def contributions_named(process_id: int, codes: Sequence[str]) -> dict[str, int]:
    """Code -> id of those that exist in the process."""
    if not codes:
        return {}
    return {
        code: id_
        for code, id_ in db.session.execute(
            select(Contribution.code, Contribution.id).where(Contribution.process_id == process_id, Contribution.code.in_(codes))
        )
    }
