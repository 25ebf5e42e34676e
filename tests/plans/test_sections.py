"""The template written section by section, its states, and what is published of it."""

import json

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.forum.models import Forum
from app.plans import queries, services
from app.plans.models import PlanVersion
from app.plans.rules.commitments import CommitmentState as S
from app.plans.rules.template import Section
from app.plans.rules.versions import VersionKind, difference, from_json
from app.plans.rules.versions import sha256 as hashed
from app.processes.rules.states import ProcessState
from tests.cast import ANA, GLORIA, SARA
from tests.feedback.answers import process_of
from tests.plans.writing import approve, by, commitment_of, fill, plan_with
from tests.world import NOON, World


@pytest.fixture(autouse=True)
def plan(world: World, context: None) -> None:
    plan_with(world)


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [str(p.code) for p in broken.value.problems]


def test_a_section_is_saved_by_itself_and_a_complete_template_is_a_draft(world: World) -> None:
    commitment = commitment_of(world)
    services.save_section(commitment, Section.PROBLEM, {"problem": " Nadie  sabe. "}, revision=1, **by(world, SARA))
    commitment = commitment_of(world)
    assert (commitment.problem, commitment.revision, commitment.state) == ("Nadie  sabe.", 2, S.IDEA)
    assert fill(world).state is S.DRAFTED
    assert [(step.from_state, step.to_state) for step in queries.steps(commitment.id)] == [(S.IDEA, S.DRAFTED)]


def test_lists_keep_one_thing_a_line_and_money_stays_whole(world: World) -> None:
    services.save_section(
        commitment_of(world), Section.ACTORS, {"actors_academia": "  UNSAAC \n\n Colegio   de Ingenieros"}, revision=1, **by(world, SARA)
    )
    services.save_section(
        commitment_of(world), Section.RESOURCES, {"budget_centimos": 12_500_050, "is_sustained": True}, revision=2, **by(world, SARA)
    )
    commitment = commitment_of(world)
    assert commitment.actors_academia == "UNSAAC\nColegio de Ingenieros"
    assert (commitment.budget_centimos, commitment.is_sustained) == (12_500_050, True)


def test_who_saves_over_somebody_elses_section_is_shown_what_stands(world: World) -> None:
    services.save_section(commitment_of(world), Section.PROBLEM, {"problem": "De Ana."}, revision=1, **by(world, ANA))
    with pytest.raises(SomebodyWasFirst) as first:
        services.save_section(commitment_of(world), Section.PROBLEM, {"problem": "De Sara."}, revision=1, **by(world, SARA))
    assert first.value.current.problem == "De Ana." and commitment_of(world).problem == "De Ana."


def test_a_personal_address_is_not_published_as_the_contact_of_an_office(world: World) -> None:
    with pytest.raises(RuleBroken) as broken:
        services.save_section(commitment_of(world), Section.ACTORS, {"contact_email": "ana@gmail.com"}, revision=1, **by(world, SARA))
    assert codes(broken) == ["commitment-personal-contact"] and commitment_of(world).contact_email == ""


def test_a_commitment_passes_from_the_entity_to_the_forum_and_falls_back_when_its_text_changes(world: World) -> None:
    fill(world)
    for to, member, role in ((S.VALIDATED_BY_ENTITY, ANA, "entidad responsable"), (S.VALIDATED_BY_FORUM, GLORIA, "foro")):
        services.advance(commitment_of(world), to, role=role, **by(world, member))
    assert commitment_of(world).state is S.VALIDATED_BY_FORUM
    commitment = commitment_of(world)
    services.save_section(commitment, Section.ORIGIN, {"diagnoses": "Informe 12"}, revision=commitment.revision, **by(world, SARA))
    assert commitment_of(world).state is S.DRAFTED
    actions = db.session.scalars(select(AuditEntry.body).where(AuditEntry.action == "plans.advance-commitment")).all()
    assert [json.loads(body)["facts"]["to"] for body in actions] == ["validated-by-entity", "validated-by-forum"]


