"""Writing organisations down: by a team, or by somebody who acts for one."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line, slug
from app.organisations import queries
from app.organisations.models import FormerName, Organisation, OrganisationTerritory
from app.organisations.rules import (
    LONGEST_NAME,
    OrganisationDraft,
    OrganisationProblem,
    Sector,
    Standing,
    asking_problems,
    problems_with,
    ruc_digits,
)
from app.organisations.services.representing import join


def create_organisation(
    name: str, sector: Sector, *, now: datetime, of_slug: str = "", parent: Organisation | None = None, summary: str = ""
) -> Organisation:
    """A new organisation or unit, written down by a team; the caller commits. Raises RuleBroken when the name is empty or taken."""
    tidied = clean_line(name)
    wanted = of_slug or slug(tidied)
    problems = []
    if not wanted:
        problems.append(Problem(OrganisationProblem.NAME_MISSING, "name"))
    elif queries.organisation_by_slug(wanted):
        problems.append(Problem(OrganisationProblem.NAME_TAKEN, "name"))
    refuse_if_any(problems)
    made = Organisation(
        slug=wanted, name=tidied, sector=sector, parent_id=parent.id if parent else None, summary=clean_line(summary), created_at=now
    )
    db.session.add(made)
    db.session.flush()
    return made


def tidy(draft: OrganisationDraft) -> OrganisationDraft:
    """The draft with every text cleaned, the RUC as digits, no topic or territory twice."""
    topics = [clean_line(topic).lower() for topic in draft.topics]
    return replace(
        draft, name=clean_line(draft.name)[:LONGEST_NAME], ruc=ruc_digits(draft.ruc), summary=clean(draft.summary),
        topics=tuple(dict.fromkeys(topic for topic in topics if topic)), ubigeos=tuple(dict.fromkeys(draft.ubigeos)),
        email=clean_line(draft.email).lower(), phone=clean_line(draft.phone),
    )  # fmt: skip


def register(
    draft: OrganisationDraft, *, person_id: int, post: str, space_id: int | None, is_another: bool, now: datetime
) -> Organisation:  # fmt: skip
    """An organisation that one of its people registers; they act for it from today, and the team of the space is asked to verify it.

    `is_another` says that the person saw the ones it resembles. The caller commits. Raises RuleBroken.
    """
    draft = tidy(draft)
    problems = list(problems_with(draft, is_ruc_taken=queries.with_ruc(draft.ruc) is not None))
    problems += asking_problems(waiting=queries.waiting_of(person_id), has_space=space_id is not None)
    if not problems and not is_another and queries.alike(draft.name, draft.ruc):
        problems.append(Problem(OrganisationProblem.RESEMBLES, "is_another"))
    refuse_if_any(problems)
    made = Organisation(
        slug=free_slug(draft.name), name=draft.name, sector=draft.sector or Sector.CIVIL_SOCIETY, created_at=now, standing=Standing.PENDING,
        registered_by_id=person_id, asked_space_id=space_id, asked_at=now,
    )  # fmt: skip
    _keep(made, draft, now=now)
    join(person_id, made, post, starts_on=lima_day(now))
    audit.record("organisations.register", "organisation", made.slug, {"sector": str(made.sector)}, at=now)
    return made


def describe(organisation: Organisation, draft: OrganisationDraft, *, now: datetime) -> None:
    """What its people change of it. Once verified, its name, sector, RUC and legal form are the team's to change.

    The caller commits. Raises RuleBroken.
    """
    draft = tidy(draft)
    if organisation.is_verified:
        draft = replace(
            draft, name=organisation.name, sector=organisation.sector, ruc=organisation.ruc or "", legal_status=organisation.legal_status
        )
    owner = queries.with_ruc(draft.ruc)
    refuse_if_any(problems_with(draft, is_ruc_taken=owner is not None and owner.id != organisation.id))
    organisation.name, organisation.sector = draft.name, draft.sector or organisation.sector
    _keep(organisation, draft, now=now)


def ask_again(organisation: Organisation, *, now: datetime) -> None:
    """After a refusal, and what it asked for was mended: back to the end of the queue. The caller commits. Raises RuleBroken."""
    if organisation.standing is not Standing.REFUSED:
        refuse_if_any([Problem(OrganisationProblem.NOT_PENDING)])
    organisation.standing, organisation.asked_at = Standing.PENDING, now
    audit.record("organisations.ask-again", "organisation", organisation.slug, {}, at=now)


def _keep(organisation: Organisation, draft: OrganisationDraft, *, now: datetime) -> None:
    """Write what the draft says. A RUC that somebody else kept meanwhile is refused in the same words."""
    since = organisation.contact_published_at
    organisation.reach, organisation.legal_status = draft.reach, draft.legal_status
    organisation.summary, organisation.topics = draft.summary, list(draft.topics)
    organisation.contact_email, organisation.contact_phone = draft.email, draft.phone
    organisation.contact_published_at = (since or now) if draft.publishes_contact else None
    try:
        with db.session.begin_nested():
            organisation.ruc = draft.ruc or None
            db.session.add(organisation)
            db.session.flush()
    except IntegrityError:
        taken_slug = queries.with_ruc(draft.ruc) is None
        code = OrganisationProblem.NAME_TAKEN if taken_slug else OrganisationProblem.RUC_TAKEN
        raise RuleBroken([Problem(code, "name" if taken_slug else "ruc")]) from None
    _keep_territories(organisation, draft.ubigeos)


def _keep_territories(organisation: Organisation, ubigeos: Collection[str]) -> None:
    db.session.execute(delete(OrganisationTerritory).where(OrganisationTerritory.organisation_id == organisation.id))
    if ubigeos:
        db.session.execute(insert(OrganisationTerritory), [{"organisation_id": organisation.id, "ubigeo": ubigeo} for ubigeo in ubigeos])


def free_slug(name: str) -> str:
    """An address for the name that no organisation has or had."""
    base = slug(name) or "organizacion"
    taken = {
        *db.session.scalars(select(Organisation.slug).where(Organisation.slug.startswith(base, autoescape=True))),
        *db.session.scalars(select(FormerName.slug).where(FormerName.slug.startswith(base, autoescape=True))),
    }
    return next(wanted for n in range(1, len(taken) + 2) if (wanted := base if n == 1 else f"{base}-{n}") not in taken)
