"""The forum of a space and its seats: terms begin and end, nothing is deleted."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.accounts import queries as accounts
from app.audit import services as audit
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line
from app.evidence import services as evidence
from app.evidence.models import Attachment
from app.evidence.rules import FileUpload
from app.forum import queries
from app.forum.models import Forum, Seat
from app.forum.rules.seats import SeatDraft, SeatProblem, Side, Sitter, problems_with_ending, problems_with_seating
from app.organisations.models import Organisation
from app.spaces import services as spaces
from app.spaces.models import RoleAssignment, Space
from app.spaces.rules import FORUM_SEATS, Role

SECRETARIAT = "secretaría"
ROLES = {Side.GOVERNMENT: Role.FORUM_GOVERNMENT, Side.NON_GOVERNMENT: Role.FORUM_CIVIL}


@dataclass(frozen=True)
class ForumDraft:
    """What people read of a forum; `requires_induction` makes BR-23 a hard rule here."""

    name: str
    summary: str = ""
    note: str = ""
    norm: str = ""
    norm_url: str = ""
    requires_induction: bool = False


def touch_public(space_id: int) -> None:
    """Something public of the forum changed: visitors no longer get 304. The caller commits."""
    db.session.execute(
        update(Forum).where(Forum.space_id == space_id).values(public_revision=Forum.public_revision + 1),
        execution_options={"synchronize_session": False},
    )


def set_up(space: Space, draft: ForumDraft, *, person_id: int, now: datetime) -> Forum:
    """Open the forum of a space, or change what is said of it. The caller commits."""
    forum = queries.forum_of(space.id)
    if forum is None:
        forum = Forum(space_id=space.id, created_at=now, public_revision=0)
        forum.space = space
        db.session.add(forum)
    forum.name, forum.summary, forum.note = clean_line(draft.name), clean(draft.summary), clean(draft.note)
    forum.norm, forum.norm_url = clean_line(draft.norm), clean_line(draft.norm_url)
    forum.requires_induction = draft.requires_induction
    db.session.flush()
    audit.record(
        "forum.set-up", "forum", space.slug, {"name": forum.name, "norm": forum.norm, "requires_induction": forum.requires_induction},
        at=now, role=SECRETARIAT,
    )  # fmt: skip
    touch_public(space.id)
    return forum


def appoint(
    forum: Forum, draft: SeatDraft, *, organisation: Organisation | None, person_id: int, now: datetime, opens_accounts: bool = False
) -> tuple[Seat, list[tuple[str, str]]]:
    """A term begins. Holder and alternate with an account get the role of their side until it ends, unless they hold it already.

    `opens_accounts` makes the missing accounts of those with an address; their first passwords are returned to be handed over.
    The caller commits. Raises RuleBroken.
    """
    db.session.execute(select(Forum.id).where(Forum.id == forum.id).with_for_update())  # two terms of one seat at once
    refuse_if_any(problems_with_seating(draft, queries.term_facts(forum.space_id)))
    seat = Seat(
        space_id=forum.space_id, number=draft.number, sector=draft.sector, organisation_id=organisation.id if organisation else None,
        holder_name=clean_line(draft.holder.name), holder_email=draft.holder.email.strip().lower(),
        alternate_name=clean_line(draft.alternate.name), alternate_email=draft.alternate.email.strip().lower(),
        starts_on=draft.starts_on, ends_on=draft.ends_on, appointed_by=clean_line(draft.appointed_by),
        document_url=clean_line(draft.document_url), recorded_at=now,
    )  # fmt: skip
    seat.space, seat.organisation = forum.space, organisation
    try:
        with db.session.begin_nested():
            db.session.add(seat)
    except IntegrityError as lost:
        raise RuleBroken([Problem(SeatProblem.TAKEN, "number", {"number": draft.number})]) from lost
    passwords = _link(seat, forum.space, opens_accounts=opens_accounts, now=now)
    db.session.flush()
    facts = {
        "number": seat.number, "sector": str(seat.sector), "document": seat.appointed_by, "starts_on": seat.starts_on.isoformat(),
        "ends_on": seat.ends_on.isoformat() if seat.ends_on else "",
    }  # fmt: skip
    audit.record("forum.appoint", "forum", forum.space.slug, facts, at=now, role=SECRETARIAT)
    touch_public(forum.space_id)
    return seat, passwords


def _link(seat: Seat, space: Space, *, opens_accounts: bool, now: datetime) -> list[tuple[str, str]]:
    passwords = []
    holder, alternate = Sitter(seat.holder_name, seat.holder_email), Sitter(seat.alternate_name, seat.alternate_email)
    seat.holder_id, seat.holder_role_id, password = _account(seat, space, holder, opens_accounts=opens_accounts, now=now)
    passwords += [(seat.holder_name, password)] if password else []
    seat.alternate_id, seat.alternate_role_id, password = _account(seat, space, alternate, opens_accounts=opens_accounts, now=now)
    return passwords + ([(seat.alternate_name, password)] if password else [])


def _account(seat: Seat, space: Space, sitter: Sitter, *, opens_accounts: bool, now: datetime) -> tuple[int | None, int | None, str]:
    """The account of whoever sits, the role this term gave, and a first password when the account was made now."""
    if not sitter.email:
        return None, None, ""
    person, password = accounts.person_by_email(sitter.email), ""
    if person is None and opens_accounts:
        person, password = spaces.invite(sitter.email, sitter.name, now=now, inviter=space.name)
    if person is None:
        return None, None, ""
    role = ROLES[seat.side]
    held = queries.role_held(person.id, space.id, role, lima_day(now))
    if held is None:
        held = spaces.appoint(
            space, person, role, appointed_by=seat.appointed_by, organisation=seat.organisation, appoints=FORUM_SEATS, now=now
        )
    elif not _take_over(held):
        return person.id, None, password
    held.ends_on = seat.ends_on  # the role ends with the term, without anybody having to remember it
    return person.id, held.id, password


def _take_over(role: RoleAssignment) -> bool:
    """Whether the role came from an earlier term: then the new one keeps it going; a role given otherwise is left alone."""
    earlier = queries.term_that_gave(role.id)
    if earlier is None:
        return False
    if earlier.holder_role_id == role.id:
        earlier.holder_role_id = None
    else:
        earlier.alternate_role_id = None
    return True


def end_term(seat: Seat, on: date, reason: str, *, person_id: int, now: datetime) -> None:
    """The term ends on a day, and with it the roles it gave. The caller commits. Raises RuleBroken."""
    term = next(t for t in queries.term_facts(seat.space_id) if (t.number, t.starts_on) == (seat.number, seat.starts_on))
    refuse_if_any(problems_with_ending(term, on, reason))
    seat.ends_on, seat.end_reason = on, clean(reason)
    for role_id in (seat.holder_role_id, seat.alternate_role_id):
        role = db.session.get(RoleAssignment, role_id) if role_id else None
        if role is not None and on < lima_day(now):
            spaces.end_role(role, seat.space, now=now)
        elif role is not None:
            role.ends_on = on
    db.session.flush()
    facts = {"number": seat.number, "sector": str(seat.sector), "ends_on": on.isoformat()}
    audit.record("forum.end-term", "forum", seat.space.slug, facts, at=now, role=SECRETARIAT)
    touch_public(seat.space_id)


def attach_appointment(seat: Seat, upload: FileUpload, *, title: str, person_id: int, now: datetime) -> Attachment:
    """Keep the document that appointed, for everybody to read. The caller commits. Raises RuleBroken."""
    file = evidence.attach(
        upload, subject_kind=queries.SEAT_SUBJECT, subject_id=seat.id, kind=None, title=title or seat.appointed_by, is_public=True,
        person_id=person_id, now=now, scope=seat.scope,
    )  # fmt: skip
    audit.record("forum.attach", "forum", seat.space.slug, {"number": seat.number, "sha256": file.sha256}, at=now, role=SECRETARIAT)
    touch_public(seat.space_id)
    return file
