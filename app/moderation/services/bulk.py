"""The same act on many: first what it would do, then doing it to exactly what was shown."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core.errors import RuleBroken, SomebodyWasFirst, refuse_if_any
from app.moderation import queries
from app.moderation.queries import Subject
from app.moderation.rules import HidingReason, ModerationKind, problems_with_act
from app.moderation.rules.bulk import problems_with_choice
from app.moderation.services import acts
from app.processes.models import Process


@dataclass(frozen=True)
class Chosen:
    """One of the chosen: what it is now, its fingerprint, and whether the act can be done to it."""

    subject: Subject
    seen: str
    may: bool


def preview(process: Process, kind: ModerationKind | None, reason: HidingReason | None, codes: Sequence[str]) -> list[Chosen]:
    """What would be done to each of the chosen, in their order; codes that are not of the process are left out. Raises RuleBroken."""
    wanted = list(dict.fromkeys(codes))
    refuse_if_any(problems_with_choice(kind, reason, len(wanted)))
    assert kind is not None  # noqa: S101 - refused a line above
    found = [subject for subject in (queries.moderated(process.slug, code) for code in wanted) if subject is not None]
    return [Chosen(subject, acts.fingerprint(subject), not problems_with_act(kind, subject.visibility)) for subject in found]


def apply(
    process: Process, kind: ModerationKind | None, reason: HidingReason | None, items: Sequence[tuple[str, str]], note: str, *,
    moderator_id: int, now: datetime,
) -> tuple[list[str], list[str]]:  # fmt: skip
    """Do it to what was previewed: (code, fingerprint) pairs. Codes done, and codes left out because they changed since, come back.

    One transaction: the caller commits all of it. Raises RuleBroken before anything is written.
    """
    refuse_if_any(problems_with_choice(kind, reason, len(items)))
    batch, done, late = secrets.token_hex(8), [], []
    for code, seen in dict(items).items():
        subject = queries.moderated(process.slug, code)
        try:
            if subject is None or not seen:
                raise SomebodyWasFirst
            _one(subject, kind, reason, note, {"moderator_id": moderator_id, "now": now, "seen": seen, "batch": batch})
        except (SomebodyWasFirst, RuleBroken):  # another's act, or an audio that waits for its text
            late.append(code)
        else:
            done.append(code)
    return done, late


def _one(subject: Subject, kind: ModerationKind | None, reason: HidingReason | None, note: str, by: dict[str, object]) -> None:
    if kind is ModerationKind.HIDE:
        acts.hide(subject, reason, note, **by)  # type: ignore[arg-type]
    elif kind is ModerationKind.KEEP:
        acts.keep(subject, note=note, **by)  # type: ignore[arg-type]
    else:
        acts.publish(subject, **by)  # type: ignore[arg-type]