def test_half_a_template_is_not_validated_and_nobody_adopts_by_hand(world: World) -> None:
    with pytest.raises(RuleBroken) as broken:
        services.advance(commitment_of(world), S.DRAFTED, role="redacción", **by(world, SARA))
    assert codes(broken) == ["commitment-incomplete"]
    fill(world)
    with pytest.raises(RuleBroken) as broken:
        services.advance(commitment_of(world), S.ADOPTED, role="foro", **by(world, GLORIA))
    assert codes(broken) == ["commitment-not-a-step"]


def test_an_entity_without_induction_does_not_validate_where_the_space_asks_for_it(world: World) -> None:
    fill(world)
    space_id = process_of(world).space_id
    db.session.add(Forum(space_id=space_id, name="Foro", requires_induction=True, created_at=NOON))
    db.session.flush()
    with pytest.raises(RuleBroken) as broken:
        services.advance(commitment_of(world), S.VALIDATED_BY_ENTITY, role="entidad responsable", **by(world, ANA))
    assert codes(broken) == ["readiness-needs-induction"] and commitment_of(world).state is S.DRAFTED


def test_clauses_give_every_part_of_the_plan_its_key(world: World) -> None:
    fill(world)
    keys = [c.key for c in queries.clauses(world.process_id)]
    assert keys[:2] == ["1", "1/description"] and "1/solution" in keys and keys.index("1.1") < keys.index("2")
    assert queries.clauses(-1) == [] and queries.commitment_ids(world.process_id).keys() == {1, 2}


def test_the_draft_put_to_consultation_never_changes_and_its_hash_is_in_the_register(world: World) -> None:
    plan = queries.plan_of(world.process_id)
    assert plan is not None
    version = services.publish_for_consultation(plan, "", waiting=0, **by(world, SARA))
    assert (version.n, version.kind, version.sha256) == (1, VersionKind.CONSULTATION, hashed(version.content))
    assert process_of(world).state is ProcessState.PUBLIC_VALIDATION
    with pytest.raises(RuleBroken) as broken:
        services.publish_for_consultation(plan, "Otra vez lo mismo, sin cambio.", waiting=0, **by(world, SARA))
    assert codes(broken) == ["consultation-same-text"]
    fill(world)
    with pytest.raises(RuleBroken) as broken:
        services.publish_for_consultation(plan, "", waiting=0, **by(world, SARA))
    assert codes(broken) == ["consultation-reason-short"]
    second = services.publish_for_consultation(plan, "Se completó la ficha del compromiso 1.", waiting=0, **by(world, SARA))
    first = db.session.get(PlanVersion, version.id)
    assert first is not None and first.sha256 == hashed(first.content) and second.n == 2
    assert {row.field for row in difference(from_json(first.content), from_json(second.content))} >= {"problem", "solution", "baseline"}
    bodies = db.session.scalars(select(AuditEntry.body).where(AuditEntry.action == "plans.publish-version").order_by(AuditEntry.seq))
    assert [json.loads(body)["facts"]["sha256"] for body in bodies] == [first.sha256, second.sha256]


def test_with_answers_waiting_the_text_is_public_and_the_process_stays(world: World) -> None:
    plan = queries.plan_of(world.process_id)
    assert plan is not None
    services.publish_for_consultation(plan, "", waiting=3, **by(world, SARA))
    assert process_of(world).state is ProcessState.RUNNING


def test_approval_adopts_every_commitment_and_publishes_the_approved_text(world: World) -> None:
    plan = approve(world)
    assert {commitment_of(world, n).state for n in (1, 2)} == {S.ADOPTED}
    version = queries.newest_version(plan.id)
    assert version is not None and version.kind is VersionKind.APPROVED and from_json(version.content) == queries.plan_text(plan)
    facts = queries.plan_facts(world.process_id)
    assert facts is not None and (str(facts.state), str(facts.source), facts.submitted_at) == ("approved", "native", None)
