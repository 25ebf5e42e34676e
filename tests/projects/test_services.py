"""What writing, judging, appealing and ordering projects leaves behind: rows, letters, register."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from app.audit.models import AuditEntry
from app.budgeting.rules import RoundState
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.feedback import queries as feedback_queries
from app.feedback import services as feedback
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import DecisionState, Outcome, Reason
from app.notifications.models import Notification
from app.projects import queries, services
from app.projects.models import MatrixMark, Project, ProjectAnswer, ProjectVersion
from app.projects.rules import ProjectState
from app.projects.rules.answers import AnswerDraft, AnswerState
from app.projects.rules.appeals import AppealProblem, Appellant
from app.projects.rules.evaluating import Conclusion, EvaluationProblem, EvaluationState, SheetState
from app.projects.rules.matrix import MatrixProblem, MatrixState
from app.projects.rules.writing import ChangeKind, ProjectProblem
from tests.cast import ANA, GLORIA, INES, LUIS, ROSA, SARA
from tests.factories.budgeting import an_agent, bring_to
from tests.factories.projects import (
    LATER,
    MATRIX,
    REASON,
    REFUSAL,
    REFUSED,
    a_contribution,
    a_refused_project,
    a_sheet,
    a_written_project,
    again,
    an_admissible_project,
    an_evaluation,
    judged,
    municipal_team,
    project_draft,
    the_round,
)
from tests.world import NOON, World, build_world

pytestmark = pytest.mark.usefixtures("context")
APPEAL = "El terreno se saneó el lunes y la partida ya está en la mesa de partes; pedimos que se vea con ese documento."
DECISION = REFUSAL


@pytest.fixture
def world(context: None) -> World:
    made = build_world()
    municipal_team(made)
    return made


def kinds(project: Project, *, public_only: bool = True) -> list[ChangeKind]:
    return [change.kind for change in queries.changes(project.id, public_only=public_only)]


def refused(error: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [str(p.code) for p in error.value.problems]


def test_a_project_keeps_where_it_came_from_and_its_first_version(world: World) -> None:
    one, two = a_contribution(world, "agua"), a_contribution(world, "camino")
    made = services.create(the_round(world), project_draft(), [one.code.lower(), two.code], person_id=world.id_of(ANA), now=NOON)
    other = services.create(the_round(world), project_draft(), [one.code], person_id=world.id_of(ANA), now=NOON)
    assert (made.code, other.code, made.is_public) == ("PRB-PR-001", "PRB-PR-002", False)
    assert {o.code for o in queries.origins([made.id])[made.id]} == {one.code, two.code}
    assert [v.n for v in queries.versions(made.id)] == [1] and kinds(made) == [ChangeKind.CREATED]
    with pytest.raises(RuleBroken) as error:
        services.create(the_round(world), project_draft(), ["NO-EXISTE"], person_id=world.id_of(ANA), now=NOON)
    assert refused(error) == [ProjectProblem.ORIGIN_ELSEWHERE]


def test_a_change_of_cost_is_told_with_before_and_after_and_nothing_is_overwritten(world: World) -> None:
    project = a_written_project(world)
    draft = replace(services.draft_of(project), cost_cents=300_000_00)
    with pytest.raises(RuleBroken):
        services.edit(project, draft, revision=1, reason="", person_id=world.id_of(ANA), now=NOON)
    services.edit(project, draft, revision=1, reason=REASON, person_id=world.id_of(ANA), now=NOON)
    change = queries.changes(project.id, public_only=True)[-1]
    assert change.kind is ChangeKind.COST_CHANGED and change.facts == {"before": 250_000_00, "after": 300_000_00}
    contents = {v.n: v.content["cost_cents"] for v in db.session.query(ProjectVersion).filter_by(project_id=project.id)}
    assert contents == {1: 250_000_00, 2: 300_000_00}
    with pytest.raises(SomebodyWasFirst):
        services.edit(project, replace(draft, title="Otro título largo"), revision=1, reason=REASON, person_id=world.id_of(LUIS), now=NOON)
    assert db.session.query(AuditEntry).filter_by(action="projects.edit").count() == 1


def test_a_merged_project_points_on_and_owes_its_answer(world: World) -> None:
    one, into = a_written_project(world, title="Losa con gradas"), a_written_project(world)
    origin = queries.origins([one.id])[one.id][0].code
    services.merge(one, into, REFUSAL, person_id=world.id_of(ANA), now=NOON)
    one = again(one)
    assert one.state is ProjectState.MERGED and one.merged_into_id == into.id
    assert origin in {o.code for o in queries.origins([into.id])[into.id]}
    answer = queries.open_answer(one.id)
    assert answer is not None and (answer.state, answer.outcome, answer.merged_into) == (AnswerState.REVIEW, Outcome.MERGED, into.code)
    assert queries.unanswered_dropped(one.round_id) == 1
    with pytest.raises(RuleBroken):
        services.approve_answers([answer], person_id=world.id_of(ANA), now=NOON)
    services.approve_answers([answer], person_id=world.id_of(LUIS), now=NOON)
    assert queries.unanswered_dropped(one.round_id) == 0


def test_a_split_leaves_the_first_with_its_number_and_a_new_cost(world: World) -> None:
    project = a_written_project(world)
    made = services.split(
        project, project_draft(title="Alumbrado del puente"), remaining_cents=100_000_00, remaining_basis="Metrado sin el alumbrado.",
        revision=1, reason=REASON, person_id=world.id_of(ANA), now=NOON,
    )  # fmt: skip
    project = again(project)
    assert (project.number, project.cost_cents, made.number) == (1, 100_000_00, 2)
    assert queries.origins([made.id])[made.id][0].code == queries.origins([project.id])[project.id][0].code
    assert kinds(project)[-1] is ChangeKind.SPLIT_OFF and kinds(made)[-1] is ChangeKind.SPLIT_FROM


def test_nothing_of_an_evaluation_is_public_before_it_is_published(world: World) -> None:
    project = a_written_project(world)
    an_evaluation(world, project, judged(Conclusion.NOT_ADMISSIBLE), is_published=False)
    assert again(project).state is ProjectState.UNDER_EVALUATION
    assert queries.evaluations(project.id, public_only=True) == [] and queries.current_answer(project.id) is None
    assert kinds(project) == [ChangeKind.CREATED, ChangeKind.PUBLISHED]


def test_publishing_tells_the_author_the_reason_and_how_to_appeal(world: World) -> None:
    origin = a_contribution(world, "agua", email="rosa@example.pe")
    project = a_refused_project(world, codes=(origin.code,))
    assert project.state is ProjectState.NOT_ADMISSIBLE and queries.unanswered_dropped(project.round_id) == 0
    letter = db.session.query(Notification).filter_by(kind="projects.evaluated").one()
    assert letter.address == "rosa@example.pe" and letter.content["text"] == REFUSAL and "/mis-aportes/" in letter.content["own_link"]
    answer = queries.current_answer(project.id)
    assert answer is not None and (answer.drafted_by_id, answer.approved_by_id) == (world.id_of(ANA), world.id_of(LUIS))
    assert queries.published_sheet(project.round_id).state is SheetState.FROZEN  # type: ignore[union-attr]
    with pytest.raises(RuleBroken):
        services.sheets.save_sheet(the_round(world), [], 5, version=1, person_id=world.id_of(ANA), now=LATER)


def test_whoever_has_a_conflict_gives_the_project_back(world: World) -> None:
    project = a_written_project(world)
    a_sheet(world)
    made = services.assign(project, world.id_of(ANA), due_on=None, person_id=world.id_of(LUIS), now=LATER)
    with pytest.raises(RuleBroken) as error:
        services.write_evaluation(made, judged(), and_submit=True, revision=1, person_id=world.id_of(ANA), now=LATER)
    assert refused(error) == [EvaluationProblem.CONFLICT_UNDECLARED]
    services.declare(made, has_conflict=True, note_="Mi hermano vive en esa cuadra.", person_id=world.id_of(ANA), now=LATER)
    assert made.state is EvaluationState.ANNULLED
    second = services.assign(project, world.id_of(INES), due_on=None, person_id=world.id_of(LUIS), now=LATER)
    assert second.n == 2 and ChangeKind.CONFLICT_DECLARED not in kinds(project)
    with pytest.raises(RuleBroken) as error:
        services.assign(project, world.id_of(LUIS), due_on=None, person_id=world.id_of(LUIS), now=LATER)
    assert refused(error) == [EvaluationProblem.ALREADY_ASSIGNED]
    with pytest.raises(RuleBroken):
        services.assign(a_written_project(world), world.id_of(ROSA), due_on=None, person_id=world.id_of(LUIS), now=LATER)


def test_a_question_goes_by_letter_and_its_answer_stays_with_the_evaluation(world: World) -> None:
    origin = a_contribution(world, "agua", email="rosa@example.pe")
    project = a_written_project(world, codes=(origin.code,))
    a_sheet(world)
    ana = world.id_of(ANA)
    made = services.assign(project, ana, due_on=None, person_id=ana, now=LATER)
    services.declare(made, has_conflict=False, note_="", person_id=ana, now=LATER)
    services.ask(made, "¿De quién es hoy el terreno?", LATER.date() + timedelta(days=5), person_id=ana, now=LATER)
    assert db.session.query(Notification).filter_by(kind="projects.asked").one().content["question"].startswith("¿De quién")
    with pytest.raises(RuleBroken) as error:
        services.ask(made, "¿Y quién lo va a cuidar después?", LATER.date() + timedelta(days=5), person_id=ana, now=LATER)
    assert refused(error) == [EvaluationProblem.QUESTION_OPEN]
    services.clarify(project, "Es de la comunidad, con acta de cesión.", person_id=None, now=LATER)
    assert queries.clarifications([made.id])[0].answer == "Es de la comunidad, con acta de cesión."
    with pytest.raises(RuleBroken):
        services.clarify(project, "Otra vez lo mismo, por si acaso.", person_id=None, now=LATER)


def test_an_upheld_appeal_is_judged_again_by_others_and_all_of_it_stays(world: World) -> None:
    project = a_refused_project(world)
    origin = queries.origins([project.id])[project.id][0].contribution_id
    made = services.appeal(project, APPEAL, by=Appellant.AUTHOR, contribution_id=origin, person_id=None, now=LATER)
    with pytest.raises(RuleBroken) as error:
        services.decide(made, is_upheld=True, reason=DECISION, person_id=world.id_of(LUIS), now=LATER)
    assert refused(error) == [AppealProblem.INVOLVED]
    services.decide(made, is_upheld=True, reason=DECISION, person_id=world.id_of(SARA), now=LATER)
    assert again(project).state is ProjectState.UNDER_EVALUATION
    with pytest.raises(RuleBroken) as error:
        an_evaluation(world, project, by=ANA)
    assert refused(error) == [EvaluationProblem.INVOLVED_BEFORE]
    pending = an_evaluation(world, project, by=INES, approved_by=None)
    with pytest.raises(RuleBroken) as error:
        services.approve(pending, revision=pending.revision, person_id=world.id_of(LUIS), now=LATER)
    assert refused(error) == [EvaluationProblem.APPROVER_BEFORE]
    services.approve(pending, revision=pending.revision, person_id=world.id_of(GLORIA), now=LATER)
    services.publish_batch([pending], person_id=world.id_of(LUIS), now=LATER)
    assert again(project).state is ProjectState.ADMISSIBLE
    assert [e.n for e in queries.evaluations(project.id, public_only=True)] == [2, 1]
    assert len(queries.published_answers(project.id)) == 1  # the refusal stays readable


def test_the_same_evaluation_is_appealed_once_and_in_time(world: World) -> None:
    project = a_refused_project(world)
    agent = an_agent(the_round(world), 1, person_id=world.id_of(ROSA))
    made = services.appeal(project, APPEAL, by=Appellant.AGENT, agent_id=agent.id, person_id=world.id_of(ROSA), now=LATER)
    services.decide(made, is_upheld=False, reason=DECISION, person_id=world.id_of(SARA), now=LATER)
    with pytest.raises(RuleBroken) as error:
        services.appeal(project, APPEAL, by=Appellant.AGENT, agent_id=agent.id, person_id=world.id_of(ROSA), now=LATER)
    assert refused(error) == [AppealProblem.REPEATED]
    late = a_refused_project(world)
    with pytest.raises(RuleBroken) as error:
        services.appeal(late, APPEAL, by=Appellant.AUTHOR, person_id=None, now=LATER + timedelta(days=6))
    assert refused(error) == [AppealProblem.TOO_LATE]


def test_a_correction_is_another_version_with_its_reason(world: World) -> None:
    project = a_refused_project(world)
    ana = world.id_of(ANA)
    with pytest.raises(RuleBroken):
        services.write_answer(project, REFUSED, revision=0, person_id=ana, now=LATER)
    corrected = replace(REFUSED, correction_reason="Se cita la resolución correcta.", reference="Resolución 015-2025")
    assert services.write_answer(project, corrected, revision=0, person_id=ana, now=LATER) == ()
    standing = queries.open_answer(project.id)
    assert standing is not None and standing.version == 2
    services.approve_answers([standing], {standing.id: 1}, person_id=world.id_of(LUIS), now=LATER)
    assert [a.version for a in queries.published_answers(project.id)] == [2, 1]
    assert queries.current_answer(project.id).reference == "Resolución 015-2025"  # type: ignore[union-attr]


def test_what_somebody_drafted_stays_when_another_saves_over_it(world: World) -> None:
    project = a_refused_project(world)
    ana, luis = world.id_of(ANA), world.id_of(LUIS)
    first = replace(REFUSED, correction_reason="Se cita la resolución correcta.", reference="Resolución 015-2025")
    services.write_answer(project, first, revision=0, person_id=ana, now=LATER)
    with pytest.raises(SomebodyWasFirst):
        services.write_answer(project, replace(first, reference="Resolución 016-2025"), revision=0, person_id=luis, now=LATER)
    services.write_answer(project, replace(first, reference="Resolución 016-2025"), revision=1, person_id=luis, now=LATER)
    saved = [(s.saved_by_id, s.version, s.content["reference"]) for s in queries.saved_answers(project.id)]
    assert saved[:2] == [(luis, 2, "Resolución 016-2025"), (ana, 2, "Resolución 015-2025")]
    assert queries.current_answer(project.id).reference == REFUSED.reference  # type: ignore[union-attr]


def test_a_draft_about_an_end_that_was_not_one_is_kept_and_its_screen_is_stale(world: World) -> None:
    project = an_admissible_project(world)
    ana = world.id_of(ANA)
    bring_to(project.round, RoundState.PRIORITISATION)
    services.not_prioritise(project, source="Votación", reason=REFUSAL, person_id=ana, now=LATER)
    services.drop(project, Outcome.WITHDRAWN, None, REFUSAL, person_id=ana, now=LATER, request_record="Acta del barrio")
    assert queries.open_answer(project.id).revision == 2  # type: ignore[union-attr]
    assert [s.content["outcome"] for s in queries.saved_answers(project.id)] == [Outcome.WITHDRAWN, Outcome.NOT_ADOPTED]


def test_an_answer_of_a_project_is_written_into_one_of_a_contribution_by_the_same_names() -> None:
    own = {"merged_into", "correction_reason", "shows_at"}
    assert {f.name for f in fields(AnswerDraft)} - own <= {f.name for f in fields(DecisionDraft)}


def test_what_is_dropped_blocks_until_a_second_person_publishes_why(world: World) -> None:
    project = an_admissible_project(world)
    ana = world.id_of(ANA)
    bring_to(project.round, RoundState.PRIORITISATION)
    services.prioritise(project, source="Votación", reason="Quedó primera.", person_id=ana, now=LATER)
    bring_to(project.round, RoundState.COORDINATION)
    services.agree(project, act="Acta 2027", person_id=ana, now=LATER)
    answer = services.drop(
        project, Outcome.DEFERRED, Reason.R04, REFUSAL, person_id=ana, now=LATER, target_cycle="2028", carry_over_owner="OPP"
    )
    assert answer.state is AnswerState.REVIEW and queries.round_facts(project.round_id)["unanswered_dropped"] == 1
    services.approve_answers([answer], person_id=world.id_of(LUIS), now=LATER)
    assert queries.round_facts(project.round_id)["unanswered_dropped"] == 0
    with pytest.raises(RuleBroken) as error:
        services.agree(project, act="Acta 2027", person_id=ana, now=LATER)
    assert refused(error) == [ProjectProblem.WRONG_STATE]


def test_one_not_chosen_first_and_chosen_later_owes_no_answer(world: World) -> None:
    project = an_admissible_project(world)
    ana = world.id_of(ANA)
    bring_to(project.round, RoundState.PRIORITISATION)
    services.not_prioritise(project, source="Votación", reason=REFUSAL, person_id=ana, now=LATER)
    assert queries.unanswered_dropped(project.round_id) == 1
    services.prioritise(project, source="Recuento", reason="Se cayó el primero.", person_id=ana, now=LATER)
    assert queries.unanswered_dropped(project.round_id) == 0 and db.session.query(ProjectAnswer).count() == 0


def test_the_end_of_a_project_prepares_the_answers_of_its_contributions(world: World) -> None:
    project = a_refused_project(world)
    origin = queries.origins([project.id])[project.id][0]
    assert queries.contributions_to_answer(project.round_id) == {project.id: [origin.code]}
    made = services.prepare_answers(project.round, "gerencia-obras", person_id=world.id_of(ANA), now=LATER)
    assert made.drafted == (origin.code,) and queries.contributions_to_answer(project.round_id) == {}
    draft = feedback_queries.open_decision(origin.contribution_id)
    assert draft is not None and (draft.outcome, draft.reason_code, draft.text) == (Outcome.NOT_ADOPTED, Reason.R03, REFUSAL)


def test_who_asked_for_what_was_chosen_is_told_it_was_adopted_and_where(world: World) -> None:
    project = an_admissible_project(world)
    bring_to(project.round, RoundState.PRIORITISATION)
    services.prioritise(project, source="Votación", reason="Alcanzó los votos.", person_id=world.id_of(ANA), now=LATER)
    origin = queries.origins([project.id])[project.id][0]
    process = queries.project_by_id(project.id).round.process
    assert queries.chosen_codes(process.id) == {project.code}
    services.prepare_answers(queries.project_by_id(project.id).round, "gerencia-obras", person_id=world.id_of(ANA), now=LATER)
    draft = feedback_queries.open_decision(origin.contribution_id)
    assert draft.outcome is Outcome.ADOPTED and project.title in draft.what_changed
    assert draft.reference == f"http://localhost/proyectos/{project.code}"
    feedback.submit(draft, person_id=world.id_of(ANA), now=LATER)
    assert draft.state is DecisionState.REVIEW


def test_the_matrix_freezes_with_the_first_mark_and_its_ranking_chooses(world: World) -> None:
    round_ = the_round(world)
    cheap = an_admissible_project(world, cost_cents=400_000_00)
    dear = an_admissible_project(world, title="Puente de concreto", cost_cents=1_100_000_00)
    ana, rosa = world.id_of(ANA), world.id_of(ROSA)
    agent = an_agent(round_, 1, person_id=rosa)
    services.matrix.save_matrix(round_, MATRIX, version=0, person_id=ana, now=LATER)
    matrix = services.matrix.publish_matrix(round_, person_id=ana, now=LATER)
    bring_to(round_, RoundState.PRIORITISATION)
    for project, level in ((cheap, 10), (dear, 5)):
        services.matrix.mark(matrix, project, {"poverty": level}, agent=None, person_id=ana, now=LATER)
    assert matrix.state is MatrixState.FROZEN
    with pytest.raises(RuleBroken) as error:
        services.matrix.save_matrix(round_, MATRIX, version=1, person_id=ana, now=LATER)
    assert refused(error) == [MatrixProblem.FROZEN]
    with pytest.raises(RuleBroken) as error:
        services.matrix.publish_ranking(round_, matrix, "tinka-4471", person_id=ana, now=LATER)
    assert refused(error) == [MatrixProblem.MARK_MISSING]
    for project in (cheap, dear):
        services.matrix.mark(matrix, project, {"people": 5}, agent=agent, person_id=rosa, now=LATER)
        services.matrix.mark(matrix, project, {"people": 10}, agent=agent, person_id=rosa, now=LATER)  # a change of mind
    lines = services.matrix.publish_ranking(round_, matrix, "tinka-4471", person_id=ana, now=LATER)
    assert [(line.code, line.is_in) for line in lines] == [(cheap.code, True), (dear.code, False)]
    assert (again(cheap).state, again(dear).state) == (ProjectState.PRIORITISED, ProjectState.NOT_PRIORITISED)
    assert queries.open_answer(dear.id).state is AnswerState.REVIEW  # type: ignore[union-attr]
    assert matrix.ranking["tallies"][0] == [cheap.code, "people", 10, 1] and db.session.query(MatrixMark).count() == 4
