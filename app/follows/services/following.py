"""Following: asked for twice by mail, or with an account; how often; and leaving, after which the address is forgotten."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from app.audit import queries as register
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import refuse_if_any
from app.follows import queries, rules
from app.follows.models import Follow, Follower, FollowItem, FollowPace
from app.follows.rules import NewsKind, Pace, Rhythm, Subject
from app.follows.services import links
from app.notifications import services as notifications
from app.notifications.services import NewLetter

CONFIRM = "follows.confirm"
PAGE = "follows.page"
LETTER_SUBJECT = "follower"


def ask_to_follow(subject: Subject, address: str, rhythm: Rhythm, *, title: str, now: datetime) -> None:
    """Write to `address` to ask whether it was its owner who asked; the link to its page when it follows this already.

    One letter of each kind a day, and none when several confirmations wait: somebody else may be asking. Whoever asks is told the
    same in every case. The caller commits.
    """
    follower = _follower(address.strip().lower(), now)
    if not queries.follows_of(follower.id):
        _set_paces(follower.id, rules.paces(rhythm))
    follow = queries.follow_of(follower.id, subject)
    if follow is not None and follow.confirmed_at is not None:
        _write_page(follower, now)
        return
    if follow is None:
        if queries.unconfirmed_since(follower.id, now - timedelta(days=1)) >= rules.MOST_UNCONFIRMED:
            return
        follow = _follow(follower.id, subject, now)
    content = {"title": title, "kind": subject.kind.value, "token": links.confirmation_token(follow, follower.handle)}
    letter = NewLetter(follower.address, LETTER_SUBJECT, follower.id, content, f"{CONFIRM}:{follow.id}:{lima_day(now)}")
    notifications.queue_many(CONFIRM, [letter], at=now)


def confirm(token: str, *, now: datetime) -> Follow | None:
    """The owner of the address said yes: what happens from now on is told. None when the link is of nobody. The caller commits."""
    follow = links.follow_behind(token)
    if follow is None:
        return None
    if follow.confirmed_at is None:
        follow.confirmed_at, follow.since_seq = now, register.head()[0]
        db.session.flush()
    return follow


def follow_with_account(subject: Subject, *, person_id: int, email: str, now: datetime) -> Follower:
    """Follow under an account: its address is known, so nothing is asked by mail. Twice is once. The caller commits."""
    follower = queries.follower_of_person(person_id) or _follower(email.strip().lower(), now)
    follower.person_id = person_id
    if not queries.paces_of(follower.id):
        _set_paces(follower.id, rules.paces(Rhythm.DATES_AT_ONCE))
    follow = queries.follow_of(follower.id, subject) or _follow(follower.id, subject, now)
    if follow.confirmed_at is None:
        follow.confirmed_at, follow.since_seq = now, register.head()[0]
    db.session.flush()
    return follower


def choose_paces(follower: Follower, chosen: Mapping[NewsKind, Pace]) -> None:
    """How often each kind of news is told; what already waits follows the new choice. The caller commits.

    Raises RuleBroken when nothing would be told: for that there is leaving.
    """
    refuse_if_any(rules.problems_with_paces(tuple(chosen.values())))
    _set_paces(follower.id, chosen)


def stop_following(follower: Follower, subject: Subject) -> bool:
    """Stop following one thing; True when nothing is left and the address was forgotten. The caller commits."""
    db.session.execute(
        delete(Follow).where(Follow.follower_id == follower.id, Follow.subject_kind == subject.kind, Follow.subject_ref == subject.ref)
    )
    if db.session.scalar(select(Follow.id).where(Follow.follower_id == follower.id).limit(1)) is None:
        forget(follower)
        return True
    return False


def forget(follower: Follower) -> None:
    """Stop following everything and forget the address, with what waited for it. The caller commits."""
    for table in (FollowItem, FollowPace, Follow):
        db.session.execute(delete(table).where(table.follower_id == follower.id))
    db.session.execute(delete(Follower).where(Follower.id == follower.id))


def send_page(address: str, *, now: datetime) -> None:
    """The link to its page, to an address that follows something; nothing to others, and nobody can tell. The caller commits."""
    follower = queries.follower_by_address(address.strip().lower())
    if follower is not None and queries.follows_of(follower.id):
        _write_page(follower, now)


def forget_unconfirmed(now: datetime) -> None:
    """Wishes that nobody confirmed in a week, and addresses with nothing left. The caller commits."""
    before = now - rules.CONFIRMATION_WAITS
    gone = list(
        db.session.scalars(delete(Follow).where(Follow.confirmed_at.is_(None), Follow.created_at < before).returning(Follow.follower_id))
    )
    for follower in db.session.scalars(
        select(Follower).where(Follower.id.in_(gone), ~select(Follow.id).where(Follow.follower_id == Follower.id).exists())
    ):
        forget(follower)


def _write_page(follower: Follower, now: datetime) -> None:
    content = {"token": links.page_token(follower.handle)}
    letter = NewLetter(follower.address, LETTER_SUBJECT, follower.id, content, f"{PAGE}:{follower.id}:{lima_day(now)}")
    notifications.queue_many(PAGE, [letter], at=now)


def _follower(address: str, now: datetime) -> Follower:
    known = queries.follower_by_address(address)
    if known is not None:
        return known
    made = Follower(address=address, handle=secrets.token_urlsafe(18), created_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:  # the same address, twice at the same moment
        known = queries.follower_by_address(address)
        if known is None:
            raise
        return known
    return made


def _follow(follower_id: int, subject: Subject, now: datetime) -> Follow:
    made = Follow(follower_id=follower_id, subject_kind=subject.kind, subject_ref=subject.ref, since_seq=register.head()[0], created_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        known = queries.follow_of(follower_id, subject)
        if known is None:
            raise
        return known
    return made


def _set_paces(follower_id: int, chosen: Mapping[NewsKind, Pace]) -> None:
    known = queries.paces_of(follower_id)
    for kind, pace in chosen.items():
        if kind not in known:
            db.session.add(FollowPace(follower_id=follower_id, kind=kind, pace=pace))
        elif known[kind] is not pace:
            _change_pace(follower_id, kind, pace)
    db.session.flush()


def _change_pace(follower_id: int, kind: NewsKind, pace: Pace) -> None:
    db.session.execute(
        update(FollowPace).where(FollowPace.follower_id == follower_id, FollowPace.kind == kind).values(pace=pace),
        execution_options={"synchronize_session": False},
    )
    waiting = FollowItem.follower_id == follower_id, FollowItem.seq.in_(queries.seqs_of_kind(kind))
    if pace is Pace.NEVER:
        db.session.execute(delete(FollowItem).where(*waiting), execution_options={"synchronize_session": False})
    else:
        db.session.execute(update(FollowItem).where(*waiting).values(pace=pace), execution_options={"synchronize_session": False})
