"""Naming a committee, declaring, scoring and publishing: what is written, what is refused, what the register keeps."""

import json

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import RuleBroken
from app.evaluation import queries, services
from app.evaluation.models import ConflictDeclaration, EvaluationCommittee, RankedContribution, Ranking, Score
from app.evaluation.services.scoring import content_sha256
from app.processes import services as process_services
from tests.cast import ANA, DARIO, FELIX, GLORIA, INES, MARCO, OLGA, SARA
from tests.factories.evaluation import CRITERIA, committee, measures, publish_criteria, score, score_all, seat
from tests.feedback.answers import process_of, say
from tests.world import NOON, World

pytestmark = pytest.mark.usefixtures("context")


def refused(act: object) -> set[str]:
    with pytest.raises(RuleBroken) as broken:
        act()  # type: ignore[operator]
    return {str(p.code) for p in broken.value.problems}


def acts(action: str) -> list[dict[str, object]]:
    rows = db.session.scalars(select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.seq))
    return [json.loads(row.body)["facts"] for row in rows]


def test_nobody_judges_by_criteria_that_are_not_public(world: World) -> None:
    process = process_of(world)
    process_services.add_criterion(process, CRITERIA[0], person_id=world.id_of(SARA), now=NOON)
    assert refused(lambda: services.appoint(process, "Resolución", person_id=world.id_of(SARA), now=NOON)) == {"evaluation-no-criteria"}


def test_the_register_says_whether_the_criteria_came_before_the_inputs(world: World) -> None:
    publish_criteria(world)
    assert acts("processes.publish-criteria")[0]["before_inputs"] is True
    assert queries.criteria_standing(world.process_id).in_time is True


def test_criteria_published_after_the_inputs_opened_are_allowed_and_show(world: World) -> None:
    publish_criteria(world, NOON)
    assert acts("processes.publish-criteria")[0]["before_inputs"] is False
    assert queries.criteria_standing(world.process_id).in_time is False


def test_a_process_has_one_committee(world: World) -> None:
    committee(world, items=0, declared=False)
    again = lambda: services.appoint(process_of(world), "Otra", person_id=world.id_of(SARA), now=NOON)  # noqa: E731
    assert refused(again) == {"evaluation-committee-exists"}
    assert db.session.scalar(select(func.count(EvaluationCommittee.id))) == 1


@pytest.mark.parametrize(
    ("person", "expected"),
    [(INES, set()), (MARCO, {"evaluation-role-cannot-judge"}), (DARIO, {"evaluation-role-cannot-judge"}),
     (OLGA, {"evaluation-not-of-the-space"}), (GLORIA, {"evaluation-already-a-member"})],
)  # fmt: skip
def test_only_people_of_the_space_who_may_judge_are_seated(world: World, person, expected) -> None:
    of = committee(world, items=0, declared=False)
    if expected:
        assert refused(lambda: services.add_member(of, world.id_of(person), "Cargo", person_id=world.id_of(SARA), now=NOON)) == expected
    else:
        services.add_member(of, world.id_of(person), "Facilitadora", person_id=world.id_of(SARA), now=NOON)
        assert world.id_of(person) in queries.member_person_ids(of.id)


def test_scoring_waits_for_three_declarations(world: World) -> None:
    of = committee(world, declared=False)
    code = queries.board(of).items[0].code
    assert refused(lambda: score(world, of, GLORIA, code, 4, 5)) == {"evaluation-not-declared"}
    for judge in (GLORIA, FELIX):
        services.declare(of, seat(world, of, judge), has_conflict=False, codes="", organisations="", statement="", now=NOON)
    assert refused(lambda: score(world, of, GLORIA, code, 4, 5)) == {"evaluation-few-declarations"}
    services.declare(of, seat(world, of, ANA), has_conflict=False, codes="", organisations="", statement="", now=NOON)
    score(world, of, GLORIA, code, 4, 5)
    assert db.session.scalar(select(func.count(Score.id))) == 2


def test_a_declared_conflict_forbids_scoring_that_contribution_only(world: World) -> None:
    of = committee(world)
    first, second, _ = queries.board(of).items
    services.declare(
        of, seat(world, of, FELIX), has_conflict=True, codes=first.code.lower(), organisations="", now=NOON,
        statement="Ayudé a escribir ese aporte en el taller.",
    )  # fmt: skip
    assert refused(lambda: score(world, of, FELIX, first.code, 4, 5)) == {"evaluation-conflicted"}
    score(world, of, FELIX, second.code, 4, 5)
    assert db.session.scalar(select(func.count(ConflictDeclaration.id))) == 4
    assert acts("evaluation.declare")[-1] == {"conflicts": 1, "post": "Cargo de Félix", "version": 2}


def test_marks_given_again_replace_the_ones_before(world: World) -> None:
    of = committee(world, items=1)
    code = queries.board(of).items[0].code
    score(world, of, GLORIA, code, 1, 2)
    score(world, of, GLORIA, code, 3, 4)
    assert sorted(db.session.scalars(select(Score.value))) == [3, 4]


