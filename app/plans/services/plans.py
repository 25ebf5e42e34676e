"""The plan itself: opened, headed, signed by both sectors, handed to OGP."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.core.clock import lima_day, lima_instant
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line
from app.plans import queries
from app.plans.models import ActionPlan, PlanSignature
from app.plans.rules import plan as rules
from app.plans.rules.plan import PlanDraft, PlanProblem, PlanSeat, PlanState
from app.plans.rules.versions import VersionKind
from app.plans.services import steps
from app.plans.services.versions import changed, closed, publish
from app.processes import services as processes
from app.processes.models import Process
from app.processes.rules.states import ProcessState
from app.processes.rules.transitions import ProcessFacts, problems_with_way, way_to

ROLE = "gobierno y sociedad civil"
NOON = time(12)


def open_plan(
    process: Process,
    title: str,
    *,
    person_id: int,
    now: datetime,
    summary: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> ActionPlan:
    """The plan of a process that has none yet; the caller commits. Raises RuleBroken."""
    draft = PlanDraft(clean_line(title), clean(summary), starts_on, ends_on)
    problems = list(rules.problems_with_plan(draft))
    if queries.plan_of(process.id) is not None:
        problems.append(Problem(PlanProblem.ALREADY_OPEN))
    refuse_if_any(problems)
    plan = ActionPlan(process_id=process.id, title=draft.title, summary=draft.summary, starts_on=starts_on, ends_on=ends_on)
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
    refuse_if_any([*closed(plan), *rules.problems_with_plan(draft)])
    plan.title, plan.summary = clean_line(draft.title), clean(draft.summary)
    plan.starts_on, plan.ends_on = draft.starts_on, draft.ends_on
    plan.approval_norm, plan.approval_norm_url = clean_line(draft.approval_norm), clean_line(draft.approval_norm_url)
    changed(plan)


def save_plan(process: Process, plan: ActionPlan | None, draft: PlanDraft, *, person_id: int, now: datetime) -> None:
    """Open the plan, or change its heading. Raises RuleBroken."""
    if plan is None:
        plan = open_plan(process, draft.title, person_id=person_id, now=now)
    edit_plan(plan, draft, person_id=person_id, now=now)


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
    steps.adopt_all(plan, person_id=person_id, now=now, role=ROLE)
    version = publish(plan, VersionKind.APPROVED, "", person_id=person_id, now=now, role=ROLE)
    process = plan.process
    for step in way_to(process.state, ProcessState.APPROVED) or ():
        processes.advance(process, step, person_id=person_id, now=now, facts=_facts(waiting_codes), role=ROLE)
    facts = {
        "commitments": queries.commitment_count(plan.id),
        "revision": plan.revision,
        "sha256": version.sha256,
        "title": plan.title,
        "waiting": len(waiting_codes),
    }
    audit.record("plans.approve", "process", process.slug, facts, at=now, role=ROLE)
    if waiting_codes:
        reasons = {str(seat): row.override_reason for seat, row in queries.signatures(plan.id, plan.revision).items()}
        audit.record("plans.override", "process", process.slug, {"codes": list(waiting_codes), "reasons": reasons}, at=now, role=ROLE)
    db.session.flush()
    processes.touch_public(process.id)


def record_submission(plan: ActionPlan, submitted_on: date | None, document: str, url: str, *, person_id: int, now: datetime) -> None:
    """The plan was handed to OGP on a day, as `document` proves; once. The process goes on to submitted. Raises RuleBroken.

    `plan.process` is loaded; the caller commits.
    """
    db.session.refresh(plan, ["state", "submitted_at"], with_for_update=True)
    refuse_if_any(
        rules.problems_with_submission(
            plan.state, approved_on=lima_day(plan.approved_at) if plan.approved_at else None, is_submitted=plan.submitted_at is not None,
            submitted_on=submitted_on, document=document, today=lima_day(now),
        )
    )  # fmt: skip
    assert submitted_on is not None  # noqa: S101 - the rule above has just said so
    at = min(lima_instant(submitted_on, NOON), now)
    plan.submitted_at, plan.submitted_document, plan.submitted_url = at, clean_line(document), clean_line(url)
    if plan.process.state is ProcessState.APPROVED:
        processes.advance(plan.process, ProcessState.SUBMITTED, person_id=person_id, now=now)
    facts = {"submitted_at": at, "document": plan.submitted_document}
    audit.record("plans.submit", "process", plan.process.slug, facts, at=now, role="secretaría")
    db.session.flush()
    processes.touch_public(plan.process_id)
