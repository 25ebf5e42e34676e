"""What the public reads: plain columns, so that thirty cards cost one statement and no objects."""

from collections import namedtuple
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, String, func, select, type_coerce
from sqlalchemy.orm import aliased

from app.activities.models import Activity
from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.core.db import connection, db, given
from app.core.web import PER_PAGE
from app.feedback.models import Decision, DecisionPart
from app.feedback.rules.outcomes import Outcome
from app.feedback.rules.pile import AnswerFilters
from app.organisations.models import Organisation
from app.plans.models import Commitment, Milestone
from app.processes.models import Theme
from app.territories.models import Territory

LONGEST_QUOTE = 280
_surviving = aliased(Contribution)


def _code(column: Any) -> Any:
    """The column as the plain text it is stored as: equal to its enum's member, and read without making one."""
    return type_coerce(column, String).label(column.key)


_ANSWER = (
    _code(Decision.outcome), Decision.text, Decision.what_changed, Decision.adopted_part, Decision.rejected_part, Decision.change_needed,
    Decision.reference, Decision.target_cycle, Decision.carry_over_owner, Decision.referred_to, Decision.referred_document,
    Decision.referred_on, Decision.where_to_go, Decision.question, Decision.clarify_by, _code(Decision.fallback), Decision.request_record,
    Decision.published_at, Decision.reply_until, Decision.ideas, Decision.group_number,
)  # fmt: skip
_SAID = (
    Contribution.code, Contribution.title, func.substr(Contribution.text, 1, LONGEST_QUOTE + 1).label("quote"),
    _code(Contribution.language), _code(Contribution.visibility), Contribution.public_name, Contribution.organisation_name,
    _code(Contribution.channel), Activity.number.label("workshop"), Territory.name.label("place"),
)  # fmt: skip
_AROUND = (
    Commitment.number.label("commitment"), Commitment.title.label("commitment_title"), Milestone.number.label("milestone"),
    Organisation.name.label("organisation"), _surviving.code.label("merged_into"),
)  # fmt: skip

_Answer: Any = namedtuple("_Answer", [column.key for column in (*_ANSWER, *_SAID, *_AROUND)])  # type: ignore[misc]
"""A row of `cards`, its columns found by place: thirty cards ask for seven hundred of them."""


@dataclass(frozen=True)
class AnswerSummary:
    """The current public answer of a contribution, in few words."""

    outcome: Outcome
    published_at: datetime
    version: int
    organisation: str
    commitment: int | None


def cards():
    """Statement: everything a card shows, from decisions outwards; the caller narrows and orders."""
    return (
        select(*_ANSWER, *_SAID, *_AROUND)
        .join(Contribution, Contribution.id == Decision.contribution_id)
        .outerjoin(Activity, Activity.id == Contribution.activity_id)
        .outerjoin(Territory, Territory.ubigeo == Contribution.ubigeo)
        .outerjoin(Commitment, Commitment.id == Decision.commitment_id)
        .outerjoin(Milestone, Milestone.id == Decision.milestone_id)
        .outerjoin(Organisation, Organisation.id == Decision.organisation_id)
        .outerjoin(_surviving, _surviving.id == Decision.merged_into_id)
    )


def answers(process_id: int, filters: AnswerFilters, number: int = 1, per_page: int = PER_PAGE) -> Sequence[Any]:
    """A page of current answers, newest first; one statement."""
    window = {"process_id": process_id, "most": per_page, "skip": (number - 1) * per_page}
    rows = _ALL_ANSWERS if filters.is_empty else _ordered(_narrowed(cards(), given("process_id"), filters))
    return list(map(_Answer._make, connection().execute(rows, window).all()))


def answers_count(process_id: int, filters: AnswerFilters) -> int:
    """How many current answers the filters leave. Only asked when the tally cannot tell."""
    rows = select(func.count()).select_from(Decision).join(Contribution, Contribution.id == Decision.contribution_id)
    return connection().scalar(_narrowed(rows, process_id, filters)) or 0


