"""Findings: written by a member, approved by the majority, answered by the entity, closed or taken further by the committee."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.agreements import queries as agreements
from app.audit import services as audit
from app.budgeting.models import BudgetRound
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line
from app.evidence import services as evidence
from app.evidence.rules import AttachmentKind, FileUpload
from app.processes import services as processes
from app.vigilance import queries
from app.vigilance.models import Complaint, Finding, FindingApproval, FindingReply, FindingText, Member, VigilanceCommittee
from app.vigilance.rules import committees
from app.vigilance.rules import findings as rules
from app.vigilance.rules.findings import ComplaintDraft, FindingDraft, FindingProblem, FindingState, ReplyDraft
from app.vigilance.services.letters import tell_committee, tell_entity

COMMITTEE, ENTITY = "comité de vigilancia", "entidad"


def _tidy(draft: FindingDraft) -> FindingDraft:
    return replace(draft, title=clean_line(draft.title), what=clean(draft.what), asked=clean(draft.asked), code=clean_line(draft.code))


def _project_id(round_id: int, code: str) -> int | None:
    """The project of a line of the act in force; None for the round, and for what is no line."""
    act = agreements.standing_act(round_id) if code else None
    return next((line.project_id for line in agreements.lines_of(act.id) if line.code == code), None) if act else None


def _member(committee: VigilanceCommittee, person_id: int) -> Member | None:
    return queries.member_of(committee.id, person_id)


def propose(
    committee: VigilanceCommittee, draft: FindingDraft, *, files: Sequence[FileUpload] = (), person_id: int, now: datetime
) -> Finding:
    """A member writes a finding and approves it; the others are told. With a committee of one it is public at once.

    `committee.round.process.space` is loaded. The caller commits. Raises RuleBroken.
    """
    round_, wanted = committee.round, _tidy(draft)
    member = _member(committee, person_id)
    if member is None:
        raise RuleBroken([Problem(FindingProblem.NOT_A_MEMBER)])
    db.session.execute(select(BudgetRound.id).where(BudgetRound.id == round_.id).with_for_update())
    project_id = _project_id(round_.id, wanted.code)
    refuse_if_any(rules.problems_with_finding(wanted, knows_line=project_id is not None))
    assert wanted.gravity is not None  # noqa: S101 - the rule refused it
    number = queries.last_number(round_.id) + 1
    finding = Finding(
        round_id=round_.id, committee_id=committee.id, number=number, code=f"{round_.process.code}-H-{number:02d}", project_id=project_id,
        title=wanted.title, what=wanted.what, asked=wanted.asked, gravity=wanted.gravity, days=wanted.days, sha256=wanted.sha256,
        written_by_id=person_id, written_at=now,
    )  # fmt: skip
    db.session.add(finding)
    db.session.flush()
    _keep_text(finding, wanted, person_id, now)
    attach(finding, files, person_id=person_id, now=now)
    _approved(queries.locked(finding.id), member, now)
    return queries.locked(finding.id)


def attach(finding: Finding, files: Sequence[FileUpload], *, person_id: int, now: datetime) -> None:
    """Evidence of a finding: only its committee sees it until the finding is public. The caller commits. Raises RuleBroken."""
    scope = queries.locked(finding.id).scope
    for upload in files:
        evidence.attach(
            upload, subject_kind=queries.FINDING_SUBJECT, subject_id=finding.id, kind=None, title=upload.file_name, is_public=False,
            is_for_public=True, person_id=person_id, now=now, scope=scope,
        )  # fmt: skip


def _keep_text(finding: Finding, draft: FindingDraft, person_id: int, now: datetime) -> None:
    n = db.session.scalar(select(func.max(FindingText.n)).where(FindingText.finding_id == finding.id)) or 0
    content: dict[str, Any] = {
        "title": draft.title, "what": draft.what, "asked": draft.asked, "gravity": str(draft.gravity), "code": draft.code,
        "days": draft.days,
    }  # fmt: skip
    row = FindingText(finding_id=finding.id, n=n + 1, content=content, sha256=draft.sha256, written_by_id=person_id, written_at=now)
    db.session.add(row)
    db.session.flush()


def edit(finding: Finding, draft: FindingDraft, *, revision: int, person_id: int, now: datetime) -> Finding:
    """Another text, before it is public: what was approved was the other one, and only who edits approves this. The caller commits.

    Raises RuleBroken, and SomebodyWasFirst when `revision` is not the one that stands.
    """
    current, wanted = queries.locked(finding.id), _tidy(draft)
    member = _member(current.committee, person_id)
    if member is None:
        raise RuleBroken([Problem(FindingProblem.NOT_A_MEMBER)])
    if current.state is not FindingState.PROPOSED:
        raise RuleBroken([Problem(FindingProblem.NOT_PROPOSED)])
    if current.revision != revision:
        raise SomebodyWasFirst(current)
    project_id = _project_id(current.round_id, wanted.code)
    refuse_if_any(rules.problems_with_finding(wanted, knows_line=project_id is not None))
    if wanted.sha256 == current.sha256:
        return current
    assert wanted.gravity is not None  # noqa: S101 - the rule refused it
    current.project_id, current.title, current.what, current.asked = project_id, wanted.title, wanted.what, wanted.asked
    current.gravity, current.days, current.sha256 = wanted.gravity, wanted.days, wanted.sha256
    current.revision += 1
    _keep_text(current, wanted, person_id, now)
    _approved(current, member, now)
    return current


def approve(finding: Finding, sha256: str, *, person_id: int, now: datetime) -> Finding:
    """A member approves exactly the text they read; with the majority of the committee it is published and the entity is told.

    The caller commits. Raises RuleBroken.
    """
    current = queries.locked(finding.id)
    member = _member(current.committee, person_id)
    given = {row.member_id for row in queries.approvals(current)}
    refuse_if_any(
        rules.problems_with_approving(
            current.state, is_member=member is not None, has_approved=member is not None and member.id in given,
            is_same_text=current.sha256 == sha256,
        )
    )  # fmt: skip
    assert member is not None  # noqa: S101 - the rule refused it
    _approved(current, member, now)
    return current


def approve_on_sheet(
    finding: Finding, sha256: str, member_ids: Sequence[int], upload: FileUpload | None, *, person_id: int, now: datetime
) -> Finding:
    """Record that members approved by hand, on a printed text with that hash, with the scanned sheet: for who has no account.

    The sheet shows handwriting and is not public; its hash is in the register. The caller commits. Raises RuleBroken.
    """
    current = queries.locked(finding.id)
    own = _member(current.committee, person_id)
    members = {row.id: row for row in queries.members(current.committee_id)}
    waiting = set(members) - {row.member_id for row in queries.approvals(current)}
    refuse_if_any(
        rules.problems_with_sheet(
            current.state, is_member=own is not None, is_same_text=current.sha256 == sha256,
            has_file=upload is not None and bool(upload.content), signed=member_ids, waiting=waiting, own=own.id if own else 0,
        )
    )  # fmt: skip
    assert upload is not None  # noqa: S101 - the rule refused it
    kept = evidence.attach(
        upload, subject_kind=queries.APPROVAL_SUBJECT, subject_id=current.id, kind=AttachmentKind.MINUTES,
        title="Hoja firmada por integrantes del comité", is_public=False, person_id=person_id, now=now, scope=current.scope,
    )  # fmt: skip
    facts = {"text_sha256": current.sha256, "sheet_sha256": kept.sha256, "signatures": len(set(member_ids))}
    _register("approve-on-sheet", current, facts, now, COMMITTEE)
    for member_id in sorted(set(member_ids)):
        _approved(current, members[member_id], now, sheet_sha256=kept.sha256, recorded_by_id=person_id)
    return current


def _approved(current: Finding, member: Member, now: datetime, **on_paper: Any) -> None:
    """One more approval; with the majority the finding is public. What comes after the majority is kept too."""
    row = FindingApproval(finding_id=current.id, member_id=member.id, sha256=current.sha256, approved_at=now, **on_paper)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as lost:  # uq_vigilance_approval_member
        raise RuleBroken([Problem(FindingProblem.APPROVED)]) from lost
    needed = committees.majority(len(queries.members(current.committee_id)))
    if current.state is FindingState.PROPOSED and len(queries.approvals(current)) >= needed:
        _publish(current, now)


def _publish(current: Finding, now: datetime) -> None:
    current.state, current.published_at = FindingState.PUBLISHED, now
    current.reply_by = rules.reply_by(lima_day(now), current.days)
    db.session.flush()
    evidence.release(queries.FINDING_SUBJECT, current.id)
    facts = {"code": current.code, "gravity": str(current.gravity), "sha256": current.sha256, "reply_by": current.reply_by.isoformat()}
    _register("publish-finding", current, facts, now, COMMITTEE)
    tell_entity(current, now)


def withdraw(finding: Finding, *, person_id: int, now: datetime) -> Finding:
    """Its text is kept and nobody publishes it. Only before it is public. The caller commits. Raises RuleBroken."""
    current = queries.locked(finding.id)
    if _member(current.committee, person_id) is None:
        raise RuleBroken([Problem(FindingProblem.NOT_A_MEMBER)])
    if current.state is not FindingState.PROPOSED:
        raise RuleBroken([Problem(FindingProblem.NOT_PROPOSED)])
    current.state, current.closed_at, current.closed_by_id = FindingState.WITHDRAWN, now, person_id
    db.session.flush()
    return current


def reply(finding: Finding, draft: ReplyDraft, *, entity: str, person_id: int, now: datetime, role: str = ENTITY) -> FindingReply:
    """What the entity will do and until when, public at once; the committee is told. The caller commits. Raises RuleBroken."""
    current = queries.locked(finding.id)
    refuse_if_any(rules.problems_with_reply(current.state, draft, today=lima_day(now)))
    assert draft.until is not None  # noqa: S101 - the rule refused it
    row = FindingReply(
        finding_id=current.id, number=len(queries.replies(current.id)) + 1, text=clean(draft.text), until=draft.until, entity=entity,
        replied_by_id=person_id, replied_at=now,
    )  # fmt: skip
    db.session.add(row)
    if current.state is FindingState.PUBLISHED:
        current.state = FindingState.REPLIED
    db.session.flush()
    _register("reply", current, {"code": current.code, "number": row.number, "until": draft.until.isoformat()}, now, role)
    tell_committee(current, row, now)
    return row


def satisfy(finding: Finding, note: str, *, person_id: int, now: datetime) -> Finding:
    """The committee checked what was promised, says what it saw, and closes the matter. The caller commits. Raises RuleBroken."""
    current = queries.locked(finding.id)
    is_member = _member(current.committee, person_id) is not None
    refuse_if_any(rules.problems_with_satisfying(current.state, note, is_member=is_member))
    current.state, current.closed_at, current.closed_by_id, current.closed_note = FindingState.SATISFIED, now, person_id, clean(note)
    db.session.flush()
    _register("satisfy", current, {"code": current.code}, now, COMMITTEE)
    return current


def escalate(finding: Finding, draft: ComplaintDraft, *, person_id: int, now: datetime) -> Complaint:
    """The committee took the matter to another body: with the number of its file there. The caller commits. Raises RuleBroken."""
    current = queries.locked(finding.id)
    is_member = _member(current.committee, person_id) is not None
    refuse_if_any(rules.problems_with_escalating(current.state, draft, reply_by=current.reply_by, today=lima_day(now), is_member=is_member))
    assert draft.body is not None and draft.filed_on is not None  # noqa: S101 - the rule refused it
    row = Complaint(
        finding_id=current.id, number=len(queries.complaints(current.id)) + 1, body=draft.body, file_number=clean_line(draft.number)[:120],
        filed_on=draft.filed_on, note=clean(draft.note), recorded_by_id=person_id, recorded_at=now,
    )  # fmt: skip
    db.session.add(row)
    current.state = FindingState.ESCALATED
    db.session.flush()
    _register("escalate", current, {"code": current.code, "body": str(row.body), "file": row.file_number}, now, COMMITTEE)
    return row


def _register(verb: str, finding: Finding, facts: dict[str, Any], now: datetime, role: str) -> None:
    places = [finding.project.ubigeo] if finding.project is not None and finding.project.ubigeo else []
    audit.record(f"vigilance.{verb}", "process", finding.round.process.slug, {**facts, "places": places}, at=now, role=role)
    processes.touch_public(finding.round.process_id)
