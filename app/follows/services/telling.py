"""The rounds of the worker: take new acts of the register, note whom to tell, and write each reader one letter with all of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, insert, literal, select, update

from app.audit import queries as register
from app.core.db import UTCDateTime, db
from app.follows import documents, queries
from app.follows.models import Follow, Follower, FollowItem, FollowPace, News, NewsSubject, NewsWalk
from app.follows.queries import Told
from app.follows.rules import MOST_IN_A_LETTER, Pace
from app.follows.services import links
from app.notifications import services as notifications
from app.notifications.models import Notification
from app.notifications.services import NewLetter

ENTRIES_AT_ONCE = 200
LETTERS_AT_ONCE = 1_000
DIGEST = "follows.digest"
A_FILE = "contributions.import"
LETTERS_OF_THE_ACT = {"processes.publish-schedule": "processes.schedule-changed", "activities.cancel": "activities.cancelled"}


def take_news(now: datetime, most: int = ENTRIES_AT_ONCE) -> int:
    """Take the next acts of the register as news and note who is to be told; how many acts were walked.

    The row of the walk is held, so that two workers never take the same act. The same few statements for one follower or ten
    thousand. The caller commits.
    """
    head, _ = register.head()
    if head <= (db.session.scalar(select(NewsWalk.seq)) or 0):
        return 0
    walk = db.session.scalars(select(NewsWalk).with_for_update().execution_options(populate_existing=True)).one_or_none()
    if walk is None:
        walk = NewsWalk(id=1, seq=0)
        db.session.add(walk)
        db.session.flush()
    entries = register.entries_from(walk.seq + 1, most)
    if not entries:
        return 0
    told = queries.expanded(entries)
    _keep(told)
    if told:
        _note(told[0].seq, told[-1].seq, now)
        _leave_out_who_got_a_letter(told)
    walk.seq = entries[-1].seq
    db.session.flush()
    return len(entries)


def _keep(told: Sequence[Told]) -> None:
    rows = [
        {
            "seq": one.seq, "action": one.action, "kind": one.kind, "at": one.at, "process_id": one.process.id,
            "contribution_id": one.contribution.id if one.contribution else None,
            "opportunity_id": one.opportunity.id if one.opportunity else None, "amount": one.amount, "detail": one.detail,
        }
        for one in told
    ]  # fmt: skip
    about = [{"seq": one.seq, "subject_kind": subject.kind, "subject_ref": subject.ref} for one in told for subject in sorted(one.subjects)]
    if rows:
        db.session.execute(insert(News), rows)
        db.session.execute(insert(NewsSubject), about)


def _note(first: int, last: int, now: datetime) -> None:
    """One row for each follower and act, however many things of theirs it is about."""
    whom = (
        select(Follow.follower_id, NewsSubject.seq, FollowPace.pace, literal(now, UTCDateTime()))
        .join(NewsSubject, and_(NewsSubject.subject_kind == Follow.subject_kind, NewsSubject.subject_ref == Follow.subject_ref))
        .join(News, News.seq == NewsSubject.seq)
        .join(FollowPace, and_(FollowPace.follower_id == Follow.follower_id, FollowPace.kind == News.kind))
        .where(
            NewsSubject.seq.between(first, last), Follow.confirmed_at.is_not(None), Follow.since_seq < NewsSubject.seq,
            FollowPace.pace != Pace.NEVER,
        )
        .distinct()
    )  # fmt: skip
    db.session.execute(insert(FollowItem).from_select(["follower_id", "seq", "pace", "noted_at"], whom))


def _leave_out_who_got_a_letter(told: Sequence[Told]) -> None:
    """Who registered was already written to about the new dates or the cancellation, in the act itself: not a second time."""
    for one in told:
        letter = LETTERS_OF_THE_ACT.get(one.action)
        about = one.opportunity.id if one.opportunity else one.process.id
        if letter:
            written = select(Notification.address).where(
                Notification.kind == letter, Notification.subject_kind == ("opportunity" if one.opportunity else "process"),
                Notification.subject_id == about, Notification.created_at == one.at,
            )  # fmt: skip
            already = select(Follower.id).where(Follower.address.in_(written))
            db.session.execute(
                delete(FollowItem).where(FollowItem.seq == one.seq, FollowItem.follower_id.in_(already)),
                execution_options={"synchronize_session": False},
            )


def write_digests(now: datetime, most: int = LETTERS_AT_ONCE) -> int:
    """Write to everybody with something due, at most `most` of them; how many letters were queued.

    What stopped being public meanwhile is dropped, not told. The same few statements for one or for a thousand. The caller commits.
    """
    readers = queries.followers_to_tell(now, most)
    if not readers:
        return 0
    ids = [reader.id for reader in readers]
    due = queries.items_due(ids, now)
    letters = _letters(readers, due)
    notifications.queue_many(DIGEST, letters, at=now)
    quiet = {"synchronize_session": False}
    db.session.execute(delete(FollowItem).where(FollowItem.follower_id.in_(ids), queries.is_due(now)), execution_options=quiet)
    told_ids = [letter.subject_id for letter in letters]
    db.session.execute(update(Follower).where(Follower.id.in_(told_ids)).values(told_at=now), execution_options=quiet)
    return len(letters)


def _letters(readers: Sequence[Follower], due: Sequence[tuple[int, int]]) -> list[NewLetter]:
    news = queries.public_news({seq for _, seq in due})
    items = {seq: documents.item(one) for seq, one in news.items()}
    several = [seq for seq, one in news.items() if one.amount > 1]
    ids = [reader.id for reader in readers]
    own = queries.own_codes(ids, several) if several else {}
    parts = _parts(ids, [seq for seq in several if news[seq].action == A_FILE])
    lines: dict[int, list[dict[str, Any]]] = {}
    last: dict[int, int] = {}
    public = [one for one in due if one[1] in items]
    for follower_id, seq in sorted(public, key=lambda one: (news[one[1]].at, one[1]), reverse=True):
        last[follower_id] = max(seq, last.get(follower_id, 0))
        found = own.get((follower_id, seq), []), *parts.get((follower_id, seq), ([], {}))
        lines.setdefault(follower_id, []).append(documents.narrowed(items[seq], *found))
    return [_letter(reader, lines[reader.id], last[reader.id]) for reader in readers if reader.id in lines]


def _parts(follower_ids: Sequence[int], files: Sequence[int]) -> dict[tuple[int, int], tuple[list[str], dict[str, str]]]:
    """Of files with contributions: what each reader follows that they are about, by its title, and how the list is narrowed to it."""
    found = queries.own_subjects(follower_ids, files) if files else {}
    titles = queries.titles({subject for subjects in found.values() for subject in subjects})
    return {
        key: ([titles[s] for s in subjects if s in titles], documents.filter_of(subjects[0]) if len(subjects) == 1 else {})
        for key, subjects in found.items()
    }


def _letter(reader: Follower, lines: list[dict[str, Any]], last: int) -> NewLetter:
    content = {
        "items": lines[:MOST_IN_A_LETTER], "more": max(0, len(lines) - MOST_IN_A_LETTER), "count": len(lines),
        "token": links.page_token(reader.handle),
    }  # fmt: skip
    return NewLetter(
        reader.address, "follower", reader.id, content, f"{DIGEST}:{reader.id}:{last}", person_id=reader.person_id, locale=reader.locale
    )
