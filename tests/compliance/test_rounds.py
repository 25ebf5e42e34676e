"""A participatory budget brings its evidence to the requirements of its process, and changes no literal rule."""

import pytest
from flask import Flask

from app.budgeting import queries, services
from app.budgeting.rules import RoundState
from app.budgeting.rules.documents import DocumentKind
from app.compliance import queries as compliance
from app.compliance.messages import proof_title
from app.compliance.rules.findings import Advice, Finding, Proof, Requirement, Result
from app.compliance.rules.rounds import RoundEvidence, with_round
from app.processes import queries as processes
from tests.cast import MILA
from tests.factories.agreements import a_prioritised_round, a_published_act
from tests.factories.budgeting import bring_to
from tests.factories.rounds import a_budget_process, a_running_round, norm, registered
from tests.factories.scrutiny import AFTER, an_ended_vote, counted, neighbours, published
from tests.world import NOON, World


def test_a_project_that_fell_without_an_answer_puts_the_goal_of_feedback_at_risk_and_not_the_rule() -> None:
    found = with_round(Finding(Requirement.FEEDBACK, Result.MET, Result.MET), RoundEvidence(unanswered=2))
    assert (found.rule, found.goal) == (Result.MET, Result.AT_RISK) and found.says(Advice.PROJECTS_UNANSWERED)
    assert found.facts["round_unanswered_projects"] == 2


@pytest.mark.parametrize("requirement", [Requirement.WEBSITE, Requirement.MEETINGS])
def test_what_a_round_says_nothing_about_stays_as_it_was(requirement: Requirement) -> None:
    finding = Finding(requirement, Result.MET, Result.MET)
    assert with_round(finding, RoundEvidence(agents=3)) is finding and with_round(finding, None) is finding


@pytest.mark.usefixtures("context")
def test_agents_and_papers_of_the_round_are_proofs(app: Flask, world: World) -> None:
    round_ = a_running_round(world)
    milagros = world.id_of(MILA)
    services.publish_document(round_, norm(kind=DocumentKind.CALL), upload=None, person_id=milagros, now=NOON)
    services.decide(registered(world, round_), accredits=True, reason_code=None, text="", person_id=milagros, now=NOON)
    process = processes.process_by_slug(world.slug)
    assert process is not None and queries.round_of(world.slug) is not None
    findings = compliance.judge(process, NOON).findings
    assert findings[Requirement.INPUTS].facts["round_agents"] == 1
    assert f"/procesos/{world.slug}/presupuesto/agentes" in {proof.url for proof in findings[Requirement.INPUTS].proofs}
    assert f"/procesos/{world.slug}/presupuesto/documentos/2" in {proof.url for proof in findings[Requirement.OUTREACH].proofs}


@pytest.mark.usefixtures("context")
def test_the_result_of_a_vote_the_act_and_the_answers_to_projects_are_proofs(app: Flask, world: World) -> None:
    round_ = a_prioritised_round(world)
    a_budget_process(world)
    reached = round_.state
    bring_to(round_, RoundState.PRIORITISATION)
    vote = published(an_ended_vote(world, neighbours(), on=round_), world, scrubs=False)
    bring_to(round_, reached)
    act = a_published_act(world, round_)
    process = processes.process_by_slug(world.slug)
    assert process is not None
    findings = compliance.judge(process, AFTER).findings
    base = f"/procesos/{world.slug}"
    results = f"{base}/votaciones/{vote.slug}/resultados"
    inputs, records = findings[Requirement.INPUTS], findings[Requirement.RECORDS]
    assert inputs.facts["round_voters"] == 60 and results in {proof.url for proof in inputs.proofs}
    told = {proof.url: proof for proof in records.proofs}
    assert {results, f"{base}/presupuesto/acta/versiones/{act.version}"} <= set(told)
    assert told[results].sha256 and told[f"{base}/presupuesto/acta/versiones/{act.version}"].sha256 == act.sha256
    assert f"{base}/presupuesto/ejecucion" in {proof.url for proof in findings[Requirement.REPOSITORY].proofs}
    with app.test_request_context("/"):
        assert {proof_title(proof) for proof in records.proofs} >= {f"Resultados de la votación: {vote.title}"}


@pytest.mark.usefixtures("context")
def test_a_result_that_is_not_published_proves_nothing(app: Flask, world: World) -> None:
    round_ = a_prioritised_round(world)
    a_budget_process(world)
    bring_to(round_, RoundState.PRIORITISATION)
    counted(an_ended_vote(world, neighbours(), on=round_), world, scrubs=False)
    process = processes.process_by_slug(world.slug)
    assert process is not None
    inputs = compliance.judge(process, AFTER).findings[Requirement.INPUTS]
    assert "round_voters" not in inputs.facts and not [proof for proof in inputs.proofs if "votaciones" in proof.url]


def test_the_answers_to_projects_are_a_proof_of_feedback() -> None:
    found = with_round(Finding(Requirement.FEEDBACK, Result.MET, Result.MET), RoundEvidence(answered=3, answers_page=Proof("", "/x")))
    assert found.goal is Result.MET and found.facts["round_answered_projects"] == 3
    assert [proof.url for proof in found.proofs] == ["/x"]
