"""A forum for tests: seats of both sides with people of the cast, rules in force, meetings."""

from datetime import date, datetime, timedelta

from app.core.db import db
from app.forum import queries, services
from app.forum.models import Forum, Meeting, RulesVersion, Seat
from app.forum.rules.meetings import MeetingDraft, MeetingKind, MeetingMode
from app.forum.rules.participation import Quorum, RulesDraft
from app.forum.rules.seats import SeatDraft, Side, Sitter, Sitting
from app.organisations.rules import Sector
from app.spaces.models import Space
from tests.cast import FELIX, GLORIA, SARA
from tests.world import NOON, World

RULES = "El foro reúne a gobierno y sociedad con la misma voz. Cada asiento tiene un voto y todo lo decidido se publica con su razón. " * 3
BEGUN = date(2026, 1, 1)
MINUTES = "Se trató el balance del plan y se acordó publicar el avance de cada compromiso."


def a_forum(world: World, *, requires_induction: bool = False) -> Forum:
    """The forum of the world's space, opened."""
    space = db.session.get(Space, world.space_id)
    assert space is not None
    return services.set_up(
        space,
        services.ForumDraft("Foro de prueba", "Un foro.", requires_induction=requires_induction),
        person_id=world.id_of(SARA),
        now=NOON,
    )


def a_seat(
    world: World, forum: Forum, number: int, sector: Sector, holder: Sitter, alternate: Sitter = Sitter(), **changes: object
) -> Seat:
    draft = SeatDraft(number, sector, holder, BEGUN, alternate=alternate, appointed_by="Resolución 001", **changes)  # type: ignore[arg-type]
    seat, _passwords = services.appoint(forum, draft, organisation=None, person_id=world.id_of(SARA), now=NOON)
    return seat


def a_table(world: World, forum: Forum) -> list[Seat]:
    """Two seats of government, two of society; Gloria and Félix hold the first of each, with their accounts."""
    return [
        a_seat(world, forum, 1, Sector.GOVERNMENT, Sitter(GLORIA.name, GLORIA.email)),
        a_seat(world, forum, 2, Sector.GOVERNMENT, Sitter("Elsa Ramos Ticona")),
        a_seat(world, forum, 3, Sector.CIVIL_SOCIETY, Sitter(FELIX.name, FELIX.email)),
        a_seat(world, forum, 4, Sector.ACADEMIA, Sitter("Hugo Lazo Meza")),
    ]


def rules_in_force(
    world: World, forum: Forum, *, now: datetime = NOON, text: str = RULES, quorum: Quorum = Quorum(), note: str = ""
) -> RulesVersion:
    """A version approved by both sides and published."""
    known = queries.open_rules(forum.space_id)
    version = services.save_rules(
        forum, RulesDraft("Reglas de participación", text, quorum=quorum, note=note), revision=known.revision if known else 0,
        person_id=world.id_of(SARA), now=now,
    )  # fmt: skip
    services.submit_rules(version, person_id=world.id_of(SARA), now=now)
    services.approve_rules(version, Side.GOVERNMENT, version.sha256, person_id=world.id_of(GLORIA), now=now)
    services.approve_rules(version, Side.NON_GOVERNMENT, version.sha256, person_id=world.id_of(FELIX), now=now)
    services.publish_rules(version, person_id=world.id_of(SARA), now=now)
    return version


def a_meeting(world: World, forum: Forum, *, now: datetime = NOON, title: str = "Primera sesión", **changes: object) -> Meeting:
    """Convened for the day after `now`."""
    starts = now + timedelta(days=1)
    values = {"kind": MeetingKind.ORDINARY, "mode": MeetingMode.IN_PERSON, "place": "Sala 1", "agenda": "1. Balance del plan", **changes}
    draft = MeetingDraft(title=title, starts_at=starts, ends_at=starts + timedelta(hours=2), **values)  # type: ignore[arg-type]
    return services.convene(forum, draft, person_id=world.id_of(SARA), now=now)


def hold(world: World, meeting: Meeting, present: list[Seat], guests: dict[Sector, int] | None = None) -> None:
    services.record_held(
        meeting, began_at=meeting.starts_at, ended_at=meeting.ends_at, present={seat.id: Sitting.HOLDER for seat in present},
        guests=guests or {}, comments="Sin comentarios.", results_url="", person_id=world.id_of(SARA), now=meeting.ends_at,
    )  # fmt: skip


def publish_minutes(world: World, meeting: Meeting, text: str = MINUTES, *, now: datetime | None = None, reason: str = "") -> None:
    """Written by the secretariat, approved by Gloria and Félix, published."""
    when = now or meeting.ends_at + timedelta(days=1)
    minutes = services.save_minutes(meeting, text, person_id=world.id_of(SARA), now=when, reason=reason)
    services.approve_minutes(meeting, Side.GOVERNMENT, minutes.sha256, person_id=world.id_of(GLORIA), now=when)
    services.approve_minutes(meeting, Side.NON_GOVERNMENT, minutes.sha256, person_id=world.id_of(FELIX), now=when)
    services.publish_minutes(meeting, person_id=world.id_of(SARA), now=when)
