"""Writing an answer: each save checked against what others saved meanwhile; nothing decided is overwritten."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.contributions.models import Contribution
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean
from app.feedback import queries
from app.feedback.models import Decision, DecisionSignature, DecisionWriter, TeamNote
from app.feedback.rules.acts import FeedbackProblem, problems_with_return
from app.feedback.rules.checks import stops
from app.feedback.rules.drafts import WRITTEN, DecisionDraft, content_sha256
from app.feedback.rules.outcomes import DecisionState
from app.feedback.rules.tidying import tidy
from app.organisations.models import Organisation
from app.plans import queries as plans


@dataclass(frozen=True)
class Written:
    """What became of a save: the version, and the problems that kept it from going to review (none when it went)."""

    decision: Decision
    problems: tuple[Problem, ...]
    is_submitted: bool


def draft(contribution: Contribution, draft: DecisionDraft, *, revision: int, person_id: int, now: datetime) -> Decision:
    """Save an answer as a draft; the caller commits.

    `revision` is the one that was on the writer's screen, 0 when there was no open version. A first save opens version 1, or
    a correction of what is published (which needs `correction_reason`). Any change returns the answer to draft and drops its
    signatures; a save that changes nothing leaves everything as it is.
    Raises RuleBroken, and SomebodyWasFirst (after rolling back) when the answer changed since it was read.
    """
    contribution_id, process_id = contribution.id, contribution.process_id
    wanted = tidy(draft)
    standing = queries.open_decision(contribution_id)
    if (standing.revision if standing else 0) != revision:
        raise SomebodyWasFirst(standing or queries.current_decision(contribution_id))
    values = _values(wanted, contribution)
    if standing is not None and standing.sha256 == values["sha256"]:
        return standing
    if standing is None:
        decision_id = _open(wanted, values, contribution_id, process_id, person_id, now)
    else:
        decision_id = _edit(standing, wanted, values, person_id, now)
    if not db.session.scalar(
        select(DecisionWriter.person_id).where(DecisionWriter.decision_id == decision_id, DecisionWriter.person_id == person_id)
    ):
        db.session.execute(insert(DecisionWriter).values(decision_id=decision_id, person_id=person_id))
    db.session.expire_all()
    saved = queries.decision_by_id(decision_id)
    assert saved is not None  # noqa: S101 - written a line above, in this transaction
    return saved


def write(contribution: Contribution, draft_: DecisionDraft, *, and_submit: bool, revision: int, person_id: int, now: datetime) -> Written:
    """Save, and send to review when asked and nothing stops it; what was written is kept either way. Raises as `draft`."""
    decision = draft(contribution, draft_, revision=revision, person_id=person_id, now=now)
    if not and_submit or decision.state is not DecisionState.DRAFT:
        return Written(decision, (), decision.state is not DecisionState.DRAFT)
    problems = _stops(decision, now)
    if not problems:
        _move(decision, DecisionState.DRAFT, {"state": DecisionState.REVIEW, "return_note": ""})
    return Written(decision, problems, not problems)


def submit(decision: Decision, *, person_id: int, now: datetime) -> None:
    """Send a draft to review. `decision` has its parts loaded; the caller commits. Raises RuleBroken with every check that blocks."""
    if decision.state is not DecisionState.DRAFT:
        raise RuleBroken([Problem(FeedbackProblem.NOT_A_DRAFT)])
    refuse_if_any(_stops(decision, now))
    _move(decision, DecisionState.DRAFT, {"state": DecisionState.REVIEW, "return_note": ""})


def send_back(decision: Decision, note: str, *, person_id: int, now: datetime) -> None:
    """Return an answer in review or approved to its writers with a note; signatures fall. The caller commits. Raises RuleBroken."""
    db.session.refresh(decision, ["state", "revision", "sha256"], with_for_update=True)
    note = clean(note)
    refuse_if_any(problems_with_return(decision.state, note))
    _drop_signatures(decision.id)
    _move(decision, decision.state, {"state": DecisionState.DRAFT, "return_note": note, "saved_at": now})


def add_note(contribution: Contribution, text: str, *, person_id: int, now: datetime) -> TeamNote:
    """A private note of the team; the caller commits. Raises RuleBroken when there is nothing in it."""
    text = clean(text)
    refuse_if_any([] if text else [Problem(FeedbackProblem.NOTE_SHORT, "note", {"shortest": 1})])
    note = TeamNote(contribution_id=contribution.id, author_id=person_id, text=text, at=now)
    db.session.add(note)
    db.session.flush()
    return note


def _stops(decision: Decision, now: datetime) -> tuple[Problem, ...]:
    contribution = decision.contribution
    wanted = queries.draft_of(decision)
    facts = queries.facts_for(contribution.process, [contribution], {contribution.id: wanted}, today=lima_day(now))
    return stops(wanted, facts[contribution.id])


def _values(wanted: DecisionDraft, contribution: Contribution) -> dict[str, Any]:
    """Columns of the draft, its references turned into ids. Raises RuleBroken for a reference to nothing."""
    problems: list[Problem] = []
    columns: dict[str, Any] = {name: getattr(wanted, name) for name in (
        *WRITTEN, "outcome", "reason_code", "referred_on", "clarify_by", "fallback",
    )}  # fmt: skip
    columns |= {"commitment_id": None, "milestone_id": None, "organisation_id": None, "merged_into_id": None}
    if wanted.commitment is not None:
        columns["commitment_id"] = plans.commitment_ids(contribution.process_id).get(wanted.commitment)
        if columns["commitment_id"] is None:
            problems.append(Problem(FeedbackProblem.UNKNOWN_COMMITMENT, "commitment", {"number": wanted.commitment}))
    if wanted.milestone:
        columns["milestone_id"] = plans.anchors(contribution.process_id).get(wanted.commitment or 0, {}).get(wanted.milestone)
        if columns["milestone_id"] is None:
            problems.append(Problem(FeedbackProblem.UNKNOWN_MILESTONE, "milestone", {"milestone": wanted.milestone}))
    if wanted.organisation:
        columns["organisation_id"] = db.session.scalar(select(Organisation.id).where(Organisation.slug == wanted.organisation))
        if columns["organisation_id"] is None:
            problems.append(Problem(FeedbackProblem.UNKNOWN_ORGANISATION, "organisation", {"organisation": wanted.organisation}))
    if wanted.merged_into:
        columns["merged_into_id"] = db.session.scalar(
            select(Contribution.id).where(Contribution.code == wanted.merged_into, Contribution.process_id == contribution.process_id)
        )
        if columns["merged_into_id"] is None:
            problems.append(Problem(FeedbackProblem.UNKNOWN_CONTRIBUTION, "merged_into", {"code": wanted.merged_into}))
    refuse_if_any(problems)
    return columns | {"sha256": content_sha256(wanted, contribution.code)}


def _open(wanted: DecisionDraft, values: dict[str, Any], contribution_id: int, process_id: int, person_id: int, now: datetime) -> int:
    """A new version: the first, or a correction of what is published."""
    version = queries.latest_version(contribution_id) + 1
    if version > 1:  # another transaction may have opened it between the look at the open version and this one
        meanwhile = queries.open_decision(contribution_id)
        if meanwhile is not None:
            raise SomebodyWasFirst(meanwhile)
    if version > 1 and not wanted.correction_reason:
        raise RuleBroken([Problem(FeedbackProblem.NO_CORRECTION_REASON, "correction_reason")])
    decision = Decision(
        **values,
        contribution_id=contribution_id,
        process_id=process_id,
        version=version,
        drafted_by_id=person_id,
        drafted_at=now,
        saved_at=now,
    )
    db.session.add(decision)
    try:
        db.session.flush()
    except IntegrityError:  # uq_decision_open or uq_decision_version: the other one was first
        db.session.rollback()
        raise SomebodyWasFirst(queries.open_decision(contribution_id) or queries.current_decision(contribution_id)) from None
    return decision.id


def _edit(standing: Decision, wanted: DecisionDraft, values: dict[str, Any], person_id: int, now: datetime) -> int:
    """Change the open version, provided nobody did since; it returns to draft and loses its signatures."""
    if standing.version > 1 and not wanted.correction_reason:
        raise RuleBroken([Problem(FeedbackProblem.NO_CORRECTION_REASON, "correction_reason")])
    changed = db.session.execute(
        update(Decision)
        .where(Decision.id == standing.id, Decision.revision == standing.revision, Decision.state != DecisionState.PUBLISHED)
        .values(**values, state=DecisionState.DRAFT, revision=Decision.revision + 1, saved_at=now)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        contribution_id = standing.contribution_id
        db.session.rollback()
        raise SomebodyWasFirst(queries.open_decision(contribution_id) or queries.current_decision(contribution_id))
    _drop_signatures(standing.id)
    return standing.id


def _move(decision: Decision, from_state: DecisionState, values: dict[str, Any]) -> None:
    changed = db.session.execute(
        update(Decision)
        .where(Decision.id == decision.id, Decision.state == from_state, Decision.revision == decision.revision)
        .values(**values, revision=Decision.revision + 1)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        contribution_id = decision.contribution_id
        db.session.rollback()
        raise SomebodyWasFirst(queries.open_decision(contribution_id) or queries.current_decision(contribution_id))
    db.session.refresh(decision, ["state", "revision", "return_note", "saved_at"])


def _drop_signatures(decision_id: int) -> None:
    db.session.execute(
        delete(DecisionSignature).where(DecisionSignature.decision_id == decision_id), execution_options={"synchronize_session": False}
    )
