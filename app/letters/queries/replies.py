"""Replies to answers: those of a contribution, those that wait, and what is known before one is taken."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.contributions.models import Authorship, Contribution
from app.contributions.rules.terms import Channel, Visibility
from app.core.clock import lima_day
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.feedback.models import Decision
from app.feedback.rules.outcomes import DecisionState
from app.letters.models import Reply, ReplyChange, ReplyOutcome, ReplyReview
from app.letters.rules.replies import Answer, ReplyKind, ReplyState, window
from app.processes.models import Process
from app.spaces.models import RoleAssignment
from app.spaces.rules import Role


@dataclass(frozen=True, slots=True)
class Settled:
    """How the forum closed a reply."""

    state: ReplyState
    text: str
    role: Role
    at: datetime


@dataclass(frozen=True, slots=True)
class Changed:
    """A version of the answer that came of a reply."""

    version: int
    reason: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """A reply with what became of it. `text` is only for the public when `visibility` is public; `version` is the one replied to."""

    number: int
    kind: ReplyKind
    text: str
    state: ReplyState
    visibility: Visibility
    channel: Channel
    version: int
    given_on: date
    received_at: datetime
    outcome: Settled | None
    changes: tuple[Changed, ...]

    @property
    def is_public(self) -> bool:
        return self.visibility is Visibility.PUBLIC


def replies_of(contribution_ids: Collection[int]) -> dict[int, list[ReplyRow]]:
    """The replies of each contribution that has any, oldest first; two statements."""
    if not contribution_ids:
        return {}
    rows = db.session.execute(
        select(
            Reply.id, Reply.contribution_id, Reply.number, Reply.kind, Reply.text, Reply.state, Reply.visibility, Reply.channel,
            Decision.version, Reply.given_on, Reply.received_at, ReplyOutcome.state, ReplyOutcome.text, ReplyOutcome.role, ReplyOutcome.at,
        )
        .join(Decision, Decision.id == Reply.decision_id)
        .outerjoin(ReplyOutcome, ReplyOutcome.reply_id == Reply.id)
        .where(Reply.contribution_id.in_(contribution_ids))
        .order_by(Reply.contribution_id, Reply.number)
    ).all()  # fmt: skip
    changes = _changes([row[0] for row in rows])
    found: dict[int, list[ReplyRow]] = {}
    for row in rows:
        reply_id, contribution_id, *plain, state, text, role, at = tuple(row)
        outcome = Settled(state, text, role, at) if state is not None else None
        values: tuple[Any, ...] = (*plain, outcome, changes.get(reply_id, ()))
        found.setdefault(contribution_id, []).append(ReplyRow(*values))
    return found


def _changes(reply_ids: Sequence[int]) -> Mapping[int, tuple[Changed, ...]]:
    found: dict[int, tuple[Changed, ...]] = {}
    rows: Any = db.session.execute(
        select(ReplyChange.reply_id, Decision.version, Decision.correction_reason, Decision.published_at)
        .join(Decision, Decision.id == ReplyChange.decision_id)
        .where(ReplyChange.reply_id.in_(reply_ids))
        .order_by(ReplyChange.reply_id, Decision.version)
    )
    for reply_id, *plain in rows:
        found[reply_id] = (*found.get(reply_id, ()), Changed(*plain))
    return found


def _waiting(process_ids: Collection[int], *conditions: ColumnElement[bool]) -> dict[int, tuple[int, datetime]]:
    if not process_ids:
        return {}
    rows = db.session.execute(
        select(Reply.process_id, func.count(), func.min(Reply.received_at))
        .where(Reply.process_id.in_(process_ids), *conditions)
        .group_by(Reply.process_id)
    )
    return {process_id: (count, since) for process_id, count, since in rows}


def replies_open(process_ids: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """By process: how many replies the forum has not closed, and since when the oldest waits."""
    return _waiting(process_ids, Reply.state == ReplyState.OPEN)


def replies_held(process_ids: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """By process: how many replies nobody has looked at for personal data, and since when the oldest waits."""
    return _waiting(process_ids, Reply.visibility == Visibility.HELD)


def page_of_replies(process_id: int, state: ReplyState | None, number: int) -> Page:
    """A page of replies, contributions and versions loaded: open ones oldest first, closed ones newest first."""
    conditions = [Reply.process_id == process_id] + ([Reply.state == state] if state else [])
    order = (Reply.received_at, Reply.id) if state is ReplyState.OPEN else (Reply.received_at.desc(), Reply.id.desc())
    rows = db.session.scalars(
        select(Reply)
        .where(*conditions)
        .options(joinedload(Reply.contribution), joinedload(Reply.decision))
        .order_by(*order)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    ).all()
    total = db.session.scalar(select(func.count()).select_from(Reply).where(*conditions)) or 0
    return Page(rows, number, total)


def counts_by_state(process_id: int) -> dict[ReplyState, int]:
    rows = db.session.execute(select(Reply.state, func.count()).where(Reply.process_id == process_id).group_by(Reply.state))
    return dict.fromkeys(ReplyState, 0) | {state: count for state, count in rows}


def reply_by_number(code: str, number: int) -> Reply | None:
    """One reply, its contribution, process, space and the version it is to loaded."""
    return db.session.scalar(
        select(Reply)
        .join(Reply.contribution)
        .where(Contribution.code == code, Reply.number == number)
        .options(
            joinedload(Reply.contribution).joinedload(Contribution.process).joinedload(Process.space), joinedload(Reply.decision)
        )
    )  # fmt: skip


def answer_facts(contribution: Contribution) -> tuple[int | None, Answer]:
    """The id of the answer that stands, and what the rules ask about it. `contribution.process.space` is loaded."""
    row = db.session.execute(
        select(Decision.id, Decision.published_at, Decision.reply_until, Decision.clarify_by).where(
            Decision.contribution_id == contribution.id, Decision.is_current
        )
    ).first()
    if row is None:
        return None, Answer(None, None)
    said = db.session.execute(select(Reply.state, Reply.kind).where(Reply.decision_id == row.id).order_by(Reply.number)).all()
    return row.id, Answer(
        published_on=lima_day(row.published_at), until=window(row.reply_until, row.clarify_by),
        contact=contribution.process.space.contact, has_open=any(state is ReplyState.OPEN for state, _ in said),
        is_accepted=bool(said) and said[-1][1] is ReplyKind.ACCEPT,
    )  # fmt: skip


def open_reply(decision_id: int) -> Reply | None:
    """The reply to that version which the forum has not closed."""
    return db.session.scalar(select(Reply).where(Reply.decision_id == decision_id, Reply.state == ReplyState.OPEN))


def last_number(contribution_id: int) -> int:
    return db.session.scalar(select(func.max(Reply.number)).where(Reply.contribution_id == contribution_id)) or 0


def how_many(contribution_id: int) -> tuple[int, int]:
    """Replies of a contribution: all, and open."""
    states = db.session.scalars(select(Reply.state).where(Reply.contribution_id == contribution_id)).all()
    return len(states), sum(state is ReplyState.OPEN for state in states)


def corrections_after(reply: Reply) -> Sequence[Decision]:
    """Published versions of the answer newer than the one replied to, not yet linked to the reply; oldest first."""
    linked = select(ReplyChange.decision_id).where(ReplyChange.reply_id == reply.id)
    return db.session.scalars(
        select(Decision)
        .where(
            Decision.contribution_id == reply.contribution_id, Decision.state == DecisionState.PUBLISHED,
            Decision.version > reply.decision.version, Decision.id.not_in(linked),
        )
        .order_by(Decision.version)
    ).all()  # fmt: skip


def reviews(reply_id: int) -> Sequence[tuple[ReplyReview, str]]:
    """Who let a reply be read, or not, oldest first."""
    rows = db.session.execute(
        select(ReplyReview, Person.name).join(Person, Person.id == ReplyReview.person_id)
        .where(ReplyReview.reply_id == reply_id).order_by(ReplyReview.id)
    )  # fmt: skip
    return [(review, name) for review, name in rows]


def secretariat_addresses(process: Process, today: date) -> list[tuple[str, int]]:
    """E-mail and id of each person of the secretariat or of the municipal team of the process, roles in force on `today`."""
    rows = db.session.execute(
        select(Person.email, Person.id)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(
            RoleAssignment.space_id == process.space_id,
            RoleAssignment.role.in_((Role.SECRETARIAT, Role.MUNICIPAL)),
            RoleAssignment.process_id.is_(None) | (RoleAssignment.process_id == process.id),
            RoleAssignment.starts_on <= today,
            RoleAssignment.ends_on.is_(None) | (RoleAssignment.ends_on >= today),
            Person.is_suspended.is_(False),
        )
        .order_by(Person.id)
        .distinct()
    )
    return [(email, person_id) for email, person_id in rows]


def author_address(contribution_id: int) -> str:
    """Where to write to the author; "" when they left no e-mail."""
    return db.session.scalar(select(Authorship.email).where(Authorship.contribution_id == contribution_id)) or ""
