"""Changing organisations."""

from datetime import date, datetime

from app.core.db import db
from app.core.errors import Problem, refuse_if_any
from app.core.text import clean_line, slug
from app.organisations import queries
from app.organisations.models import Membership, Organisation
from app.organisations.rules import OrganisationProblem, Sector


def create_organisation(
    name: str, sector: Sector, *, now: datetime, of_slug: str = "", parent: Organisation | None = None, summary: str = ""
) -> Organisation:
    """A new organisation or unit; the caller commits. Raises RuleBroken when the name is empty or taken."""
    tidy = clean_line(name)
    wanted = of_slug or slug(tidy)
    problems = []
    if not wanted:
        problems.append(Problem(OrganisationProblem.NAME_MISSING, "name"))
    elif queries.organisation_by_slug(wanted):
        problems.append(Problem(OrganisationProblem.NAME_TAKEN, "name"))
    refuse_if_any(problems)
    made = Organisation(
        slug=wanted, name=tidy, sector=sector, parent_id=parent.id if parent else None, summary=clean_line(summary), created_at=now
    )
    db.session.add(made)
    db.session.flush()
    return made


def join(person_id: int, organisation: Organisation, post: str, *, starts_on: date) -> Membership:
    """A person begins to act for an organisation; the caller commits."""
    membership = Membership(person_id=person_id, organisation_id=organisation.id, post=clean_line(post), starts_on=starts_on)
    db.session.add(membership)
    db.session.flush()
    return membership
