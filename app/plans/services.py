"""Writing the plan and signing its approval."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line, to_html
from app.organisations.models import Organisation
from app.plans import queries, rules
from app.plans.models import ActionPlan, Commitment, Milestone, PlanSignature
from app.plans.rules import CommitmentDraft, MilestoneDraft, PlanDraft, PlanProblem, PlanSeat, PlanState
from app.processes import services as processes
from app.processes.models import Process, Theme
from app.processes.rules.states import ProcessState
from app.processes.rules.transitions import ProcessFacts, problems_with_way, way_to

ROLE = "gobierno y sociedad civil"


def open_plan(
    process: Process, title: str, *, person_id: int, now: datetime, summary: str = "", starts: str = "", ends: str = ""
) -> ActionPlan:
    """The plan of a process that has none yet; the caller commits. Raises RuleBroken."""
    draft = PlanDraft(clean_line(title), clean(summary), starts, ends)
    problems = list(rules.problems_with_plan(draft))
    if queries.plan_of(process.id) is not None:
        problems.append(Problem(PlanProblem.ALREADY_OPEN))
    refuse_if_any(problems)
    plan = ActionPlan(process_id=process.id, title=draft.title, summary=draft.summary, starts=starts, ends=ends)
    db.session.add(plan)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleBroken([Problem(PlanProblem.ALREADY_OPEN)]) from None
    processes.touch_public(process.id)
    return plan


def edit_plan(plan: ActionPlan, draft: PlanDraft, *, person_id: int, now: datetime) -> None:
    """Change what heads the plan; signatures fall. Raises RuleBroken."""
    refuse_if_any([*_closed(plan), *rules.problems_with_plan(draft)])
    plan.title, plan.summary = clean_line(draft.title), clean(draft.summary)
    plan.starts, plan.ends, plan.approval_norm = draft.starts, draft.ends, clean_line(draft.approval_norm)
    _changed(plan)


def save_plan(process: Process, plan: ActionPlan | None, draft: PlanDraft, *, person_id: int, now: datetime) -> None:
    """Open the plan, or change its heading. Raises RuleBroken."""
    if plan is None:
        plan = open_plan(process, draft.title, person_id=person_id, now=now)
    edit_plan(plan, draft, person_id=person_id, now=now)


def add_commitment(plan: ActionPlan, draft: CommitmentDraft, *, person_id: int, now: datetime) -> Commitment:
    """A commitment at the end of the plan, or under the number the draft gives. Numbers are never used twice. Raises RuleBroken."""
    refuse_if_any([*_closed(plan), *rules.problems_with_commitment(draft)])
    organisation_id, theme_id = _ids(plan, draft)
    number = draft.number or plan.last_number + 1
    commitment = Commitment(
        plan_id=plan.id, number=number, title=clean_line(draft.title), description=clean(draft.description),
        description_html=str(to_html(draft.description)), organisation_id=organisation_id, theme_id=theme_id,
    )  # fmt: skip
    db.session.add(commitment)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleBroken([Problem(PlanProblem.COMMITMENT_NUMBER_TAKEN, "number", {"number": number})]) from None
    plan.last_number = max(plan.last_number, number)
    _changed(plan)
    return commitment


def edit_commitment(commitment: Commitment, draft: CommitmentDraft, *, person_id: int, now: datetime) -> None:
    """Change a commitment, keeping its number; signatures fall. `commitment.plan` is loaded. Raises RuleBroken."""
    refuse_if_any([*_closed(commitment.plan), *rules.problems_with_commitment(draft)])
    commitment.organisation_id, commitment.theme_id = _ids(commitment.plan, draft)
    commitment.title, commitment.description = clean_line(draft.title), clean(draft.description)
    commitment.description_html = str(to_html(draft.description))
    _changed(commitment.plan)


def remove_commitment(commitment: Commitment, *, person_id: int, now: datetime) -> None:
    """Take a commitment out of the draft with its milestones. Raises RuleBroken when an answer points to it."""
    refuse_if_any(_closed(commitment.plan))
    plan, number = commitment.plan, commitment.number
    try:
        db.session.execute(delete(Milestone).where(Milestone.commitment_id == commitment.id))
        db.session.execute(delete(Commitment).where(Commitment.id == commitment.id))
    except IntegrityError:
        db.session.rollback()
        raise RuleBroken([Problem(PlanProblem.COMMITMENT_IN_USE, None, {"number": number})]) from None
    _changed(plan)


def add_milestone(commitment: Commitment, draft: MilestoneDraft, *, person_id: int, now: datetime, number: str = "") -> Milestone:
    """A milestone, numbered after the last ("2.3") unless `number` is given. Raises RuleBroken."""
    refuse_if_any([*_closed(commitment.plan), *rules.problems_with_milestone(draft)])
    assert draft.due_on is not None  # noqa: S101 - the rule above has just said so
    taken = [int(m.number.partition(".")[2] or 0) for m in queries.milestones_of(commitment.id)]
    milestone = Milestone(
        commitment_id=commitment.id, number=number or f"{commitment.number}.{max(taken, default=0) + 1}", title=clean_line(draft.title),
        due_on=draft.due_on, responsible=clean_line(draft.responsible),
    )  # fmt: skip
    db.session.add(milestone)
    db.session.flush()
    _changed(commitment.plan)
    return milestone


def edit_milestone(commitment: Commitment, milestone: Milestone, draft: MilestoneDraft, *, person_id: int, now: datetime) -> None:
    """Change a milestone, keeping its number. Raises RuleBroken."""
    refuse_if_any([*_closed(commitment.plan), *rules.problems_with_milestone(draft)])
    assert draft.due_on is not None  # noqa: S101 - the rule above has just said so
    milestone.title, milestone.due_on, milestone.responsible = clean_line(draft.title), draft.due_on, clean_line(draft.responsible)
    _changed(commitment.plan)


def remove_milestone(commitment: Commitment, milestone: Milestone, *, person_id: int, now: datetime) -> None:
    """Take a milestone out of the draft. Raises RuleBroken when an answer points to it."""
    refuse_if_any(_closed(commitment.plan))
    plan, number = commitment.plan, milestone.number
    try:
        db.session.execute(delete(Milestone).where(Milestone.id == milestone.id))
    except IntegrityError:
        db.session.rollback()
        raise RuleBroken([Problem(PlanProblem.MILESTONE_IN_USE, None, {"number": number})]) from None
    _changed(plan)


def sign(
    plan: ActionPlan, seat: PlanSeat, *, revision: int, override_reason: str = "", waiting_codes: Sequence[str] = (), person_id: int,
    now: datetime,
) -> bool:  # fmt: skip
    """A sector's signature under exactly `revision`; when both have signed the plan is approved, and True comes back.

    `waiting_codes` are the contributions without a final published answer: with any, each sector must give a public reason
    (BR-08). Approving is the formal act: the process passes in order every state that lies before it, each guarded and recorded.
    `plan.process` is loaded; the caller commits. Raises RuleBroken.
    """
    db.session.refresh(plan, ["state", "revision"], with_for_update=True)
    signed = queries.signatures(plan.id, plan.revision)
    reason = clean(override_reason)
    problems = list(
        rules.problems_with_signature(
            plan.state, commitments=queries.commitment_count(plan.id), revision=plan.revision, seen_revision=revision, seat=seat,
            person_id=person_id, signed={s: (row.person_id, row.override_reason) for s, row in signed.items()},
            waiting_codes=waiting_codes, override_reason=reason,
        )
    )  # fmt: skip
    refuse_if_any([*problems, *_problems_with_process(plan.process, waiting_codes)])
    db.session.add(
        PlanSignature(
            plan_id=plan.id, seat=seat, person_id=person_id, plan_revision=revision, signed_at=now,
            override_reason=reason if waiting_codes else "",
        )
    )  # fmt: skip
    db.session.flush()
    if len(signed) + 1 < len(PlanSeat):
        return False
    _approve(plan, waiting_codes, person_id, now)
    return True


def _problems_with_process(process: Process, waiting_codes: Sequence[str]) -> list[Problem]:
    """Why the process cannot come to the approval of its plan from where it stands."""
    db.session.refresh(process, ["state", "start_at", "suspended_from"])
    if way_to(process.state, ProcessState.APPROVED) is None:
        return [Problem(PlanProblem.PROCESS_STOPPED)]
    return problems_with_way(process.state, ProcessState.APPROVED, processes.course_facts(process, _facts(waiting_codes)))


def _facts(waiting_codes: Sequence[str]) -> ProcessFacts:
    """With somebody waiting, the reasons of both sectors are the override: their absence was refused before this is asked."""
    return ProcessFacts(waiting=len(waiting_codes), has_override=bool(waiting_codes))


def _approve(plan: ActionPlan, waiting_codes: Sequence[str], person_id: int, now: datetime) -> None:
    plan.state, plan.approved_at, plan.approved_with_override = PlanState.APPROVED, now, bool(waiting_codes)
    process = plan.process
    for step in way_to(process.state, ProcessState.APPROVED) or ():
        processes.advance(process, step, person_id=person_id, now=now, facts=_facts(waiting_codes), role=ROLE)
    facts = {
        "commitments": queries.commitment_count(plan.id),
        "revision": plan.revision,
        "title": plan.title,
        "waiting": len(waiting_codes),
    }
    audit.record("plans.approve", "process", process.slug, facts, at=now, role=ROLE)
    if waiting_codes:
        reasons = {str(seat): row.override_reason for seat, row in queries.signatures(plan.id, plan.revision).items()}
        audit.record("plans.override", "process", process.slug, {"codes": list(waiting_codes), "reasons": reasons}, at=now, role=ROLE)
    db.session.flush()
    processes.touch_public(process.id)


def _closed(plan: ActionPlan) -> list[Problem]:
    return [Problem(PlanProblem.APPROVED)] if plan.state is PlanState.APPROVED else []


def _changed(plan: ActionPlan) -> None:
    """Any change makes a new revision: signatures under the old one fall."""
    db.session.execute(delete(PlanSignature).where(PlanSignature.plan_id == plan.id))
    db.session.execute(
        update(ActionPlan).where(ActionPlan.id == plan.id).values(revision=ActionPlan.revision + 1),
        execution_options={"synchronize_session": False},
    )
    db.session.flush()
    db.session.refresh(plan, ["revision"])
    processes.touch_public(plan.process_id)


def _ids(plan: ActionPlan, draft: CommitmentDraft) -> tuple[int | None, int | None]:
    organisation_id = db.session.scalar(select(Organisation.id).where(Organisation.slug == draft.organisation))
    if organisation_id is None:
        raise RuleBroken([Problem(PlanProblem.COMMITMENT_NO_ORGANISATION, "organisation")])
    theme_id = (
        db.session.scalar(select(Theme.id).where(Theme.process_id == plan.process_id, Theme.slug == draft.theme)) if draft.theme else None
    )
    return organisation_id, theme_id
