"""The agreement of the two sectors: each signs exactly the text it read, and with it every row of the group it answers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.feedback import queries
from app.feedback.models import Decision, DecisionSignature
from app.feedback.rules.acts import FeedbackProblem, is_agreed, problems_with_signature
from app.feedback.rules.agreement import is_objected
from app.feedback.rules.outcomes import DecisionState, Seat

A_STATEMENT = 500
Signed = tuple[Seat, int, str]
"""A seat, the person who signed for it, the hash they signed."""


def sign(decision: Decision, seat: Seat, sha256: str, *, person_id: int, post: str, now: datetime) -> bool:
    """A sector's signature under the text whose hash is `sha256`; True when with it the answer is approved.

    `post` is what the signer is, for the public. The text of a group is signed for all its members. The caller commits. Raises
    RuleBroken: the text changed, the answer is not in review, the person wrote in it or signed for the other sector, the seat
    has signed.
    """
    return sign_many([(decision, sha256)], seat, person_id=person_id, post=post, now=now) > 0


def sign_many(chosen: Sequence[tuple[Decision, str]], seat: Seat, *, person_id: int, post: str, now: datetime) -> int:
    """Sign several answers, each bound to the hash that was on the screen; all or none. How many are now approved comes back, a
    group counting once.

    Raises RuleBroken; each problem says in `values["code"]` which answer it is about. A fixed number of statements for each five
    hundred rows.
    """
    if not chosen:
        raise RuleBroken([Problem(FeedbackProblem.NOTHING_CHOSEN)])
    seen = {decision.id: sha256 for decision, sha256 in chosen}
    rows = _held(queries.rows_together([decision for decision, _ in chosen]))
    signed, writers = _signed([row.id for row in rows]), _writers([row.id for row in rows])
    found: dict[tuple[object, ...], Problem] = {}
    for row in sorted(rows, key=lambda row: (row.id not in seen, row.id)):  # of a group, what is wrong with all is said of the one shown
        already = {other: who for other, who, sha256 in signed.get(row.id, ()) if sha256 == row.sha256}
        of = (row.process_id, row.group_number) if row.group_number is not None else (row.id,)
        for p in problems_with_signature(
            row.state, row.sha256, seen.get(row.id, row.sha256), person_id=person_id, seat=seat, post=post,
            writers=writers.get(row.id, set()), signed=already,
        ):  # fmt: skip
            found.setdefault((*of, p.code), Problem(p.code, p.field, {**p.values, "code": row.contribution.code}))
    refuse_if_any([*_unlike(rows, seen), *found.values()])
    _write(rows, seat, person_id, post, now)
    objected = queries.standing_objections([row.id for row in rows])
    agreed = [
        row
        for row in rows
        if is_agreed(row.sha256, [*signed.get(row.id, ()), (seat, person_id, row.sha256)], writers.get(row.id, set()))
        and not is_objected(row.sha256, objected.get(row.id, ()))
    ]
    _approve(agreed)
    return sum(row.group_place <= 1 for row in agreed)


def _held(ids: Sequence[int]) -> list[Decision]:
    """The rows as they stand, held: a signature of the other seat or an edit on its way is waited for, and then seen."""
    for some in _portions(ids):
        db.session.execute(select(Decision.id).where(Decision.id.in_(some)).order_by(Decision.id).with_for_update())
    db.session.expire_all()
    return [row for some in _portions(ids) for row in queries.decisions_by_id(some)]


def _unlike(rows: Sequence[Decision], seen: dict[int, str]) -> list[Problem]:
    """A signature given under one row of a group is for the others only while they say exactly the same, all of them."""
    problems = []
    read = {(row.process_id, row.group_number): row for row in rows if row.id in seen and row.group_number is not None}
    for key, shown in read.items():
        text = queries.draft_of(shown)
        others = [row for row in rows if (row.process_id, row.group_number) == key]
        same = all(queries.draft_of(row) == text for row in others)
        if not same or sorted(row.contribution.code for row in others) != sorted(text.group):
            problems.append(Problem(FeedbackProblem.TEXT_CHANGED, None, {"code": shown.contribution.code}))
    return problems


def _signed(ids: Sequence[int]) -> dict[int, list[Signed]]:
    found: dict[int, list[Signed]] = {}
    for some in _portions(ids):
        for id_, rows in queries.signatures_of(some).items():
            found[id_] = [(row.seat, row.person_id, row.sha256) for row in rows]
    return found


def _writers(ids: Sequence[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for some in _portions(ids):
        found |= queries.writers_of(some)
    return found


def _write(rows: Sequence[Decision], seat: Seat, person_id: int, post: str, now: datetime) -> None:
    try:
        db.session.execute(
            insert(DecisionSignature),
            [
                {"decision_id": row.id, "seat": seat, "person_id": person_id, "post": post, "sha256": row.sha256, "signed_at": now}
                for row in rows
            ],
        )
    except IntegrityError:  # uq_decision_signature_seat
        db.session.rollback()
        raise RuleBroken([Problem(FeedbackProblem.ALREADY_SIGNED)]) from None


def _approve(rows: Sequence[Decision]) -> None:
    for some in _portions([row.id for row in rows]):
        db.session.execute(
            update(Decision).where(Decision.id.in_(some)).values(state=DecisionState.APPROVED),
            execution_options={"synchronize_session": False},
        )
    for row in rows:
        db.session.expire(row, ["state"])


def _portions(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + A_STATEMENT] for start in range(0, len(ids), A_STATEMENT)]
