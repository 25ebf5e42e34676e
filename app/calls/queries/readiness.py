"""Reading what makes an entity ready: trainings, pre-assessments, entries in a contest."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.calls.models import Application, Call, Induction, SustainabilityAssessment
from app.calls.rules.applying import Outcome
from app.calls.rules.course import CallKind, CallState
from app.calls.rules.readiness import Conclusion, Readiness
from app.core.db import db
from app.forum import queries as forum
from app.spaces.models import Space

INDUCTION_SUBJECT = "induction"


def readiness(organisation_id: int, space_id: int) -> Readiness:
    """What is known of an entity in a space; `rules.readiness.ownership_problems` says whether it may own a commitment.

    An ongoing reform is one an entity said so of when it applied, or one with a pre-assessment begun. Four statements.
    """
    own = forum.forum_of(space_id)
    has_induction = db.session.scalar(
        select(Induction.id).where(Induction.organisation_id == organisation_id, Induction.space_id == space_id).limit(1)
    )
    assessed = db.session.execute(
        select(SustainabilityAssessment.signed_at, SustainabilityAssessment.conclusion)
        .where(SustainabilityAssessment.organisation_id == organisation_id, SustainabilityAssessment.space_id == space_id)
        .order_by(SustainabilityAssessment.saved_at.desc(), SustainabilityAssessment.id.desc())
    ).all()
    entries = db.session.execute(
        select(Application.is_ongoing, Application.outcome, Call.state)
        .join(Call, Call.id == Application.call_id)
        .where(Application.organisation_id == organisation_id, Call.space_id == space_id, Call.kind == CallKind.CONTEST)
    ).all()
    signed = [row.conclusion for row in assessed if row.signed_at is not None]
    public = (CallState.RESULTS, CallState.FINISHED)
    return Readiness(
        has_induction=bool(has_induction), needs_assessment=bool(assessed) or any(row.is_ongoing for row in entries),
        has_assessment=bool(signed), has_contest_entry=any(r.outcome == Outcome.SELECTED and r.state in public for r in entries),
        requires_induction=bool(own and own.requires_induction), conclusion=Conclusion(signed[0]) if signed else None,
    )  # fmt: skip


def inductions(space_id: int) -> Sequence[Induction]:
    """Trainings given in a space, latest first, entities loaded."""
    return db.session.scalars(
        select(Induction)
        .where(Induction.space_id == space_id)
        .options(joinedload(Induction.organisation))
        .order_by(Induction.done_on.desc(), Induction.id.desc())
    ).all()


def assessments(space_id: int, *, signed_only: bool) -> Sequence[SustainabilityAssessment]:
    """Pre-assessments of a space, latest first, entities loaded."""
    rows = (
        select(SustainabilityAssessment)
        .where(SustainabilityAssessment.space_id == space_id)
        .options(joinedload(SustainabilityAssessment.organisation))
        .order_by(SustainabilityAssessment.saved_at.desc(), SustainabilityAssessment.id.desc())
    )
    return db.session.scalars(rows.where(SustainabilityAssessment.signed_at.is_not(None)) if signed_only else rows).all()


def assessment(slug: str, assessment_id: int) -> SustainabilityAssessment | None:
    """One of that space; space and entity loaded."""
    return db.session.scalar(
        select(SustainabilityAssessment)
        .join(Space, Space.id == SustainabilityAssessment.space_id)
        .where(Space.slug == slug, SustainabilityAssessment.id == assessment_id)
        .options(joinedload(SustainabilityAssessment.space), joinedload(SustainabilityAssessment.organisation))
    )
