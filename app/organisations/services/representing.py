"""Naming who acts for an organisation: invited by its people, accepted by whoever has the address, left, removed."""

from datetime import date, datetime, timedelta

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Person
from app.accounts.services.sealing import new_handle
from app.audit import services as audit
from app.core.clock import lima_day
from app.core.dates import long_date
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean_line
from app.notifications import services as notifications
from app.organisations import queries
from app.organisations.models import Membership, Organisation, OrganisationInvitation
from app.organisations.rules import INVITATION_LASTS, LONGEST_POST, InvitationAnswer, OrganisationProblem, inviting_problems


def join(person_id: int, organisation: Organisation, post: str, *, starts_on: date) -> Membership:
    """A person begins to act for an organisation; who stops and begins again on one day goes on. The caller commits."""
    held = db.session.scalar(
        select(Membership).where(
            Membership.person_id == person_id, Membership.organisation_id == organisation.id, Membership.starts_on == starts_on
        )
    )
    if held is None:
        held = Membership(person_id=person_id, organisation_id=organisation.id, starts_on=starts_on)
        db.session.add(held)
    held.post, held.ends_on = clean_line(post)[:LONGEST_POST], None
    db.session.flush()
    return held


def invite(organisation: Organisation, address: str, post: str, *, invited_by_id: int, inviter: str, now: datetime) -> None:
    """Ask whoever has that address to act for the organisation. The letter is the same whether or not they have an account (S31).

    The caller commits. Raises RuleBroken.
    """
    email = clean_line(address).lower()
    known, waiting = queries.person_by_email(email), queries.open_invitations(organisation.id, now)
    acts = known is not None and queries.membership_of(known.id, organisation.id, lima_day(now)) is not None
    refuse_if_any(inviting_problems(email, acts=acts, is_invited=email in {row.email for row in waiting}, waiting=len(waiting)))
    _close_expired(organisation.id, email, now)
    row = OrganisationInvitation(
        handle=new_handle(), organisation_id=organisation.id, email=email, post=clean_line(post)[:LONGEST_POST],
        invited_by_id=invited_by_id,
        created_at=now, expires_at=now + INVITATION_LASTS,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError:
        raise RuleBroken([Problem(OrganisationProblem.INVITED_ALREADY, "email")]) from None
    content = {
        "organisation": organisation.name, "inviter": clean_line(inviter), "until": long_date(lima_day(row.expires_at)),
        "link": f"{current_app.config['SITE_URL']}/mi-cuenta/organizaciones", "email": email,
    }  # fmt: skip
    notifications.queue(
        "organisations.invited", address=email, subject_kind="organisation", subject_id=organisation.id, content=content,
        dedupe_key=f"organisations.invited:{row.handle}", at=now,
    )  # fmt: skip
    audit.record("organisations.invite", "organisation", organisation.slug, {}, at=now)


def _close_expired(organisation_id: int, email: str, now: datetime) -> None:
    db.session.execute(
        update(OrganisationInvitation)
        .where(
            OrganisationInvitation.organisation_id == organisation_id, OrganisationInvitation.email == email,
            OrganisationInvitation.answer.is_(None), OrganisationInvitation.expires_at < now,
        )
        .values(answer=InvitationAnswer.WITHDRAWN, answered_at=now),
        execution_options={"synchronize_session": False},
    )  # fmt: skip


def answer(invitation: OrganisationInvitation, person: Person, *, accepts: bool, now: datetime) -> None:
    """The invited person says yes or no, once. The caller commits. Raises RuleBroken: it is over, or it is somebody else's."""
    if invitation.email != person.email:
        raise RuleBroken([Problem(OrganisationProblem.INVITATION_OVER)])
    _take(invitation, InvitationAnswer.ACCEPTED if accepts else InvitationAnswer.DECLINED, now)
    if accepts and queries.membership_of(person.id, invitation.organisation_id, lima_day(now)) is None:
        join(person.id, invitation.organisation, invitation.post, starts_on=lima_day(now))
        audit.record("organisations.represent", "organisation", invitation.organisation.slug, {}, at=now)


def withdraw_invitation(invitation: OrganisationInvitation, *, now: datetime) -> None:
    """The invitation is taken back before it was answered. The caller commits. Raises RuleBroken."""
    _take(invitation, InvitationAnswer.WITHDRAWN, now)


def _take(invitation: OrganisationInvitation, answer: InvitationAnswer, now: datetime) -> None:
    """Of two answers at once, one counts."""
    taken = db.session.execute(
        update(OrganisationInvitation)
        .where(
            OrganisationInvitation.id == invitation.id, OrganisationInvitation.answer.is_(None), OrganisationInvitation.expires_at >= now
        )
        .values(answer=answer, answered_at=now),
        execution_options={"synchronize_session": False},
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise RuleBroken([Problem(OrganisationProblem.INVITATION_OVER)])


def leave(membership: Membership, *, now: datetime) -> None:
    """A person stops acting for the organisation, at once; nobody can be kept. The caller commits."""
    membership.ends_on = lima_day(now) - timedelta(days=1)
    organisation = queries.organisation_by_id(membership.organisation_id)
    audit.record("organisations.leave", "organisation", organisation.slug if organisation else "-", {}, at=now)


def remove(membership: Membership, organisation: Organisation, *, now: datetime) -> None:
    """Somebody else ends it: at once, and the person is told by letter. The caller commits."""
    membership.ends_on = lima_day(now) - timedelta(days=1)
    audit.record("organisations.remove", "organisation", organisation.slug, {}, at=now)
    notifications.queue(
        "organisations.removed", address=membership.person.email, person_id=membership.person_id, subject_kind="organisation",
        subject_id=organisation.id, content={"organisation": organisation.name, "name": membership.person.name},
        dedupe_key=f"organisations.removed:{new_handle()}", at=now,
    )  # fmt: skip
