"""Reading processes, their themes, phases, opportunities and schedule versions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from app.core.db import db, reader
from app.processes.models import Opportunity, Phase, Process, ScheduleApproval, ScheduleVersion, Theme
from app.processes.rules.notice import Notice, Publication, notice_given
from app.processes.rules.schedule import Schedule, from_json
from app.processes.rules.states import ApprovalSeat, ProcessState, VersionState
from app.spaces.models import Space
from app.territories.models import Territory

_BY_SLUG = select(Process).where(Process.slug == bindparam("slug")).options(joinedload(Process.space, innerjoin=True))
"""Every page of a process begins with it: composed once."""
_STANDING = (
    select(Process.id, Process.slug, Process.public_revision, Process.code, Process.title, Space.name)
    .join(Space, Space.id == Process.space_id)
    .where(Process.slug == bindparam("slug"), Process.state != ProcessState.DRAFT)
)


Convener = NamedTuple("Convener", [("name", str)])  # noqa: UP014 - a space, by what layouts print of it


class Standing(NamedTuple):
    """What names a version of the public pages of a process, and the words at the top of them."""

    id: int
    slug: str
    public_revision: int
    code: str
    title: str
    space: Convener


def public_standing(slug: str) -> Standing | None:
    """The standing of a process the public may see, read without a session: enough to say that nothing changed."""
    row = reader().execute(_STANDING, {"slug": slug}).first()
    return None if row is None else Standing(*row[:-1], Convener(row[-1]))


def process_by_slug(slug: str) -> Process | None:
    """A process in any state, its space loaded: for staff."""
    return db.session.scalar(_BY_SLUG, {"slug": slug})


def public_process_by_slug(slug: str) -> Process | None:
    """A process the public may see: everything but drafts."""
    process = process_by_slug(slug)
    return None if process is None or process.state is ProcessState.DRAFT else process


def public_processes() -> Sequence[Process]:
    """Newest first, spaces loaded."""
    return db.session.scalars(
        select(Process)
        .where(Process.state != ProcessState.DRAFT)
        .options(joinedload(Process.space))
        .order_by(Process.created_at.desc(), Process.id.desc())
    ).all()


def themes(process_id: int) -> Sequence[Theme]:
    return db.session.scalars(select(Theme).where(Theme.process_id == process_id).order_by(Theme.position, Theme.id)).all()


def phases(process_id: int) -> Sequence[Phase]:
    return db.session.scalars(select(Phase).where(Phase.process_id == process_id).order_by(Phase.position, Phase.id)).all()


def opportunities(process_id: int) -> Sequence[Opportunity]:
    """Those that stand, by date."""
    return db.session.scalars(
        select(Opportunity)
        .where(Opportunity.process_id == process_id, Opportunity.is_withdrawn.is_(False))
        .order_by(Opportunity.starts_at, Opportunity.id)
    ).all()


def opportunity(process_slug: str, slug: str) -> Opportunity | None:
    """An opportunity of a public process, process and space loaded; also a withdrawn one, so that its page can say so."""
    return db.session.scalar(
        select(Opportunity)
        .join(Process)
        .where(Process.slug == process_slug, Process.state != ProcessState.DRAFT, Opportunity.slug == slug)
        .options(joinedload(Opportunity.process).joinedload(Process.space))
    )


def coming_opportunities(now: datetime, most: int = 6) -> Sequence[Opportunity]:
    """Those of every public process that have not ended, soonest first, processes loaded."""
    return db.session.scalars(
        select(Opportunity)
        .join(Process)
        .where(Process.state != ProcessState.DRAFT, Opportunity.is_withdrawn.is_(False), Opportunity.ends_at >= now)
        .options(joinedload(Opportunity.process).joinedload(Process.space))
        .order_by(Opportunity.starts_at, Opportunity.id)
        .limit(most)
    ).all()


def published_versions(process_id: int) -> Sequence[ScheduleVersion]:
    """Every publication of the schedule, oldest first."""
    return db.session.scalars(
        select(ScheduleVersion)
        .where(ScheduleVersion.process_id == process_id, ScheduleVersion.state.in_((VersionState.PUBLISHED, VersionState.REPLACED)))
        .order_by(ScheduleVersion.n)
    ).all()


def withdrawn_opportunities(process_id: int) -> Sequence[Opportunity]:
    """Those that were announced and taken out again, by date: their pages and calendars must say so."""
    return db.session.scalars(
        select(Opportunity)
        .where(Opportunity.process_id == process_id, Opportunity.is_withdrawn.is_(True))
        .order_by(Opportunity.starts_at, Opportunity.id)
    ).all()


def opportunity_slugs(process_id: int) -> frozenset[str]:
    """Every slug an opportunity of the process ever had."""
    return frozenset(db.session.scalars(select(Opportunity.slug).where(Opportunity.process_id == process_id)))


def latest_version(process_id: int) -> ScheduleVersion | None:
    """The publication that stands."""
    return db.session.scalar(
        select(ScheduleVersion).where(ScheduleVersion.process_id == process_id, ScheduleVersion.state == VersionState.PUBLISHED)
    )


def current_schedule(process_id: int) -> Schedule:
    """What the latest published version says; an empty schedule before the first."""
    version = latest_version(process_id)
    return from_json(version.content) if version else Schedule()


def published_version(process_id: int, n: int) -> ScheduleVersion | None:
    return db.session.scalar(select(ScheduleVersion).where(ScheduleVersion.process_id == process_id, ScheduleVersion.n == n))


def publications(process_id: int) -> list[Publication]:
    """Every publication as the rules of notice read it, oldest first."""
    return [publication_of(version) for version in published_versions(process_id)]


def publication_of(version: ScheduleVersion) -> Publication:
    """Raises ValueError for a version that is not published."""
    if version.n is None or version.published_at is None:
        raise ValueError("only a published version is a publication")
    return Publication(version.n, version.published_at, from_json(version.content), version.reason)


def notice(process: Process, now: datetime) -> Notice:
    """The notice given before the process (MR-3.1)."""
    return notice_given(publications(process.id), now=now, recorded_start=process.start_at, is_retroactive=process.is_retroactive)


def open_version_of(process_id: int) -> ScheduleVersion | None:
    """The draft or version in review, if there is one, process and space loaded."""
    return db.session.scalar(
        select(ScheduleVersion)
        .where(ScheduleVersion.process_id == process_id, ScheduleVersion.state.in_((VersionState.DRAFT, VersionState.IN_REVIEW)))
        .options(joinedload(ScheduleVersion.process).joinedload(Process.space))
    )


def open_version(slug: str) -> ScheduleVersion | None:
    """As `open_version_of`, by the slug of the process."""
    process = process_by_slug(slug)
    return open_version_of(process.id) if process else None


def approvals(version_ids: Sequence[int]) -> dict[int, list[ScheduleApproval]]:
    """The approvals of each version, oldest first; versions without any are absent."""
    found: dict[int, list[ScheduleApproval]] = {}
    rows = db.session.scalars(
        select(ScheduleApproval)
        .where(ScheduleApproval.version_id.in_(version_ids))
        .order_by(ScheduleApproval.approved_at, ScheduleApproval.id)
    )
    for row in rows:
        found.setdefault(row.version_id, []).append(row)
    return found


@dataclass(frozen=True)
class OpenVersion:
    """A schedule being worked on: its version (process and space loaded) and the seats that approved its present text."""

    version: ScheduleVersion
    approved: frozenset[ApprovalSeat]

    @property
    def awaited(self) -> tuple[ApprovalSeat, ...]:
        """The seats whose approval is awaited; none while it is still a draft."""
        if self.version.state is not VersionState.IN_REVIEW:
            return ()
        return tuple(seat for seat in ApprovalSeat if seat not in self.approved)

    @property
    def is_ready(self) -> bool:
        """Whether only publishing is left."""
        return self.version.state is VersionState.IN_REVIEW and not self.awaited


def open_versions(space_ids: Collection[int], process_ids: Collection[int] | None = None) -> list[OpenVersion]:
    """Schedules in draft or in review in those spaces (only of `process_ids` when given), oldest first: for the desk."""
    statement = (
        select(ScheduleVersion)
        .join(Process)
        .where(Process.space_id.in_(space_ids), ScheduleVersion.state.in_((VersionState.DRAFT, VersionState.IN_REVIEW)))
        .options(contains_eager(ScheduleVersion.process).joinedload(Process.space))
        .order_by(ScheduleVersion.drafted_at, ScheduleVersion.id)
    )
    if process_ids is not None:
        statement = statement.where(Process.id.in_(process_ids))
    versions = db.session.scalars(statement).all()
    given = approvals([version.id for version in versions])
    return [
        OpenVersion(version, frozenset(a.seat for a in given.get(version.id, []) if a.sha256 == version.sha256)) for version in versions
    ]


def processes_in(space_ids: Collection[int]) -> Sequence[Process]:
    """Processes of those spaces in every state, newest first, spaces loaded: for staff."""
    return db.session.scalars(
        select(Process)
        .where(Process.space_id.in_(space_ids))
        .options(joinedload(Process.space))
        .order_by(Process.created_at.desc(), Process.id.desc())
    ).all()


def theme(process_id: int, slug: str) -> Theme | None:
    return db.session.scalar(select(Theme).where(Theme.process_id == process_id, Theme.slug == slug))


def territory_names(ubigeos: Collection[str]) -> dict[str, str]:
    """Full names by UBIGEO, of those asked for only."""
    wanted = [ubigeo for ubigeo in set(ubigeos) if ubigeo]
    if not wanted:
        return {}
    rows = db.session.execute(select(Territory.ubigeo, Territory.full_name).where(Territory.ubigeo.in_(wanted)))
    return {ubigeo: name for ubigeo, name in rows}


@dataclass(frozen=True)
class SchedulePage:
    """What the public pages of a schedule print. `versions` oldest first, `schedules` what each said, by number."""

    process: Process
    versions: Sequence[ScheduleVersion]
    schedules: dict[int, Schedule]
    approvals: dict[int, list[ScheduleApproval]]
    notice: Notice
    themes: dict[str, str]
    territories: dict[str, str]

    @property
    def latest(self) -> ScheduleVersion | None:
        return self.versions[-1] if self.versions else None

    def version(self, n: int) -> ScheduleVersion | None:
        return next((version for version in self.versions if version.n == n), None)

    def schedule_before(self, n: int) -> Schedule | None:
        return self.schedules.get(n - 1)


def schedule_page(process: Process, now: datetime) -> SchedulePage:
    """The schedule of a public process with its whole history; four statements."""
    versions = published_versions(process.id)
    history = [publication_of(version) for version in versions]
    schedules = {publication.n: publication.schedule for publication in history}
    ubigeos = {plan.ubigeo for schedule in schedules.values() for plan in schedule.opportunities}
    return SchedulePage(
        process=process,
        versions=versions,
        schedules=schedules,
        approvals=approvals([version.id for version in versions]),
        notice=notice_given(history, now=now, recorded_start=process.start_at, is_retroactive=process.is_retroactive),
        themes={theme.slug: theme.name for theme in themes(process.id)},
        territories=territory_names(ubigeos),
    )
