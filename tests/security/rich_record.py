"""The rest of the rich world: the forum, its calls, groups, evaluation, attestations, what follows up a plan."""

from datetime import timedelta
from typing import Any

from app.audit import services as audit
from app.calls import services as calls
from app.calls.models import SustainabilityAssessment
from app.calls.rules.applying import ApplicationDraft
from app.calls.rules.readiness import Conclusion
from app.contributions import services as contributions
from app.core.db import db
from app.evaluation import queries as evaluation_queries
from app.evaluation import services as evaluation
from app.feedback import services as feedback
from app.feedback.models import ScheduledPublication
from app.feedback.rules.outcomes import Outcome
from app.feedback.rules.templates import TemplateDraft
from app.forum import services as forum
from app.forum.models import HearingQuestion, Meeting
from app.forum.rules.meetings import AgreementDraft, MeetingKind
from app.forum.rules.voting import Majority, MotionDraft, MotionKind
from app.groups import services as groups
from app.notifications import services as notifications
from app.notifications.models import Subscription
from app.organisations.rules import Sector
from app.plans import services as plans
from app.plans.models import ActionPlan, Amendment, Commitment, ProgressUpdate
from app.plans.rules.amendments import AmendmentKind
from app.plans.rules.progress import Completion, ReadingOf
from app.portal import services as portal
from app.processes import services as processes
from app.processes.models import Process
from app.processes.rules.readings import ReadingDraft, ReadingLanguage
from tests.cast import ANA, FELIX, GLORIA, SARA
from tests.factories import calls as a_call
from tests.factories import compliance as attested
from tests.factories import forum as a_forum
from tests.world import NOON, World

PERIOD = "2027-1"


