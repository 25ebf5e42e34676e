"""Publishing the plan's text: each publication is a row with its hash, for ever; and what follows any change of the draft."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean
from app.plans import queries
from app.plans.models import ActionPlan, PlanSignature, PlanVersion
from app.plans.rules import versions as texts
from app.plans.rules.clauses import ClauseProblem
from app.plans.rules.commitments import SHORTEST_REASON
from app.plans.rules.plan import PlanProblem, PlanState
from app.plans.rules.versions import VersionKind
from app.processes import services as processes
from app.processes.rules.states import ProcessState
from app.processes.rules.transitions import ENDED, ProcessFacts, problems_with_way, way_to


def publish_for_consultation(plan: ActionPlan, reason: str, *, waiting: int, person_id: int, now: datetime) -> PlanVersion:
    """Publish the draft as it stands for people to comment clause by clause; immutable from then on. The caller commits.

    `reason` is public and asked from the second time on: what moved the text. `waiting` is how many contributions have no final
    answer: with none, the process passes to public validation; otherwise the text is public and the process stays where it is.
    `plan.process` is loaded. Raises RuleBroken.
    """
    db.session.refresh(plan, ["state", "revision"], with_for_update=True)
    problems = [Problem(PlanProblem.APPROVED)] if plan.state is PlanState.APPROVED else []
    if not queries.commitment_count(plan.id):
        problems.append(Problem(ClauseProblem.NOTHING_TO_CONSULT))
    if plan.process.state in (*ENDED, ProcessState.SUSPENDED):
        problems.append(Problem(PlanProblem.PROCESS_STOPPED))
    before = queries.newest_version(plan.id)
    if before is not None and len(reason.strip()) < SHORTEST_REASON:
        problems.append(Problem(ClauseProblem.REASON_SHORT, "reason", {"shortest": SHORTEST_REASON}))
    refuse_if_any(problems)
    content = texts.to_json(queries.plan_text(plan))
    if before is not None and before.sha256 == texts.sha256(content):
        raise RuleBroken([Problem(ClauseProblem.ALREADY_CONSULTED)])
    version = publish(plan, VersionKind.CONSULTATION, reason, person_id=person_id, now=now, role="secretaría")
    facts = ProcessFacts(waiting=waiting)
    whole = processes.course_facts(plan.process, facts)
    if not problems_with_way(plan.process.state, ProcessState.PUBLIC_VALIDATION, whole):
        for step in way_to(plan.process.state, ProcessState.PUBLIC_VALIDATION) or ():
            processes.advance(plan.process, step, person_id=person_id, now=now, facts=facts)
    return version


def publish(plan: ActionPlan, kind: VersionKind, reason: str, *, person_id: int, now: datetime, role: str) -> PlanVersion:
    """Keep the text as it stands as the next version, in the register too. Raises SomebodyWasFirst when another took its number."""
    content = texts.to_json(queries.plan_text(plan))
    last = queries.newest_version(plan.id)
    version = PlanVersion(
        plan_id=plan.id, n=(last.n if last else 0) + 1, kind=kind, content=content, sha256=texts.sha256(content), reason=clean(reason),
        published_by_id=person_id, published_at=now,
    )  # fmt: skip
    db.session.add(version)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise SomebodyWasFirst() from None
    audit.record(
        "plans.publish-version",
        "process",
        plan.process.slug,
        {"n": version.n, "kind": str(kind), "sha256": version.sha256},
        at=now,
        role=role,
    )
    processes.touch_public(plan.process_id)
    return version


def changed(plan: ActionPlan) -> None:
    """Any change makes a new revision: signatures under the old one fall."""
    db.session.execute(delete(PlanSignature).where(PlanSignature.plan_id == plan.id))
    db.session.execute(
        update(ActionPlan).where(ActionPlan.id == plan.id).values(revision=ActionPlan.revision + 1),
        execution_options={"synchronize_session": False},
    )
    db.session.flush()
    db.session.refresh(plan, ["revision"])
    processes.touch_public(plan.process_id)


def closed(plan: ActionPlan) -> list[Problem]:
    """An approved plan is not rewritten: it is changed by an amendment of both sectors."""
    return [Problem(PlanProblem.APPROVED)] if plan.state is PlanState.APPROVED else []
