"""Where the sectors do not agree, and what workshops voted: read for one answer or a thousand in the same number of statements."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.activities.models import Activity
from app.contributions.models import Contribution
from app.core.db import db
from app.feedback.models import Decision, DissentNote, Objection, WorkshopPriority
from app.feedback.rules.checks import Priority
from app.feedback.rules.outcomes import DecisionState
from app.processes.models import Process


class VotedRow(NamedTuple):
    """A contribution of a workshop with the votes it had, 0 when it was not a priority."""

    contribution_id: int
    code: str
    title: str
    votes: int
    answered_at: datetime | None


def objections_of(decision_ids: Collection[int]) -> dict[int, list[Objection]]:
    """Every objection by answer, oldest first: standing, withdrawn, or answered by a change of the text."""
    found: dict[int, list[Objection]] = {}
    if decision_ids:
        for row in db.session.scalars(
            select(Objection).where(Objection.decision_id.in_(decision_ids)).order_by(Objection.made_at, Objection.id)
        ):
            found.setdefault(row.decision_id, []).append(row)
    return found


def standing_objections(decision_ids: Collection[int]) -> dict[int, set[str]]:
    """By answer, the hashes that somebody objects to and did not withdraw."""
    found: dict[int, set[str]] = {}
    if decision_ids:
        for decision_id, sha256 in db.session.execute(
            select(Objection.decision_id, Objection.sha256).where(Objection.decision_id.in_(decision_ids), Objection.withdrawn_at.is_(None))
        ):
            found.setdefault(decision_id, set()).add(sha256)
    return found


def _objected(process_ids: Collection[int]):
    """Statement: one row for each answer whose text somebody objects to, the objection that stands longest first."""
    return (
        select(Decision.process_id, Contribution.code, Contribution.title, func.min(Objection.made_at).label("since"))
        .join(Objection, (Objection.decision_id == Decision.id) & (Objection.sha256 == Decision.sha256))
        .join(Contribution, Contribution.id == Decision.contribution_id)
        .where(Decision.process_id.in_(process_ids), Objection.withdrawn_at.is_(None), Decision.state != DecisionState.PUBLISHED)
        .where(Decision.group_place <= 1)
        .group_by(Decision.id, Decision.process_id, Contribution.code, Contribution.title)
        .order_by(func.min(Objection.made_at), Decision.id)
    )


def objected(process_id: int) -> list[tuple[str, str]]:
    """(code, title) of the answers of a process that an objection stops, the longest stopped first."""
    return [(code, title) for _, code, title, _ in db.session.execute(_objected([process_id]))]


def objected_counts(process_ids: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """By process: how many answers an objection stops, and since when; for the desk."""
    found: dict[int, tuple[int, datetime]] = {}
    for process_id, _, _, since in db.session.execute(_objected(process_ids)) if process_ids else ():
        count, oldest = found.get(process_id, (0, since))
        found[process_id] = (count + 1, oldest)
    return found


def objection(objection_id: int) -> Objection | None:
    return db.session.get(Objection, objection_id)


def dissents_of(decision_ids: Collection[int]) -> dict[int, list[DissentNote]]:
    """By version, the notes about exactly its text, oldest first; those withdrawn too, whose place stays."""
    found: dict[int, list[DissentNote]] = {}
    if decision_ids:
        for row in db.session.scalars(
            select(DissentNote)
            .join(Decision, Decision.id == DissentNote.decision_id)
            .where(DissentNote.decision_id.in_(decision_ids), DissentNote.sha256 == Decision.sha256)
            .order_by(DissentNote.made_at, DissentNote.id)
        ):
            found.setdefault(row.decision_id, []).append(row)
    return found


def dissent_note(code: str, note_id: int) -> DissentNote | None:
    """A note on an answer to that contribution, its answer, contribution and process loaded."""
    of = joinedload(DissentNote.decision).joinedload(Decision.contribution)
    return db.session.scalar(
        select(DissentNote)
        .join(Decision, Decision.id == DissentNote.decision_id)
        .join(Contribution, Contribution.id == Decision.contribution_id)
        .where(Contribution.code == code, DissentNote.id == note_id)
        .options(of.joinedload(Contribution.process).joinedload(Process.space))
    )


def answered_together(decision: Decision) -> Sequence[Decision]:
    """The answer with those that are the same text for others of its group: open with the open ones, published with the current ones.
    Contributions, processes and spaces are loaded."""
    mine = Decision.id == decision.id
    if decision.group_number is not None:
        stage = Decision.is_current if decision.state is DecisionState.PUBLISHED else Decision.state != DecisionState.PUBLISHED
        same = (Decision.process_id == decision.process_id) & (Decision.group_number == decision.group_number) & stage
        mine = mine | same
    return db.session.scalars(
        select(Decision)
        .where(mine)
        .options(joinedload(Decision.contribution).joinedload(Contribution.process).joinedload(Process.space))
        .order_by(Decision.id)
    ).all()


def priorities_of(contribution_ids: Collection[int]) -> dict[int, Priority]:
    """Contribution -> the workshop that voted it and its votes. One statement."""
    if not contribution_ids:
        return {}
    return {
        id_: Priority(number or 0, votes)
        for id_, number, votes in db.session.execute(
            select(WorkshopPriority.contribution_id, Activity.number, WorkshopPriority.votes)
            .join(Contribution, Contribution.id == WorkshopPriority.contribution_id)
            .outerjoin(Activity, Activity.id == Contribution.activity_id)
            .where(WorkshopPriority.contribution_id.in_(contribution_ids))
        )
    }


def votes_in(activity_id: int) -> list[VotedRow]:
    """The contributions of a workshop, most voted first, then in the order of their codes."""
    rows = db.session.execute(
        select(Contribution.id, Contribution.code, Contribution.title, WorkshopPriority.votes, Contribution.answered_at)
        .outerjoin(WorkshopPriority, WorkshopPriority.contribution_id == Contribution.id)
        .where(Contribution.activity_id == activity_id)
        .order_by(WorkshopPriority.votes.desc().nulls_last(), Contribution.series, Contribution.number, Contribution.id)
    )
    return [VotedRow(id_, code, title, votes or 0, answered_at) for id_, code, title, votes, answered_at in rows]
