"""One text that answers a group: a row for each member, written, sent and returned in one go, however many they are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst
from app.feedback import queries
from app.feedback.models import Decision, DecisionSignature, DecisionWriter, TeamNote
from app.feedback.queries import GroupStanding
from app.feedback.rules.acts import FeedbackProblem
from app.feedback.rules.drafts import DecisionDraft, content_sha256
from app.feedback.rules.outcomes import DecisionState
from app.feedback.rules.tidying import tidy
from app.feedback.services.answering import refuse_if_elsewhere
from app.feedback.services.columns import columns, part_columns, replace_parts
from app.feedback.services.submitting import send, stopped
from app.groups import queries as groups

_QUIETLY = {"synchronize_session": False}
_DECISION = cast(Table, Decision.__table__)


def draft_together(
    group_id: int, draft: DecisionDraft, *, token: int, person_id: int, now: datetime
) -> Sequence[Decision]:  # fmt: skip
    """Save one draft as the answer to every member of the group, its codes named in it; the rows come back in the order of ids.

    `token` is `GroupStanding.token` as it was on the writer's screen. What was being written for one member alone gives way and
    is kept as a note of the team. Any change returns all to draft and drops their signatures. The number of statements does not
    depend on the number of members; the caller commits.
    Raises RuleBroken, and SomebodyWasFirst (after rolling back) when any of them changed since, or the group did.
    """
    group = groups.locked_group(group_id)
    here = queries.group_standing(group)
    if here.token != token or not here.members:
        raise SomebodyWasFirst(_anothers(here))
    codes = {member.contribution_id: member.code for member in here.members}
    refuse_if_elsewhere(group.process_id, codes, person_id=person_id, now=now)
    wanted = replace(tidy(draft), group=here.codes)
    if here.is_whole and here.lead is not None and queries.draft_of(here.lead) == wanted:
        return queries.decisions_by_id([row.id for row in here.open.values()])
    if here.published and not wanted.correction_reason:
        raise RuleBroken([Problem(FeedbackProblem.NO_CORRECTION_REASON, "correction_reason")])
    return write_rows(here, wanted, process_id=group.process_id, person_id=person_id, now=now)


def _anothers(here: GroupStanding) -> Decision | None:
    return here.lead or next((decision for _, decision in here.apart), None)


def write_rows(
    here: GroupStanding, wanted: DecisionDraft, *, process_id: int, person_id: int, now: datetime, return_note: str = ""
) -> Sequence[Decision]:  # fmt: skip
    """A row of this text for each member: new ones, and those that stand changed; all are drafts, none keeps a signature."""
    parts = part_columns(wanted, process_id)
    values = columns(wanted, process_id, "")
    values |= {"group_number": here.number, "saved_at": now, "return_note": return_note, "state": DecisionState.DRAFT}
    own = {
        member.contribution_id: {"sha256": content_sha256(wanted, member.code), "group_place": place}
        for place, member in enumerate(here.members, start=1)
    }
    _keep_replaced(here, person_id, now)
    standing = {contribution_id: row.id for contribution_id, row in here.open.items()}
    were_split = any(row.ideas for row in here.open.values())
    if standing:
        _change(standing, values, own)
        drop_signatures(list(standing.values()))
    try:
        _open([id_ for id_ in own if id_ not in standing], values, own, process_id, person_id, now)
    except IntegrityError:  # uq_decision_open or uq_decision_version: somebody answered one of them alone meanwhile
        db.session.rollback()
        raise SomebodyWasFirst(_anothers(queries.group_standing(groups.locked_group(here.id)))) from None
    ids = list(
        db.session.scalars(
            select(Decision.id)
            .where(Decision.contribution_id.in_(list(own)), Decision.state != DecisionState.PUBLISHED)
            .order_by(Decision.id)
        )
    )
    replace_parts(ids, parts, were_split=were_split)
    _sign_as_writer(ids, person_id)
    db.session.expire_all()
    return queries.decisions_by_id(ids)


def _change(standing: Mapping[int, int], values: Mapping[str, Any], own: Mapping[int, Mapping[str, Any]]) -> None:
    statement = (
        update(_DECISION)
        .where(_DECISION.c.id == bindparam("row_id"), _DECISION.c.state != DecisionState.PUBLISHED)
        .values(**{**values, "sha256": bindparam("row_sha256"), "group_place": bindparam("row_place")}, revision=_DECISION.c.revision + 1)
    )
    db.session.connection().execute(
        statement,
        [
            {"row_id": id_, "row_sha256": own[contribution_id]["sha256"], "row_place": own[contribution_id]["group_place"]}
            for contribution_id, id_ in standing.items()
        ],
    )


def _open(
    contribution_ids: Sequence[int], values: Mapping[str, Any], own: Mapping[int, Mapping[str, Any]], process_id: int, person_id: int,
    now: datetime,
) -> None:  # fmt: skip
    if not contribution_ids:
        return
    latest: dict[int, int] = {
        contribution_id: version
        for contribution_id, version in db.session.execute(
            select(Decision.contribution_id, func.max(Decision.version))
            .where(Decision.contribution_id.in_(contribution_ids))
            .group_by(Decision.contribution_id)
        )
    }
    rows = [
        {
            **values, **own[id_], "contribution_id": id_, "process_id": process_id, "version": latest.get(id_, 0) + 1,
            "drafted_by_id": person_id, "drafted_at": now, "is_current": False, "revision": 1,
        }
        for id_ in contribution_ids
    ]  # fmt: skip
    db.session.execute(insert(Decision), rows)


def _sign_as_writer(ids: Sequence[int], person_id: int) -> None:
    wrote = queries.writers_of(ids)
    rows = [{"decision_id": id_, "person_id": person_id} for id_ in ids if person_id not in wrote.get(id_, set())]
    if rows:
        db.session.execute(insert(DecisionWriter), rows)


def _keep_replaced(here: GroupStanding, person_id: int, now: datetime) -> None:
    """What was written for one member alone stays readable for the team when the group's text takes its place."""
    by_code = {member.code: member.contribution_id for member in here.members}
    notes = [
        {"contribution_id": by_code[code], "author_id": decision.drafted_by_id, "text": f"{here.reference}: {prose}", "at": now}
        for code, decision in here.apart
        if (prose := queries.draft_of(decision).prose)
    ]
    if notes:
        db.session.execute(insert(TeamNote), notes)


