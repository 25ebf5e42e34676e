"""Progress by semester: published by the lead entity with its evidence, read by civil society, verified by the secretariat."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line
from app.evidence import services as evidence
from app.evidence.rules import FileUpload
from app.plans import queries
from app.plans.models import Commitment, ProgressUpdate
from app.plans.rules import progress as rules
from app.plans.rules.progress import ProgressDraft, ReadingOf
from app.plans.services import steps
from app.processes import services as processes

SUBJECT = "progress"


def report(
    commitment: Commitment, draft: ProgressDraft, reading_of: ReadingOf, *, seen_version: int, files: Sequence[FileUpload] = (),
    person_id: int, now: datetime,
) -> ProgressUpdate:  # fmt: skip
    """Publish a sector's reading of one semester; a correction is a new version with its public reason. The caller commits.

    `seen_version` is the version the writer saw, 0 when there was none. `files` are evidence, kept with the reading. The first
    reading of the government of an adopted commitment says that it is being carried out. `commitment.plan.process` is loaded.
    Raises RuleBroken, and SomebodyWasFirst with the reading that now stands.
    """
    plan, today = commitment.plan, lima_day(now)
    milestones = queries.milestone_numbers(commitment.id)
    clause = draft.milestone or str(commitment.number)
    before = queries.current_update(commitment.id, clause, draft.period, reading_of)
    first = plan.starts_on or (lima_day(plan.approved_at) if plan.approved_at else None)
    refuse_if_any(
        rules.problems_with_progress(
            draft, reading_of, milestones=milestones, files=len(files), is_in_force=steps.is_in_force(commitment), first=first, today=today,
            is_correction=before is not None and seen_version == before.version,
        )
    )  # fmt: skip
    if (before.version if before else 0) != seen_version:
        raise SomebodyWasFirst(before)
    if before is not None:
        before.is_current = False
        db.session.flush()
    update = _row(commitment, draft, reading_of, clause, milestones.get(draft.milestone), seen_version + 1, person_id, now)
    db.session.add(update)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise SomebodyWasFirst() from None
    for upload in files:
        evidence.attach(
            upload, subject_kind=SUBJECT, subject_id=update.id, kind=None, title=upload.file_name, is_public=True, person_id=person_id,
            now=now,
            scope=commitment.scope,
        )  # fmt: skip
    role = "entidad responsable" if reading_of is ReadingOf.GOVERNMENT else "sociedad civil"
    if reading_of is ReadingOf.GOVERNMENT:
        steps.begin_execution(commitment, person_id=person_id, now=now, role=role)
    facts = {
        "clause": clause, "completion": str(update.completion), "files": len(files), "period": draft.period, "reading_of": str(reading_of),
        "version": update.version,
    }  # fmt: skip
    audit.record("plans.report-progress", "process", plan.process.slug, facts, at=now, role=role)
    processes.touch_public(plan.process_id)
    return update


def _row(
    commitment: Commitment, draft: ProgressDraft, reading_of: ReadingOf, clause: str, milestone_id: int | None, version: int,
    person_id: int, now: datetime,
) -> ProgressUpdate:  # fmt: skip
    assert draft.completion is not None  # noqa: S101 - the rule refused it
    is_government = reading_of is ReadingOf.GOVERNMENT
    return ProgressUpdate(
        commitment_id=commitment.id, milestone_id=milestone_id, clause=clause, period=draft.period, reading_of=reading_of, version=version,
        completion=draft.completion, percent=draft.percent if is_government else None, text=clean(draft.text),
        next_step=clean(draft.next_step) if is_government else "", evidence_url=clean_line(draft.evidence_url),
        correction_reason=clean(draft.correction_reason) if version > 1 else "", written_by_id=person_id, published_at=now,
    )  # fmt: skip


def verify(update: ProgressUpdate, note: str, *, person_id: int, now: datetime) -> None:
    """The secretariat looked at the evidence of a reading and says what it checked. The caller commits. Raises RuleBroken.

    `update.commitment.plan.process` is loaded.
    """
    db.session.refresh(update, ["verified_at"], with_for_update=True)
    refuse_if_any(
        rules.problems_with_verification(
            update.reading_of,
            is_verified=update.verified_at is not None,
            written_by_id=update.written_by_id,
            person_id=person_id,
            note=note,
        )
    )
    update.verified_by_id, update.verified_at, update.verification_note = person_id, now, clean(note)
    db.session.flush()
    process = update.commitment.plan.process
    facts = {"clause": update.clause, "note": update.verification_note, "period": update.period}
    audit.record("plans.verify-progress", "process", process.slug, facts, at=now, role="secretaría")
    processes.touch_public(process.id)
