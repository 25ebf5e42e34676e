"""Where each letter of a process is, and everything that happened to it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, literal, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models import Person
from app.activities.models import Activity
from app.contributions.models import Authorship, Contribution
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.feedback.models import Decision
from app.feedback.services.letters import KIND
from app.letters.models import Delivery, PrintRun
from app.letters.rules.deliveries import NEEDS_PAPER, DeliveryStep, LetterState
from app.notifications.models import Notification
from app.notifications.rules import NotificationState
from app.processes.models import Process
from app.territories.models import Territory

_latest = aliased(Delivery)
_KEY = literal(f"{KIND}:") + cast(Decision.id, String)
_IS_LATEST = _latest.id == select(func.max(Delivery.id)).where(Delivery.decision_id == Decision.id).correlate(Decision).scalar_subquery()
STATE: ColumnElement[str] = case(
    (_latest.step == DeliveryStep.HANDED_OVER, LetterState.HANDED_OVER.value),
    (_latest.step == DeliveryStep.PRINTED, LetterState.PRINTED.value),
    (_latest.step == DeliveryStep.BOUNCED, LetterState.BOUNCED.value),
    (Notification.state == NotificationState.QUEUED, LetterState.QUEUED.value),
    (Notification.state == NotificationState.SENT, LetterState.SENT.value),
    (Notification.state == NotificationState.DEAD, LetterState.BOUNCED.value),
    else_=LetterState.TO_PRINT.value,
)
"""The same as rules.deliveries.standing, said to the database."""
_IN_ORDER = (Activity.number.is_(None), Activity.number, Contribution.ubigeo, Contribution.series, Contribution.number, Decision.id)


@dataclass(frozen=True, slots=True)
class LetterRow:
    """The letter of the answer that stands. `workshop` is the number of its workshop; `on` the day of the last thing known."""

    decision_id: int
    code: str
    title: str
    public_name: str
    version: int
    workshop: int | None
    place: str
    has_email: bool
    state: LetterState
    on: date | datetime | None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that happened to a letter; `who` is empty for what the mail server did."""

    version: int
    what: str
    at: date | datetime
    note: str = ""
    who: str = ""


def _joined(*columns: Any):
    return (
        select(*columns)
        .select_from(Decision)
        .join(Contribution, Contribution.id == Decision.contribution_id)
        .outerjoin(Authorship, Authorship.contribution_id == Contribution.id)
        .outerjoin(Activity, Activity.id == Contribution.activity_id)
        .outerjoin(Territory, Territory.ubigeo == Contribution.ubigeo)
        .outerjoin(Notification, Notification.dedupe_key == _KEY)
        .outerjoin(_latest, _IS_LATEST)
    )


def _of(process_id: int, state: LetterState | None) -> list[ColumnElement[bool]]:
    asked: list[Any] = [Decision.process_id == process_id, Decision.is_current]
    if state is LetterState.TO_PRINT:
        asked.append(STATE.in_([s.value for s in NEEDS_PAPER]))
    elif state is not None:
        asked.append(STATE.in_([state.value]))
    return asked


def letters(process_id: int, state: LetterState | None, number: int) -> Page:
    """A page of letters in the order in which they are carried: workshop, territory, code. "Por imprimir" includes those that came back."""
    columns = (
        Decision.id, Contribution.code, Contribution.title, Contribution.public_name, Decision.version, Activity.number,
        func.coalesce(Territory.full_name, ""), func.coalesce(Authorship.email, "") != "", STATE, _latest.happened_on,
        Notification.sent_at, Decision.published_at,
    )  # fmt: skip
    query = _joined(*columns).where(*_of(process_id, state)).order_by(*_IN_ORDER)
    rows = [_row(row) for row in db.session.execute(query.limit(PER_PAGE).offset((number - 1) * PER_PAGE))]
    total = db.session.scalar(_joined(func.count(Decision.id)).where(*_of(process_id, state))) or 0
    return Page(rows, number, total)


def _row(row: Any) -> LetterRow:
    *about, state, happened_on, sent_at, published_at = tuple(row)
    values: tuple[Any, ...] = (*about, LetterState(state), happened_on or sent_at or published_at)
    return LetterRow(*values)


def to_print(process_id: int, most: int) -> list[int]:
    """Decision ids of the first `most` letters that need paper, in the order in which they are carried."""
    query = _joined(Decision.id).where(*_of(process_id, LetterState.TO_PRINT)).order_by(*_IN_ORDER).limit(most)
    return list(db.session.scalars(query))