def submit_together(rows: Sequence[Decision], *, now: datetime) -> tuple[Problem, ...]:
    """Send the rows of a group to review, all of them; or none, and what stops them comes back, each problem once, with the code
    it is about when not all share it. `rows` are all the rows of the group, loaded by `queries.decisions_by_id`."""
    process = rows[0].contribution.process
    found = stopped(process, rows, now)
    if not found:
        send([row.id for row in rows])
        for row in rows:
            db.session.expire(row, ["state", "revision", "return_note"])
        queries.decisions_by_id([row.id for row in rows])
        return ()
    shared: dict[tuple[Any, ...], list[str]] = {}
    problems: dict[tuple[Any, ...], Problem] = {}
    for row in rows:
        for problem in found.get(row.id, ()):
            key = (problem.code, problem.field, tuple(sorted((k, str(v)) for k, v in problem.values.items())))
            shared.setdefault(key, []).append(row.contribution.code)
            problems[key] = problem
    return tuple(
        problem
        if len(shared[key]) == len(rows)
        else Problem(problem.code, problem.field, {**problem.values, "code": ", ".join(shared[key])})
        for key, problem in problems.items()
        if problem.code is not FeedbackProblem.GROUP_STOPPED
    )


def drop_signatures(decision_ids: Sequence[int]) -> None:
    """Nobody has signed these texts any more."""
    db.session.execute(delete(DecisionSignature).where(DecisionSignature.decision_id.in_(decision_ids)), execution_options=_QUIETLY)
