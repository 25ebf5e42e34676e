"""The agreement of the two sectors: each signs exactly the text it read."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.feedback import queries
from app.feedback.models import Decision, DecisionSignature
from app.feedback.rules.acts import FeedbackProblem, is_agreed, problems_with_signature
from app.feedback.rules.outcomes import DecisionState, Seat


def sign(decision: Decision, seat: Seat, sha256: str, *, person_id: int, post: str, now: datetime) -> bool:
    """A sector's signature under the text whose hash is `sha256`; True when with it the answer is approved.

    `post` is what the signer is, for the public. The caller commits. Raises RuleBroken: the text changed, the answer is not in
    review, the person wrote in it or signed for the other sector, the seat has signed.
    """
    refuse_if_any(_problems(decision, seat, sha256, person_id, post))
    return _sign(decision, seat, sha256, person_id, post, now)


def sign_many(chosen: Sequence[tuple[Decision, str]], seat: Seat, *, person_id: int, post: str, now: datetime) -> int:
    """Sign several answers, each bound to the hash that was on the screen; all or none. How many are now approved comes back.

    Raises RuleBroken; each problem says in `values["code"]` which answer it is about.
    """
    if not chosen:
        raise RuleBroken([Problem(FeedbackProblem.NOTHING_CHOSEN)])
    found = [
        Problem(problem.code, problem.field, {**problem.values, "code": decision.contribution.code})
        for decision, sha256 in chosen
        for problem in _problems(decision, seat, sha256, person_id, post)
    ]
    refuse_if_any(found)
    return sum(_sign(decision, seat, sha256, person_id, post, now) for decision, sha256 in chosen)


def _problems(decision: Decision, seat: Seat, sha256: str, person_id: int, post: str) -> tuple[Problem, ...]:
    """Asked with the row locked: a signature of the other seat or an edit that is on its way is waited for, and then seen."""
    db.session.refresh(decision, ["state", "revision", "sha256"], with_for_update=True)
    signed = {row.seat: row.person_id for row in queries.signatures_of([decision.id]).get(decision.id, ()) if row.sha256 == decision.sha256}
    return problems_with_signature(
        decision.state, decision.sha256, sha256, person_id=person_id, seat=seat, post=post,
        writers=queries.writers_of([decision.id]).get(decision.id, set()), signed=signed,
    )  # fmt: skip


def _sign(decision: Decision, seat: Seat, sha256: str, person_id: int, post: str, now: datetime) -> bool:
    db.session.add(DecisionSignature(decision_id=decision.id, seat=seat, person_id=person_id, post=post, sha256=sha256, signed_at=now))
    try:
        db.session.flush()
    except IntegrityError:  # uq_decision_signature_seat
        db.session.rollback()
        raise RuleBroken([Problem(FeedbackProblem.ALREADY_SIGNED)]) from None
    rows = [(row.seat, row.person_id, row.sha256) for row in queries.signatures_of([decision.id])[decision.id]]
    if not is_agreed(decision.sha256, rows, queries.writers_of([decision.id]).get(decision.id, set())):
        return False
    decision.state = DecisionState.APPROVED
    db.session.flush()
    return True
