"""Reading organisations, who acts for them, and who decided what about them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.core.db import db
from app.core.text import fold
from app.core.web import PER_PAGE, Page
from app.organisations.models import (
    FormerName,
    Membership,
    Organisation,
    OrganisationInvitation,
    OrganisationTerritory,
    OrganisationVerdict,
)
from app.organisations.rules import Sector, Standing, Verdict, near_names

SHOWN = (Standing.VERIFIED, Standing.LISTED)
"""What the public sees: one that nobody has looked at, or was refused, is only its own people's."""


def organisation_by_slug(slug: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.slug == slug))


def organisations(sector: Sector | None = None) -> Sequence[Organisation]:
    """Those that can be chosen, by name; only those of a sector when given."""
    query = select(Organisation).where(Organisation.standing.in_(SHOWN)).order_by(Organisation.name, Organisation.id)
    return db.session.scalars(query.where(Organisation.sector == sector) if sector else query).all()


def organisation_by_id(organisation_id: int | None) -> Organisation | None:
    return None if organisation_id is None else db.session.get(Organisation, organisation_id)


def public_organisation(slug: str) -> Organisation | None:
    """The one the public may see at that address; under a former name, or after a merger, the one it leads to."""
    found = organisation_by_slug(slug)
    if found is None:
        former = db.session.scalar(select(FormerName).where(FormerName.slug == slug).order_by(FormerName.id.desc()).limit(1))
        found = organisation_by_id(former.organisation_id) if former else None
    for _step in range(5):  # mergers of mergers; a chain is never longer in earnest
        if found is None or found.merged_into_id is None:
            break
        found = organisation_by_id(found.merged_into_id)
    return found if found is not None and found.standing in SHOWN else None


@dataclass(frozen=True)
class DirectoryFilters:
    """What of the directory is shown."""

    words: str = ""
    sector: Sector | None = None
    ubigeo: str = ""
    only_verified: bool = False


def directory(filters: DirectoryFilters, number: int) -> Page:
    """Organisations, not their units, the verified first, then by name."""
    query = _directory(filters)
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    rows = db.session.scalars(query.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    return Page(rows, number, total)


def whole_directory() -> Sequence[Organisation]:
    return db.session.scalars(_directory(DirectoryFilters())).all()


def _directory(filters: DirectoryFilters) -> Select[Organisation]:
    standings = (Standing.VERIFIED,) if filters.only_verified else SHOWN
    query = select(Organisation).where(Organisation.standing.in_(standings), Organisation.parent_id.is_(None))
    if filters.sector:
        query = query.where(Organisation.sector == filters.sector)
    if filters.words:
        for word in slug_words(filters.words):
            query = query.where(Organisation.slug.contains(word, autoescape=True))
    if filters.ubigeo:
        near = [filters.ubigeo[:length] for length in (2, 4, 6) if len(filters.ubigeo) >= length]
        works = select(OrganisationTerritory.organisation_id).where(
            or_(OrganisationTerritory.ubigeo.startswith(filters.ubigeo, autoescape=True), OrganisationTerritory.ubigeo.in_(near))
        )
        query = query.where(Organisation.id.in_(works))
    return query.order_by(Organisation.standing != Standing.VERIFIED, Organisation.name, Organisation.id)


def slug_words(words: str) -> list[str]:
    """What was typed, as addresses spell it: accents and capitals do not matter."""
    return ["".join(c for c in word if c.isalnum()) for word in fold(words).split()[:6]]


def units_of(organisation_id: int) -> Sequence[Organisation]:
    query = select(Organisation).where(Organisation.parent_id == organisation_id, Organisation.standing.in_(SHOWN))
    return db.session.scalars(query.order_by(Organisation.name, Organisation.id)).all()


def family_ids(organisation_id: int) -> list[int]:
    """The organisation and those that were merged into it."""
    found, newest = [organisation_id], [organisation_id]
    while newest:
        newest = [i for i in db.session.scalars(select(Organisation.id).where(Organisation.merged_into_id.in_(newest))) if i not in found]
        found += newest
    return found


def former_names(organisation_ids: Collection[int]) -> Sequence[FormerName]:
    query = select(FormerName).where(FormerName.organisation_id.in_(organisation_ids))
    return db.session.scalars(query.order_by(FormerName.changed_at, FormerName.id)).all()


def merged_into(organisation_id: int) -> Sequence[Organisation]:
    query = select(Organisation).where(Organisation.merged_into_id == organisation_id)
    return db.session.scalars(query.order_by(Organisation.name, Organisation.id)).all()


def folded_names(organisation_id: int) -> set[str]:
    """Every name it has or had, those of the ones merged into it included, as names are compared."""
    family = family_ids(organisation_id)
    present = db.session.scalars(select(Organisation.name).where(Organisation.id.in_(family)))
    return {fold(name) for name in [*present, *(former.name for former in former_names(family))]}


def registered_names(most: int = 300) -> Sequence[str]:
    """Names the public sees, for whoever types one to write it the same way; units left out."""
    query = select(Organisation.name).where(Organisation.standing.in_(SHOWN), Organisation.parent_id.is_(None))
    return db.session.scalars(query.order_by(Organisation.name, Organisation.id).limit(most)).all()


def with_ruc(ruc: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.ruc == ruc)) if ruc else None


