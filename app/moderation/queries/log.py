"""The public log of moderation: every act with its reason and what became of its appeal; never a name, never the words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from app.contributions.models import Contribution
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.deliberation.models import Comment, Suspension
from app.moderation.models import Appeal, ModerationAction
from app.moderation.rules.acts import LOGGED, ON_PEOPLE, HidingReason, ModerationKind
from app.moderation.rules.appeals import AppealOutcome
from app.processes.models import Process
from app.processes.rules.states import ProcessState


@dataclass(frozen=True, slots=True)
class LogRow:
    """`code` is empty when the act was on an account, which is never named. `until` is when a suspension ends."""

    at: datetime
    kind: ModerationKind
    reason: HidingReason | None
    code: str
    is_comment: bool
    favoured: str
    until: datetime | None
    process: str
    process_title: str
    appealed_at: datetime | None
    outcome: AppealOutcome | None
    decided_at: datetime | None


@dataclass(frozen=True)
class LogCounts:
    """How many acts of each kind, how many for each reason, and how appeals ended (`None`: they wait)."""

    kinds: dict[ModerationKind, int]
    reasons: dict[HidingReason, int]
    appeals: dict[AppealOutcome | None, int]

    @property
    def appealed(self) -> int:
        return sum(self.appeals.values())


def log_version(process_id: int | None) -> str:
    """Names a version of the log: its last act, and its last appeal sent or decided."""
    asked = [ModerationAction.process_id == process_id] if process_id is not None else []
    acts = db.session.execute(select(func.max(ModerationAction.id), func.count(ModerationAction.id)).where(*asked)).one()
    appeals = db.session.execute(select(func.count(Appeal.id), func.count(Appeal.outcome)).join(Appeal.action).where(*asked)).one()
    return f"{tuple(acts)}/{tuple(appeals)}"


def log_counts(process_id: int | None) -> LogCounts:
    """Of one process, or of the whole site. Two statements."""
    rows = db.session.execute(
        _public(select(ModerationAction.kind, ModerationAction.reason, func.count()), process_id).group_by(
            ModerationAction.kind, ModerationAction.reason
        )
    ).all()
    kinds = {kind: sum(n for k, _, n in rows if k is kind) for kind in ModerationKind}
    reasons = {reason: sum(n for _, r, n in rows if r is reason) for reason in HidingReason}
    appealed = select(Appeal.outcome, func.count()).select_from(ModerationAction).join(Appeal, Appeal.action_id == ModerationAction.id)
    ends = db.session.execute(_public(appealed, process_id).group_by(Appeal.outcome))
    return LogCounts(kinds, reasons, {outcome: n for outcome, n in ends})


def log_page(process_id: int | None, number: int, *, code: str = "") -> Page:
    """A page of the log, newest first; of one contribution or comment when `code` is given."""
    asked = _about(code)
    total = db.session.scalar(_joined(_public(select(func.count(ModerationAction.id)), process_id)).where(*asked)) or 0
    query = _rows(process_id).where(*asked).order_by(ModerationAction.id.desc())
    return Page([_row(row) for row in db.session.execute(query.limit(PER_PAGE).offset((number - 1) * PER_PAGE))], number, total)


def log_rows(process_id: int | None) -> Iterator[LogRow]:
    """Every line, oldest first, a few hundred in memory at a time: for files."""
    for row in db.session.execute(_rows(process_id).order_by(ModerationAction.id).execution_options(yield_per=500)):
        yield _row(row)


def _about(code: str) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = [ModerationAction.kind.in_(LOGGED)]
    if code:
        asked += [(Contribution.code == code) | (Comment.code == code), ModerationAction.kind.not_in(ON_PEOPLE)]
    return asked


def _rows(process_id: int | None) -> Select:
    favoured = aliased(Contribution)
    query = select(
        ModerationAction.at, ModerationAction.kind, ModerationAction.reason, Contribution.code, Comment.code, favoured.code,
        Suspension.ends_at, Process.slug, Process.title, Appeal.sent_at, Appeal.outcome, Appeal.decided_at,
    )  # fmt: skip
    return (
        _joined(_public(query, process_id))
        .outerjoin(favoured, favoured.id == ModerationAction.favoured_id)
        .outerjoin(Suspension, Suspension.id == ModerationAction.suspension_id)
        .outerjoin(Appeal, Appeal.action_id == ModerationAction.id)
        .where(ModerationAction.kind.in_(LOGGED))
    )


def _public(query: Select, process_id: int | None) -> Select:
    joined = query.join(Process, Process.id == ModerationAction.process_id).where(Process.state != ProcessState.DRAFT)
    return joined if process_id is None else joined.where(ModerationAction.process_id == process_id)


def _joined(query: Select) -> Select:
    return query.outerjoin(Contribution, Contribution.id == ModerationAction.contribution_id).outerjoin(
        Comment, Comment.id == ModerationAction.comment_id
    )


def _row(row: tuple) -> LogRow:
    at, kind, reason, contribution, comment, favoured, until, slug, title, sent, outcome, decided = row
    on_person = kind in ON_PEOPLE
    return LogRow(
        at, kind, reason, "" if on_person else (contribution or comment), comment is not None, favoured or "", until, slug, title, sent,
        outcome, decided,
    )  # fmt: skip
