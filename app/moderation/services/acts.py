"""Publishing, hiding, restoring, keeping and retiring contributions and comments: one act wins, the other learns which."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from app.contributions import queries as contributions_read
from app.contributions import services as contributions
from app.contributions.models import Contribution
from app.contributions.rules.privacy import personal_data
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.errors import Problem, SomebodyWasFirst, refuse_if_any
from app.core.text import clean
from app.deliberation import services as deliberation
from app.deliberation.models import Comment
from app.moderation import queries
from app.moderation.models import ModerationAction
from app.moderation.queries import Subject
from app.moderation.rules import (
    WITHHELD,
    HidingReason,
    ModerationKind,
    ModerationProblem,
    problems_with_act,
    problems_with_hiding,
    problems_with_redacting,
)
from app.moderation.services import recording
from app.moderation.services.recording import ROLE
from app.moderation.services.telling import tell_act
from app.processes import services as processes


def fingerprint(subject: Subject) -> str:
    """What the moderator has in front: it changes with the words and with the state."""
    seen = "\0".join((subject.visibility.value, getattr(subject, "title", ""), subject.text))
    return hashlib.sha256(seen.encode()).hexdigest()[:20]


def publish(subject: Subject, *, moderator_id: int, now: datetime, seen: str = "", batch: str = "") -> ModerationAction:
    """Make public what waits. The caller commits. Raises SomebodyWasFirst (R10): it is no longer what was `seen`; and
    RuleBroken: it is an audio without its text."""
    _lock(subject, seen)
    _refuse_late(ModerationKind.PUBLISH, subject)
    _refuse_unheard(subject)
    _show(subject, now)
    return recording.keep_act(subject, ModerationKind.PUBLISH, moderator_id, now, batch=batch)


def hide(
    subject: Subject, reason: HidingReason | None, note: str, *, moderator_id: int, now: datetime, seen: str = "", batch: str = ""
) -> ModerationAction:
    """Take the text from the public, with a reason that is published; its code and its right to an answer stay.

    Its author is told why and how to appeal. The note is for the team. The caller commits. Raises RuleBroken, SomebodyWasFirst.
    """
    tidy = clean(note)
    refuse_if_any(problems_with_hiding(reason, tidy))
    _lock(subject, seen)
    _refuse_late(ModerationKind.HIDE, subject)
    _take_away(subject, now)
    facts = {"reason": str(reason), "text_sha256": contributions.text_sha256(subject.text)}
    recording.record(recording.HIDE, subject, facts, now)
    return tell_act(recording.keep_act(subject, ModerationKind.HIDE, moderator_id, now, reason=reason, note=tidy, batch=batch), subject)


def publish_without(subject: Subject, pieces: Sequence[str], *, moderator_id: int, now: datetime, seen: str = "") -> ModerationAction:
    """Make public what waits, or leave public what is, with the marked personal data taken out and nothing else changed.

    The words as they came are kept in the act, restricted; the register says how many pieces, never which. The caller commits.
    Raises RuleBroken, SomebodyWasFirst.
    """
    _lock(subject, seen)
    _refuse_late(ModerationKind.REDACT, subject)
    _refuse_unheard(subject)
    refuse_if_any(problems_with_redacting(pieces, found_in(subject)))
    was_public = subject.visibility is Visibility.PUBLIC
    if isinstance(subject, Comment):
        original = deliberation.withhold_in_comment(subject, pieces, WITHHELD)
    else:
        original = contributions.withhold(subject, pieces, WITHHELD)
    if was_public:
        processes.touch_public(subject.process_id)
    _show(subject, now)
    recording.record(recording.REDACT, subject, {"count": len(set(pieces))}, now)
    action = recording.keep_act(subject, ModerationKind.REDACT, moderator_id, now)
    action.original = json.dumps(original, ensure_ascii=False)
    db.session.flush()
    return action


def found_in(subject: Subject) -> list[str]:
    """What in it looks like personal data, as written."""
    texts = (subject.text,) if isinstance(subject, Comment) else (subject.title, subject.text, subject.organisation_name)
    return [hint.words for hint in personal_data(*texts)]


def restore(subject: Subject, *, moderator_id: int, now: datetime, note: str = "", seen: str = "") -> ModerationAction:
    """Show again what was hidden. The caller commits. Raises SomebodyWasFirst."""
    _lock(subject, seen)
    _refuse_late(ModerationKind.RESTORE, subject)
    _show(subject, now)
    if isinstance(subject, Comment):
        recording.record(recording.RESTORE, subject, {}, now)
    return recording.keep_act(subject, ModerationKind.RESTORE, moderator_id, now, note=clean(note)[:1_000])


def keep(subject: Subject, *, moderator_id: int, now: datetime, note: str = "", seen: str = "", batch: str = "") -> ModerationAction:
    """Leave public what was reported: the reports close, the log says that it stays. The caller commits. Raises SomebodyWasFirst."""
    _lock(subject, seen)
    _refuse_late(ModerationKind.KEEP, subject)
    recording.record(recording.KEEP, subject, {}, now)
    processes.touch_public(subject.process_id)
    return recording.keep_act(subject, ModerationKind.KEEP, moderator_id, now, note=clean(note)[:1_000], batch=batch)


def retire(
    contribution: Contribution, favoured: Contribution | None, *, moderator_id: int, now: datetime, seen: str = ""
) -> ModerationAction:
    """Retire it in favour of another public one that says the same: both codes stay, its page leads to the other.

    It keeps its right to an answer and its author is told. The caller commits. Raises RuleBroken, SomebodyWasFirst.
    """
    if favoured is None or favoured.visibility is not Visibility.PUBLIC or favoured.process_id != contribution.process_id:
        refuse_if_any([Problem(ModerationProblem.FAVOURED_UNKNOWN, "favoured")])
    assert favoured is not None  # noqa: S101 - refused a line above
    if favoured.id == contribution.id:
        refuse_if_any([Problem(ModerationProblem.FAVOURED_SAME, "favoured")])
    _lock(contribution, seen)
    _refuse_late(ModerationKind.RETIRE, contribution)
    _take_away(contribution, now)
    recording.record(recording.RETIRE, contribution, {"favoured": favoured.code}, now)
    action = recording.keep_act(
        contribution, ModerationKind.RETIRE, moderator_id, now, reason=HidingReason.DUPLICATE, favoured_id=favoured.id
    )
    return tell_act(action, contribution, favoured=favoured.code)


def _show(subject: Subject, now: datetime) -> None:
    if isinstance(subject, Comment):
        deliberation.make_comment_public(subject, now=now, role=ROLE)
    else:
        contributions.make_public(subject, now=now, role=ROLE)


def _take_away(subject: Subject, now: datetime) -> None:
    if isinstance(subject, Comment):
        deliberation.hide_comment(subject)
    else:
        contributions.hide(subject, now=now)


def _lock(subject: Subject, seen: str) -> None:
    """Read it again, alone: whoever comes second waits here and then finds the other's act."""
    names = ["visibility", "text"] if isinstance(subject, Comment) else ["visibility", "title", "text"]
    db.session.refresh(subject, attribute_names=names, with_for_update=True)
    if seen and seen != fingerprint(subject):
        raise SomebodyWasFirst(queries.latest_of(subject))


def _refuse_unheard(subject: Subject) -> None:
    """An audio whose text its author has not confirmed says nothing yet."""
    if isinstance(subject, Contribution) and contributions_read.awaiting_voice([subject.id]):
        refuse_if_any([Problem(ModerationProblem.AWAITS_VOICE)])


def _refuse_late(kind: ModerationKind, subject: Subject) -> None:
    if problems_with_act(kind, subject.visibility):
        raise SomebodyWasFirst(queries.latest_of(subject))
