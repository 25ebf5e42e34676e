"""Objecting to a text, leaving a dissent beside it, and recording what a workshop voted."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from app.activities.models import Activity
from app.audit import services as audit
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean
from app.feedback import queries
from app.feedback.models import Decision, DissentNote, Objection, WorkshopBallot, WorkshopPriority
from app.feedback.rules.acts import is_agreed
from app.feedback.rules.agreement import (
    AgreementProblem,
    is_objected,
    problems_with_dissent,
    problems_with_objection,
    problems_with_votes,
    problems_with_withdrawal,
)
from app.feedback.rules.outcomes import DecisionState, Seat
from app.feedback.rules.personal_data import leaks, words_of
from app.feedback.rules.priorities import problems_with_ballot
from app.processes import services as processes

Row = TypeVar("Row", Objection, DissentNote)


def object_to(decision: Decision, seat: Seat, sha256: str, reason: str, *, person_id: int, post: str, now: datetime) -> list[Objection]:
    """A seat's objection to the text whose hash is `sha256`, and to the same words said to the rest of its group.

    While it stands the text is not agreed: an approved one goes back to review, its signatures kept. It falls when the text
    changes, and its author may withdraw it. The caller commits. Raises RuleBroken.
    """
    reason = clean(reason)
    together = _locked(decision)
    spoken = {row.decision_id for row in _own(Objection, together, person_id)}
    problems = problems_with_objection(decision.state, decision.sha256, sha256, reason, post=post, has_objected=decision.id in spoken)
    refuse_if_any(problems)
    made = [
        Objection(decision_id=d.id, seat=seat, person_id=person_id, post=post, sha256=d.sha256, reason=reason, made_at=now)
        for d in together
        if d.id not in spoken
    ]
    db.session.add_all(made)
    for other in together:
        if other.state is DecisionState.APPROVED:
            other.state, other.revision = DecisionState.REVIEW, other.revision + 1
    _flush()
    return made


def withdraw_objection(objection: Objection, *, person_id: int, now: datetime) -> list[Decision]:
    """Its author takes an objection back, with those to the same words of the group; the answers that are agreed with it come back.

    A text that both sectors had signed and nobody else objects to is approved again. The caller commits. Raises RuleBroken.
    """
    refuse_if_any(
        problems_with_withdrawal(author_id=objection.person_id, person_id=person_id, is_withdrawn=objection.withdrawn_at is not None)
    )
    decision = queries.decision_by_id(objection.decision_id)
    assert decision is not None  # noqa: S101 - objections point to answers, which are never deleted
    together = _locked(decision)
    for row in [*_own(Objection, together, person_id), objection]:
        row.withdrawn_at = now
    db.session.flush()
    return [d for d in together if _settle(d)]


def _settle(decision: Decision) -> bool:
    """Approve a text in review that both sectors signed and nobody objects to; True when it was."""
    if decision.state is not DecisionState.REVIEW or not agreed(decision):
        return False
    decision.state, decision.revision = DecisionState.APPROVED, decision.revision + 1
    db.session.flush()
    return True


def agreed(decision: Decision) -> bool:
    """Both sectors signed exactly this text and no objection to it stands."""
    signatures = [(row.seat, row.person_id, row.sha256) for row in queries.signatures_of([decision.id]).get(decision.id, ())]
    writers = queries.writers_of([decision.id]).get(decision.id, set())
    objected = is_objected(decision.sha256, queries.standing_objections([decision.id]).get(decision.id, ()))
    return is_agreed(decision.sha256, signatures, writers) and not objected


def dissent(decision: Decision, seat: Seat, sha256: str, text: str, *, person_id: int, post: str, now: datetime) -> list[DissentNote]:
    """A seat's reasoned disagreement, for the public, with the text whose hash is `sha256`; and with the same words said to the group.

    It stops nothing and is never edited. `decision.contribution.process.space` is loaded; the caller commits. Raises RuleBroken,
    also when it names somebody or gives a telephone, an address or an identity number.
    """
    text = clean(text)
    together = _locked(decision)
    spoken = {row.decision_id for row in _own(DissentNote, together, person_id)}
    problems = list(problems_with_dissent(decision.state, decision.sha256, sha256, text, post=post, has_dissented=decision.id in spoken))
    refuse_if_any(problems or _leaking(text, decision, "text"))
    made = [
        DissentNote(decision_id=d.id, seat=seat, person_id=person_id, post=post, sha256=d.sha256, text=text, made_at=now)
        for d in together
        if d.id not in spoken
    ]
    db.session.add_all(made)
    _flush()
    for other in together:
        _tell(other, "feedback.dissent", seat, now)
    if decision.state is DecisionState.PUBLISHED:
        processes.touch_public(decision.process_id)
    return made


def withdraw_dissent(note: DissentNote, reason: str, *, person_id: int, now: datetime) -> None:
    """Its author takes a dissent back; its place and the reason stay. `note.decision.contribution.process.space` is loaded; the caller
    commits. Raises RuleBroken."""
    reason = clean(reason)
    problems = problems_with_withdrawal(
        author_id=note.person_id, person_id=person_id, is_withdrawn=note.withdrawn_at is not None, reason=reason
    )
    refuse_if_any(problems or _leaking(reason, note.decision, "withdrawal_reason"))
    together = _locked(note.decision)
    for row in [*_own(DissentNote, together, person_id), note]:
        row.withdrawn_at, row.withdrawal_reason = now, reason
    db.session.flush()
    for other in together:
        _tell(other, "feedback.withdraw-dissent", note.seat, now)
    if note.decision.state is DecisionState.PUBLISHED:
        processes.touch_public(note.decision.process_id)


def record_votes(
    activity: Activity, votes: Mapping[str, int | None], *, person_id: int, now: datetime, voters: int | None = None,
    votes_each: int | None = None,
) -> int:  # fmt: skip
    """Record what a workshop voted as its priorities: contribution code -> votes; 0 or a code left out is not a priority.

    `voters` and `votes_each` say how it voted; both or neither. What was recorded before is replaced. `activity.process` is loaded; the
    caller commits. Raises RuleBroken.
    """
    rows = {row.code: row.contribution_id for row in queries.votes_in(activity.id)}
    refuse_if_any(problems_with_votes(votes, rows) or problems_with_ballot(votes.values(), voters, votes_each))
    chosen = {rows[code]: count for code, count in votes.items() if count}
    db.session.execute(
        delete(WorkshopPriority).where(WorkshopPriority.contribution_id.in_(rows.values())),
        execution_options={"synchronize_session": False},
    )
    if chosen:
        db.session.execute(insert(WorkshopPriority), [
            {"contribution_id": id_, "votes": count, "recorded_by_id": person_id, "recorded_at": now} for id_, count in chosen.items()
        ])  # fmt: skip
    db.session.execute(delete(WorkshopBallot).where(WorkshopBallot.activity_id == activity.id))
    if voters and votes_each:
        ballot = WorkshopBallot(activity_id=activity.id, voters=voters, votes_each=votes_each, recorded_by_id=person_id, recorded_at=now)
        db.session.add(ballot)
    facts = {"count": len(chosen), "number": activity.number, "votes": sum(chosen.values()), "voters": voters or 0}
    audit.record("feedback.record-votes", "process", activity.process.slug, facts, at=now, role="secretaría")
    processes.touch_public(activity.process_id)
    return len(chosen)


def _locked(decision: Decision) -> list[Decision]:
    """The answer and those answered with it, as they are now, held until the transaction ends: a signature, an edit or another
    objection that is on its way is waited for and then seen. The answer itself is among them."""
    ids = [d.id for d in queries.answered_together(decision)]
    db.session.execute(select(Decision.id).where(Decision.id.in_(ids)).order_by(Decision.id).with_for_update())
    together = [d for d in queries.answered_together(decision) if d.id in ids]
    for row in together:
        db.session.refresh(row, ["state", "revision", "sha256", "is_current"])
    return [d for d in together if d.state is decision.state]


def _own(kind: type[Row], decisions: list[Decision], person_id: int) -> list[Row]:
    """What the person said against exactly these texts, and stands."""
    texts = {d.id: d.sha256 for d in decisions}
    rows = db.session.scalars(
        select(kind)
        .where(kind.decision_id.in_(texts), kind.person_id == person_id, kind.withdrawn_at.is_(None))
        .order_by(kind.id)
    )  # fmt: skip
    return [row for row in rows if row.sha256 == texts[row.decision_id]]


def _leaking(text: str, decision: Decision, field: str) -> list[Problem]:
    """Personal data in words that will be public; words of the contribution itself are public already."""
    contribution = decision.contribution
    found = leaks(
        text, official=(contribution.process.space.contact,), public_words=words_of(contribution.title, contribution.text)
    )  # fmt: skip
    return [Problem(AgreementProblem.PERSONAL_DATA, field, {"found": found[0].found})] if found else []


def _tell(decision: Decision, action: str, seat: Seat, now: datetime) -> None:
    facts = {"seat": str(seat), "sha256": decision.sha256, "version": decision.version}
    audit.record(action, "contribution", decision.contribution.code, facts, at=now, role="foro")


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError:  # uq_objection_standing, uq_dissent_note_standing: the same person in two windows
        db.session.rollback()
        raise RuleBroken([Problem(AgreementProblem.ALREADY_SAID)]) from None
