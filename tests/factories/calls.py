"""Calls for tests, at any stage."""

from dataclasses import replace
from datetime import datetime, timedelta

from app.calls import queries, services
from app.calls.models import Application, Call
from app.calls.rules.applying import ApplicationDraft
from app.calls.rules.course import CallDraft, CallKind, CriterionDraft, SeatOffer, Selection
from app.core.clock import lima_day
from app.core.db import db
from app.organisations.models import Organisation
from app.organisations.rules import Sector
from app.spaces.models import Space
from tests.cast import SARA
from tests.world import NOON, World

OPEN = NOON + timedelta(days=3)
CLOSED = NOON + timedelta(days=20)
RESULTS = NOON + timedelta(days=31)
AFTER_CLAIMS = NOON + timedelta(days=45)
REASON = "Presentó todos los documentos que piden las bases."
CRITERIA = (CriterionDraft("Apertura", 60, "Qué abre."), CriterionDraft("Ambición", 40, "Qué cambia."))


def call_draft(now: datetime = NOON, **changes: object) -> CallDraft:
    day = lima_day(now)
    draft = CallDraft(
        CallKind.RENEWAL, "Renovación del asiento tres", "Un asiento.", "Bases de la convocatoria.", "Personería o acta de constitución.",
        Selection.LOT, day + timedelta(days=1), day + timedelta(days=15), day + timedelta(days=30), day + timedelta(days=40),
        term_ends_on=day + timedelta(days=700), seats=(SeatOffer(Sector.CIVIL_SOCIETY, (3,)),),
    )  # fmt: skip
    return replace(draft, **changes)


def a_call(world: World, *, now: datetime = NOON, is_published: bool = True, **changes: object) -> Call:
    space = db.session.get(Space, world.space_id)
    assert space is not None
    call = services.save_call(space, call_draft(now, **changes), call=None, person_id=world.id_of(SARA), now=now)
    if is_published:
        services.publish(call, person_id=world.id_of(SARA), now=now)
    return call


def a_contest(world: World, **changes: object) -> Call:
    values = {"kind": CallKind.CONTEST, "title": "Concurso de entidades", "selection": Selection.SCORING, "seats": (), "criteria": CRITERIA}
    return a_call(world, **{**values, **changes})  # type: ignore[arg-type]


def an_application(
    call: Call, name: str, *, now: datetime = OPEN, organisation: Organisation | None = None, **changes: object
) -> Application:
    draft = ApplicationDraft(
        name, Sector.CIVIL_SOCIETY, "Ada Poma Quispe", f"{name.split()[0].lower()}@example.pe",
        motive="Trabajamos desde hace diez años con juntas vecinales y llevamos sus preguntas al concejo.",
    )  # fmt: skip
    application, _token = services.apply(
        call, replace(draft, **changes), organisation=organisation, upload=None,
        submission_key=f"{call.id:016x}{queries.last_application_number(call.id):016x}", person_id=None, now=now,
    )  # fmt: skip
    return application


def checked(world: World, application: Application, *, is_eligible: bool = True, reason: str = REASON) -> Application:
    services.check(application, is_eligible=is_eligible, reason=reason, person_id=world.id_of(SARA), now=CLOSED)
    return application