def test_a_ranking_is_public_in_aggregate_with_what_it_rests_on(world: World) -> None:
    of = committee(world)
    score_all(world, of, (4, 5), (2, 3), (2, 3))
    made = services.publish_ranking(of, person_id=world.id_of(SARA), now=NOON)
    page = queries.ranking(world.process_id)
    assert [(row.place, row.score_hundredths, row.evaluators) for row in page.rows] == [(1, 10_000, 3), (2, 5_000, 3), (2, 5_000, 3)]
    assert [m["post"] for m in made.basis["members"]] == ["Cargo de Gloria", "Cargo de Félix", "Cargo de Ana"]
    assert "Gloria Matos" not in json.dumps(made.basis)
    assert made.basis["criteria"][0]["highest_means"] == "Abre una decisión"
    assert acts("evaluation.publish") == [{"count": 3, "members": 3, "sha256": made.sha256, "version": 1}]


def test_the_hash_of_a_ranking_can_be_computed_again_from_what_is_public(world: World) -> None:
    of = committee(world, items=2)
    score_all(world, of, (4, 5), (1, 2))
    made = services.publish_ranking(of, person_id=world.id_of(SARA), now=NOON)
    work = queries.board(of)
    from app.evaluation.rules import ranking

    rows = ranking(work.measures, work.members, work.items, work.marks)
    assert made.sha256 == content_sha256(made.basis, rows, measures(world))


def test_an_unfinished_ranking_is_not_published(world: World) -> None:
    of = committee(world, items=2)
    score(world, of, GLORIA, queries.board(of).items[0].code, 4, 5)
    assert refused(lambda: services.publish_ranking(of, person_id=world.id_of(SARA), now=NOON)) == {"evaluation-incomplete"}
    assert db.session.scalar(select(func.count(Ranking.id))) == 0


def test_a_later_ranking_says_why_and_both_stay(world: World) -> None:
    of = committee(world, items=2)
    score_all(world, of, (4, 5), (1, 2))
    sara = world.id_of(SARA)
    services.publish_ranking(of, person_id=sara, now=NOON)
    assert refused(lambda: services.publish_ranking(of, person_id=sara, now=NOON)) == {"evaluation-no-correction-reason"}
    reason = "El comité corrigió un puntaje mal escrito."
    assert refused(lambda: services.publish_ranking(of, reason=reason, person_id=sara, now=NOON)) == {"evaluation-nothing-changed"}
    score(world, of, GLORIA, queries.board(of).items[1].code, 4, 5)
    services.publish_ranking(of, reason=reason, person_id=sara, now=NOON)
    assert [r.n for r in queries.rankings(world.process_id)] == [2, 1]
    assert db.session.scalar(select(func.count()).select_from(RankedContribution)) == 4


def test_the_score_of_a_contribution_is_that_of_the_last_ranking(world: World) -> None:
    of = committee(world, items=2)
    score_all(world, of, (4, 5), (0, 1))
    services.publish_ranking(of, person_id=world.id_of(SARA), now=NOON)
    first, second = (item.id for item in queries.board(of).items)
    outside = say(world, "fuera").id
    assert queries.score_of([first, second, outside]) == {first: (10_000, 1, 2, 3), second: (0, 2, 2, 3)}


def test_who_leaves_no_longer_counts_and_three_are_needed(world: World) -> None:
    of = committee(world, items=1)
    score_all(world, of, (4, 5))
    services.remove_member(of, seat(world, of, ANA), person_id=world.id_of(SARA), now=NOON)
    assert "evaluation-few-members" in refused(lambda: services.publish_ranking(of, person_id=world.id_of(SARA), now=NOON))


def test_what_was_judged_is_not_taken_back(world: World) -> None:
    of = committee(world, items=2)
    first, second = queries.board(of).items
    score(world, of, GLORIA, first.code, 4, 5)
    assert refused(lambda: services.remove_item(of, first.id, person_id=world.id_of(SARA), now=NOON)) == {"evaluation-already-scored"}
    services.remove_item(of, second.id, person_id=world.id_of(SARA), now=NOON)
    assert [item.code for item in queries.board(of).items] == [first.code]


def test_contributions_are_added_by_code_or_by_theme_once(world: World) -> None:
    of = committee(world, items=2)
    say(world, "nuevo")
    sara = world.id_of(SARA)
    assert services.add_items(of, theme_id=world.themes["agua"], person_id=sara, now=NOON) == 1
    assert services.add_items(of, theme_id=world.themes["agua"], person_id=sara, now=NOON) == 0
    assert refused(lambda: services.add_items(of, "PRB-C-9999", person_id=sara, now=NOON)) == {"evaluation-unknown-code"}
    assert refused(lambda: services.add_items(of, " ", person_id=sara, now=NOON)) == {"evaluation-nothing-added"}
