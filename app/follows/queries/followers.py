"""Who follows what, and who has something to be told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.follows.models import Follow, Follower, FollowItem, FollowPace, News, NewsSubject
from app.follows.rules import QUIET, NewsKind, Pace, Subject, SubjectKind, last_departure


def follower_by_address(address: str) -> Follower | None:
    return db.session.scalar(select(Follower).where(Follower.address == address))


def follower_by_handle(handle: str) -> Follower | None:
    return db.session.scalar(select(Follower).where(Follower.handle == handle))


def follower_of_person(person_id: int) -> Follower | None:
    return db.session.scalar(select(Follower).where(Follower.person_id == person_id))


def account(person_id: int) -> Person | None:
    """The person behind an account, for their address."""
    return db.session.get(Person, person_id)


def follow_of(follower_id: int, subject: Subject) -> Follow | None:
    return db.session.scalar(
        select(Follow).where(Follow.follower_id == follower_id, Follow.subject_kind == subject.kind, Follow.subject_ref == subject.ref)
    )


def follow_by_id(follow_id: int) -> Follow | None:
    """A follow with its follower."""
    return db.session.scalar(select(Follow).where(Follow.id == follow_id).options(joinedload(Follow.follower)))


def follows_of(follower_id: int) -> Sequence[Follow]:
    """What an address follows and confirmed, by kind."""
    return db.session.scalars(
        select(Follow)
        .where(Follow.follower_id == follower_id, Follow.confirmed_at.is_not(None))
        .order_by(Follow.subject_kind, Follow.subject_ref)
    ).all()


def unconfirmed_since(follower_id: int, since: datetime) -> int:
    """How many confirmations the address has waiting."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Follow)
            .where(Follow.follower_id == follower_id, Follow.confirmed_at.is_(None), Follow.created_at >= since)
        )
        or 0
    )


def paces_of(follower_id: int) -> dict[NewsKind, Pace]:
    rows = db.session.execute(select(FollowPace.kind, FollowPace.pace).where(FollowPace.follower_id == follower_id))
    return {kind: pace for kind, pace in rows}


def seqs_of_kind(kind: NewsKind) -> Select[int]:
    """The acts that are news of this kind, for a condition."""
    return select(News.seq).where(News.kind == kind)


def is_due(now: datetime) -> ColumnElement[bool]:
    """The condition that an item leaves now."""
    waits = [(pace, last_departure(pace, now)) for pace in Pace]
    return or_(*(and_(FollowItem.pace == pace, FollowItem.noted_at < before) for pace, before in waits if before is not None))


def followers_to_tell(now: datetime, most: int) -> Sequence[Follower]:
    """Addresses with something due that had no letter in the last ten minutes; held by this worker, skipped by the others."""
    has_something = exists().where(FollowItem.follower_id == Follower.id, is_due(now))
    due = select(FollowItem.follower_id).where(is_due(now)).limit(1)
    if db.session.scalar(due) is None:
        return ()
    return db.session.scalars(
        select(Follower)
        .where(has_something, or_(Follower.told_at.is_(None), Follower.told_at <= now - QUIET))
        .order_by(Follower.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()


def items_due(follower_ids: Sequence[int], now: datetime) -> list[tuple[int, int]]:
    """(follower, act) of everything due, newest first."""
    rows: Sequence[Any] = db.session.execute(
        select(FollowItem.follower_id, FollowItem.seq)
        .where(FollowItem.follower_id.in_(follower_ids), is_due(now))
        .order_by(FollowItem.follower_id, FollowItem.seq.desc())
    ).all()
    return [(follower_id, seq) for follower_id, seq in rows]


def own_subjects(follower_ids: Sequence[int], seqs: Sequence[int]) -> dict[tuple[int, int], list[Subject]]:
    """Of acts about several contributions: which of the themes and territories each address follows they are about."""
    rows = db.session.execute(
        select(Follow.follower_id, NewsSubject.seq, NewsSubject.subject_kind, NewsSubject.subject_ref)
        .join(NewsSubject, and_(NewsSubject.subject_kind == Follow.subject_kind, NewsSubject.subject_ref == Follow.subject_ref))
        .where(
            Follow.follower_id.in_(follower_ids), NewsSubject.seq.in_(seqs), Follow.confirmed_at.is_not(None),
            Follow.subject_kind.in_((SubjectKind.THEME, SubjectKind.TERRITORY)),
        )
        .order_by(Follow.follower_id, NewsSubject.seq, NewsSubject.subject_kind, NewsSubject.subject_ref)
    )  # fmt: skip
    found: dict[tuple[int, int], list[Subject]] = {}
    for follower_id, seq, kind, ref in rows:
        found.setdefault((follower_id, seq), []).append(Subject(kind, ref))
    return found


def own_codes(follower_ids: Sequence[int], seqs: Sequence[int]) -> dict[tuple[int, int], list[str]]:
    """Of acts about several contributions: which of them each address follows, those the public can read, by code."""
    rows = db.session.execute(
        select(Follow.follower_id, NewsSubject.seq, NewsSubject.subject_ref)
        .join(
            NewsSubject, and_(NewsSubject.subject_kind == Follow.subject_kind, NewsSubject.subject_ref == Follow.subject_ref)
        )
        .join(Contribution, Contribution.code == NewsSubject.subject_ref)
        .where(
            Follow.follower_id.in_(follower_ids), NewsSubject.seq.in_(seqs), Follow.subject_kind == SubjectKind.CONTRIBUTION,
            Follow.confirmed_at.is_not(None), Contribution.visibility == Visibility.PUBLIC,
        )
        .order_by(Follow.follower_id, NewsSubject.seq, NewsSubject.subject_ref)
    )  # fmt: skip
    found: dict[tuple[int, int], list[str]] = {}
    for follower_id, seq, code in rows:
        found.setdefault((follower_id, seq), []).append(code)
    return found
