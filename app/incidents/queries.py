"""Reading incidents, and finding whom one touches."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.activities.models import Registration
from app.contributions.models import Authorship, Contribution
from app.core.db import db
from app.incidents.models import Incident, IncidentAct
from app.incidents.rules import Affected
from app.processes.models import Opportunity, Process
from app.spaces.models import Space


def incidents(space_id: int) -> Sequence[Incident]:
    """Newest first."""
    query = select(Incident).where(Incident.space_id == space_id).options(joinedload(Incident.process))
    return db.session.scalars(query.order_by(Incident.number.desc())).all()


def incident(slug: str, number: int) -> Incident | None:
    """One of that space, the space and the process loaded."""
    return db.session.scalar(
        select(Incident)
        .join(Space, Space.id == Incident.space_id)
        .where(Space.slug == slug, Incident.number == number)
        .options(joinedload(Incident.space), joinedload(Incident.process))
    )


def acts_of(incident_id: int) -> Sequence[IncidentAct]:
    """In the order they were noted."""
    return db.session.scalars(select(IncidentAct).where(IncidentAct.incident_id == incident_id).order_by(IncidentAct.id)).all()


def acts_of_many(incident_ids: Sequence[int]) -> dict[int, list[IncidentAct]]:
    found: dict[int, list[IncidentAct]] = {incident_id: [] for incident_id in incident_ids}
    for act in db.session.scalars(select(IncidentAct).where(IncidentAct.incident_id.in_(incident_ids)).order_by(IncidentAct.id)):
        found[act.incident_id].append(act)
    return found


def last_number(space_id: int) -> int:
    return db.session.scalar(select(func.max(Incident.number)).where(Incident.space_id == space_id)) or 0


def processes_of(space_id: int) -> Sequence[Process]:
    return db.session.scalars(select(Process).where(Process.space_id == space_id).order_by(Process.created_at.desc(), Process.id)).all()


def addresses(incident: Incident) -> list[str]:
    """Everybody an incident touches who can be written to, once each: of a process, who contributed or registered to an activity."""
    accounts = select(Person.email).where(Person.erased_at.is_(None))
    if incident.affected is Affected.NOBODY:
        return []
    if incident.affected is Affected.ACCOUNTS:
        return sorted({email for (email,) in db.session.execute(accounts)})
    authors = select(Authorship.person_id, func.lower(Authorship.email)).join(Contribution, Contribution.id == Authorship.contribution_id)
    written = db.session.execute(authors.where(Contribution.process_id == incident.process_id)).all()
    people = {person_id for person_id, _email in written if person_id is not None}
    found = {email for _person_id, email in written if email}
    found |= {email for (email,) in db.session.execute(accounts.where(Person.id.in_(people)))}
    registered = (
        select(func.lower(Registration.email))
        .join(Opportunity, Opportunity.id == Registration.opportunity_id)
        .where(Opportunity.process_id == incident.process_id, Registration.email.is_not(None))
    )
    return sorted(found | {email for (email,) in db.session.execute(registered) if email})
