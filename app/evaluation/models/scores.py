"""Marks, which stay with who gave them, and rankings, which are published in aggregate and never change."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UTCDateTime


class Score(Model):
    """A member's mark for a contribution on a criterion. Restricted to that member; the public reads means only (BR-39)."""

    __tablename__ = "score"
    __table_args__ = (UniqueConstraint("member_id", "contribution_id", "criterion_id", name="uq_score_mark"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("committee_member.id"))
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    value: Mapped[int]
    comment: Mapped[str] = mapped_column(Text, default="")
    scored_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Ranking(Model):
    """A ranking as it was published. `basis` is what it rests on: criteria, members by post, rounding; `sha256` the hash of it all."""

    __tablename__ = "ranking"
    __table_args__ = (UniqueConstraint("process_id", "n", name="uq_ranking_n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    n: Mapped[int]
    basis: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)


class RankedContribution(Model):
    """A contribution in a ranking: hundredths of a point out of 100, and the mean of each criterion, in hundredths, by its number."""

    __tablename__ = "ranked_contribution"
    __table_args__ = (Index("ix_ranked_contribution_contribution", "contribution_id"),)

    ranking_id: Mapped[int] = mapped_column(ForeignKey("ranking.id"), primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    place: Mapped[int]
    score_hundredths: Mapped[int]
    evaluators: Mapped[int]
    excluded: Mapped[int]
    by_criterion: Mapped[list[int]] = mapped_column(JSON)