def alike(name: str, ruc: str = "", but: int = 0) -> list[Organisation]:
    """Organisations that may be the one described: with its RUC, or a near name; units and merged ones left out."""
    rows = db.session.execute(
        select(Organisation.slug, Organisation.name)
        .where(Organisation.parent_id.is_(None), Organisation.standing.not_in((Standing.MERGED, Standing.REFUSED)), Organisation.id != but)
        .order_by(Organisation.standing != Standing.VERIFIED, Organisation.name, Organisation.id)
    )
    slugs = near_names(name, [(slug, known) for slug, known in rows])
    same = with_ruc(ruc)
    if same is not None and same.id != but and same.slug not in slugs:
        slugs = [same.slug, *slugs]
    found = {o.slug: o for o in db.session.scalars(select(Organisation).where(Organisation.slug.in_(slugs)))}
    return [found[slug] for slug in slugs if slug in found]


def ubigeos_of(organisation_ids: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = select(OrganisationTerritory.organisation_id, OrganisationTerritory.ubigeo).where(
        OrganisationTerritory.organisation_id.in_(organisation_ids)
    )
    for organisation_id, ubigeo in db.session.execute(rows.order_by(OrganisationTerritory.ubigeo)):
        found[organisation_id].append(ubigeo)
    return found


def _holds(today: date) -> ColumnElement[bool]:
    return and_(Membership.starts_on <= today, or_(Membership.ends_on.is_(None), Membership.ends_on >= today))


def representatives(organisation_id: int, today: date) -> Sequence[Membership]:
    """Who acts for it today, the first first; people loaded."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.organisation_id == organisation_id, _holds(today))
        .options(joinedload(Membership.person))
        .order_by(Membership.starts_on, Membership.id)
    ).all()


def membership_of(person_id: int, organisation_id: int, today: date) -> Membership | None:
    """What lets the person act for the organisation today."""
    return db.session.scalar(
        select(Membership).where(Membership.person_id == person_id, Membership.organisation_id == organisation_id, _holds(today)).limit(1)
    )


def memberships_of(person_id: int, today: date) -> Sequence[Membership]:
    """The organisations the person acts for today, by name, loaded; merged ones left out."""
    return db.session.scalars(
        select(Membership)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id == person_id, _holds(today), Organisation.standing != Standing.MERGED)
        .options(joinedload(Membership.organisation))
        .order_by(Organisation.name, Membership.id)
    ).all()


def spoken_for(person_id: int | None, today: date) -> list[Organisation]:
    """The verified organisations in whose name the person may speak today."""
    return [m.organisation for m in memberships_of(person_id, today) if m.organisation.is_verified] if person_id else []


def waiting_of(person_id: int) -> int:
    """How many organisations that person registered still wait to be looked at."""
    query = select(func.count()).where(Organisation.registered_by_id == person_id, Organisation.standing == Standing.PENDING)
    return db.session.scalar(query) or 0


def open_invitations(organisation_id: int, now: datetime) -> Sequence[OrganisationInvitation]:
    return db.session.scalars(
        select(OrganisationInvitation)
        .where(
            OrganisationInvitation.organisation_id == organisation_id, OrganisationInvitation.answer.is_(None),
            OrganisationInvitation.expires_at >= now,
        )
        .order_by(OrganisationInvitation.created_at, OrganisationInvitation.id)
    ).all()  # fmt: skip


def invitations_to(email: str, now: datetime) -> Sequence[OrganisationInvitation]:
    """What awaits the answer of whoever has that address, organisations loaded; those of merged ones are over."""
    return db.session.scalars(
        select(OrganisationInvitation)
        .join(Organisation, Organisation.id == OrganisationInvitation.organisation_id)
        .where(
            OrganisationInvitation.email == email, OrganisationInvitation.answer.is_(None), OrganisationInvitation.expires_at >= now,
            Organisation.standing != Standing.MERGED,
        )
        .options(joinedload(OrganisationInvitation.organisation))
        .order_by(OrganisationInvitation.created_at, OrganisationInvitation.id)
    ).all()  # fmt: skip


def invitation(handle: str) -> OrganisationInvitation | None:
    """With its organisation."""
    return db.session.scalar(
        select(OrganisationInvitation)
        .where(OrganisationInvitation.handle == handle[:40])
        .options(joinedload(OrganisationInvitation.organisation))
    )


def verdicts(organisation_id: int) -> Sequence[OrganisationVerdict]:
    """Every decision about it, newest first."""
    query = select(OrganisationVerdict).where(OrganisationVerdict.organisation_id == organisation_id)
    return db.session.scalars(query.order_by(OrganisationVerdict.id.desc())).all()


def verified_since(organisation_ids: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """For each that is verified: the space that did it, and when."""
    rows = db.session.execute(
        select(OrganisationVerdict.organisation_id, OrganisationVerdict.space_id, OrganisationVerdict.decided_at)
        .join(Organisation, Organisation.id == OrganisationVerdict.organisation_id)
        .where(
            OrganisationVerdict.organisation_id.in_(organisation_ids), OrganisationVerdict.verdict == Verdict.VERIFIED,
            Organisation.standing == Standing.VERIFIED,
        )
        .order_by(OrganisationVerdict.id)
    )  # fmt: skip
    return {organisation_id: (space_id, when) for organisation_id, space_id, when in rows}


def asked_of(space_id: int) -> Sequence[Organisation]:
    """Those that wait for the team of that space, the one that waits longest first."""
    return db.session.scalars(
        select(Organisation)
        .where(Organisation.asked_space_id == space_id, Organisation.standing == Standing.PENDING)
        .order_by(Organisation.asked_at, Organisation.id)
    ).all()


def waiting_in(space_ids: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """For each space: how many wait to be verified, and since when the oldest."""
    if not space_ids:
        return {}
    rows = db.session.execute(
        select(Organisation.asked_space_id, func.count(), func.min(Organisation.asked_at))
        .where(Organisation.asked_space_id.in_(space_ids), Organisation.standing == Standing.PENDING)
        .group_by(Organisation.asked_space_id)
    )
    return {space_id: (count, since) for space_id, count, since in rows if space_id is not None and since is not None}


def kept_by(space_id: int) -> Sequence[Organisation]:
    """What the team of a space keeps in order: those it was asked about, and those nobody was; merged and refused last."""
    return db.session.scalars(
        select(Organisation)
        .where(
            or_(Organisation.asked_space_id == space_id, Organisation.asked_space_id.is_(None)), Organisation.parent_id.is_(None),
            Organisation.standing != Standing.PENDING,
        )
        .order_by(Organisation.standing.in_((Standing.MERGED, Standing.REFUSED)), Organisation.name, Organisation.id)
    ).all()  # fmt: skip


def person_by_email(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == email))
