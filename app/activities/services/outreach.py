"""Recording outreach: public at once, in the register, taken back only with a reason."""

import hashlib
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.activities import queries
from app.activities.models import OutreachAction
from app.activities.queries.outreach import SUBJECT
from app.activities.rules import outreach as rules
from app.activities.rules.outreach import LANGUAGES, OutreachDraft
from app.audit import services as audit
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line
from app.evidence import services as evidence
from app.evidence.models import Attachment
from app.evidence.rules import FileUpload
from app.processes import services as processes
from app.processes.models import Process
from app.territories import queries as territories

SECRETARIAT = "secretaría"
NUMBER_ATTEMPTS = 5


def record_outreach(process: Process, draft: OutreachDraft, *, submission_key: str, person_id: int, now: datetime) -> OutreachAction:
    """Write down one action; public from now on. The same form sent twice is one action. The caller commits. Raises RuleBroken."""
    known = queries.outreach_by_key(submission_key)
    if known is not None:
        return known
    is_place_known = bool(draft.ubigeo) and territories.territory(draft.ubigeo) is not None
    refuse_if_any(rules.problems_with(draft, today=lima_day(now), languages=LANGUAGES, is_place_known=is_place_known))
    for _attempt in range(NUMBER_ATTEMPTS):
        action = OutreachAction(
            process_id=process.id, number=queries.last_outreach_number(process.id) + 1, submission_key=submission_key,
            done_on=draft.done_on, title=clean_line(draft.title), channel=draft.channel, sector=draft.sector, ubigeo=draft.ubigeo or None,
            language=draft.language, reach=draft.reach, message=clean(draft.message), recorded_by_id=person_id, recorded_at=now,
            process=process,
        )  # fmt: skip
        try:
            with db.session.begin_nested():
                db.session.add(action)
        except IntegrityError:  # somebody took this number, or sent this very form, at the same time
            known = queries.outreach_by_key(submission_key)
            if known is not None:
                return known
        else:
            facts = {
                "number": action.number, "at": action.done_on.isoformat(), "channel": str(action.channel), "sector": str(action.sector),
                "text_sha256": hashlib.sha256(action.message.encode()).hexdigest(),
            }  # fmt: skip
            _register("activities.record-outreach", action, facts, now)
            return action
    raise SomebodyWasFirst


def attach_to_outreach(action: OutreachAction, upload: FileUpload, *, title: str, person_id: int, now: datetime) -> Attachment:
    """Keep a file that shows the action; public at once. The caller commits. Raises RuleBroken."""
    refuse_if_any(rules.problems_with_changing(is_withdrawn=action.withdrawn_at is not None))
    file = evidence.attach(
        upload, subject_kind=SUBJECT, subject_id=action.id, kind=None, title=title, is_public=True, person_id=person_id, now=now,
        scope=action.scope,
    )  # fmt: skip
    _register("activities.prove-outreach", action, {"number": action.number, "sha256": file.sha256}, now)
    return file


def withdraw_outreach(action: OutreachAction, reason: str, *, person_id: int, now: datetime) -> None:
    """Take an action back: it stays, marked, with its reason. The caller commits. Raises RuleBroken."""
    refuse_if_any(rules.problems_with_withdrawing(reason, is_withdrawn=action.withdrawn_at is not None))
    action.withdrawn_at, action.withdrawn_reason = now, clean(reason)
    reason_sha256 = hashlib.sha256(action.withdrawn_reason.encode()).hexdigest()
    _register("activities.withdraw-outreach", action, {"number": action.number, "reason_sha256": reason_sha256}, now)


def _register(action_name: str, action: OutreachAction, facts: dict[str, object], now: datetime) -> None:
    db.session.flush()
    audit.record(action_name, "process", action.process.slug, facts, at=now, role=SECRETARIAT)
    processes.touch_public(action.process_id)