def build_record(
    world: World, process: Process, commitment: Commitment, codes: list[str]
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Arguments for every address of the record, and those that hold only under some addresses. The caller commits."""
    sara = world.id_of(SARA)
    meeting, motion, seat_id = _forum(world, sara)
    call_slug, application, token = _calls(world)
    reading = ReadingDraft(ReadingLanguage.QUECHUA, "Municipalidad huk planta ruwachkan. " * 4, "Tres personas de Ccorca")
    processes.publish_reading(process, reading, person_id=sara, now=NOON)
    group = groups.make(process, codes, "Turno de noche en las postas", person_id=sara, now=NOON)
    template = feedback.add_template(
        process,
        TemplateDraft("Con compromiso", Outcome.ADOPTED, None, "Gracias por su aporte {{codigo}}. Lo acogemos."),
        person_id=sara,
        now=NOON,
    )
    _evaluation(world, process, codes)
    attestation = attested.signed(world)
    attested.told(world)
    _follow_up(process, commitment, world)
    _scheduled(process, sara)
    audit.checkpoint(NOON)
    follower = _follower()
    arguments = {
        "meeting": meeting.slug, "motion": motion, "seat_id": seat_id, "call": call_slug, "assessment_id": _assessment(world, sara),
        "clause": "compromiso", "period": PERIOD, "section": "problema", "state": "redactado", "statement": attestation.statement.value,
        "template": template.slug, "verb": "respaldar",
    }  # fmt: skip
    under = {
        "/foro/": {"slug": "cusco"},
        "/mesa/espacios/<slug>/convocatorias/<call>/postulaciones": {"code": application},
        "/mesa/procesos/<slug>/grupos/": {"number": group.number},
        "/procesos/<slug>/grupos/": {"number": group.number},
        "/convocatorias/": {"slug": call_slug},
        "/postulaciones/": {"token": token},
        "/mis-aportes/": {"token": contributions.receipt_token("rich-web-answered")},
        "/registro/seguir/confirmar/": {"token": portal.token(follower, "confirm")},
        "/registro/seguir/dejar/": {"token": portal.token(follower, "leave")},
        "/planes/": {"slug": "peru-vi-2026-2027"},
    }
    return arguments, under


def _forum(world: World, sara: int) -> tuple[Meeting, str, int]:
    """A forum with its rules, a hearing held and written down, an agreement, a question and a motion open to the vote."""
    made = a_forum.a_forum(world)
    seats = a_forum.a_table(world, made)
    a_forum.rules_in_force(world, made)
    meeting = a_forum.a_meeting(world, made, now=NOON - timedelta(days=10), title="Audiencia de marzo", kind=MeetingKind.HEARING)
    a_forum.hold(world, meeting, seats)
    due = (NOON + timedelta(days=30)).date()
    forum.add_agreement(meeting, AgreementDraft("Publicar el avance de cada compromiso.", "Secretaría técnica", due), organisation=None,
                        person_id=sara, now=NOON)  # fmt: skip
    db.session.add(HearingQuestion(meeting_id=meeting.id, number=1, sector="citizen", question="¿Cuándo abre la posta de noche?",
                                   recorded_at=NOON))  # fmt: skip
    a_forum.publish_minutes(world, meeting)
    draft = MotionDraft(
        MotionKind.YES_NO, "Aprobar la metodología", "¿Se aprueba la metodología?", Majority.SIMPLE, NOON + timedelta(days=5)
    )
    motion = forum.open_motion(made, draft, meeting=None, person_id=sara, now=NOON)
    return meeting, motion.slug, seats[1].id


def _evaluation(world: World, process: Process, codes: list[str]) -> None:
    """A committee of three with contributions before it."""
    sara = world.id_of(SARA)
    processes.publish_criteria(process, person_id=sara, now=NOON)
    evaluation.appoint(process, "Resolución 12-2027", person_id=sara, now=NOON)
    found = evaluation_queries.committee_of(process.id)
    assert found is not None
    for judge in (GLORIA, FELIX, ANA):
        evaluation.add_member(found, world.id_of(judge), "Cargo", person_id=sara, now=NOON)
    evaluation.add_items(found, " ".join(codes), person_id=sara, now=NOON)


def _calls(world: World) -> tuple[str, str, str]:
    """An open call with one application: its slug, the application's code, and the token of its private page."""
    call = a_call.a_call(world, now=NOON - timedelta(days=5))
    draft = ApplicationDraft(
        "Red Vecinal",
        Sector.CIVIL_SOCIETY,
        "Ada Poma Quispe",
        "ada@example.pe",
        motive="Trabajamos desde hace diez años con juntas vecinales y llevamos sus preguntas al concejo.",
    )
    application, token = calls.apply(
        call, draft, organisation=None, upload=None, submission_key="rich-application-0001", person_id=None, now=NOON
    )  # fmt: skip
    return call.slug, application.code, token


def _assessment(world: World, sara: int) -> int:
    row = SustainabilityAssessment(
        space_id=world.space_id, organisation_id=world.organisations["gerencia-obras"], reform="Turno de noche", answers={},
        conclusion=Conclusion.SUSTAINABLE, reasons="Tiene presupuesto.", saved_by_id=sara, saved_at=NOON,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row.id


def _follow_up(process: Process, commitment: Commitment, world: World) -> None:
    """The draft published for consultation, a reading of its progress and a change that waits for its signatures."""
    plan = db.session.get_one(ActionPlan, commitment.plan_id)
    plan.process = process
    plans.publish_for_consultation(plan, "", waiting=1, person_id=world.id_of(SARA), now=NOON)
    db.session.add_all([
        ProgressUpdate(commitment_id=commitment.id, clause="compromiso", period=PERIOD, reading_of=ReadingOf.GOVERNMENT, version=1,
                       completion=Completion.LIMITED, percent=20, text="Se contrató a las dos personas del turno.",
                       written_by_id=world.id_of(ANA), published_at=NOON),
        Amendment(commitment_id=commitment.id, kind=AmendmentKind.MODIFIED, part="problema", content={}, reason="Cambió la norma.",
                  plan_revision=plan.revision, proposed_by_id=world.id_of(SARA), proposed_at=NOON),
    ])  # fmt: skip
    db.session.flush()


def _scheduled(process: Process, sara: int) -> None:
    db.session.add(ScheduledPublication(process_id=process.id, at=NOON + timedelta(days=1), answers=1, requested_by_id=sara,
                                        requested_at=NOON))  # fmt: skip
    db.session.flush()


def _follower() -> int:
    notifications.subscribe("register", 0, "vecina@example.pe", at=NOON)
    return db.session.query(Subscription).filter_by(address="vecina@example.pe").one().id
