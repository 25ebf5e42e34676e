"""Reading how the agreed lines go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.agreements.models import ActLine, AgreementAct, LineUpdate
from app.agreements.queries.acts import lines_of, public_act, standing_act
from app.agreements.rules.acts import ActState
from app.agreements.rules.books import Books, Standing, sums
from app.agreements.rules.execution import LineFacts, LineState, ProgressDraft, is_late, is_silent
from app.agreements.rules.sheets import Followed
from app.budgeting.models import BudgetRound
from app.core.clock import lima_day
from app.core.db import db
from app.evidence import queries as evidence
from app.evidence.models import Attachment
from app.processes.models import Process
from app.processes.rules.states import ProcessState

UPDATE_SUBJECT = "agreement-update"


@dataclass(frozen=True)
class LineRow:
    """A line of the act in force with its last update. `is_late` and `is_silent` are of the day it was asked."""

    line: ActLine
    last: LineUpdate | None
    is_late: bool
    is_silent: bool

    @property
    def state(self) -> LineState:
        return self.last.state if self.last else LineState.NOT_STARTED

    @property
    def standing(self) -> Standing:
        agreed, ubigeo = self.line.amount_cents, self.line.ubigeo or ""
        if self.last is None:
            return Standing(agreed, ubigeo=ubigeo)
        u = self.last
        return Standing(agreed, u.state, ubigeo, u.pia_cents, u.pim_cents, u.certified_cents, u.accrued_cents, u.paid_cents)


def in_force(act: AgreementAct, today: date) -> list[LineRow]:
    """Each line of a published act with its last update, by number: two statements."""
    lines = lines_of(act.id)
    last = _last([line.project_id for line in lines])
    return [_row(line, last.get(line.project_id), act, today) for line in lines]


def row_of(line: ActLine, today: date) -> LineRow:
    """The same of one line; its act is loaded."""
    return _row(line, _last([line.project_id]).get(line.project_id), line.act, today)


def _row(line: ActLine, last: LineUpdate | None, act: AgreementAct, today: date) -> LineRow:
    state = last.state if last else LineState.NOT_STARTED
    told = last.as_of if last else lima_day(act.published_at) if act.published_at else today
    return LineRow(line, last, is_late(state, line.due_on or date.max, today), is_silent(state, told, today))


def _last(project_ids: Sequence[int]) -> dict[int, LineUpdate]:
    newest = (
        select(LineUpdate.project_id, func.max(LineUpdate.number).label("number"))
        .where(LineUpdate.project_id.in_(project_ids))
        .group_by(LineUpdate.project_id)
        .subquery()
    )
    rows = db.session.scalars(
        select(LineUpdate).join(newest, (newest.c.project_id == LineUpdate.project_id) & (newest.c.number == LineUpdate.number))
    )
    return {row.project_id: row for row in rows}


def _lines() -> Select[Any]:
    return (
        select(ActLine)
        .join(ActLine.act)
        .join(AgreementAct.round)
        .join(BudgetRound.process)
        .where(AgreementAct.state == ActState.PUBLISHED)
        .options(
            contains_eager(ActLine.act).contains_eager(AgreementAct.round).contains_eager(BudgetRound.process).joinedload(Process.space),
            joinedload(ActLine.territory), joinedload(ActLine.unit), joinedload(ActLine.project),
        )
    )  # fmt: skip


def staff_line(slug: str, code: str) -> ActLine | None:
    """A line of the act in force, by the code of its project; everything about it loaded."""
    return db.session.scalar(_lines().where(Process.slug == slug, ActLine.code == code))


def public_line(slug: str, code: str) -> ActLine | None:
    """The same, of a process the public may see."""
    return db.session.scalar(_lines().where(Process.slug == slug, ActLine.code == code, Process.state != ProcessState.DRAFT))


def line_of(project_id: int, today: date) -> LineRow | None:
    """The line of a project in the act in force: for the story of the project."""
    line = db.session.scalar(_lines().where(ActLine.project_id == project_id))
    return row_of(line, today) if line is not None else None


def lines_followed(slug: str, today: date) -> list[LineRow]:
    """The lines of the act in force of a public process; none before there is one."""
    act = public_act(slug)
    return in_force(act, today) if act is not None else []


def books_of(rows: Iterable[LineRow]) -> Books:
    return sums(row.standing for row in rows)


def updates_of(project_id: int) -> Sequence[LineUpdate]:
    """Everything that was told about a project, newest first."""
    return db.session.scalars(select(LineUpdate).where(LineUpdate.project_id == project_id).order_by(LineUpdate.number.desc())).all()


def photos_of(update_ids: Sequence[int]) -> dict[int, list[Attachment]]:
    """The public files of each update."""
    found: dict[int, list[Attachment]] = {}
    for file in evidence.of_many(UPDATE_SUBJECT, update_ids, public_only=True):
        found.setdefault(file.subject_id, []).append(file)
    return found


def last_number(project_id: int) -> int:
    return db.session.scalar(select(func.max(LineUpdate.number)).where(LineUpdate.project_id == project_id)) or 0


def facts_of(row: LineRow, today: date, *, files: int = 0) -> LineFacts:
    """What an update of the line is judged against."""
    return LineFacts(row.line.amount_cents, row.line.due_on or today, today, draft_of(row.last) if row.last else None, files)


def draft_of(update: LineUpdate) -> ProgressDraft:
    """What was told, as the rules read it."""
    return ProgressDraft(
        update.state, update.as_of, update.cui, update.pia_cents, update.pim_cents, update.certified_cents, update.accrued_cents,
        update.paid_cents, update.text, update.reason_code, update.why, update.difference,
    )  # fmt: skip


def lines_with_cui(round_id: int, today: date) -> dict[str, list[Followed]]:
    """The lines of the act in force by the code of their investment; those without one are not there."""
    act = standing_act(round_id)
    found: dict[str, list[Followed]] = {}
    for row in in_force(act, today) if act else ():
        if row.last and row.last.cui:
            found.setdefault(row.last.cui, []).append(Followed(row.line.code, facts_of(row, today)))
    return found


def alarms(process_ids: Sequence[int], today: date) -> dict[int, tuple[int, datetime]]:
    """By process: how many lines are late or silent, and since when the act was published: what the desk shows."""
    found: dict[int, tuple[int, datetime]] = {}
    acts = db.session.scalars(
        select(AgreementAct)
        .join(AgreementAct.round)
        .where(BudgetRound.process_id.in_(process_ids), AgreementAct.state == ActState.PUBLISHED)
        .options(contains_eager(AgreementAct.round))
        .order_by(AgreementAct.id)
    ).all()
    for act in acts:
        count = sum(row.is_late or row.is_silent for row in in_force(act, today))
        if count and act.published_at is not None:
            found[act.round.process_id] = (count, act.published_at)
    return found
