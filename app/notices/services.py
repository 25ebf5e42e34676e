"""Writing a notice in another language, and noting that one went out."""

import hashlib
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.activities import queries as activities_queries
from app.activities import services as activities
from app.activities.models import OutreachAction
from app.activities.rules.outreach import OutreachDraft
from app.audit import services as audit
from app.core.db import db
from app.core.errors import SomebodyWasFirst, refuse_if_any
from app.core.text import clean
from app.evidence.rules import FileUpload
from app.notices import queries, rules
from app.notices.models import NoticeText
from app.notices.rules import Medium, TextDraft
from app.processes import services as processes
from app.processes.models import Process

ATTEMPTS = 5


def save_text(process: Process, medium: Medium, draft: TextDraft, *, person_id: int, now: datetime) -> NoticeText:
    """What the notice says in another language from now on; "" takes it back. Public at once. The caller commits. Raises RuleBroken."""
    draft = TextDraft(draft.language, clean(draft.text))
    refuse_if_any(rules.problems_with(draft))
    for _attempt in range(ATTEMPTS):
        row = NoticeText(
            process_id=process.id, medium=medium, version=queries.last_version(process.id, medium) + 1, language=draft.language,
            text=draft.text, saved_by_id=person_id, saved_at=now,
        )  # fmt: skip
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:  # somebody saved another at the same moment: this one comes after it
            continue
        facts = {"version": row.version, "language": row.language, "text_sha256": hashlib.sha256(row.text.encode()).hexdigest()}
        audit.record("notices.save-text", "process", process.slug, facts, at=now, role="secretaría")
        processes.touch_public(process.id)
        return row
    raise SomebodyWasFirst


def record_sent(
    process: Process, draft: OutreachDraft, upload: FileUpload | None, *, submission_key: str, person_id: int, now: datetime
) -> OutreachAction:
    """Note as outreach that a notice was put up or sent, with the file that shows it. The caller commits. Raises RuleBroken.

    The same form sent twice is one action with one file.
    """
    is_new = activities_queries.outreach_by_key(submission_key) is None
    action = activities.record_outreach(process, draft, submission_key=submission_key, person_id=person_id, now=now)
    if upload is not None and is_new:
        activities.attach_to_outreach(action, upload, title="", person_id=person_id, now=now)
    return action
