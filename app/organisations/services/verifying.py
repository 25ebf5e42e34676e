"""What the team of a space decides about organisations: verified or not and why, another name, two that are one."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import update

from app.accounts.services.sealing import new_handle
from app.audit import services as audit
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line, slug
from app.notifications import services as notifications
from app.organisations import queries
from app.organisations.models import FormerName, Organisation, OrganisationVerdict
from app.organisations.rules import (
    LONGEST_NAME,
    STANDINGS,
    OrganisationProblem,
    Standing,
    Verdict,
    merging_problems,
    renaming_problems,
    verdict_problems,
)
from app.organisations.services.registering import free_slug
from app.organisations.services.representing import join


def decide(
    organisation: Organisation, verdict: Verdict, reason: str, *, space_id: int, space_slug: str, space_name: str, person_id: int,
    role: str, now: datetime,
) -> None:  # fmt: skip
    """The team of a space verifies an organisation, refuses to, or ends it; its people are told by letter, with the reason.

    Of two who decide at once, one does. The caller commits. Raises RuleBroken.
    """
    reason = clean(reason)
    is_own = queries.membership_of(person_id, organisation.id, lima_day(now)) is not None
    refuse_if_any(verdict_problems(verdict, organisation.standing, reason, is_own=is_own))
    taken = db.session.execute(
        update(Organisation)
        .where(Organisation.id == organisation.id, Organisation.standing == organisation.standing)
        .values(standing=STANDINGS[verdict]),
        execution_options={"synchronize_session": "fetch"},
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise RuleBroken([Problem(OrganisationProblem.NOT_PENDING)])
    if organisation.asked_space_id is None:
        organisation.asked_space_id = space_id
    db.session.add(
        OrganisationVerdict(
            organisation_id=organisation.id, space_id=space_id, verdict=verdict, reason=reason, decided_by_id=person_id, decided_at=now
        )
    )
    db.session.flush()
    audit.record(f"organisations.{verdict}", "organisation", organisation.slug, {"space": space_slug}, at=now, role=role)
    _tell(organisation, verdict, reason, space_name, now=now)


def _tell(organisation: Organisation, verdict: Verdict, reason: str, space_name: str, *, now: datetime) -> None:
    site = current_app.config["SITE_URL"]
    content = {
        "organisation": organisation.name, "verdict": str(verdict), "reason": reason, "space": space_name,
        "link": f"{site}/mi-cuenta/organizaciones/{organisation.slug}",
    }  # fmt: skip
    for held in queries.representatives(organisation.id, lima_day(now)):
        notifications.queue(
            "organisations.decided", address=held.person.email, person_id=held.person_id, subject_kind="organisation",
            subject_id=organisation.id, content={**content, "name": held.person.name},
            dedupe_key=f"organisations.decided:{new_handle()}", at=now,
        )  # fmt: skip


def rename(organisation: Organisation, name: str, reason: str, *, person_id: int, role: str, now: datetime) -> None:
    """Another name and address; the former ones are kept and still lead here. The caller commits. Raises RuleBroken."""
    name, reason = clean_line(name)[:LONGEST_NAME], clean_line(reason)
    refuse_if_any(renaming_problems(name, organisation.name, reason))
    before = organisation.slug
    db.session.add(
        FormerName(
            organisation_id=organisation.id, name=organisation.name, slug=before, reason=reason, changed_by_id=person_id, changed_at=now
        )
    )
    organisation.name = name
    if slug(name) != before:
        db.session.flush()
        organisation.slug = free_slug(name)
    db.session.flush()
    audit.record("organisations.rename", "organisation", organisation.slug, {"before": before}, at=now, role=role)


def merge(organisation: Organisation, into: Organisation, reason: str, *, person_id: int, role: str, now: datetime) -> None:
    """`organisation` was `into` all along: its people act for that one, its address leads there, and what it said is listed there.

    Nothing is deleted. A RUC only it had goes with it. The caller commits. Raises RuleBroken.
    """
    reason, today = clean_line(reason), lima_day(now)
    standings = {organisation.standing, into.standing}
    refuse_if_any(merging_problems(is_same=organisation.id == into.id, standings=standings, reason=reason))
    ruc, organisation.ruc = organisation.ruc, None
    organisation.standing, organisation.merged_into_id = Standing.MERGED, into.id
    db.session.add(
        FormerName(
            organisation_id=into.id, name=organisation.name, slug=organisation.slug, reason=reason, changed_by_id=person_id, changed_at=now
        )
    )
    db.session.flush()
    into.ruc = into.ruc or ruc
    for held in queries.representatives(organisation.id, today):
        held.ends_on = today - timedelta(days=1)
        if queries.membership_of(held.person_id, into.id, today) is None:
            join(held.person_id, into, held.post, starts_on=today)
    db.session.flush()
    audit.record("organisations.merge", "organisation", into.slug, {"merged": organisation.slug}, at=now, role=role)
