"""What a batch of drafts would say, before anything is saved."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from app.assignments import queries as assignments
from app.contributions.models import Contribution
from app.contributions.rules.terms import Channel, Visibility
from app.core.db import db
from app.feedback.models import Decision
from app.feedback.queries.templates import field_values
from app.feedback.rules.bulk import Composed, left_out
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import DecisionState
from app.feedback.rules.templates import fill
from app.feedback.rules.tidying import tidy
from app.groups import queries as groups
from app.processes.models import Process

A_STATEMENT = 500


def composed(
    process: Process, contributions: Sequence[Contribution], draft: DecisionDraft, *, person_id: int, today: date, reason: str,
    channels: Mapping[Channel, str], scores: Mapping[int, tuple[str, str]],
) -> dict[int, Composed]:  # fmt: skip
    """The text each contribution would get, or why it gets none, in the order given. A fixed number of statements for every 500.

    `contributions` as `queries.marked` loads them; the words (`reason`, `channels`, `scores`) are those of `field_values`.
    """
    ids = [c.id for c in contributions]
    values = field_values(process, contributions, draft, reason=reason, channels=channels, scores=scores)
    begun, answered = _standing(ids)
    grouped = groups.group_of(ids)
    elsewhere = assignments.held_elsewhere(process.id, ids, person_id, today)
    found: dict[int, Composed] = {}
    for c in contributions:
        filled = fill(draft, values[c.id])
        why = left_out(
            is_answered=c.id in answered, is_begun=c.id in begun, is_grouped=c.id in grouped,
            elsewhere=elsewhere[c.id].organisation if c.id in elsewhere else "", missing=filled.missing,
            is_public=c.visibility is Visibility.PUBLIC,
        )  # fmt: skip
        found[c.id] = Composed(c.id, c.code, None, *why) if why else Composed(c.id, c.code, tidy(filled.draft))
    return found


def _standing(ids: Sequence[int]) -> tuple[set[int], set[int]]:
    """Those with an open version, and those with a published one."""
    begun: set[int] = set()
    answered: set[int] = set()
    for start in range(0, len(ids), A_STATEMENT):
        for contribution_id, state in db.session.execute(
            select(Decision.contribution_id, Decision.state).where(Decision.contribution_id.in_(ids[start : start + A_STATEMENT]))
        ):
            (answered if state is DecisionState.PUBLISHED else begun).add(contribution_id)
    return begun, answered


def drafts_of(ids: Sequence[int]) -> list[tuple[int, int]]:
    """Id and revision of the open version of each of these contributions."""
    found: list[tuple[int, int]] = []
    for start in range(0, len(ids), A_STATEMENT):
        found += [
            (id_, revision)
            for id_, revision in db.session.execute(
                select(Decision.id, Decision.revision)
                .where(Decision.contribution_id.in_(ids[start : start + A_STATEMENT]), Decision.state != DecisionState.PUBLISHED)
                .order_by(Decision.id)
            )
        ]
    return found
