"""Motions: opened by anybody who sits or keeps the record, voted once by each seat, closed with a result anybody can compute again."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.core import dates
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line, to_html
from app.core.text import slug as to_slug
from app.forum import queries
from app.forum.models import Forum, Meeting, Motion, MotionOption, Seat, SeatVote
from app.forum.rules import voting as rules
from app.forum.rules.seats import SHORTEST_REASON, Side, Sitting
from app.forum.rules.voting import Ballot, MotionDraft, MotionKind, MotionProblem, MotionState, Vote
from app.forum.services import letters
from app.forum.services.seats import SECRETARIAT, touch_public

OPENED = "forum.motion-opened"


def open_motion(
    forum: Forum, draft: MotionDraft, *, meeting: Meeting | None, person_id: int, now: datetime, role: str = SECRETARIAT
) -> Motion:
    """Put a question to the vote of every seat, under the rules in force now; the seats get a letter. The caller commits.

    Raises RuleBroken; SomebodyWasFirst when another was opened at this moment.
    """
    in_force = queries.current_rules(forum.space_id)
    refuse_if_any(rules.problems_with_opening(draft, has_rules=in_force is not None, now=now))
    if in_force is None:  # the rule above has refused already
        raise RuleBroken([Problem(MotionProblem.NO_RULES)])
    wanted = to_slug(draft.title)
    if queries.motion_by_slugs(forum.space.slug, wanted) is not None:
        refuse_if_any([Problem(MotionProblem.SLUG_TAKEN, "title")])
    motion = Motion(
        space_id=forum.space_id, number=queries.last_motion_number(forum.space_id) + 1, slug=wanted, kind=draft.kind,
        majority=draft.majority, state=MotionState.OPEN, title=clean_line(draft.title), text=clean(draft.text),
        html=str(to_html(draft.text)), process_slug=clean_line(draft.process_slug), meeting_id=meeting.id if meeting else None,
        rules_version_id=in_force.id, opened_by_id=person_id, opened_at=now, closes_at=draft.closes_at,
    )  # fmt: skip
    motion.space, motion.rules_version, motion.meeting = forum.space, in_force, meeting
    try:
        with db.session.begin_nested():
            db.session.add(motion)
    except IntegrityError as lost:
        raise SomebodyWasFirst from lost
    if draft.kind is MotionKind.RANKING:
        db.session.add_all(MotionOption(motion_id=motion.id, position=n, text=clean_line(text)) for n, text in enumerate(draft.options, 1))
    facts = {
        "number": motion.number, "kind": str(motion.kind), "majority": str(motion.majority), "closes_at": dates.rfc3339(motion.closes_at),
        "options": len(draft.options), "text_sha256": _sha256(f"{motion.title}\n{motion.text}"),
    }  # fmt: skip
    _register("forum.open-motion", motion, facts, now, role)
    letter = {
        "title": motion.title, "space": forum.space.name, "closes": dates.long_instant(motion.closes_at), "slug": forum.space.slug,
        "motion": motion.slug,
    }  # fmt: skip
    letters.queue(OPENED, motion, letter, now=now)
    return motion


def cast_vote(motion: Motion, ballot: Ballot, *, person_id: int, now: datetime) -> SeatVote:
    """The vote of the seat on which the person sits today: one for holder and alternate together, for ever. The caller commits.

    Raises RuleBroken, also when the other one was first at this very moment.
    """
    _lock(motion)
    seat = queries.seat_of(person_id, motion.space_id, lima_day(now))
    who = Sitting.HOLDER if seat is not None and seat.holder_id == person_id else Sitting.ALTERNATE
    return _cast(motion, seat, who, ballot, person_id=person_id, is_by_hand=False, now=now)


def record_hand_vote(motion: Motion, seat_id: int, ballot: Ballot, *, person_id: int, now: datetime) -> SeatVote:
    """The vote, said in the meeting of the motion, of a seat that was present there and has nobody with an account. The caller commits.

    It is marked as written down by the secretariat. Raises RuleBroken.
    """
    _lock(motion)
    present = {row.seat_id: row for row in queries.attendance(motion.meeting_id)} if motion.meeting_id else {}
    found = present.get(seat_id)
    if found is None:
        raise RuleBroken([Problem(MotionProblem.NOT_PRESENT)])
    if found.seat.holder_id or found.seat.alternate_id:
        raise RuleBroken([Problem(MotionProblem.HAS_ACCOUNT)])
    return _cast(motion, found.seat, found.who, ballot, person_id=person_id, is_by_hand=True, now=now)


def _lock(motion: Motion) -> None:
    """Votes and the closing of their motion come one after another."""
    db.session.execute(select(Motion.id).where(Motion.id == motion.id).with_for_update())
    db.session.refresh(motion, ["state"])


def _cast(motion: Motion, seat: Seat | None, who: Sitting, ballot: Ballot, *, person_id: int, is_by_hand: bool, now: datetime) -> SeatVote:
    has_voted = seat is not None and queries.vote_of_seat(motion.id, seat.number) is not None
    positions = [option.position for option in queries.options(motion.id)]
    refuse_if_any(
        rules.problems_with_voting(motion.state, motion.closes_at, has_seat=seat is not None, has_voted=has_voted, now=now)
        or rules.problems_with_ballot(ballot, motion.kind, positions)
    )
    if seat is None:  # the rule above has refused already
        raise RuleBroken([Problem(MotionProblem.NO_SEAT)])
    vote = SeatVote(
        motion_id=motion.id, seat_id=seat.id, seat_number=seat.number, side=seat.side, who=who, choice=ballot.choice,
        ranking=list(ballot.ranking), reason=clean(ballot.reason), is_by_hand=is_by_hand, cast_by_id=person_id, cast_at=now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(vote)
    except IntegrityError as lost:  # the other who sits on this seat voted at this moment
        raise RuleBroken([Problem(MotionProblem.ALREADY_VOTED)]) from lost
    facts = {"number": motion.number, "seat": seat.number, "by_hand": is_by_hand}  # what it says is public when the motion closes
    _register("forum.vote", motion, facts, now, str(seat.side))
    return vote


def close_motion(motion: Motion, *, now: datetime, role: str = SECRETARIAT) -> None:
    """Compute the result and make every vote public; again changes nothing. The caller commits.

    Before its time only when every seat held today has voted. Raises RuleBroken.
    """
    _lock(motion)
    if motion.state is not MotionState.OPEN:
        return
    cast = queries.votes(motion.id)
    seats = queries.seats_on(motion.space_id, lima_day(now))
    if now < motion.closes_at and {seat.number for seat in seats} - {vote.seat_number for vote in cast}:
        raise RuleBroken([Problem(MotionProblem.STILL_OPEN)])
    sides = [seat.side for seat in seats]
    motion.government_seats, motion.non_government_seats = sides.count(Side.GOVERNMENT), sides.count(Side.NON_GOVERNMENT)
    found = rules.result(
        motion.kind, motion.majority, [Vote(vote.side, vote.choice, tuple(vote.ranking)) for vote in cast],
        quorum=motion.rules_version.quorum, government=motion.government_seats, non_government=motion.non_government_seats,
        options=[option.position for option in queries.options(motion.id)],
    )  # fmt: skip
    motion.state, motion.closed_at, motion.verdict = MotionState.CLOSED, now, found.verdict
    motion.result = _told(found)
    facts = {"number": motion.number, "outcome": str(found.verdict), "votes": len(cast), "result": motion.result}
    _register("forum.close-motion", motion, facts, now, role)


def _told(found: rules.Result) -> dict[str, Any]:
    """The result as plain values."""

    def sums(tally: rules.Tally) -> dict[str, int]:
        return {"for": tally.in_favour, "against": tally.against, "abstain": tally.abstained}

    return {
        "total": sums(found.total),
        "sides": {str(side): sums(tally) for side, tally in found.sides.items()},
        "places": [
            {"option": s.option, "points": s.points, "government": s.government, "non_government": s.non_government, "firsts": s.firsts,
             "place": s.place}
            for s in found.places
        ],
    }  # fmt: skip


def withdraw_motion(motion: Motion, reason: str, *, person_id: int, now: datetime) -> None:
    """It is not voted any more; its page says why, and what was voted stays unopened. The caller commits. Raises RuleBroken."""
    _lock(motion)
    if motion.state is not MotionState.OPEN:
        raise RuleBroken([Problem(MotionProblem.CLOSED)])
    if len(reason.strip()) < SHORTEST_REASON:
        raise RuleBroken([Problem(MotionProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON})])
    motion.state, motion.withdrawn_reason, motion.closed_at = MotionState.WITHDRAWN, clean(reason), now
    _register("forum.withdraw-motion", motion, {"number": motion.number, "reason_sha256": _sha256(motion.withdrawn_reason)}, now)


def close_due(now: datetime) -> int:
    """Close every motion whose time is over; how many. The caller commits."""
    due = queries.due_motions(now)
    for motion in due:
        close_motion(motion, now=now, role="plataforma")
    return len(due)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _register(action: str, motion: Motion, facts: Mapping[str, Any], now: datetime, role: str = SECRETARIAT) -> None:
    db.session.flush()
    audit.record(action, "motion", f"{motion.space.slug}/{motion.slug}", dict(facts), at=now, role=role)
    touch_public(motion.space_id)
