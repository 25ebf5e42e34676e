"""The answers of a process as they stand, judged all together; and the same contributions counted in four ways."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.core.db import db
from app.evaluation import queries as evaluation
from app.feedback.models import Decision, DissentNote
from app.feedback.queries.history import PARTS, draft_of, with_parts
from app.feedback.queries.numbers import coverage
from app.feedback.queries.priorities import voted_in
from app.feedback.queries.surroundings import facts_for
from app.feedback.rules import wording
from app.feedback.rules.checks import Check, Facts, Question, checks
from app.feedback.rules.checks import process as whole
from app.feedback.rules.checks.process import Counted, Standing, Totals
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import DecisionState
from app.groups.models import ContributionGroup
from app.processes.models import Process

A_PORTION = 500


def quality(process: Process, today: date) -> dict[Question, Standing]:
    """Each question of domain.md 6.4 over the process but Q21, which is about letters: the open version of each answer, or else its
    current one. `process.space` is loaded. A fixed number of statements for each five hundred answers."""
    found = whole.by_question(_judged(process, today))
    received = _codes(process.id)
    standing = evaluation.criteria_standing(process.id)
    voted = voted_in(process.id)
    found |= {
        Question.Q1: whole.covered([code for code, _ in received], [code for code, is_answered in received if not is_answered]),
        Question.Q16: whole.criteria_in_time(standing.published_at, standing.inputs_opened_at),
        Question.Q17: whole.priorities_closed([code for code, _ in voted], [code for code, is_answered in voted if is_answered]),
        Question.Q19: whole.reconciled(totals(process.id)),
    }
    return {question: found[question] for question in Question if question in found}


def quality_version(process: Process) -> str:
    """Changes whenever what `quality` reads changes: what was received, any version of an answer, groups, dissents, and whatever is
    public of the process. One statement."""
    answers = select(func.count(), func.coalesce(func.sum(Decision.revision), 0)).where(Decision.process_id == process.id).subquery()
    counted = db.session.execute(
        select(
            *answers.c,
            select(func.count()).where(Contribution.process_id == process.id).scalar_subquery(),
            select(func.coalesce(func.sum(ContributionGroup.revision), 0))
            .where(ContributionGroup.process_id == process.id)
            .scalar_subquery(),
            select(func.count() + func.count(DissentNote.withdrawn_at)).select_from(DissentNote).scalar_subquery(),
        )
    ).one()
    return ".".join(str(part) for part in (*counted, process.public_revision, process.space.contact))


def _judged(process: Process, today: date) -> Iterator[tuple[str, Sequence[Check]]]:
    """Code and checks of every answer that says something; boilerplate is looked for among all of them."""
    drafts: list[tuple[DecisionDraft, Facts]] = []
    for portion in _portions(process.id):
        texts = {d.contribution_id: draft_of(d) for d in portion}
        facts = facts_for(process, [d.contribution for d in portion], texts, today=today)
        drafts += [(texts[d.contribution_id], _as_it_was(d, facts[d.contribution_id])) for d in portion]
    words = {around.code: draft.text for draft, around in drafts}
    twins = wording.twins({code: text for code, text in words.items() if text}, {around.code: around.group for _, around in drafts})
    together = frozenset(words)
    for draft, around in drafts:
        twin = twins.get(around.code)
        yield around.code, checks(draft, replace(around, batch=together, others={twin: words[twin]} if twin else {}))


def _as_it_was(decision: Decision, facts: Facts) -> Facts:
    """What is published is judged as when it was: a first answer corrects nothing, and is late only if it came after the plan."""
    approved, published = facts.plan_approved_at, decision.published_at
    in_time = published is not None and approved is not None and published <= approved
    return replace(facts, is_correction=decision.version > 1, plan_approved_at=None if in_time else approved)


def _portions(process_id: int) -> Iterator[Sequence[Decision]]:
    """The answers that stand, five hundred at a time, in the order of their ids."""
    opened = select(Decision.contribution_id).where(Decision.process_id == process_id, Decision.state != DecisionState.PUBLISHED)
    last = 0
    while True:
        rows = with_parts(
            db.session.scalars(
                select(Decision)
                .where(
                    Decision.process_id == process_id, Decision.id > last,
                    (Decision.state != DecisionState.PUBLISHED) | (Decision.is_current & Decision.contribution_id.not_in(opened)),
                )
                .options(*PARTS)
                .order_by(Decision.id)
                .limit(A_PORTION)
            ).all()
        )  # fmt: skip
        if not rows:
            return
        last = rows[-1].id
        yield rows


def _codes(process_id: int) -> list[tuple[str, bool]]:
    """(code, whether it has a final published answer) of everything received, in the order of codes."""
    rows = db.session.execute(
        select(Contribution.code, Contribution.answered_at)
        .where(Contribution.process_id == process_id)
        .order_by(Contribution.series, Contribution.number, Contribution.id)
    )
    return [(code, answered_at is not None) for code, answered_at in rows]


def totals(process_id: int) -> Totals:
    """The contributions of a process counted by outcome, sector, region and reason, held against the codes given and the tally (Q19)."""
    rows = db.session.execute(
        select(Contribution.code, Decision.outcome, Contribution.sector, Contribution.ubigeo, Decision.reason_code)
        .outerjoin(Decision, (Decision.contribution_id == Contribution.id) & Decision.is_current)
        .where(Contribution.process_id == process_id)
        .order_by(Contribution.id)
    )
    counted = [
        Counted(code, str(outcome or ""), str(sector), (ubigeo or "")[:2], str(reason or ""))
        for code, outcome, sector, ubigeo, reason in rows
    ]
    published = {str(outcome): number for outcome, number in coverage(process_id).by_outcome.items()}
    return whole.totals(counted, contributions.received_count(process_id), published)
