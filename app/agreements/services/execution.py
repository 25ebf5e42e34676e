"""Telling how each line goes: one row for each thing told, with its evidence, seen by everybody at once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.agreements import queries
from app.agreements.models import ActLine, LineUpdate
from app.agreements.queries.execution import facts_of, last_number
from app.agreements.rules import execution as rules
from app.agreements.rules.acts import ActState
from app.agreements.rules.execution import ExecutionProblem, ProgressDraft
from app.agreements.rules.sheets import JudgedRow, SheetRow, judged
from app.agreements.services.writing import TEAM
from app.audit import services as audit
from app.budgeting.models import BudgetRound
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line
from app.evidence import services as evidence
from app.evidence.rules import FileUpload
from app.processes import services as processes
from app.projects.models import Project
from app.projects.rules.phases import Doing, problems_with_phase

ENTITY = "entidad responsable"


def report(
    line: ActLine, draft: ProgressDraft, files: Sequence[FileUpload] = (), *, seen: int, person_id: int, now: datetime, role: str = TEAM
) -> LineUpdate:
    """Publish how a line of the act in force stands. `seen` is the number of the last update on the screen, 0 when there was none.

    Pictures are written again without what cameras add. The caller commits. Raises RuleBroken, and SomebodyWasFirst with the last one.
    """
    db.session.execute(select(Project.id).where(Project.id == line.project_id).with_for_update())
    row = queries.row_of(line, lima_day(now))
    if line.act.state is not ActState.PUBLISHED:
        raise RuleBroken([Problem(ExecutionProblem.NOT_AGREED)])
    refuse_if_any(problems_with_phase(Doing.EXECUTE, line.act.round.state))
    refuse_if_any(rules.problems_with_progress(draft, facts_of(row, lima_day(now), files=len(files))))
    if (row.last.number if row.last else 0) != seen:
        raise SomebodyWasFirst(row.last)
    update = _insert(line, draft, seen + 1, is_imported=False, person_id=person_id, now=now)
    for upload in files:
        evidence.attach(
            upload, subject_kind=queries.UPDATE_SUBJECT, subject_id=update.id, kind=None, title=f"{line.title}: {upload.file_name}",
            is_public=True, person_id=person_id, now=now, scope=line.scope,
        )  # fmt: skip
    facts = {"code": line.code, "files": len(files), "number": update.number, "state": str(update.state), "places": _places(line)}
    audit.record("agreements.report-progress", "process", line.act.round.process.slug, facts, at=now, role=role)
    processes.touch_public(line.act.round.process_id)
    return update


def _places(line: ActLine) -> list[str]:
    return [line.ubigeo] if line.ubigeo else []


def _insert(line: ActLine, draft: ProgressDraft, number: int, *, is_imported: bool, person_id: int, now: datetime) -> LineUpdate:
    assert draft.state is not None and draft.as_of is not None  # noqa: S101 - the rule refused it
    needs_why = rules.needs_why(draft.state, line.due_on or draft.as_of, draft.as_of)
    update = LineUpdate(
        project_id=line.project_id, number=number, state=draft.state, as_of=draft.as_of, cui=draft.cui, pia_cents=draft.pia_cents,
        pim_cents=draft.pim_cents, certified_cents=draft.certified_cents, accrued_cents=draft.accrued_cents, paid_cents=draft.paid_cents,
        text=clean(draft.text), reason_code=draft.reason_code if needs_why else None, why=clean(draft.why) if needs_why else "",
        difference=clean_line(draft.difference), is_imported=is_imported, written_by_id=person_id, published_at=now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(update)
    except IntegrityError as lost:  # uq_agreement_update_number
        raise SomebodyWasFirst() from lost
    return update


def judge_sheet(round_: BudgetRound, rows: Sequence[SheetRow], *, now: datetime) -> list[JudgedRow]:
    """What each row of the monthly sheet would do. Nothing is written."""
    return judged(rows, queries.lines_with_cui(round_.id, lima_day(now)))


def import_sheet(round_: BudgetRound, rows: Sequence[SheetRow], *, person_id: int, now: datetime) -> list[LineUpdate]:
    """Publish every row of the sheet that says something new; with one row refused, none is written. The caller commits.

    Raises RuleBroken with the problems of every row.
    """
    project_ids = select(Project.id).where(Project.round_id == round_.id).order_by(Project.id)
    db.session.execute(project_ids.with_for_update())
    refuse_if_any(problems_with_phase(Doing.EXECUTE, round_.state))
    found = judge_sheet(round_, rows, now=now)
    refuse_if_any(Problem(p.code, None, {**p.values, "line": row.line}) for row in found for p in row.problems)
    act = queries.standing_act(round_.id)
    lines = {line.code: line for line in queries.lines_of(act.id)} if act else {}
    made = []
    for row in sorted((r for r in found if r.draft and not r.is_same), key=lambda r: (r.draft.as_of, r.line)):  # type: ignore[union-attr]
        line = lines[row.code]
        assert row.draft is not None  # noqa: S101 - chosen above
        made.append(_insert(line, row.draft, last_number(line.project_id) + 1, is_imported=True, person_id=person_id, now=now))
    if made:
        facts = {"count": len(made), "cuis": sorted({update.cui for update in made})}
        audit.record("agreements.import-execution", "process", round_.process.slug, facts, at=now, role=TEAM)
        processes.touch_public(round_.process_id)
    return made
