"""What may be done with projects in each state of their round (domain.md 9.1 and 11), and who decides each ceiling."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from app.budgeting import queries as rounds
from app.budgeting.models import BudgetRound, Ceiling
from app.budgeting.rules import RoundState, course
from app.budgeting.rules.course import CourseProblem, RoundFacts
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken
from app.projects import messages, queries, services
from app.projects.models import Project
from app.projects.rules import ProjectState
from app.projects.rules.appeals import Appellant
from app.projects.rules.matrix import MatrixProblem
from app.projects.rules.phases import SPAN, Doing, PhaseProblem, may, problems_with_phase
from app.voting.rules import VoteState
from tests.cast import ANA, LUIS, ROSA, SARA
from tests.factories.budgeting import a_project, a_vote, an_agent, bring_to
from tests.factories.projects import (
    CRITERIA,
    LATER,
    MATRIX,
    REASON,
    REFUSAL,
    a_contribution,
    a_refused_project,
    a_sheet,
    a_written_project,
    an_admissible_project,
    an_evaluation,
    judged,
    municipal_team,
    project_draft,
    the_round,
)
from tests.world import World, build_world

pytestmark = pytest.mark.usefixtures("context")
APPEAL = "El terreno se saneó el lunes y la partida ya está en la mesa de partes; pedimos que se vea con ese documento."
CONCERTING = {RoundState.CONCERTATION, RoundState.TECHNICAL_EVALUATION}
BY_LAW = {
    Doing.SHEET: set(list(RoundState)[:5]),
    Doing.WRITE: CONCERTING,
    Doing.EVALUATE: {RoundState.TECHNICAL_EVALUATION},
    Doing.MATRIX: set(list(RoundState)[:6]),
    Doing.RANK: {RoundState.PRIORITISATION},
    Doing.AGREE: set(list(RoundState)[6:10]),
    Doing.DROP: set(list(RoundState)[3:11]),
    Doing.EXECUTE: set(list(RoundState)[6:11]),
}


@pytest.fixture
def world(context: None) -> World:
    made = build_world()
    municipal_team(made)
    return made


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(RuleBroken) as error, db.session.begin_nested():
        act()
    return [problem.code for problem in error.value.problems]


@pytest.mark.parametrize("doing", Doing)
def test_each_act_has_the_states_the_law_gives_it(doing: Doing) -> None:
    assert {state for state in RoundState if may(doing, state)} == BY_LAW[doing]
    assert set(SPAN) == set(Doing)


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("doing", Doing)
def test_every_refusal_has_its_sentence_and_says_whether_it_is_early_or_late(doing: Doing, state: RoundState) -> None:
    for problem in problems_with_phase(doing, state):
        assert str(messages.PROBLEMS[problem.code]).endswith(".")
        is_early = list(RoundState).index(state) < list(RoundState).index(SPAN[doing][0])
        assert problem.code.endswith("-early" if is_early else "-late")


@pytest.mark.parametrize("state", RoundState)
def test_projects_are_written_changed_merged_and_split_in_the_concertation(world: World, state: RoundState) -> None:
    one, other = a_written_project(world), a_written_project(world, is_public=False)
    round_, ana, code = the_round(world), world.id_of(ANA), a_contribution(world, "agua").code
    bring_to(round_, state)
    by = {"person_id": ana, "now": LATER}
    acts: list[Callable[[], object]] = [
        lambda: services.create(round_, project_draft(), (code,), **by),
        lambda: services.edit(one, project_draft(title="Otro puente peatonal"), revision=one.revision, reason=REASON, **by),
        lambda: services.publish(other, **by),
        lambda: services.link_origins(one, (code,), **by),
        lambda: services.unlink_origin(one, code, REASON, **by),
        lambda: services.split(
            one, project_draft(title="La segunda etapa"), remaining_cents=1_000_00, remaining_basis="Metrado de la primera etapa.",
            revision=queries.project_by_id(one.id).revision, reason=REASON, **by,  # type: ignore[union-attr]
        ),
        lambda: services.merge(other, one, REASON, **by),
    ]  # fmt: skip
    expected = PhaseProblem.WRITE_LATE if course.has_reached(state, RoundState.PRIORITISATION) else PhaseProblem.WRITE_EARLY
    for act in acts:
        if state in CONCERTING:
            act()
        else:
            assert refused(act) == [expected]


@pytest.mark.parametrize("state", RoundState)
def test_projects_are_judged_only_in_the_technical_evaluation(world: World, state: RoundState) -> None:
    waiting, begun, ready = a_written_project(world), a_written_project(world), a_written_project(world)
    a_sheet(world)
    ana, luis = world.id_of(ANA), world.id_of(LUIS)
    open_one = services.assign(begun, ana, due_on=None, person_id=luis, now=LATER)
    services.declare(open_one, has_conflict=False, note_="", person_id=ana, now=LATER)
    approved = an_evaluation(world, ready, is_published=False)
    bring_to(the_round(world), state)
    acts: list[Callable[[], object]] = [
        lambda: services.assign(waiting, ana, due_on=None, person_id=luis, now=LATER),
        lambda: services.write_evaluation(open_one, judged(), and_submit=True, revision=1, person_id=ana, now=LATER),
        lambda: services.approve(open_one, revision=2, person_id=luis, now=LATER),
        lambda: services.publish_batch([approved], person_id=luis, now=LATER),
    ]
    early = not course.has_reached(state, RoundState.TECHNICAL_EVALUATION)
    for act in acts:
        if state is RoundState.TECHNICAL_EVALUATION:
            act()
        else:
            assert refused(act) == [PhaseProblem.EVALUATE_EARLY if early else PhaseProblem.EVALUATE_LATE]


@pytest.mark.parametrize("state", RoundState)
def test_projects_are_marked_and_chosen_only_in_the_prioritisation(world: World, state: RoundState) -> None:
    marked, voted, left = (an_admissible_project(world) for _n in range(3))
    round_, ana = the_round(world), world.id_of(ANA)
    services.matrix.save_matrix(round_, MATRIX, version=0, person_id=ana, now=LATER)
    matrix = services.matrix.publish_matrix(round_, person_id=ana, now=LATER)
    bring_to(round_, state)
    acts: list[Callable[[], object]] = [
        lambda: services.matrix.mark(matrix, marked, {"poverty": 5}, agent=None, person_id=ana, now=LATER),
        lambda: services.prioritise(voted, source="Votación", reason="Fue el más votado.", person_id=ana, now=LATER),
        lambda: services.not_prioritise(left, source="Votación", reason=REFUSAL, person_id=ana, now=LATER),
    ]
    early = not course.has_reached(state, RoundState.PRIORITISATION)
    for act in acts:
        if state is RoundState.PRIORITISATION:
            act()
        else:
            assert refused(act) == [PhaseProblem.RANK_EARLY if early else PhaseProblem.RANK_LATE]


def test_criteria_and_matrix_are_not_changed_once_their_time_is_over(world: World) -> None:
    round_, by = the_round(world), {"person_id": world.id_of(ANA), "now": LATER}
    bring_to(round_, RoundState.PRIORITISATION)
    assert refused(lambda: services.sheets.save_sheet(round_, CRITERIA, 5, version=0, **by)) == [PhaseProblem.SHEET_LATE]
    services.matrix.save_matrix(round_, MATRIX, version=0, **by)
    bring_to(round_, RoundState.COORDINATION)
    assert refused(lambda: services.matrix.publish_matrix(round_, **by)) == [PhaseProblem.MATRIX_LATE]


def test_the_prioritisation_waits_for_every_public_project_and_every_appeal(world: World) -> None:
    project = a_refused_project(world)
    hidden = a_written_project(world, is_public=False)
    round_id = project.round_id
    assert queries.projects_waiting(round_id) == 0 and hidden.state is ProjectState.DRAFT
    until = queries.appealable_until(round_id)
    assert until == lima_day(LATER) + timedelta(days=5)
    agent = an_agent(the_round(world), 1, person_id=world.id_of(ROSA))
    made = services.appeal(project, APPEAL, by=Appellant.AGENT, agent_id=agent.id, person_id=world.id_of(ROSA), now=LATER)
    assert queries.projects_waiting(round_id) == 1 and queries.appealable_until(round_id) is None
    services.decide(made, is_upheld=True, reason=REFUSAL, person_id=world.id_of(SARA), now=LATER)
    assert queries.projects_waiting(round_id) == 1  # to be judged again, though nobody has it yet
    a_written_project(world)
    assert queries.projects_waiting(round_id) == 2


@pytest.mark.parametrize(("today", "waits"), [(date(2027, 3, 8), True), (date(2027, 3, 9), False)])
def test_the_last_day_to_appeal_passes_before_prioritising(today: date, waits: bool) -> None:
    facts = RoundFacts(today, 2028, appealable_until=date(2027, 3, 8))
    found = [problem.code for problem in course.missing_for(RoundState.PRIORITISATION, facts)]
    assert found == ([CourseProblem.APPEALS_RUNNING] if waits else [])


def _shared_round(world: World) -> tuple[BudgetRound, Project, Project]:
    """One ceiling for Ccorca, with a project, and one project of the rest."""
    round_ = the_round(world)
    db.session.add(Ceiling(round_id=round_.id, ubigeo="080102", part="080102/", amount_cents=500_000_00))
    here = a_project(round_, 1, "Puente de Ccorca", 300_000, ubigeo="080102")
    everywhere = a_project(round_, 2, "Parque de la provincia", 700_000)
    bring_to(round_, RoundState.PRIORITISATION)
    return round_, here, everywhere


def test_each_ceiling_is_decided_in_one_way_and_the_matrix_ranks_what_no_vote_does(world: World) -> None:
    round_, here, everywhere = _shared_round(world)
    ana, agent = world.id_of(ANA), an_agent(the_round(world), 1, person_id=world.id_of(ROSA))
    services.matrix.save_matrix(round_, MATRIX, version=0, person_id=ana, now=LATER)
    matrix = services.matrix.publish_matrix(round_, person_id=ana, now=LATER)
    a_vote(round_, [here], is_by_territory=True, title="Votación de Ccorca")  # open while the matrix ranks the rest
    assert services.matrix.voted_pots(round_) == {"080102": "Votación de Ccorca"}
    with pytest.raises(RuleBroken) as error:
        services.matrix.mark(matrix, here, {"poverty": 10}, agent=None, person_id=ana, now=LATER)
    assert [(p.code, p.values) for p in error.value.problems] == [(MatrixProblem.BY_VOTE, {"vote": "Votación de Ccorca"})]
    services.matrix.mark(matrix, everywhere, {"poverty": 10}, agent=None, person_id=ana, now=LATER)
    services.matrix.mark(matrix, everywhere, {"people": 10}, agent=agent, person_id=world.id_of(ROSA), now=LATER)
    lines = services.matrix.publish_ranking(round_, matrix, "tinka-4471", person_id=ana, now=LATER)
    assert [(line.part, line.code, line.left_cents) for line in lines] == [("*", everywhere.code, 0)]
    assert queries.project_by_id(here.id).state is ProjectState.ADMISSIBLE  # type: ignore[union-attr]


def test_one_vote_for_everybody_decides_every_ceiling(world: World) -> None:
    round_, here, everywhere = _shared_round(world)
    a_vote(round_, [here, everywhere])
    assert set(services.matrix.voted_pots(round_)) == {"080102", "*"} == set(rounds.pots(round_))
    assert services.matrix.candidates_of(round_) == []


def test_a_vote_in_draft_decides_nothing_yet(world: World) -> None:
    round_, here, _everywhere = _shared_round(world)
    a_vote(round_, [here], is_by_territory=True, state=VoteState.DRAFT)
    assert services.matrix.voted_pots(round_) == {} and len(services.matrix.candidates_of(round_)) == 2


def test_what_was_chosen_leaves_its_own_pot(world: World) -> None:
    round_, here, everywhere = _shared_round(world)
    services.prioritise(here, source="Votación", reason="Fue el más votado.", person_id=world.id_of(ANA), now=LATER)
    assert services.matrix.ceilings_of(round_) == {"080102": 200_000_00, "*": 700_000_00}
    assert [c.code for c in services.matrix.candidates_of(round_)] == [everywhere.code]
