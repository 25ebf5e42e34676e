"""Changing spaces and who holds which role in them."""

import secrets
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import func, or_, select

from app.accounts import queries as accounts_queries
from app.accounts import services as accounts
from app.accounts.models import Person
from app.audit import services as audit
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, refuse_if_any
from app.core.permissions import Actor
from app.core.text import clean_line
from app.organisations.models import Organisation
from app.spaces import queries
from app.spaces.models import FactorReset, RoleAssignment, Space
from app.spaces.rules import Role, SpaceKind, SpaceProblem, appointment_problems, resetting_problems

SITE = "Minka"


def create_space(
    slug: str, kind: SpaceKind, name: str, *, now: datetime, ubigeo: str | None = None, official_url: str = "", contact: str = ""
) -> Space:
    """A new convening body; the caller commits. Raises RuleBroken when the slug is taken."""
    if queries.space_by_slug(slug):
        refuse_if_any([Problem(SpaceProblem.SLUG_TAKEN, "slug")])
    space = Space(slug=slug, kind=kind, name=clean_line(name), ubigeo=ubigeo, official_url=official_url, contact=contact, created_at=now)
    db.session.add(space)
    db.session.flush()
    audit.record("spaces.create", "space", slug, {"name": space.name, "kind": str(kind)}, at=now)
    return space


def appoint(
    space: Space,
    person: Person,
    role: Role,
    *,
    appointed_by: str,
    organisation: Organisation | None = None,
    process_id: int | None = None,
    appoints: frozenset[Role],
    now: datetime,
) -> RoleAssignment:
    """Give a person a role from today; the caller commits. Raises RuleBroken."""
    today = lima_day(now)
    holds_it = db.session.scalar(
        select(RoleAssignment.id).where(
            RoleAssignment.person_id == person.id,
            RoleAssignment.space_id == space.id,
            RoleAssignment.role == role,
            RoleAssignment.process_id.is_(process_id) if process_id is None else RoleAssignment.process_id == process_id,
            or_(RoleAssignment.ends_on.is_(None), RoleAssignment.ends_on >= today),
        )
    )
    refuse_if_any(appointment_problems(role, holds_it=bool(holds_it), has_organisation=organisation is not None, appoints=appoints))
    assignment = RoleAssignment(
        person_id=person.id,
        space_id=space.id,
        process_id=process_id,
        organisation_id=organisation.id if organisation else None,
        role=role,
        appointed_by=clean_line(appointed_by),
        starts_on=today,
    )
    db.session.add(assignment)
    db.session.flush()
    audit.record("spaces.appoint", "space", space.slug, {"role": str(role), "document": assignment.appointed_by}, at=now)
    return assignment


def invite(email: str, name: str, *, now: datetime, inviter: str = "") -> tuple[Person, str]:
    """The person with that address, made now if new: invited by letter, or with a first password to hand over where there is no mail.

    The password is "" when a letter carries a link, and when they had an account. The caller commits. Raises RuleBroken.
    """
    known = accounts_queries.person_by_email(email)
    if known:
        return known, ""
    if not current_app.config["MAIL_URL"]:
        password = "-".join(secrets.token_hex(2) for _ in range(4))
        return accounts.create_person(email, name, password, now=now), password
    person = accounts.create_person(email, name, None, now=now)  # whoever opens the letter chooses a password
    accounts.mail_invitation(person, accounts.invite(person, inviter or SITE, now=now), inviter or SITE, now=now)
    return person, ""


def invite_again(person: Person, inviter: str, *, now: datetime) -> bool:
    """A new letter for who has not accepted yet; the link of the former opens nothing. False when they already entered."""
    if person.invited_at is None:
        return False
    accounts.mail_invitation(person, accounts.invite(person, inviter, now=now), inviter, now=now)
    return True


def end_role(assignment: RoleAssignment, space: Space, *, now: datetime) -> None:
    """The role ends yesterday: the next request is already refused (S26). Raises RuleBroken for the last administrator."""
    today = lima_day(now)
    if assignment.role is Role.ADMINISTRATOR and _administrators(space.id) == 1:
        refuse_if_any([Problem(SpaceProblem.LAST_ADMINISTRATOR)])
    assignment.ends_on = today - timedelta(days=1)
    audit.record("spaces.end-role", "space", space.slug, {"role": str(assignment.role)}, at=now)


def reset_factor(assignment: RoleAssignment, space: Space, document: str, *, actor: Actor, now: datetime) -> None:
    """Take away the second step that a person of the space lost; they prepare another when they next sign in.

    Every session of theirs is closed, they are told by letter, and the register keeps that it was done. The caller commits.
    Raises RuleBroken: one's own, none to take away, or roles in a space the actor does not administer.
    """
    person, today = assignment.person, lima_day(now)
    document = clean_line(document)
    administers = {held.space_id for held in actor.roles if held.role == Role.ADMINISTRATOR and held.process_id is None}
    elsewhere = {held.space_id for held in queries.actor_for(person, today).roles} - administers
    has_factor = accounts_queries.has_second_factor(person.id)
    refuse_if_any(
        resetting_problems(is_own=person.id == actor.person_id, has_factor=has_factor, holds_elsewhere=bool(elsewhere), document=document)
    )
    accounts.reset_factors(person, detail=space.name, now=now)
    audit.record("spaces.reset-factor", "space", space.slug, {"role": str(assignment.role)}, at=now, role=str(Role.ADMINISTRATOR))
    db.session.add(FactorReset(space_id=space.id, person_id=person.id, document=document, reset_by_id=actor.person_id or 0, reset_at=now))
    db.session.flush()


def _administrators(space_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count()).where(
                RoleAssignment.space_id == space_id, RoleAssignment.role == Role.ADMINISTRATOR, RoleAssignment.ends_on.is_(None)
            )
        )
        or 0
    )


def invite_and_appoint(
    space: Space,
    email: str,
    name: str,
    role: Role,
    *,
    appointed_by: str,
    organisation: Organisation | None,
    appoints: frozenset[Role],
    now: datetime,
    inviter: str = "",
) -> str:
    """Invite if new and appoint; returns the first password to hand over, or "" when there is none. The caller commits.

    Who has an account already is told by letter. Raises RuleBroken.
    """
    refuse_if_any(appointment_problems(role, holds_it=False, has_organisation=organisation is not None, appoints=appoints))
    is_new = accounts_queries.person_by_email(email) is None
    person, first_password = invite(email, name, now=now, inviter=inviter or space.name)
    appoint(space, person, role, appointed_by=appointed_by, organisation=organisation, appoints=appoints, now=now)
    if not is_new and person.invited_at is None:
        accounts.tell(person, "role", now=now, detail=space.name)
    return first_password
