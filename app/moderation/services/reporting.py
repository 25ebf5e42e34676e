"""Receiving a report, from anybody: it never hides anything, it puts the thing before a moderator."""

from datetime import datetime, timedelta

from sqlalchemy.dialects import postgresql, sqlite

from app.accounts.models import Person
from app.core.arrival import Arrival
from app.core.db import db, is_sqlite
from app.core.errors import Problem, refuse_if_any
from app.core.text import clean
from app.deliberation.models import Comment
from app.moderation import queries
from app.moderation.models import ContentReport
from app.moderation.queries import Subject
from app.moderation.rules import HidingReason, ModerationProblem
from app.moderation.rules import reports as rules

A_DAY = timedelta(days=1)


def report(subject: Subject, reason: HidingReason | None, words: str, *, person: Person | None, came: Arrival, now: datetime) -> bool:
    """Keep the report; False when the same account, or the same address on the same day, had reported it. The caller commits.

    One statement on the uniqueness of a reporter and a thing, so that a crowd of clicks is one report. Raises RuleBroken.
    """
    words, problems = clean(words), []
    if reason is None:
        problems.append(Problem(ModerationProblem.REASON_MISSING, "reason"))
    if len(words) > rules.LONGEST_WORDS:
        problems.append(Problem(ModerationProblem.NOTE_TOO_LONG, "words", {"longest": rules.LONGEST_WORDS}))
    refuse_if_any(problems)
    key = f"p{person.id}" if person else f"a{came.address}"
    points = rules.weight_of(
        has_account=person is not None, account_age=now - person.created_at if person else timedelta(0), is_trapped=came.is_trapped,
        from_address_today=queries.reports_from(key, now - A_DAY),
    )  # fmt: skip
    about = "comment_id" if isinstance(subject, Comment) else "contribution_id"
    upsert = sqlite.insert if is_sqlite() else postgresql.insert
    written = db.session.execute(
        upsert(ContentReport)
        .values(
            process_id=subject.process_id, reason=reason, words=words, reporter_id=person.id if person else None, reporter_key=key,
            points=points, reported_at=now, **{about: subject.id},
        )
        .on_conflict_do_nothing(index_elements=[about, "reporter_key"])
        .returning(ContentReport.id)
    )  # fmt: skip
    return written.first() is not None
