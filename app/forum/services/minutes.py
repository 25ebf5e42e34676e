"""Minutes, agreements, and the questions of a hearing: written, approved by both sides, published, followed up."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line, to_html
from app.evidence import services as evidence
from app.evidence.models import Attachment
from app.evidence.rules import FileUpload
from app.forum import queries
from app.forum.models import Agreement, HearingQuestion, Meeting, Minutes, MinutesApproval
from app.forum.rules import meetings as rules
from app.forum.rules.meetings import AgreementDraft, AgreementState, MeetingKind, MeetingProblem, MeetingState
from app.forum.rules.seats import Side
from app.forum.services.meetings import refuse_unless_held
from app.forum.services.seats import SECRETARIAT, touch_public
from app.organisations.models import Organisation
from app.organisations.rules import Sector


def save_minutes(meeting: Meeting, text: str, *, person_id: int, now: datetime, reason: str = "", based_on: int | None = None) -> Minutes:
    """Keep the minutes as a new version, to be approved; the same text again changes nothing. The caller commits.

    What is public stays until both sides approved the correction and it is published. `based_on` is the version the writer had before
    them (0 for none): SomebodyWasFirst, with the version that stands, when it is no longer the latest. Raises RuleBroken.
    """
    is_public = meeting.minutes_published_at is not None
    text = clean(text)
    refuse_if_any(rules.problems_with_minutes(meeting.state, text, is_public=is_public, reason=reason))
    latest = queries.latest_minutes(meeting.id)
    if latest is not None and latest.text == text:
        return latest
    known = latest.version if latest else 0
    if based_on is not None and based_on != known:
        raise SomebodyWasFirst(latest)
    minutes = Minutes(
        meeting_id=meeting.id, version=known + 1, text=text, html=str(to_html(text)), sha256=_sha256(text), reason=clean(reason),
        saved_by_id=person_id, saved_at=now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(minutes)
    except IntegrityError as lost:
        raise SomebodyWasFirst(queries.latest_minutes(meeting.id)) from lost
    if meeting.state in (MeetingState.HELD, MeetingState.MINUTES_APPROVED):
        meeting.state = MeetingState.MINUTES_DRAFT
    db.session.flush()
    return minutes


def approve_minutes(meeting: Meeting, side: Side, sha256: str, *, person_id: int, now: datetime) -> MinutesApproval:
    """One side approves exactly the text whose hash is `sha256`. The caller commits.

    Raises SomebodyWasFirst when the text is another by now, RuleBroken when the person may not or the side has approved.
    """
    db.session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())
    minutes = queries.latest_minutes(meeting.id)
    if minutes is None:
        raise RuleBroken([Problem(MeetingProblem.NO_MINUTES)])
    if minutes.sha256 != sha256:
        raise SomebodyWasFirst(minutes)
    given = {approval.side: approval.person_id for approval in queries.minutes_approvals([minutes.id]).get(minutes.id, [])}
    refuse_if_any(rules.problems_with_approving(side, given, person_id, minutes.saved_by_id))
    approval = MinutesApproval(minutes_id=minutes.id, side=side, person_id=person_id, sha256=sha256, approved_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(approval)
    except IntegrityError as lost:
        raise RuleBroken([Problem(MeetingProblem.ALREADY_APPROVED)]) from lost
    if set(given) | {side} == set(Side) and meeting.state is MeetingState.MINUTES_DRAFT:
        meeting.state = MeetingState.MINUTES_APPROVED
    facts = {"number": meeting.number, "version": minutes.version, "sha256": sha256, "side": str(side)}
    _register("forum.approve-minutes", meeting, facts, now, role=str(side))
    return approval


def publish_minutes(meeting: Meeting, *, person_id: int, now: datetime) -> Minutes:
    """The latest text, approved by both sides, is public with its hash. The caller commits. Raises RuleBroken."""
    minutes = queries.latest_minutes(meeting.id)
    approvals = queries.minutes_approvals([minutes.id]).get(minutes.id, []) if minutes else []
    is_published = minutes is not None and minutes.published_at is not None
    refuse_if_any(
        rules.problems_with_publishing(
            has_minutes=minutes is not None,
            is_published=is_published,
            approvals=[a.side for a in approvals if minutes and a.sha256 == minutes.sha256],
        )
    )
    if minutes is None:  # the rule above has refused already
        raise RuleBroken([Problem(MeetingProblem.NO_MINUTES)])
    won = db.session.execute(
        update(Minutes).where(Minutes.id == minutes.id, Minutes.published_at.is_(None)).values(published_at=now).returning(Minutes.id),
        execution_options={"synchronize_session": False},
    ).all()
    if not won:
        raise RuleBroken([Problem(MeetingProblem.NOTHING_NEW)])
    db.session.refresh(minutes, ["published_at"])
    meeting.minutes_published_at, meeting.minutes_sha256 = now, minutes.sha256
    if meeting.state is not MeetingState.NO_QUORUM:
        meeting.state = MeetingState.PUBLISHED
    facts = {"number": meeting.number, "version": minutes.version, "sha256": minutes.sha256}
    _register("forum.publish-minutes", meeting, facts, now)
    return minutes


def add_agreement(
    meeting: Meeting, draft: AgreementDraft, *, organisation: Organisation | None, person_id: int, now: datetime
) -> Agreement:
    """Something agreed, with its owner and its day; public with the minutes. The caller commits. Raises RuleBroken."""
    refuse_unless_held(meeting)
    refuse_if_any(rules.problems_with_agreement(draft, lima_day(meeting.held_at or meeting.starts_at)))
    number = (db.session.scalar(select(func.max(Agreement.number)).where(Agreement.meeting_id == meeting.id)) or 0) + 1
    agreement = Agreement(
        space_id=meeting.space_id, meeting_id=meeting.id, number=number, text=clean(draft.text), owner=clean_line(draft.owner),
        owner_organisation_id=organisation.id if organisation else None, due_on=draft.due_on, recorded_at=now, state=AgreementState.OPEN,
    )  # fmt: skip
    agreement.meeting = meeting
    try:
        with db.session.begin_nested():
            db.session.add(agreement)
    except IntegrityError as lost:
        raise SomebodyWasFirst from lost
    facts = {"number": f"{meeting.number}.{number}", "due_on": agreement.due_on.isoformat(), "text_sha256": _sha256(agreement.text)}
    _register("forum.agree", meeting, facts, now)
    return agreement


def close_agreement(agreement: Agreement, state: AgreementState, outcome: str, *, evidence_url: str, person_id: int, now: datetime) -> None:
    """It was done, or is dropped with its reason; both are public. The caller commits. Raises RuleBroken."""
    refuse_if_any(rules.problems_with_closing_agreement(agreement.state, outcome))
    won = db.session.execute(
        update(Agreement)
        .where(Agreement.id == agreement.id, Agreement.state == AgreementState.OPEN)
        .values(state=state, outcome=clean(outcome), evidence_url=clean_line(evidence_url), closed_at=now)
        .returning(Agreement.id),
        execution_options={"synchronize_session": False},
    ).all()
    if not won:
        raise RuleBroken([Problem(MeetingProblem.AGREEMENT_CLOSED)])
    db.session.refresh(agreement, ["state", "outcome", "evidence_url", "closed_at"])
    facts = {"number": f"{agreement.meeting.number}.{agreement.number}", "to": str(state), "reason_sha256": _sha256(agreement.outcome)}
    _register("forum.close-agreement", agreement.meeting, facts, now)


def attach_evidence(agreement: Agreement, upload: FileUpload, *, title: str, person_id: int, now: datetime) -> Attachment:
    """A document that proves an agreement was kept, public at once. The caller commits. Raises RuleBroken."""
    file = evidence.attach(
        upload, subject_kind=queries.AGREEMENT_SUBJECT, subject_id=agreement.id, kind=None, title=title, is_public=True,
        person_id=person_id, now=now, scope=agreement.scope,
    )  # fmt: skip
    number = f"{agreement.meeting.number}.{agreement.number}"
    _register("forum.attach", agreement.meeting, {"number": number, "sha256": file.sha256}, now)
    return file


def add_question(
    hearing: Meeting, sector: Sector, question: str, answer: str, answered_by: str, *, person_id: int, now: datetime
) -> HearingQuestion:
    """A question asked at a hearing, with its answer if it was given there. The caller commits. Raises RuleBroken."""
    if hearing.kind is not MeetingKind.HEARING:
        raise RuleBroken([Problem(MeetingProblem.NOT_A_HEARING)])
    if not question.strip():
        raise RuleBroken([Problem(MeetingProblem.QUESTION_MISSING, "question")])
    number = (db.session.scalar(select(func.max(HearingQuestion.number)).where(HearingQuestion.meeting_id == hearing.id)) or 0) + 1
    asked = HearingQuestion(meeting_id=hearing.id, number=number, sector=sector, question=clean(question), recorded_at=now, answer="")
    if answer.strip():
        _answer(asked, answer, answered_by, now)
    try:
        with db.session.begin_nested():
            db.session.add(asked)
    except IntegrityError as lost:
        raise SomebodyWasFirst from lost
    _register("forum.add-question", hearing, {"number": number, "text_sha256": _sha256(asked.question)}, now)
    return asked


def answer_question(hearing: Meeting, asked: HearingQuestion, answer: str, answered_by: str, *, person_id: int, now: datetime) -> None:
    """The written answer to a question of a hearing. The caller commits. Raises RuleBroken."""
    _answer(asked, answer, answered_by, now)
    _register("forum.answer-question", hearing, {"number": asked.number, "text_sha256": _sha256(asked.answer)}, now)


def _answer(asked: HearingQuestion, answer: str, answered_by: str, now: datetime) -> None:
    if not answer.strip() or not answered_by.strip():
        raise RuleBroken([Problem(MeetingProblem.ANSWER_MISSING, "answer")])
    asked.answer, asked.answered_by, asked.answered_at = clean(answer), clean_line(answered_by), now


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _register(action: str, meeting: Meeting, facts: Mapping[str, Any], now: datetime, role: str = SECRETARIAT) -> None:
    db.session.flush()
    audit.record(action, "meeting", f"{meeting.space.slug}/{meeting.slug}", dict(facts), at=now, role=role)
    touch_public(meeting.space_id)
