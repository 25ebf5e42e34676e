"""The rules of participation: one open draft, the approval of each side on its exact text, then a version for ever."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line, to_html
from app.forum import queries
from app.forum.models import Forum, RulesApproval, RulesVersion
from app.forum.rules import participation as rules
from app.forum.rules.participation import OPEN, RulesDraft, RulesProblem, RulesState
from app.forum.rules.seats import Side
from app.forum.services.seats import SECRETARIAT, touch_public


def save_rules(forum: Forum, draft: RulesDraft, *, revision: int, person_id: int, now: datetime) -> RulesVersion:
    """Put the text in the open draft, made now if there is none (`revision` 0). Approvals fall. The caller commits.

    Raises SomebodyWasFirst when it changed since it was read as `revision`.
    """
    version = queries.open_rules(forum.space_id)
    if version is not None and version.revision != revision:
        raise SomebodyWasFirst(version)
    if version is None:
        version = RulesVersion(space_id=forum.space_id, revision=0)
        version.space = forum.space
    tidy = RulesDraft(
        clean_line(draft.title), clean(draft.text), clean_line(draft.norm), clean_line(draft.norm_url), draft.quorum, clean(draft.note)
    )
    version.title, version.text, version.norm, version.norm_url, version.note = tidy.title, tidy.text, tidy.norm, tidy.norm_url, tidy.note
    version.html = str(to_html(tidy.text))
    quorum = tidy.quorum
    version.quorum_numerator, version.quorum_denominator, version.is_more_than = quorum.numerator, quorum.denominator, quorum.is_more_than
    version.government_least, version.non_government_least = quorum.government, quorum.non_government
    version.content = rules.to_json(tidy)
    version.sha256 = rules.sha256(version.content)
    version.state, version.revision = RulesState.DRAFT, version.revision + 1
    version.drafted_by_id, version.drafted_at = person_id, now
    db.session.add(version)
    try:
        db.session.flush()
    except IntegrityError as lost:  # another draft was opened at this moment: theirs stands
        db.session.rollback()
        raise SomebodyWasFirst(queries.open_rules(forum.space_id)) from lost
    db.session.execute(delete(RulesApproval).where(RulesApproval.version_id == version.id))
    return version


def _draft_of(version: RulesVersion) -> RulesDraft:
    return RulesDraft(version.title, version.text, version.norm, version.norm_url, version.quorum, version.note)


def _locked(version: RulesVersion) -> RulesVersion:
    db.session.execute(select(RulesVersion.id).where(RulesVersion.id == version.id).with_for_update())
    db.session.refresh(version, [column.key for column in RulesVersion.__table__.columns])
    if version.state not in OPEN:
        raise RuleBroken([Problem(RulesProblem.NOT_OPEN)])
    return version


def submit_rules(version: RulesVersion, *, person_id: int, now: datetime) -> None:
    """Ask both sides to approve it. The caller commits. Raises RuleBroken."""
    version = _locked(version)
    current = queries.current_rules(version.space_id)
    refuse_if_any(rules.problems_with_rules(_draft_of(version), published=current.content if current else None))
    version.state = RulesState.IN_REVIEW
    db.session.flush()


def approve_rules(version: RulesVersion, side: Side, sha256: str, *, person_id: int, now: datetime) -> RulesApproval:
    """One side approves exactly the text whose hash is `sha256`. The caller commits.

    Raises SomebodyWasFirst when the text is another by now, RuleBroken when the person may not or the side has approved.
    """
    version = _locked(version)
    if version.sha256 != sha256:
        raise SomebodyWasFirst(version)
    given = [(approval.side, approval.person_id) for approval in queries.rules_approvals([version.id]).get(version.id, [])]
    refuse_if_any(rules.problems_with_approving(version.state, side, given, person_id, version.drafted_by_id))
    approval = RulesApproval(version_id=version.id, side=side, person_id=person_id, sha256=sha256, approved_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(approval)
    except IntegrityError as lost:
        raise RuleBroken([Problem(RulesProblem.ALREADY_APPROVED)]) from lost
    audit.record("forum.approve-rules", "forum", version.space.slug, {"side": str(side), "sha256": sha256}, at=now, role=str(side))
    return approval


def publish_rules(version: RulesVersion, *, person_id: int, now: datetime) -> None:
    """It is in force from now; the one before is kept as replaced. The caller commits. Raises RuleBroken."""
    version = _locked(version)
    given = {a.side for a in queries.rules_approvals([version.id]).get(version.id, []) if a.sha256 == version.sha256}
    refuse_if_any([] if given == set(Side) else [Problem(RulesProblem.APPROVAL_MISSING)])
    before = queries.current_rules(version.space_id)
    if before is not None:
        before.state = RulesState.REPLACED
    last = db.session.scalar(select(func.max(RulesVersion.n)).where(RulesVersion.space_id == version.space_id)) or 0
    version.n, version.state, version.published_at = last + 1, RulesState.PUBLISHED, now
    db.session.flush()
    facts = {"version": version.n, "sha256": version.sha256, "norm": version.norm}
    audit.record("forum.publish-rules", "forum", version.space.slug, facts, at=now, role=SECRETARIAT)
    touch_public(version.space_id)


def discard_rules(version: RulesVersion, *, person_id: int, now: datetime) -> None:
    """Throw away a draft that was never in force. The caller commits. Raises RuleBroken."""
    version = _locked(version)
    db.session.execute(delete(RulesApproval).where(RulesApproval.version_id == version.id))
    db.session.delete(version)
    db.session.flush()
