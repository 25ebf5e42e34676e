"""The rich world's projects: one by writing, one being judged, one refused and appealed, one ranked by the matrix."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from flask import current_app

from app.accounts.models import Person
from app.budgeting.rules import RoundState
from app.contributions import services as contributions
from app.core.db import db
from app.projects import queries, services
from app.projects.models import Project
from app.projects.rules.appeals import Appellant
from app.projects.rules.evaluating import Conclusion, EvaluationDraft
from app.spaces.models import RoleAssignment
from app.spaces.rules import Role
from tests.factories.budgeting import bring_to
from tests.factories.projects import CRITERIA, MATRIX, a_contribution, judged, project_draft, the_round
from tests.world import NOON, World


def build_projects(world: World) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Arguments for every address of projects, and those that hold only under some. The caller commits."""
    writer, approver = (_technician(world, n) for n in (1, 2))
    round_ = the_round(world)
    services.sheets.save_sheet(round_, CRITERIA, 30, version=0, person_id=writer, now=NOON)
    services.sheets.publish_sheet(round_, person_id=writer, now=NOON)
    bring_to(round_, RoundState.TECHNICAL_EVALUATION)
    ranked, refused = (_project(world, what, writer) for what in ("reservorio", "losa"))
    _judge(ranked, judged(), writer, approver)
    _judge(refused, judged(Conclusion.NOT_ADMISSIBLE), writer, approver)
    matrix = services.matrix.save_matrix(round_, replace(MATRIX, criteria=MATRIX.criteria[:1]), version=0, person_id=writer, now=NOON)
    services.matrix.publish_matrix(round_, person_id=writer, now=NOON)
    bring_to(round_, RoundState.PRIORITISATION)
    with _as_if_no_vote_decided():
        for admitted in queries.admissible(round_.id):
            services.matrix.mark(matrix, admitted, {"poverty": 5}, agent=None, person_id=writer, now=NOON)
        services.matrix.publish_ranking(round_, matrix, "tinka-4471", person_id=writer, now=NOON)
    bring_to(round_, RoundState.TECHNICAL_EVALUATION)
    plain, judging = (_project(world, what, writer) for what in ("vereda", "muro"))
    services.assign(judging, writer, due_on=None, person_id=approver, now=NOON)
    origin = queries.origins([refused.id])[refused.id][0]
    text = "La cesión del terreno está firmada ante notario desde el lunes; pedimos que se revise con ese documento."
    services.appeal(refused, text, by=Appellant.AUTHOR, contribution_id=origin.contribution_id, person_id=None, now=NOON)
    own = {"token": contributions.receipt_token("pedido-losa-0001"), "code": origin.code, "codigo": refused.code}
    under = {
        "/mis-aportes/<token>/<code>/proyectos/": own,
        "/mesa/proyectos/<codigo>/evaluacion": {"codigo": judging.code},
        "/mesa/proyectos/<codigo>/respuesta": {"codigo": refused.code},
        "/mesa/proyectos/<codigo>/apelaciones/": {"codigo": refused.code, "number": 1},
        "/proyectos/<codigo>/apelar": {"codigo": refused.code},
        "/mi-cuenta/proyectos/<codigo>/apelar": {"codigo": refused.code},
    }
    return {"codigo": plain.code}, under


@contextmanager
def _as_if_no_vote_decided() -> Iterator[None]:
    """The rich round has one of everything, votes and matrix on the same money; a real one decides each ceiling in one way."""
    told = current_app.extensions["minka.round_facts"]
    current_app.extensions["minka.round_facts"] = lambda round_id: {}
    try:
        yield
    finally:
        current_app.extensions["minka.round_facts"] = told


def _technician(world: World, n: int) -> int:
    """Somebody of the municipal technical team who is nobody else here."""
    person = Person(email=f"tecnica{n}@example.pe", name=f"Técnica Número {n}", password_hash="", created_at=NOON)
    db.session.add(person)
    db.session.flush()
    db.session.add(RoleAssignment(person_id=person.id, space_id=world.space_id, role=Role.MUNICIPAL, starts_on=date(2026, 1, 1)))
    db.session.flush()
    return person.id


def _project(world: World, what: str, writer: int) -> Project:
    origin = a_contribution(world, what)
    made = services.create(the_round(world), project_draft(title=f"Proyecto de {what}"), [origin.code], person_id=writer, now=NOON)
    services.publish(made, person_id=writer, now=NOON)
    return made


def _judge(project: Project, draft: EvaluationDraft, writer: int, approver: int) -> None:
    made = services.assign(project, writer, due_on=None, person_id=approver, now=NOON)
    services.declare(made, has_conflict=False, note_="", person_id=writer, now=NOON)
    services.write_evaluation(made, draft, and_submit=True, revision=1, person_id=writer, now=NOON)
    services.approve(made, revision=made.revision, person_id=approver, now=NOON)
    services.publish_batch([made], person_id=approver, now=NOON)
