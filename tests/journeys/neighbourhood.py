"""A process whose inputs are open today: announced 40 days ago, started 19 days ago, with a workshop that ended yesterday."""

from datetime import datetime, time, timedelta

from app.core.clock import end_of_lima_day, lima_day, lima_instant, start_of_lima_day
from app.processes import services as processes
from app.processes.models import Process
from app.processes.rules.schedule import OpportunityKind, OpportunityPlan, PhaseKind, PhaseSpan, Schedule
from app.processes.rules.states import ApprovalSeat, Influence, ProcessKind
from app.spaces.models import Space

SLUG, CODE, TITLE = "barrios-altos-2027", "BAR27", "Agua y escaleras para los barrios altos"
WORKSHOP, WORKSHOP_TITLE = "taller-picchu-alto", "Taller de Picchu Alto"
THEMES = {"agua": "Agua potable", "escaleras": "Escaleras y veredas"}
ANNOUNCED, STARTED, SPEAKS = timedelta(days=40), timedelta(days=19), "Cualquier persona que viva en un barrio alto del Cusco."


def open_process(space: Space, *, secretariat_id: int, civil_id: int, now: datetime) -> Process:
    """Through the services that the pages use; the caller commits."""
    announced = now - ANNOUNCED
    process = processes.create_process(
        processes.ProcessDraft(
            slug=SLUG, code=CODE, kind=ProcessKind.CONSULTATION, title=TITLE, influence=Influence.COOPERATE,
            summary="Los barrios altos dicen qué escaleras y qué tramos de agua se arreglan primero.",
        ),
        space=space, person_id=secretariat_id, now=announced - timedelta(days=5),
    )  # fmt: skip
    for slug, name in THEMES.items():
        processes.add_theme(process, processes.ThemeDraft(name, slug=slug), person_id=secretariat_id, now=announced - timedelta(days=5))
    draft = processes.open_draft(process, person_id=secretariat_id, now=announced - timedelta(days=3))
    processes.save_draft(
        draft, _schedule(now), reason="", revision=draft.revision, person_id=secretariat_id, now=announced - timedelta(days=2)
    )
    processes.submit(draft, person_id=secretariat_id, now=announced - timedelta(days=2))
    processes.approve(draft, ApprovalSeat.SECRETARIAT, draft.sha256, person_id=secretariat_id, now=announced - timedelta(hours=3))
    processes.approve(draft, ApprovalSeat.NON_GOVERNMENT, draft.sha256, person_id=civil_id, now=announced - timedelta(hours=2))
    processes.publish(draft, person_id=secretariat_id, now=announced)
    processes.record_start(process, _starts(now), person_id=secretariat_id, now=_starts(now))
    return process


def _starts(now: datetime) -> datetime:
    return lima_instant(lima_day(now - STARTED), time(9))


def _schedule(now: datetime) -> Schedule:
    start = lima_day(_starts(now))
    spans = [(PhaseKind.PREPARATION, "Preparación", -30, -1), (PhaseKind.PROBLEMS, "Problemas", 0, 12),
             (PhaseKind.COCREATION, "Propuestas", 13, 30), (PhaseKind.FEEDBACK, "Respuestas", 31, 55),
             (PhaseKind.VALIDATION, "Validación", 56, 70), (PhaseKind.APPROVAL, "Aprobación", 71, 80)]  # fmt: skip
    yesterday = lima_day(now) - timedelta(days=1)
    return Schedule(
        start_at=_starts(now),
        phases=tuple(
            PhaseSpan(
                kind, title, "Se cuenta en la página del proceso.",
                start_of_lima_day(start + timedelta(days=first)), end_of_lima_day(start + timedelta(days=last)),
            )
            for kind, title, first, last in spans
        ),
        opportunities=(
            OpportunityPlan(
                "aportes-por-internet", OpportunityKind.ONLINE, "Aportes por internet", _starts(now),
                end_of_lima_day(lima_day(now) + timedelta(days=10)), url="https://minka.example.pe/aportar", ubigeo="080101",
                who_can_join=SPEAKS, how_to_register="No se pide cuenta.", contact="Secretaría General, anexo 105",
            ),
            OpportunityPlan(
                WORKSHOP, OpportunityKind.WORKSHOP, WORKSHOP_TITLE, lima_instant(yesterday, time(9)), lima_instant(yesterday, time(12)),
                place="Salón comunal de Picchu Alto", ubigeo="080101", language="es,qu", who_can_join=SPEAKS,
                how_to_register="En la puerta.", contact="Secretaría General, anexo 105",
            ),
        ),
    )  # fmt: skip
