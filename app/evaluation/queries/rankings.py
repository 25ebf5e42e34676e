"""Rankings as they were published, and the score of a contribution for whoever shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.evaluation.models import RankedContribution, Ranking
from app.evaluation.rules import were_public_before
from app.processes import queries as processes


class ScoreRow(NamedTuple):
    """What the last published ranking says of a contribution: hundredths of a point out of 100, its place, and by how many people."""

    score_hundredths: int
    place: int
    of: int
    evaluators: int


class RankedRow(NamedTuple):
    """A line of a published ranking; the title only when the contribution is public."""

    contribution_id: int
    code: str
    title: str
    visibility: Visibility
    place: int
    score_hundredths: int
    evaluators: int
    excluded: int
    by_criterion: list[int]


@dataclass(frozen=True)
class RankingPage:
    """A ranking with its lines, best first."""

    n: int
    basis: dict[str, Any]
    reason: str
    sha256: str
    published_at: datetime
    rows: tuple[RankedRow, ...]


@dataclass(frozen=True)
class CriteriaStanding:
    """When the criteria were published against when contributing opened (BR-20); `in_time` None when neither happened."""

    published_at: datetime | None = None
    inputs_opened_at: datetime | None = None

    @property
    def in_time(self) -> bool | None:
        return were_public_before(self.published_at, self.inputs_opened_at)


def criteria_standing(process_id: int) -> CriteriaStanding:
    """Two statements."""
    published = [criterion.published_at for criterion in processes.criteria(process_id) if criterion.published_at]
    return CriteriaStanding(max(published, default=None), processes.inputs_opened_at(process_id))


def last_ranking(process_id: int) -> Ranking | None:
    return db.session.scalar(select(Ranking).where(Ranking.process_id == process_id).order_by(Ranking.n.desc()).limit(1))


def rankings(process_id: int) -> Sequence[Ranking]:
    """Every ranking that was published, newest first."""
    return db.session.scalars(select(Ranking).where(Ranking.process_id == process_id).order_by(Ranking.n.desc())).all()


def ranking(process_id: int, n: int | None = None) -> RankingPage | None:
    """The last published ranking, or the `n`th; None when there is none. Two statements."""
    found = last_ranking(process_id) if n is None else db.session.scalar(
        select(Ranking).where(Ranking.process_id == process_id, Ranking.n == n)
    )  # fmt: skip
    if found is None:
        return None
    rows = db.session.execute(
        select(
            Contribution.id, Contribution.code, Contribution.title, Contribution.visibility, RankedContribution.place,
            RankedContribution.score_hundredths, RankedContribution.evaluators, RankedContribution.excluded,
            RankedContribution.by_criterion,
        )
        .join(Contribution, Contribution.id == RankedContribution.contribution_id)
        .where(RankedContribution.ranking_id == found.id)
        .order_by(RankedContribution.place, Contribution.series, Contribution.number, Contribution.id)
    )  # fmt: skip
    return RankingPage(found.n, found.basis, found.reason, found.sha256, found.published_at, tuple(RankedRow(*row) for row in rows))


def score_of(contribution_ids: Sequence[int]) -> dict[int, ScoreRow]:
    """Contribution id -> its score in the last published ranking of its process; those that have none are left out. One statement."""
    if not contribution_ids:
        return {}
    last = select(Ranking.process_id, func.max(Ranking.n).label("n")).group_by(Ranking.process_id).subquery()
    size = select(RankedContribution.ranking_id, func.count().label("of")).group_by(RankedContribution.ranking_id).subquery()
    rows = db.session.execute(
        select(
            RankedContribution.contribution_id, RankedContribution.score_hundredths, RankedContribution.place, size.c.of,
            RankedContribution.evaluators,
        )
        .join(Ranking, Ranking.id == RankedContribution.ranking_id)
        .join(last, (last.c.process_id == Ranking.process_id) & (last.c.n == Ranking.n))
        .join(size, size.c.ranking_id == Ranking.id)
        .where(RankedContribution.contribution_id.in_(contribution_ids))
    )  # fmt: skip
    return {row[0]: ScoreRow(*row[1:]) for row in rows}