def counts(process_id: int) -> dict[LetterState, int]:
    """How many letters are in each state; one statement."""
    query = _joined(STATE.label("letter_state"), func.count(Decision.id)).where(*_of(process_id, None))
    rows = db.session.execute(query.group_by("letter_state"))
    return dict.fromkeys(LetterState, 0) | {LetterState(state): count for state, count in rows}


def arrived(process_id: int) -> dict[str, bool]:
    """Code of each answered contribution -> whether its letter reached somebody: by e-mail that did not come back, or by hand."""
    got_there = [LetterState.SENT.value, LetterState.HANDED_OVER.value]
    query = _joined(Contribution.code, STATE.in_(got_there)).where(*_of(process_id, None)).order_by(Contribution.id)
    return {code: bool(has_arrived) for code, has_arrived in db.session.execute(query)}


def state_of(decision_id: int) -> LetterState:
    """Where the letter of one version is."""
    return LetterState(db.session.scalar(_joined(STATE).where(Decision.id == decision_id)) or LetterState.TO_PRINT)


def oldest_to_print(process_ids: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """By process: how many letters need paper, and since when the oldest waits."""
    if not process_ids:
        return {}
    rows = db.session.execute(
        _joined(Decision.process_id, func.count(Decision.id), func.min(Decision.published_at))
        .where(Decision.process_id.in_(process_ids), Decision.is_current, STATE.in_([s.value for s in NEEDS_PAPER]))
        .group_by(Decision.process_id)
    )
    return {process_id: (count, since) for process_id, count, since in rows}


def log(contribution_id: int) -> list[LogLine]:
    """Everything that happened to the letters of a contribution, of every version of its answer, oldest first."""
    mail = db.session.execute(
        select(
            Decision.version, Notification.state, Notification.created_at, Notification.sent_at, Notification.next_attempt_at,
            Notification.attempts, Notification.last_error,
        )
        .join(Notification, Notification.dedupe_key == _KEY)
        .where(Decision.contribution_id == contribution_id)
        .order_by(Decision.version)
    ).all()  # fmt: skip
    lines = [line for row in mail for line in _mail_lines(row)]
    by_hand = db.session.execute(
        select(Decision.version, Delivery.step, Delivery.happened_on, Delivery.note, Person.name, Delivery.recorded_at)
        .join(Decision, Decision.id == Delivery.decision_id)
        .join(Person, Person.id == Delivery.recorded_by_id)
        .where(Decision.contribution_id == contribution_id)
        .order_by(Delivery.id)
    )
    lines += [(at, LogLine(version, step.value, on, note, name)) for version, step, on, note, name, at in by_hand]
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])]


def _mail_lines(row: Any) -> list[tuple[datetime, LogLine]]:
    found = [(row.created_at, LogLine(row.version, NotificationState.QUEUED.value, row.created_at))]
    if row.state is NotificationState.SENT and row.sent_at:
        found.append((row.sent_at, LogLine(row.version, row.state.value, row.sent_at)))
    elif row.state is NotificationState.DEAD:
        what = DeliveryStep.BOUNCED.value if row.last_error[:1] == "5" else row.state.value
        found.append((row.next_attempt_at, LogLine(row.version, what, row.next_attempt_at, row.last_error)))
    elif row.attempts:
        found.append((row.next_attempt_at, LogLine(row.version, "retry", row.next_attempt_at, row.last_error)))
    return found


def runs(process_id: int) -> Sequence[tuple[PrintRun, str]]:
    """The piles printed, newest first, with who printed each."""
    rows = db.session.execute(
        select(PrintRun, Person.name).join(Person, Person.id == PrintRun.printed_by_id)
        .where(PrintRun.process_id == process_id).order_by(PrintRun.n.desc())
    )  # fmt: skip
    return [(run, name) for run, name in rows]


def run(slug: str, n: int) -> PrintRun | None:
    """One pile of a process, process and space loaded."""
    return db.session.scalar(
        select(PrintRun)
        .join(PrintRun.process)
        .where(Process.slug == slug, PrintRun.n == n)
        .options(joinedload(PrintRun.process).joinedload(Process.space))
    )


def letters_of_run(run_id: int) -> list[int]:
    """Decision ids of a pile, in the order in which they were printed."""
    return list(db.session.scalars(select(Delivery.decision_id).where(Delivery.run_id == run_id).order_by(Delivery.id)))


def current_among(process_id: int, decision_ids: Collection[int]) -> list[int]:
    """Those that are the answer that stands in that process, in the order in which letters are carried."""
    query = _joined(Decision.id).where(Decision.id.in_(decision_ids), *_of(process_id, None)).order_by(*_IN_ORDER)
    return list(db.session.scalars(query))
