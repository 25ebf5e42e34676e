"""A participatory budget brings its evidence to the requirements of its process, and changes no literal rule."""

import pytest
from flask import Flask

from app.budgeting import queries, services
from app.budgeting.rules.documents import DocumentKind
from app.compliance import queries as compliance
from app.compliance.rules.findings import Advice, Finding, Requirement, Result
from app.compliance.rules.rounds import RoundEvidence, with_round
from app.processes import queries as processes
from tests.cast import MILA
from tests.factories.rounds import a_running_round, norm, registered
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
