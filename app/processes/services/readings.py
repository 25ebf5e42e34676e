"""Publishing an easy-to-read version: each is a row that stays, the newest of a language is the one that is read."""

import hashlib
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.core.db import db
from app.core.errors import SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line, to_html
from app.processes import queries
from app.processes.models import Process, ProcessReading
from app.processes.rules.readings import ReadingDraft, problems_with_reading
from app.processes.services.public import touch_public


def publish_reading(process: Process, draft: ReadingDraft, *, person_id: int, now: datetime) -> ProcessReading:
    """Make the text public, in the register too. The caller commits.

    Raises RuleBroken, and SomebodyWasFirst when another took its number.
    """
    current = queries.readings(process.id).get(draft.language)
    refuse_if_any(problems_with_reading(draft, current=current.text if current else ""))
    text = clean(draft.text)
    reading = ProcessReading(
        process_id=process.id, language=draft.language, n=current.n + 1 if current else 1, text=text, text_html=to_html(text),
        tried_with=clean_line(draft.tried_with), published_by_id=person_id, published_at=now,
    )  # fmt: skip
    db.session.add(reading)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise SomebodyWasFirst() from None
    facts = {"language": str(draft.language), "n": reading.n, "sha256": hashlib.sha256(text.encode()).hexdigest()}
    audit.record("processes.publish-reading", "process", process.slug, facts, at=now, role="secretaría")
    touch_public(process.id)
    return reading
