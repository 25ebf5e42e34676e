"""What was done, to what, and who is behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models import Person
from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.contributions.rules import floods
from app.contributions.rules.floods import Mark
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.deliberation import queries as deliberation
from app.deliberation.models import Comment
from app.moderation.models import ModerationAction
from app.moderation.rules import HidingReason, ModerationKind
from app.moderation.rules.acts import ON_PEOPLE
from app.processes.models import Process
from app.processes.rules.states import ProcessState
from app.spaces.models import Space

A_QUERY = 500
Subject = Contribution | Comment
"""What is moderated: both have a code, a text, a visibility and a process."""


@dataclass(frozen=True)
class Tombstone:
    """Why a contribution is hidden, since when, and the code of the one it was retired for: all that is public besides its code."""

    reason: HidingReason
    at: datetime
    favoured: str = ""


def is_of(subject: Subject) -> ColumnElement[bool]:
    """Acts on that contribution or comment."""
    if isinstance(subject, Comment):
        return ModerationAction.comment_id == subject.id
    return ModerationAction.contribution_id == subject.id


def latest_action(contribution_id: int) -> ModerationAction | None:
    """The act on a contribution that stands."""
    return db.session.scalar(
        select(ModerationAction).where(ModerationAction.contribution_id == contribution_id).order_by(ModerationAction.id.desc()).limit(1)
    )


def latest_of(subject: Subject) -> ModerationAction | None:
    """The act on its text that stands; acts on its author's account are another matter."""
    return db.session.scalar(
        select(ModerationAction)
        .where(is_of(subject), ModerationAction.kind.not_in(ON_PEOPLE))
        .order_by(ModerationAction.id.desc())
        .limit(1)
    )


def actions(contribution_id: int) -> Sequence[ModerationAction]:
    """Every act on a contribution, newest first."""
    return db.session.scalars(
        select(ModerationAction).where(ModerationAction.contribution_id == contribution_id).order_by(ModerationAction.id.desc())
    ).all()


def actions_on(subject: Subject) -> Sequence[ModerationAction]:
    """Every act on it and on the account behind it for it, newest first."""
    return db.session.scalars(select(ModerationAction).where(is_of(subject)).order_by(ModerationAction.id.desc())).all()


def tombstones(contribution_ids: Iterable[int]) -> dict[int, Tombstone]:
    """Of those that are hidden, the published reason: one statement for up to 500."""
    wanted = sorted(set(contribution_ids))
    found: dict[int, Tombstone] = {}
    favoured = aliased(Contribution)
    for start in range(0, len(wanted), A_QUERY):
        latest = (
            select(func.max(ModerationAction.id))
            .where(ModerationAction.contribution_id.in_(wanted[start : start + A_QUERY]))
            .group_by(ModerationAction.contribution_id)
        )
        rows = db.session.execute(
            select(ModerationAction.contribution_id, ModerationAction.reason, ModerationAction.at, favoured.code)
            .outerjoin(favoured, favoured.id == ModerationAction.favoured_id)
            .where(ModerationAction.id.in_(latest), ModerationAction.kind.in_((ModerationKind.HIDE, ModerationKind.RETIRE)))
        )
        found.update({number: Tombstone(reason, at, code or "") for number, reason, at, code in rows if reason and number})
    return found


def moderated(slug: str, code: str) -> Subject | None:
    """A contribution or comment of that process, of any visibility; process and space loaded, and what a page shows of it."""
    found: Subject | None = db.session.scalar(
        select(Contribution)
        .join(Process, Process.id == Contribution.process_id)
        .where(Process.slug == slug, Contribution.code == code)
        .options(
            joinedload(Contribution.process).joinedload(Process.space),
            joinedload(Contribution.theme),
            joinedload(Contribution.territory),
        )  # fmt: skip
    )
    if found is None:
        found = deliberation.comment_by_code(code)
    return found if found is not None and found.process.slug == slug else None


def public_subject(code: str) -> Subject | None:
    """What the public may read under that code, of a process the public may see."""
    found: Subject | None = contributions.public_contribution_by_code(code)
    if found is None:
        comment = deliberation.comment_by_code(code)
        if comment is not None and comment.contribution.visibility is Visibility.PUBLIC:
            found = comment
    if found is None or found.visibility is not Visibility.PUBLIC or found.process.state is ProcessState.DRAFT:
        return None
    return found


def author_of(subject: Subject) -> tuple[str, int | None]:
    """(e-mail, person id) to tell its author: empty and None when nobody can be told. Restricted."""
    if isinstance(subject, Comment):
        return db.session.scalar(select(Person.email).where(Person.id == subject.author_id)) or "", subject.author_id
    known = contributions.authorship(subject.id)
    return (known.email if known else ""), None


def sanctions_of(person_id: int) -> Sequence[ModerationAction]:
    """Warnings and suspensions of an account, newest first; comments loaded."""
    return db.session.scalars(
        select(ModerationAction)
        .where(ModerationAction.person_id == person_id, ModerationAction.kind.in_(ON_PEOPLE))
        .options(joinedload(ModerationAction.comment))
        .order_by(ModerationAction.id.desc())
    ).all()


def marks_on(subject: Subject) -> tuple[Mark, ...]:
    """Why it deserved a look when it arrived."""
    if isinstance(subject, Comment):
        return floods.read(subject.marks)
    return contributions.marks_of([subject.id]).get(subject.id, ())


def suspended_for(suspension_id: int) -> ModerationAction | None:
    """The act that imposed a suspension; its comment and process loaded."""
    return db.session.scalar(
        select(ModerationAction)
        .where(ModerationAction.suspension_id == suspension_id, ModerationAction.kind == ModerationKind.SUSPEND)
        .options(joinedload(ModerationAction.comment), joinedload(ModerationAction.process))
    )


class Convening(NamedTuple):
    """What a letter says of where something was written."""

    slug: str
    process: str
    space: str
    contact: str


def convening(process_id: int) -> Convening:
    """The process and the space that convenes it."""
    places = select(Process.slug, Process.title, Space.name, Space.contact).join(Space, Space.id == Process.space_id)
    return Convening(*db.session.execute(places.where(Process.id == process_id)).one())
