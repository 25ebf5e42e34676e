"""Trainings and pre-assessments: what lets an entity own a commitment (BR-23, BR-24)."""

from datetime import datetime

from sqlalchemy import update

from app.audit import services as audit
from app.calls import queries
from app.calls.models import Induction, SustainabilityAssessment
from app.calls.rules import readiness as rules
from app.calls.rules.readiness import AssessmentDraft, InductionDraft, Question, ReadinessProblem
from app.calls.services.calls import SECRETARIAT
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line
from app.evidence import services as evidence
from app.evidence.rules import FileUpload
from app.forum import services as forums
from app.organisations.models import Organisation
from app.organisations.rules import is_government
from app.spaces.models import Space


def record_induction(
    space: Space, organisation: Organisation, draft: InductionDraft, *, upload: FileUpload | None, person_id: int, now: datetime
) -> Induction:
    """A training the entity received, with its certificate; public. The caller commits. Raises RuleBroken."""
    refuse_if_any(rules.problems_with_induction(draft, is_government=is_government(organisation.sector), today=lima_day(now)))
    induction = Induction(
        space_id=space.id, organisation_id=organisation.id, done_on=draft.done_on, hours=draft.hours, people=draft.people,
        taught_by=clean_line(draft.taught_by), topics=clean(draft.topics), certificate=clean_line(draft.certificate),
        recorded_by_id=person_id, recorded_at=now,
    )  # fmt: skip
    induction.space, induction.organisation = space, organisation
    db.session.add(induction)
    db.session.flush()
    if upload is not None:
        evidence.attach(
            upload, subject_kind=queries.INDUCTION_SUBJECT, subject_id=induction.id, kind=None, title=induction.certificate, is_public=True,
            person_id=person_id, now=now, scope=induction.scope,
        )  # fmt: skip
    facts = {"at": draft.done_on.isoformat(), "hours": draft.hours, "people": draft.people, "document": induction.certificate}
    audit.record("calls.record-induction", "organisation", organisation.slug, facts, at=now, role=SECRETARIAT)
    forums.touch_public(space.id)
    return induction


def save_assessment(
    space: Space,
    organisation: Organisation,
    draft: AssessmentDraft,
    *,
    assessment: SustainabilityAssessment | None,
    person_id: int,
    now: datetime,
) -> SustainabilityAssessment:
    """The pre-assessment of a reform, kept until somebody signs it. The caller commits. Raises RuleBroken."""
    is_signed = assessment is not None and assessment.signed_at is not None
    refuse_if_any(rules.problems_with_assessment(draft, is_signed=is_signed))
    assessment = assessment or SustainabilityAssessment(space_id=space.id)
    assessment.space, assessment.organisation, assessment.reform = space, organisation, clean_line(draft.reform)
    assessment.answers = {str(question): clean(draft.answers.get(question, "")) for question in Question}
    assessment.conclusion, assessment.reasons = draft.conclusion, clean(draft.reasons)
    assessment.saved_by_id, assessment.saved_at = person_id, now
    assessment.sha256 = rules.sha256(_content(assessment))
    db.session.add(assessment)
    db.session.flush()
    return assessment


def _content(assessment: SustainabilityAssessment) -> str:
    answers = {Question(key): text for key, text in assessment.answers.items()}
    return rules.to_json(AssessmentDraft(assessment.reform, answers, assessment.conclusion, assessment.reasons))


def sign_assessment(assessment: SustainabilityAssessment, office: str, *, person_id: int, now: datetime) -> None:
    """Sign exactly what is kept: public and fixed from now. Whoever wrote it does not sign it. The caller commits. Raises RuleBroken."""
    if not office.strip():
        raise RuleBroken([Problem(ReadinessProblem.OFFICE_MISSING, "office")])
    if person_id == assessment.saved_by_id:
        raise RuleBroken([Problem(ReadinessProblem.WRITER_SIGNS)])
    won = db.session.execute(
        update(SustainabilityAssessment)
        .where(SustainabilityAssessment.id == assessment.id, SustainabilityAssessment.signed_at.is_(None))
        .values(signed_by_id=person_id, signed_as=clean_line(office), signed_at=now)
        .returning(SustainabilityAssessment.id),
        execution_options={"synchronize_session": False},
    ).all()
    if not won:
        raise RuleBroken([Problem(ReadinessProblem.SIGNED)])
    db.session.refresh(assessment, ["signed_by_id", "signed_as", "signed_at"])
    facts = {"sha256": assessment.sha256, "outcome": str(assessment.conclusion), "document": assessment.signed_as}
    audit.record("calls.sign-assessment", "organisation", assessment.organisation.slug, facts, at=now, role="foro")
    forums.touch_public(assessment.space_id)
