"""A commitment from state to state (domain.md 11), each step a row with its role, and a public reason where one is due."""

from datetime import datetime

from app.audit import services as audit
from app.core.db import db
from app.core.errors import Problem, refuse_if_any
from app.core.text import clean
from app.plans import queries
from app.plans.models import ActionPlan, Commitment, CommitmentStep
from app.plans.queries.readiness import ownership
from app.plans.rules import commitments as rules
from app.plans.rules import template
from app.plans.rules.commitments import IN_FORCE, CommitmentFacts, CommitmentState
from app.plans.rules.plan import PlanState
from app.processes import services as processes


def advance(commitment: Commitment, to: CommitmentState, *, person_id: int, now: datetime, role: str, reason: str = "") -> None:
    """Take a commitment to its next state; adopting belongs to the plan's approval. The caller commits. Raises RuleBroken.

    `commitment.plan.process.space`, organisation and theme are loaded.
    """
    db.session.refresh(commitment, ["state"], with_for_update=True)
    problems = list(
        rules.problems_with_step(commitment.state, to, facts(commitment, asks_readiness=to is CommitmentState.VALIDATED_BY_ENTITY))
    )
    if to in (CommitmentState.ADOPTED, CommitmentState.WITHDRAWN):
        problems = [Problem(rules.CommitmentProblem.NOT_A_STEP, None, {"state": commitment.state, "to": to})]
    refuse_if_any(problems)
    keep(commitment, to, person_id=person_id, now=now, role=role, reason=reason)
    commitment.state = to
    db.session.flush()
    process = commitment.plan.process
    audit.record("plans.advance-commitment", "process", process.slug, {"commitment": commitment.number, "to": str(to)}, at=now, role=role)
    processes.touch_public(process.id)


def facts(commitment: Commitment, *, asks_readiness: bool = False) -> CommitmentFacts:
    """What the rule asks of a commitment, its organisation and theme loaded."""
    milestones = len(queries.milestones_of(commitment.id))
    not_ready = ownership(commitment.organisation, commitment.plan.process.space_id) if asks_readiness else ()
    return CommitmentFacts(template.missing(queries.values_of(commitment), milestones=milestones), tuple(not_ready))


def adopt_all(plan: ActionPlan, *, person_id: int, now: datetime, role: str) -> None:
    """With the plan's approval every commitment of it is adopted, whatever had been validated of it."""
    for row in queries.commitment_rows(plan.id):
        keep(row, CommitmentState.ADOPTED, person_id=person_id, now=now, role=role)
        row.state = CommitmentState.ADOPTED
    db.session.flush()


def begin_execution(commitment: Commitment, *, person_id: int, now: datetime, role: str) -> None:
    """The first published progress of an adopted commitment says that it is being carried out."""
    if commitment.state is CommitmentState.ADOPTED:
        keep(commitment, CommitmentState.IN_EXECUTION, person_id=person_id, now=now, role=role)
        commitment.state = CommitmentState.IN_EXECUTION
        db.session.flush()


def keep(
    commitment: Commitment, to: CommitmentState, *, person_id: int, now: datetime, role: str, reason: str = "",
    version_n: int | None = None, before: CommitmentState | None = None,
) -> None:  # fmt: skip
    """Write the row of a step from where the commitment stands, or from `before`."""
    db.session.add(
        CommitmentStep(
            commitment_id=commitment.id, from_state=before or commitment.state, to_state=to, reason=clean(reason), version_n=version_n,
            role=role, person_id=person_id, at=now,
        )
    )  # fmt: skip


def is_in_force(commitment: Commitment) -> bool:
    return commitment.plan.state is PlanState.APPROVED and commitment.state in IN_FORCE
