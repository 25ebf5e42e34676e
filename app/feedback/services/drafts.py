"""Writing an answer: each save checked against what others saved meanwhile; nothing decided is overwritten."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app.contributions.models import Contribution
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean
from app.feedback import queries
from app.feedback.models import Decision, DecisionWriter, TeamNote
from app.feedback.rules.acts import FeedbackProblem, problems_with_return
from app.feedback.rules.checks import stops
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import DecisionState
from app.feedback.rules.tidying import tidy
from app.feedback.services import together
from app.feedback.services.answering import refuse_if_elsewhere
from app.feedback.services.columns import columns, part_columns, replace_parts
from app.feedback.services.together import drop_signatures
from app.groups import queries as groups


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
    signatures; a save that changes nothing leaves everything as it is. A contribution in a group is answered with its group
    (`write`), never by itself.
    Raises RuleBroken, and SomebodyWasFirst (after rolling back) when the answer changed since it was read.
    """
    group = groups.group_of([contribution.id]).get(contribution.id)
    if group is not None:
        raise RuleBroken([Problem(FeedbackProblem.IN_GROUP, None, {"code": contribution.code, "group": group.reference})])
    refuse_if_elsewhere(contribution.process_id, {contribution.id: contribution.code}, person_id=person_id, now=now)
    return _draft(contribution, draft, revision, person_id, now)


def _draft(contribution: Contribution, draft: DecisionDraft, revision: int, person_id: int, now: datetime) -> Decision:
    contribution_id, process_id = contribution.id, contribution.process_id
    wanted = replace(tidy(draft), group=())
    standing = queries.open_decision(contribution_id)
    if (standing.revision if standing else 0) != revision:
        raise SomebodyWasFirst(standing or queries.current_decision(contribution_id))
    parts = part_columns(wanted, process_id)  # before the whole: what is wrong with an idea is said of that idea
    values = columns(wanted, process_id, contribution.code)
    if standing is not None and standing.sha256 == values["sha256"]:
        return standing
    were_split = standing is not None and bool(standing.ideas)
    if standing is None:
        decision_id = _open(wanted, values, contribution_id, process_id, person_id, now)
    else:
        decision_id = _edit(standing, wanted, values, person_id, now)
    replace_parts([decision_id], parts, were_split=were_split)
    if not db.session.scalar(
        select(DecisionWriter.person_id).where(DecisionWriter.decision_id == decision_id, DecisionWriter.person_id == person_id)
    ):
        db.session.execute(insert(DecisionWriter).values(decision_id=decision_id, person_id=person_id))
    db.session.expire_all()
    saved = queries.decision_by_id(decision_id)
    assert saved is not None  # noqa: S101 - written a line above, in this transaction
    return saved


def write(contribution: Contribution, draft_: DecisionDraft, *, and_submit: bool, revision: int, person_id: int, now: datetime) -> Written:
    """Save, and send to review when asked and nothing stops it; what was written is kept either way. The answer of a contribution
    in a group is that of all of them, and `revision` then is `GroupStanding.token`. Raises as `draft`."""
    group = groups.group_of([contribution.id]).get(contribution.id)
    if group is not None:
        return _write_together(group.id, contribution.id, draft_, and_submit, revision, person_id, now)
    refuse_if_elsewhere(contribution.process_id, {contribution.id: contribution.code}, person_id=person_id, now=now)
    decision = _draft(contribution, draft_, revision, person_id, now)
    if not and_submit or decision.state is not DecisionState.DRAFT:
        return Written(decision, (), decision.state is not DecisionState.DRAFT)
    problems = _stops(decision, now)
    if not problems:
        _move(decision, DecisionState.DRAFT, {"state": DecisionState.REVIEW, "return_note": ""})
    return Written(decision, problems, not problems)


def _write_together(
    group_id: int, contribution_id: int, draft_: DecisionDraft, and_submit: bool, revision: int, person_id: int, now: datetime
) -> Written:  # fmt: skip
    rows = together.draft_together(group_id, draft_, token=revision, person_id=person_id, now=now)
    own = next(row for row in rows if row.contribution_id == contribution_id)
    if not and_submit or own.state is not DecisionState.DRAFT:
        return Written(own, (), own.state is not DecisionState.DRAFT)
    problems = together.submit_together(rows, now=now)
    return Written(own, problems, not problems)


def submit(decision: Decision, *, person_id: int, now: datetime) -> None:
    """Send a draft to review, with its whole group when it is the text of one. `decision` has its parts loaded; the caller
    commits. Raises RuleBroken with every check that blocks."""
    if decision.state is not DecisionState.DRAFT:
        raise RuleBroken([Problem(FeedbackProblem.NOT_A_DRAFT)])
    if decision.group_number is not None:
        refuse_if_any(together.submit_together(queries.decisions_by_id(queries.rows_together([decision])), now=now))
        return
    refuse_if_any(_stops(decision, now))
    _move(decision, DecisionState.DRAFT, {"state": DecisionState.REVIEW, "return_note": ""})


def send_back(decision: Decision, note: str, *, person_id: int, now: datetime) -> None:
    """Return an answer in review or approved to its writers with a note, with its whole group when it is the text of one;
    signatures fall. The caller commits. Raises RuleBroken."""
    note, ids = clean(note), queries.rows_together([decision])
    db.session.execute(select(Decision.id).where(Decision.id.in_(ids)).order_by(Decision.id).with_for_update())
    db.session.refresh(decision, ["state", "revision", "sha256"])
    refuse_if_any(problems_with_return(decision.state, note))
    drop_signatures(ids)
    db.session.execute(
        update(Decision)
        .where(Decision.id.in_(ids), Decision.state == decision.state)
        .values(state=DecisionState.DRAFT, return_note=note, saved_at=now, revision=Decision.revision + 1)
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()
    queries.decisions_by_id([decision.id])


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
    group = groups.group_of([contribution.id]).get(contribution.id)
    if group is not None:
        return (Problem(FeedbackProblem.IN_GROUP, None, {"code": contribution.code, "group": group.reference}),)
    wanted = queries.draft_of(decision)
    facts = queries.facts_for(contribution.process, [contribution], {contribution.id: wanted}, today=lima_day(now), for_stops=True)
    return stops(wanted, facts[contribution.id])


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
    drop_signatures([standing.id])
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