def _ordered(rows):
    return rows.order_by(Decision.published_at.desc(), Decision.id.desc()).limit(given("most")).offset(given("skip"))


def _narrowed(statement, process_id: Any, filters: AnswerFilters):
    rows = statement.where(Decision.process_id == process_id, Decision.is_current)
    if filters.outcome is not None:
        rows = rows.where(Decision.outcome == filters.outcome)
    if filters.theme:
        theme_id = select(Theme.id).where(Theme.process_id == process_id, Theme.slug == filters.theme).scalar_subquery()
        rows = rows.where(Contribution.theme_id == theme_id)
    if filters.q:
        rows = rows.where(contributions.search_filter(filters.q))
    return rows


_ALL_ANSWERS = _ordered(_narrowed(cards(), given("process_id"), AnswerFilters()))
"""Made once: composing the statement costs more than running it."""


def approved(process_id: int) -> Sequence[Any]:
    """The cards of what is approved and not yet public, for the preview before publishing."""
    return db.session.execute(
        cards().where(Decision.process_id == process_id, Decision.state == "approved").order_by(Decision.drafted_at, Decision.id)
    ).all()


def card_of(decision_id: int) -> Row[Any] | None:
    """One version of an answer as a card."""
    return db.session.execute(cards().where(Decision.id == decision_id)).one_or_none()


def cards_of(decision_ids: Sequence[int]) -> dict[int, Row[Any]]:
    """Decision id -> that version as a card; one statement."""
    rows = db.session.execute(cards().add_columns(Decision.id.label("decision_id")).where(Decision.id.in_(decision_ids)))
    return {row.decision_id: row for row in rows}


def current_answers(contribution_ids: Sequence[int]) -> dict[int, AnswerSummary]:
    """The public answer of each of these contributions that has one; one statement."""
    if not contribution_ids:
        return {}
    rows: Any = db.session.execute(
        select(Decision.contribution_id, Decision.outcome, Decision.published_at, Decision.version, Organisation.name, Commitment.number)
        .outerjoin(Organisation, Organisation.id == Decision.organisation_id)
        .outerjoin(Commitment, Commitment.id == Decision.commitment_id)
        .where(Decision.contribution_id.in_(contribution_ids), Decision.is_current)
    )
    return {row[0]: AnswerSummary(row[1], row[2], row[3], row[4] or "", row[5]) for row in rows}


def origins(process_id: int) -> Iterator[Any]:
    """Which contributions feed which commitment: (commitment number, milestone, code, title, visibility, outcome), in order of codes.

    A contribution that was split feeds that of each of its ideas, with what was decided about that idea.
    """
    order = Contribution.series.label("series"), Contribution.number.label("place")
    said = Contribution.code.label("code"), Contribution.title, Contribution.visibility
    whole = (
        select(Decision.commitment_id.label("commitment_id"), Decision.milestone_id.label("milestone_id"), *said, Decision.outcome, *order)
        .join(Contribution, Contribution.id == Decision.contribution_id)
        .where(Decision.process_id == process_id, Decision.is_current, Decision.ideas.is_(None), Decision.commitment_id.is_not(None))
    )
    parts = (
        select(DecisionPart.commitment_id, DecisionPart.milestone_id, *said, DecisionPart.outcome, *order)
        .join(Decision, Decision.id == DecisionPart.decision_id)
        .join(Contribution, Contribution.id == Decision.contribution_id)
        .where(Decision.process_id == process_id, Decision.is_current, DecisionPart.commitment_id.is_not(None))
    )
    fed = whole.union_all(parts).subquery()
    yield from db.session.execute(
        select(Commitment.number, Milestone.number, fed.c.code, fed.c.title, fed.c.visibility, fed.c.outcome)
        .join(Commitment, Commitment.id == fed.c.commitment_id)
        .outerjoin(Milestone, Milestone.id == fed.c.milestone_id)
        .order_by(Commitment.number, fed.c.series, fed.c.place, fed.c.code, Milestone.number)
    )
