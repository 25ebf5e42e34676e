"""Releasing answers together: all of them or none, with the numbers, the register and the letters in the same transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.contributions import services as contributions
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.feedback import queries
from app.feedback.models import Decision, OutcomeTally, PublicationBatch
from app.feedback.rules.acts import FeedbackProblem, is_agreed
from app.feedback.rules.agreement import AgreementProblem, is_objected
from app.feedback.rules.checks import REPLY_WINDOW, stops
from app.feedback.rules.drafts import DecisionDraft, content_sha256
from app.feedback.rules.outcomes import DecisionState, Outcome
from app.feedback.services import letters
from app.processes import services as processes
from app.processes.models import Process


def publish_batch(
    process: Process, decisions: Sequence[Decision], *, person_id: int, now: datetime, hashes: Mapping[int, str] | None = None
) -> PublicationBatch:  # fmt: skip
    """Publish approved answers as the next batch of the process; the caller commits.

    Everything is judged again, on the text that was signed: both sectors' signatures under exactly this hash, the blocking
    checks, merges within the batch. `hashes` (decision id -> SHA-256) are those on the publisher's screen, when there was one.
    A group is published whole when any of it is chosen. With one problem nothing is published: RuleBroken, each problem naming its
    answer in `values["code"]`.
    `process.space` is loaded.
    """
    chosen = judge_batch(process, decisions, hashes, now)
    drafts = {d.contribution_id: queries.draft_of(d) for d in chosen}
    batch = _batch(process, len(chosen), person_id, now)
    _release(process.id, chosen, batch, now)
    audit.record(
        "feedback.publish", "process", process.slug,
        {
            "answers": [
                {"code": d.contribution.code, "outcome": str(d.outcome), "sha256": d.sha256, "version": d.version} for d in chosen
            ],
            "batch": batch.n,
        },
        at=now, role="secretaría",
    )  # fmt: skip
    letters.write_letters(process, chosen, drafts, now)
    processes.touch_public(process.id)
    db.session.flush()
    return batch


def judge_batch(process: Process, decisions: Sequence[Decision], hashes: Mapping[int, str] | None, now: datetime) -> list[Decision]:
    """The answers of a batch as they stand, groups whole, held until the transaction ends; they may all be published now.

    Raises RuleBroken with whatever keeps one back. `process.space` is loaded. The same statements for one answer or a thousand.
    """
    db.session.execute(select(Process.id).where(Process.id == process.id).with_for_update())
    ids = queries.rows_together(decisions)
    db.session.execute(select(Decision.id).where(Decision.id.in_(ids)).order_by(Decision.id).with_for_update())
    db.session.expire_all()
    chosen = list(queries.decisions_by_id(ids))
    drafts = {d.contribution_id: queries.draft_of(d) for d in chosen}
    db.session.refresh(process)
    _judge(process, chosen, drafts, hashes, now)
    return chosen


def _judge(
    process: Process, chosen: Sequence[Decision], drafts: Mapping[int, DecisionDraft], hashes: Mapping[int, str] | None, now: datetime
) -> None:  # fmt: skip
    if not chosen:
        raise RuleBroken([Problem(FeedbackProblem.NOTHING_CHOSEN)])
    facts = queries.facts_for(process, [d.contribution for d in chosen], drafts, today=lima_day(now), for_stops=True)
    ids = [d.id for d in chosen]
    signatures, writers, objected = queries.signatures_of(ids), queries.writers_of(ids), queries.standing_objections(ids)
    problems: list[Problem] = list(_uneven(chosen, drafts))
    for decision in chosen:
        code, wanted = decision.contribution.code, drafts[decision.contribution_id]
        found: list[Problem] = []
        if decision.process_id != process.id:
            found.append(Problem(FeedbackProblem.OTHER_PROCESS))
        if decision.state is not DecisionState.APPROVED:
            found.append(Problem(FeedbackProblem.NOT_APPROVED))
        if content_sha256(wanted, code) != decision.sha256 or (hashes is not None and not _was_seen(decision, hashes)):
            found.append(Problem(FeedbackProblem.TEXT_CHANGED))
        rows = [(row.seat, row.person_id, row.sha256) for row in signatures.get(decision.id, ())]
        if not is_agreed(decision.sha256, rows, writers.get(decision.id, set())):
            found.append(Problem(FeedbackProblem.SIGNATURES_MISSING))
        if is_objected(decision.sha256, objected.get(decision.id, ())):
            found.append(Problem(AgreementProblem.OBJECTED))
        found += stops(wanted, facts[decision.contribution_id])
        problems += [Problem(p.code, p.field, {**p.values, "code": code}) for p in found]
    refuse_if_any(problems)


def _was_seen(decision: Decision, hashes: Mapping[int, str]) -> bool:
    """Whether this text was on the screen; of a group one row is shown for all, and `_uneven` says whether the rest is the same."""
    return hashes.get(decision.id, decision.sha256 if decision.group_number is not None else "") == decision.sha256


def _uneven(chosen: Sequence[Decision], drafts: Mapping[int, DecisionDraft]) -> list[Problem]:
    """A group is released whole, one same text for all of it: what is wrong is said of its first row."""
    rows: dict[int, list[Decision]] = {}
    for decision in chosen:
        if decision.group_number is not None:
            rows.setdefault(decision.group_number, []).append(decision)
    problems = []
    for members in rows.values():
        text = drafts[members[0].contribution_id]
        codes = sorted(d.contribution.code for d in members)
        if codes != sorted(text.group) or any(drafts[d.contribution_id] != text for d in members):
            problems.append(Problem(FeedbackProblem.TEXT_CHANGED, None, {"code": members[0].contribution.code}))
    return problems


def _batch(process: Process, answers: int, person_id: int, now: datetime) -> PublicationBatch:
    last = db.session.scalar(
        select(PublicationBatch.n).where(PublicationBatch.process_id == process.id).order_by(PublicationBatch.n.desc()).limit(1)
    )
    batch = PublicationBatch(process_id=process.id, n=(last or 0) + 1, answers=answers, published_by_id=person_id, published_at=now)
    db.session.add(batch)
    try:
        db.session.flush()
    except IntegrityError:  # uq_publication_batch_n
        db.session.rollback()
        raise RuleBroken([Problem(FeedbackProblem.NOT_APPROVED)]) from None
    return batch


def _release(process_id: int, chosen: Sequence[Decision], batch: PublicationBatch, now: datetime) -> None:
    """Flip the current answers, move the tally, mark who is answered: the same few statements for one answer or a thousand."""
    contribution_ids = [d.contribution_id for d in chosen]
    replaced: dict[int, Outcome] = {
        id_: outcome
        for id_, outcome in db.session.execute(
            select(Decision.contribution_id, Decision.outcome).where(Decision.contribution_id.in_(contribution_ids), Decision.is_current)
        )
        if outcome is not None
    }
    quietly = {"synchronize_session": False}
    db.session.execute(
        update(Decision).where(Decision.contribution_id.in_(contribution_ids), Decision.is_current).values(is_current=False),
        execution_options=quietly,
    )
    db.session.execute(
        update(Decision).where(Decision.id.in_([d.id for d in chosen])).values(
            state=DecisionState.PUBLISHED, is_current=True, published_at=now, batch_id=batch.id, reply_until=lima_day(now) + REPLY_WINDOW,
        ),
        execution_options=quietly,
    )  # fmt: skip
    moved: Counter[Outcome] = Counter()
    for decision in chosen:
        assert decision.outcome is not None  # noqa: S101 - the checks have just said so
        moved[decision.outcome] += 1
        if decision.contribution_id in replaced:
            moved[replaced[decision.contribution_id]] -= 1
    _move_tally(process_id, moved)
    were_final = {id_ for id_, outcome in replaced.items() if outcome.is_final}
    answered = [d.contribution_id for d in chosen if d.outcome and d.outcome.is_final and d.contribution_id not in were_final]
    reopened = [d.contribution_id for d in chosen if d.outcome and not d.outcome.is_final and d.contribution_id in were_final]
    contributions.mark_many_answered(answered, now)
    contributions.mark_many_answered(reopened, None)
    db.session.flush()
    for decision in chosen:
        db.session.expire(decision, ["state", "is_current", "published_at", "batch_id", "reply_until"])


def _move_tally(process_id: int, moved: Mapping[Outcome, int]) -> None:
    known = set(db.session.scalars(select(OutcomeTally.outcome).where(OutcomeTally.process_id == process_id)))
    for outcome, by in sorted(moved.items()):
        if outcome not in known:
            db.session.execute(insert(OutcomeTally).values(process_id=process_id, outcome=outcome, answers=by))
        elif by:
            db.session.execute(
                update(OutcomeTally).where(OutcomeTally.process_id == process_id, OutcomeTally.outcome == outcome)
                .values(answers=OutcomeTally.answers + by),
                execution_options={"synchronize_session": False},
            )  # fmt: skip
