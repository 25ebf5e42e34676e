"""Reading acts of moderation and what waits for one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.contributions.rules.filters import ContributionFilters
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.web import Page
from app.moderation.models import ModerationAction
from app.moderation.rules import HidingReason, ModerationKind
from app.processes.models import Process

A_QUERY = 500


@dataclass(frozen=True)
class Tombstone:
    """Why a contribution is hidden, and since when: all that is public of it besides its code."""

    reason: HidingReason
    at: datetime


def latest_action(contribution_id: int) -> ModerationAction | None:
    """The act that stands."""
    return db.session.scalar(
        select(ModerationAction).where(ModerationAction.contribution_id == contribution_id).order_by(ModerationAction.id.desc()).limit(1)
    )


def actions(contribution_id: int) -> Sequence[ModerationAction]:
    """Every act on a contribution, newest first."""
    return db.session.scalars(
        select(ModerationAction).where(ModerationAction.contribution_id == contribution_id).order_by(ModerationAction.id.desc())
    ).all()


def tombstones(contribution_ids: Iterable[int]) -> dict[int, Tombstone]:
    """Of those that are hidden, the published reason: one statement for up to 500."""
    wanted = sorted(set(contribution_ids))
    found: dict[int, Tombstone] = {}
    for start in range(0, len(wanted), A_QUERY):
        latest = (
            select(func.max(ModerationAction.id))
            .where(ModerationAction.contribution_id.in_(wanted[start : start + A_QUERY]))
            .group_by(ModerationAction.contribution_id)
        )
        rows = db.session.execute(
            select(ModerationAction.contribution_id, ModerationAction.reason, ModerationAction.at).where(
                ModerationAction.id.in_(latest), ModerationAction.kind == ModerationKind.HIDE
            )
        )
        found.update({number: Tombstone(reason, at) for number, reason, at in rows if reason})
    return found


def held_counts(process_ids: Iterable[int]) -> Mapping[int, int]:
    """How many contributions of each process wait for a moderator; processes without any are left out."""
    rows = db.session.execute(
        select(Contribution.process_id, func.count())
        .where(Contribution.process_id.in_(list(process_ids)), Contribution.visibility == Visibility.HELD)
        .group_by(Contribution.process_id)
    )
    return {process_id: number for process_id, number in rows}


def held_count(*, space_ids: Iterable[int] = (), process_ids: Iterable[int] = ()) -> int:
    """How many wait in these spaces and in these processes, each counted once."""
    return (
        db.session.scalar(
            select(func.count(Contribution.id))
            .join(Process, Process.id == Contribution.process_id)
            .where(
                Contribution.visibility == Visibility.HELD,
                Process.space_id.in_(list(space_ids)) | Process.id.in_(list(process_ids)),
            )
        )
        or 0
    )


def waiting(process_id: int, number: int) -> Page:
    """A page of what waits, oldest first."""
    return contributions.page_of(process_id, ContributionFilters(), number, visibilities=(Visibility.HELD,), oldest_first=True)


def hidden(process_id: int, number: int) -> Page:
    """A page of what is hidden, newest first."""
    return contributions.page_of(process_id, ContributionFilters(), number, visibilities=(Visibility.HIDDEN,))


def moderated(slug: str, code: str) -> Contribution | None:
    """A contribution of that process, of any visibility; process and space loaded."""
    return db.session.scalar(
        select(Contribution)
        .join(Process, Process.id == Contribution.process_id)
        .where(Process.slug == slug, Contribution.code == code)
        .options(
            joinedload(Contribution.process).joinedload(Process.space),
            joinedload(Contribution.theme),
            joinedload(Contribution.territory),
        )  # fmt: skip
    )
