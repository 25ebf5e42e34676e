"""A small world for tests: two spaces, the cast, one process whose schedule was published 21 days before it started."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from app.accounts import services as accounts
from app.core.clock import end_of_lima_day, lima_instant, start_of_lima_day
from app.core.db import db
from app.organisations.models import Organisation
from app.organisations.rules import Sector
from app.processes.models import Opportunity, Phase, Process, ScheduleVersion, Theme
from app.processes.rules import schedule as schedules
from app.processes.rules.schedule import OpportunityKind, OpportunityPlan, PhaseKind, PhaseSpan, Schedule
from app.processes.rules.states import Influence, ProcessKind, ProcessState, VersionState
from app.spaces.models import RoleAssignment, Space
from app.spaces.rules import SpaceKind
from app.territories.models import Territory, TerritoryLevel
from tests.cast import EVERYBODY, OLGA, CastMember
from tests.passwords import hash_of

NOON = datetime(2027, 3, 20, 17, 0, tzinfo=UTC)
START = date(2027, 3, 1)


@dataclass
class World:
    """Ids and slugs of what was made: plain values, so that no session is kept open."""

    space_id: int
    other_space_id: int
    process_id: int
    slug: str = "plan-prueba"
    code: str = "PRB"
    people: dict[str, int] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    themes: dict[str, int] = field(default_factory=dict)
    opportunities: dict[str, int] = field(default_factory=dict)

    def id_of(self, member: CastMember) -> int:
        return self.people[member.email]


def sample_schedule() -> Schedule:
    spans = [
        (PhaseKind.PREPARATION, 0, 6),
        (PhaseKind.PROBLEMS, 7, 13),
        (PhaseKind.COCREATION, 14, 29),
        (PhaseKind.FEEDBACK, 30, 59),
        (PhaseKind.VALIDATION, 60, 74),
        (PhaseKind.APPROVAL, 75, 90),
    ]
    day = lambda n: START + timedelta(days=n)  # noqa: E731 - two words shorter than a function, used on the next lines only
    return Schedule(
        start_at=lima_instant(START, time(9)),
        phases=tuple(
            PhaseSpan(kind, f"Fase {kind.value}", "Qué pasa en esta fase.", start_of_lima_day(day(a)), end_of_lima_day(day(b)))
            for kind, a, b in spans
        ),
        opportunities=(
            OpportunityPlan(
                "taller-ccorca",
                OpportunityKind.WORKSHOP,
                "Taller de Ccorca",
                lima_instant(day(9), time(10)),
                lima_instant(day(9), time(13)),
                place="Local comunal, Ccorca",
                ubigeo="080102",
                language="es,qu",
                who_can_join="Toda persona del distrito.",
                how_to_register="En la puerta o por teléfono.",
                contact="foro@example.pe",
            ),
            OpportunityPlan(
                "aportes-en-linea",
                OpportunityKind.ONLINE,
                "Aportes en línea",
                start_of_lima_day(day(0)),
                end_of_lima_day(day(29)),
                url="http://localhost/procesos/plan-prueba/aportes/nuevo",
                who_can_join="Cualquier persona.",
                how_to_register="No hace falta.",
                contact="foro@example.pe",
            ),
        ),
    )


def build_world(now: datetime = NOON) -> World:
    """Everything above; the caller commits."""
    _territories()
    space, other = _spaces(now)
    people = _people(space, other, now)
    process = _process(space, people, now)
    themes = _themes(process)
    opportunities = {o.slug: o.id for o in db.session.query(Opportunity).all()}
    organisations = {o.slug: o.id for o in db.session.query(Organisation).all()}
    return World(space.id, other.id, process.id, people=people, themes=themes, opportunities=opportunities, organisations=organisations)


def _territories() -> None:
    rows = [
        ("08", TerritoryLevel.REGION, "Cusco", None, "Cusco"),
        ("0801", TerritoryLevel.PROVINCE, "Cusco", "08", "Cusco, Cusco"),
        ("080101", TerritoryLevel.DISTRICT, "Cusco", "0801", "Cusco, Cusco, Cusco"),
        ("080102", TerritoryLevel.DISTRICT, "Ccorca", "0801", "Ccorca, Cusco, Cusco"),
    ]
    for ubigeo, level, name, parent, full in rows:
        db.session.add(Territory(ubigeo=ubigeo, level=level, name=name, folded_name=name.lower(), parent_ubigeo=parent, full_name=full))
        db.session.flush()


def _spaces(now: datetime) -> tuple[Space, Space]:
    space = Space(
        slug="cusco", kind=SpaceKind.PROVINCE, name="Municipalidad de Prueba", ubigeo="0801", contact="foro@example.pe", created_at=now
    )
    other = Space(slug="otra", kind=SpaceKind.DISTRICT, name="Otra municipalidad", created_at=now)
    db.session.add_all([space, other])
    for slug, name in (("gerencia-obras", "Gerencia de Obras"), ("gerencia-ambiente", "Gerencia de Ambiente")):
        db.session.add(Organisation(slug=slug, name=name, sector=Sector.GOVERNMENT, created_at=now))
    db.session.add(Organisation(slug="red-vecinal", name="Red Vecinal", sector=Sector.GRASSROOTS, created_at=now))
    db.session.flush()
    return space, other


def _people(space: Space, other: Space, now: datetime) -> dict[str, int]:
    organisations = {o.slug: o.id for o in db.session.query(Organisation).all()}
    people = {}
    for member in EVERYBODY:
        person = accounts.Person(email=member.email, name=member.name, password_hash=hash_of(member.password), created_at=now)
        db.session.add(person)
        db.session.flush()
        people[member.email] = person.id
        if member.role:
            db.session.add(
                RoleAssignment(
                    person_id=person.id,
                    space_id=other.id if member is OLGA else space.id,
                    role=member.role,
                    organisation_id=organisations.get(member.organisation),
                    appointed_by="Resolución de prueba",
                    starts_on=date(2026, 1, 1),
                )
            )
    db.session.flush()
    return people


def _process(space: Space, people: dict[str, int], now: datetime) -> Process:
    sara = people["sara@example.pe"]
    process = Process(
        space_id=space.id,
        slug="plan-prueba",
        code="PRB",
        kind=ProcessKind.OGP_LOCAL,
        title="Plan de prueba",
        summary="Un plan para probar.",
        influence=Influence.COOPERATE,
        state=ProcessState.RUNNING,
        start_at=lima_instant(START, time(9)),
        created_by_id=sara,
        created_at=now,
    )
    db.session.add(process)
    db.session.flush()
    content = schedules.to_json(sample_schedule())
    published = lima_instant(START - timedelta(days=21), time(10))
    db.session.add(
        ScheduleVersion(
            process_id=process.id,
            n=1,
            state=VersionState.PUBLISHED,
            content=content,
            sha256=schedules.sha256(content),
            drafted_by_id=sara,
            drafted_at=published,
            published_by_id=sara,
            published_at=published,
            notice_days=21,
        )
    )
    for position, span in enumerate(sample_schedule().phases):
        db.session.add(
            Phase(
                process_id=process.id,
                position=position,
                kind=span.kind,
                title=span.title,
                summary=span.summary,
                opens_at=span.opens_at,
                closes_at=span.closes_at,
            )
        )
    for plan in sample_schedule().opportunities:
        values = {**plan.__dict__, "ubigeo": plan.ubigeo or None}
        db.session.add(Opportunity(process_id=process.id, **values))
    db.session.flush()
    return process


def _themes(process: Process) -> dict[str, int]:
    themes = {}
    for position, (slug, name) in enumerate((("agua", "Agua y saneamiento"), ("obras", "Obras"), ("tramites", "Trámites"))):
        theme = Theme(process_id=process.id, slug=slug, name=name, position=position)
        db.session.add(theme)
        db.session.flush()
        themes[slug] = theme.id
    return themes
