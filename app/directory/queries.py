"""What the directory joins: an organisation with who acts for it, who verified it, where it works and what it contributed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import joinedload

from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core import clock
from app.core.db import db
from app.core.permissions import Scope
from app.core.web import PER_PAGE, Page
from app.evidence import queries as evidence
from app.evidence.models import Attachment
from app.organisations import queries as organisations
from app.organisations.models import Membership, Organisation, OrganisationInvitation, OrganisationVerdict
from app.processes.models import Process
from app.processes.rules.states import ProcessState
from app.spaces import queries as spaces
from app.spaces.models import Space
from app.territories.models import Territory

SUBJECT = "organisation"


@dataclass(frozen=True)
class OwnOrganisation:
    """An organisation as its own people see it."""

    organisation: Organisation
    people: frozenset[int]


@dataclass(frozen=True)
class AskedOrganisation:
    """An organisation as the team of a space sees it."""

    organisation: Organisation
    space: Space

    @property
    def scope(self) -> Scope:
        return self.space.scope


@dataclass(frozen=True)
class Listed:
    """A line of the directory."""

    organisation: Organisation
    places: str
    contributed: int
    space: str
    since: datetime | None


def own_organisation(slug: str) -> OwnOrganisation | None:
    found = organisations.organisation_by_slug(slug)
    if found is None:
        return None
    acting = organisations.representatives(found.id, clock.lima_day(clock.now()))
    return OwnOrganisation(found, frozenset(held.person_id for held in acting))


def asked_organisation(slug: str, organisation: str) -> AskedOrganisation | None:
    """The organisation in the hands of that space: it was asked, or nobody was."""
    space, found = spaces.space_by_slug(slug), organisations.organisation_by_slug(organisation)
    if space is None or found is None or found.asked_space_id not in (None, space.id):
        return None
    return AskedOrganisation(found, space)


def asked_file(slug: str, organisation: str, key: str) -> Any:
    """(the organisation, a file it sent to prove what it says)."""
    asked, file = asked_organisation(slug, organisation), evidence.attachment(key)
    is_of_it = asked is not None and file is not None and (file.subject_kind, file.subject_id) == (SUBJECT, asked.organisation.id)
    return AskedFile(asked, file) if is_of_it else None  # type: ignore[arg-type]


@dataclass(frozen=True)
class AskedFile:
    asked: AskedOrganisation
    file: Attachment

    @property
    def scope(self) -> Scope:
        return self.asked.scope


@dataclass(frozen=True)
class OwnHandle:
    """One of its people, or an invitation, named in an address of the organisation."""

    own: OwnOrganisation
    row: Any

    @property
    def people(self) -> frozenset[int]:
        return self.own.people


def own_membership(slug: str, membership_id: int) -> OwnHandle | None:
    own = own_organisation(slug)
    if own is None:
        return None
    acting = organisations.representatives(own.organisation.id, clock.lima_day(clock.now()))
    found = next((held for held in acting if held.id == membership_id), None)
    return OwnHandle(own, found) if found else None


def own_invitation(slug: str, handle: str) -> OwnHandle | None:
    own, found = own_organisation(slug), organisations.invitation(handle)
    return OwnHandle(own, found) if own and found and found.organisation_id == own.organisation.id else None


def acting_for(organisation_id: int, today: date) -> Sequence[Membership]:
    return organisations.representatives(organisation_id, today)


def asked_to(email: str, now: datetime) -> Sequence[OrganisationInvitation]:
    return organisations.invitations_to(email, now)


def files_of(organisation_id: int) -> Sequence[Attachment]:
    return evidence.attachments(SUBJECT, organisation_id, public_only=False)


def listed(rows: Sequence[Organisation]) -> list[Listed]:
    """The lines of those organisations; five statements however many."""
    ids = [row.id for row in rows]
    since, ubigeos, said = organisations.verified_since(ids), organisations.ubigeos_of(ids), contributed(ids)
    named = territory_names({ubigeo for found in ubigeos.values() for ubigeo in found})
    verifiers = {space.id: space.name for space in spaces.spaces_of({space_id for space_id, _when in since.values()})}
    return [
        Listed(
            row, "; ".join(named.get(ubigeo, ubigeo) for ubigeo in ubigeos.get(row.id, [])), said.get(row.id, 0),
            verifiers[since[row.id][0]] if row.id in since else "", since[row.id][1] if row.id in since else None,
        )
        for row in rows
    ]  # fmt: skip


def territory_names(ubigeos: Collection[str]) -> dict[str, str]:
    rows = db.session.execute(select(Territory.ubigeo, Territory.full_name).where(Territory.ubigeo.in_(ubigeos)))
    return {ubigeo: name for ubigeo, name in rows}


def contributed(organisation_ids: Collection[int]) -> dict[int, int]:
    """How many public contributions each sent in its name, those of the ones merged into it included."""
    merged = {row.id: row.merged_into_id for row in db.session.execute(
        select(Organisation.id, Organisation.merged_into_id).where(Organisation.merged_into_id.in_(organisation_ids))
    )}  # fmt: skip
    rows = db.session.execute(
        select(Contribution.organisation_id, func.count())
        .join(Process, Process.id == Contribution.process_id)
        .where(
            Contribution.organisation_id.in_([*organisation_ids, *merged]), Contribution.visibility == Visibility.PUBLIC,
            Process.state != ProcessState.DRAFT,
        )
        .group_by(Contribution.organisation_id)
    )  # fmt: skip
    totals: dict[int, int] = {}
    for organisation_id, count in rows:
        if organisation_id is None:
            continue
        owner = merged.get(organisation_id) or organisation_id
        totals[owner] = totals.get(owner, 0) + count
    return totals


def said_by(organisation_id: int, number: int) -> Page:
    """The public contributions that it sent, newest first, their processes loaded."""
    return _said(Contribution.organisation_id.in_(organisations.family_ids(organisation_id)), number)


def said_in_name_of(organisation_id: int, number: int) -> Page:
    """Those that only name it: keyed, imported, or sent by whoever typed its name. Nobody who acts for it has confirmed them."""
    names = organisations.folded_names(organisation_id)
    return _said(and_(Contribution.organisation_id.is_(None), Contribution.folded_organisation.in_(names)), number)


def _said(asked: ColumnElement[bool], number: int) -> Page:
    query = (
        select(Contribution)
        .join(Process, Process.id == Contribution.process_id)
        .where(asked, Contribution.visibility == Visibility.PUBLIC, Process.state != ProcessState.DRAFT)
    )
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    newest = query.options(joinedload(Contribution.process)).order_by(Contribution.received_at.desc(), Contribution.id.desc())
    return Page(db.session.scalars(newest.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all(), number, total)


@dataclass(frozen=True)
class Judged:
    """A verdict with the space that gave it."""

    verdict: OrganisationVerdict
    space: str


def judged(organisation_id: int) -> list[Judged]:
    """Every verdict, newest first."""
    found = organisations.verdicts(organisation_id)
    named = {space.id: space.name for space in spaces.spaces_of({verdict.space_id for verdict in found})}
    return [Judged(verdict, named[verdict.space_id]) for verdict in found]
