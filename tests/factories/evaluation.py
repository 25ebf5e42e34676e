"""Evaluations in the state a test needs: criteria with scales, a committee of three, contributions before it."""

from datetime import datetime, timedelta

from app.core.db import db
from app.evaluation import queries, services
from app.evaluation.models import CommitteeMember, EvaluationCommittee
from app.processes import queries as processes
from app.processes import services as process_services
from app.processes.models import Process
from app.processes.services import CriterionDraft
from tests.cast import ANA, FELIX, GLORIA, SARA, CastMember
from tests.feedback.answers import process_of, say
from tests.world import NOON, World

BEFORE = NOON - timedelta(days=40)
JUDGES = (GLORIA, FELIX, ANA)
CRITERIA = (
    CriterionDraft("Apertura", 60, "Abre una decisión o publica una información.", 0, 4, "No abre nada", "Abre una decisión"),
    CriterionDraft("Demanda", 40, "Cuántos distritos lo piden.", 1, 5, "Uno", "Todos"),
)


def publish_criteria(world: World, now: datetime = BEFORE) -> Process:
    process = process_of(world)
    for draft in CRITERIA:
        process_services.add_criterion(process, draft, person_id=world.id_of(SARA), now=now)
    process_services.publish_criteria(process, person_id=world.id_of(SARA), now=now)
    db.session.flush()
    return process_of(world)


def committee(world: World, *, items: int = 3, declared: bool = True) -> EvaluationCommittee:
    """Criteria public in time, Gloria, Félix and Ana seated and declared without conflicts, `items` contributions before them."""
    sara = world.id_of(SARA)
    process = publish_criteria(world)
    services.appoint(process, "Resolución 12-2027", person_id=sara, now=NOON)
    found = queries.committee_of(world.process_id)
    assert found is not None
    for judge in JUDGES:
        services.add_member(found, world.id_of(judge), f"Cargo de {judge.name.split()[0]}", person_id=sara, now=NOON)
    codes = [say(world, f"evaluado-{n}").code for n in range(items)]
    if codes:
        services.add_items(found, " ".join(codes), person_id=sara, now=NOON)
    if declared:
        for judge in JUDGES:
            services.declare(found, seat(world, found, judge), has_conflict=False, codes="", organisations="", statement="", now=NOON)
    return found


def seat(world: World, of: EvaluationCommittee, judge: CastMember) -> CommitteeMember:
    found = queries.member_of(of.id, world.id_of(judge))
    assert found is not None
    return found


def measures(world: World) -> list[int]:
    return [criterion.id for criterion in processes.criteria(world.process_id)]


def score(world: World, of: EvaluationCommittee, judge: CastMember, code: str, *marks: int, now: datetime = NOON) -> None:
    ids = queries.contributions_named(world.process_id, [code])
    services.score(of, seat(world, of, judge), ids[code], dict(zip(measures(world), marks, strict=True)), now=now)


def score_all(world: World, of: EvaluationCommittee, *marks: tuple[int, int]) -> None:
    """Every judge gives each contribution, in the order of codes, the same marks."""
    for item, pair in zip(queries.board(of).items, marks, strict=True):
        for judge in JUDGES:
            score(world, of, judge, item.code, *pair)
