"""Publishing, hiding and restoring contributions: one act wins, the other learns which."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from app.audit import services as audit
from app.contributions import queries as contributions_read
from app.contributions import services as contributions
from app.contributions.models import Contribution
from app.contributions.rules.privacy import personal_data
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean
from app.moderation import queries
from app.moderation.models import ModerationAction
from app.moderation.rules import (
    WITHHELD,
    HidingReason,
    ModerationKind,
    ModerationProblem,
    problems_with_act,
    problems_with_hiding,
    problems_with_redacting,
)

ROLE = "moderación"


def fingerprint(contribution: Contribution) -> str:
    """What the moderator has in front: it changes with the words and with the state."""
    seen = "\0".join((contribution.visibility.value, contribution.title, contribution.text))
    return hashlib.sha256(seen.encode()).hexdigest()[:20]


def publish(contribution: Contribution, *, moderator_id: int, now: datetime, seen: str = "") -> ModerationAction:
    """Make public what waits. The caller commits. Raises SomebodyWasFirst (R10): it is no longer what was `seen`; and
    RuleBroken: it is an audio without its text."""
    _lock(contribution, seen)
    _refuse_late(ModerationKind.PUBLISH, contribution)
    _refuse_unheard(contribution)
    contributions.make_public(contribution, now=now, role=ROLE)
    return _record(contribution, ModerationKind.PUBLISH, moderator_id, now)


def hide(
    contribution: Contribution, reason: HidingReason | None, note: str, *, moderator_id: int, now: datetime, seen: str = ""
) -> ModerationAction:
    """Take the text from the public, with a reason that is published; its code and its right to an answer stay.

    The note is for the team. The caller commits. Raises RuleBroken, SomebodyWasFirst.
    """
    tidy = clean(note)
    refuse_if_any(problems_with_hiding(reason, tidy))
    _lock(contribution, seen)
    _refuse_late(ModerationKind.HIDE, contribution)
    contributions.hide(contribution, now=now)
    facts = {"reason": str(reason), "text_sha256": contributions.text_sha256(contribution.text)}
    audit.record("moderation.hide", "contribution", contribution.code, facts, at=now, role=ROLE)
    return _record(contribution, ModerationKind.HIDE, moderator_id, now, reason, tidy)


def publish_without(
    contribution: Contribution, pieces: Sequence[str], *, moderator_id: int, now: datetime, seen: str = ""
) -> ModerationAction:
    """Make public what waits, with the marked personal data taken out and nothing else changed.

    The words as they came are kept in the act, restricted; the register says how many pieces, never which. The caller commits.
    Raises RuleBroken, SomebodyWasFirst.
    """
    _lock(contribution, seen)
    _refuse_late(ModerationKind.REDACT, contribution)
    _refuse_unheard(contribution)
    found = [hint.words for hint in personal_data(contribution.title, contribution.text, contribution.organisation_name)]
    refuse_if_any(problems_with_redacting(pieces, found))
    original = contributions.withhold(contribution, pieces, WITHHELD)
    contributions.make_public(contribution, now=now, role=ROLE)
    audit.record("moderation.redact", "contribution", contribution.code, {"count": len(set(pieces))}, at=now, role=ROLE)
    action = _record(contribution, ModerationKind.REDACT, moderator_id, now)
    action.original = json.dumps(original, ensure_ascii=False)
    db.session.flush()
    return action


def restore(contribution: Contribution, *, moderator_id: int, now: datetime, note: str = "", seen: str = "") -> ModerationAction:
    """Show again what was hidden. The caller commits. Raises SomebodyWasFirst."""
    _lock(contribution, seen)
    _refuse_late(ModerationKind.RESTORE, contribution)
    contributions.make_public(contribution, now=now, role=ROLE)
    return _record(contribution, ModerationKind.RESTORE, moderator_id, now, note=clean(note)[:1_000])


def _lock(contribution: Contribution, seen: str) -> None:
    """Read it again, alone: whoever comes second waits here and then finds the other's act."""
    db.session.refresh(contribution, attribute_names=["visibility", "title", "text"], with_for_update=True)
    if seen and seen != fingerprint(contribution):
        raise SomebodyWasFirst(queries.latest_action(contribution.id))


def _refuse_unheard(contribution: Contribution) -> None:
    """An audio whose text its author has not confirmed says nothing yet."""
    if contributions_read.awaiting_voice([contribution.id]):
        raise RuleBroken([Problem(ModerationProblem.AWAITS_VOICE)])


def _refuse_late(kind: ModerationKind, contribution: Contribution) -> None:
    if problems_with_act(kind, contribution.visibility):
        raise SomebodyWasFirst(queries.latest_action(contribution.id))


def _record(
    contribution: Contribution, kind: ModerationKind, moderator_id: int, now: datetime, reason: HidingReason | None = None, note: str = ""
) -> ModerationAction:
    action = ModerationAction(
        contribution_id=contribution.id, kind=kind, reason=reason, note=note, moderator_id=moderator_id, at=now,
    )  # fmt: skip
    db.session.add(action)
    db.session.flush()
    return action
