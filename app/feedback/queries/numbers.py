"""How much is answered, what waits, and what awaits whom."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, String, and_, cast, func, literal, literal_column, null, or_, select, type_coerce, union_all

from app.contributions.models import CodeSequence, Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import UTCDateTime, connection, db, given
from app.feedback.models import Decision, DecisionSignature, DecisionWriter, OutcomeTally
from app.feedback.rules.coverage import Coverage
from app.feedback.rules.outcomes import DecisionState, Outcome, Seat
from app.processes.models import Process, Theme


class WaitingRow(NamedTuple):
    """A contribution without a final answer; its words are there only when it is public."""

    id: int
    code: str
    title: str
    theme: str
    visibility: Visibility
    received_at: datetime
    process_slug: str

    @property
    def public_title(self) -> str:
        return self.title if self.visibility is Visibility.PUBLIC else ""


@dataclass(frozen=True)
class DeskCounts:
    """What a process has on the desks: `returned` and `drafts` count the person's own when one was given."""

    unanswered: int = 0
    drafts: int = 0
    returned: int = 0
    to_publish: int = 0
    to_sign: dict[Seat, int] = field(default_factory=dict)


class Oldest(NamedTuple):
    """The contribution that has waited longest for a final answer."""

    code: str
    visibility: Visibility
    received_at: datetime


class AnswersHead(NamedTuple):
    """What stands around the list of answers: the numbers, who waits longest, and (slug, name) of each theme in order."""

    coverage: Coverage
    oldest: Oldest | None
    themes: list[tuple[str, str]]


def _here(model: Any) -> ColumnElement[bool]:
    return model.process_id == given("process_id")


_TALLY = select(OutcomeTally.outcome, OutcomeTally.answers).where(_here(OutcomeTally), OutcomeTally.answers > 0)
_RECEIVED = select(func.sum(CodeSequence.last)).where(_here(CodeSequence))
_NUMBERS = _TALLY.union_all(select(null(), _RECEIVED.scalar_subquery()))
"""The tally, and without an outcome what contributions.queries.received_count tells. Composed once: the busiest page asks it."""
_FIRST = (
    select(literal("oldest").label("kind"), Contribution.code.label("name"), type_coerce(Contribution.visibility, String).label("text"),
           cast(null(), Integer).label("number"), Contribution.received_at.label("at"))
    .where(_here(Contribution), Contribution.answered_at.is_(None))
    .order_by(Contribution.received_at, Contribution.id).limit(literal_column("1")).subquery()
)  # fmt: skip
_HEAD = union_all(
    select(literal("tally"), type_coerce(OutcomeTally.outcome, String), null(), OutcomeTally.answers, cast(null(), UTCDateTime))
    .where(_here(OutcomeTally), OutcomeTally.answers > 0),
    select(literal("received"), null(), null(), _RECEIVED.scalar_subquery(), null()),
    select(literal("theme"), Theme.slug, Theme.name, Theme.position, null()).where(_here(Theme)),
    select(_FIRST),
)  # fmt: skip
"""Four short lists in one statement: each costs less than asking for it."""


def answers_head(process_id: int) -> AnswersHead:
    """One statement, whatever the size of the process."""
    outcomes: dict[str, int] = {}
    themes, received, oldest = [], 0, None
    for kind, name, words, number, at in connection().execute(_HEAD, {"process_id": process_id}).all():
        if kind == "tally":
            outcomes[name] = number
        elif kind == "received":
            received = number or 0
        elif kind == "theme":
            themes.append((number, name, words))
        else:
            oldest = Oldest(name, Visibility(words), at)
    themes.sort()
    return AnswersHead(
        Coverage(received, {outcome: outcomes[outcome] for outcome in Outcome if outcome in outcomes}),
        oldest,
        [theme[1:] for theme in themes],
    )


def coverage(process_id: int) -> Coverage:
    """One statement, whatever the size of the process: the codes given and the tally."""
    rows = connection().execute(_NUMBERS, {"process_id": process_id})
    found: dict[Outcome | None, int] = {outcome: number for outcome, number in rows}
    return Coverage(found.get(None) or 0, {outcome: found[outcome] for outcome in Outcome if outcome in found})


def _waiting_rows():
    return (
        select(Contribution.id, Contribution.code, Contribution.title, func.coalesce(Theme.name, ""), Contribution.visibility,
               Contribution.received_at, Process.slug)
        .outerjoin(Process, Process.id == Contribution.process_id)  # outer, so that SQLite starts from the waiting index, already in order
        .outerjoin(Theme, Theme.id == Contribution.theme_id)
        .where(Contribution.answered_at.is_(None))
        .order_by(Contribution.received_at, Contribution.id)
    )  # fmt: skip


def waiting_count(process_id: int) -> int:
    return db.session.scalar(
        select(func.count()).select_from(Contribution).where(Contribution.process_id == process_id, Contribution.answered_at.is_(None))
    ) or 0  # fmt: skip


def oldest_unanswered(process_ids: Sequence[int], most: int = 5) -> list[WaitingRow]:
    """The contributions of these processes that have waited longest."""
    rows = db.session.execute(_waiting_rows().where(Contribution.process_id.in_(process_ids)).limit(most))
    return [WaitingRow(*row) for row in rows]


def waiting_codes(process_id: int, most: int | None = None) -> list[str]:
    """Codes without a final published answer, oldest first: what holds the plan's approval back (BR-08)."""
    return list(
        db.session.scalars(
            select(Contribution.code)
            .where(Contribution.process_id == process_id, Contribution.answered_at.is_(None))
            .order_by(Contribution.received_at, Contribution.id)
            .limit(most)
        )
    )


def desk_counts(process_ids: Sequence[int], person_id: int | None = None) -> dict[int, DeskCounts]:
    """What awaits in each process. With `person_id`: the drafts and returned answers that person wrote in, and signatures they may
    still give (never under their own text). Four statements, however many processes."""
    if not process_ids:
        return {}
    unanswered = _by_process(
        select(Contribution.process_id, func.count()).where(Contribution.process_id.in_(process_ids), Contribution.answered_at.is_(None))
        .group_by(Contribution.process_id)
    )  # fmt: skip
    states: dict[tuple[int, str], int] = {}
    is_returned = and_(Decision.state == DecisionState.DRAFT, Decision.return_note != "")
    mine = select(DecisionWriter.decision_id).where(DecisionWriter.person_id == person_id)
    kept = [Decision.process_id.in_(process_ids), Decision.state != DecisionState.PUBLISHED]
    if person_id is not None:
        kept.append(or_(Decision.state != DecisionState.DRAFT, Decision.id.in_(mine)))
    for process_id, state, returned, count in db.session.execute(
        select(Decision.process_id, Decision.state, is_returned, func.count())
        .where(*kept)
        .group_by(Decision.process_id, Decision.state, is_returned)
    ):
        name = "returned" if returned else str(state)
        states[process_id, name] = states.get((process_id, name), 0) + count
    to_sign = {seat: _by_process(_to_sign_count(seat, process_ids, person_id)) for seat in Seat}
    return {
        process_id: DeskCounts(
            unanswered=unanswered.get(process_id, 0),
            drafts=states.get((process_id, "draft"), 0),
            returned=states.get((process_id, "returned"), 0),
            to_publish=states.get((process_id, "approved"), 0),
            to_sign={seat: counts.get(process_id, 0) for seat, counts in to_sign.items()},
        )
        for process_id in process_ids
    }


def lacks_signature(seat: Seat):
    """Clause: the seat has not signed exactly the text that stands."""
    return ~(
        select(DecisionSignature.id)
        .where(DecisionSignature.decision_id == Decision.id, DecisionSignature.seat == seat, DecisionSignature.sha256 == Decision.sha256)
        .exists()
    )


def not_written_by(person_id: int):
    """Clause: the person did not write in it, and has not signed it for another seat."""
    wrote = select(DecisionWriter.decision_id).where(DecisionWriter.decision_id == Decision.id, DecisionWriter.person_id == person_id)
    signed = select(DecisionSignature.id).where(
        DecisionSignature.decision_id == Decision.id, DecisionSignature.person_id == person_id, DecisionSignature.sha256 == Decision.sha256
    )
    return and_(~wrote.exists(), ~signed.exists())


def _to_sign_count(seat: Seat, process_ids: Sequence[int], person_id: int | None):
    rows = select(Decision.process_id, func.count()).where(
        Decision.process_id.in_(process_ids), Decision.state == DecisionState.REVIEW, lacks_signature(seat), Decision.group_place <= 1
    )  # a group is signed as one
    if person_id is not None:
        rows = rows.where(not_written_by(person_id))
    return rows.group_by(Decision.process_id)


def _by_process(statement) -> dict[int, int]:
    return {process_id: count for process_id, count in db.session.execute(statement)}
