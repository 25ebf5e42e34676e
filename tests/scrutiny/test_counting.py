"""Counting twice and publishing by two sectors (B07); paper totals join the count exactly."""

import io
import json
import random
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from flask import Flask

from app.audit.models import AuditEntry
from app.budgeting.counting import pabulib_reading
from app.budgeting.counting.count import count as plain_count
from app.budgeting.counting.election import VoteType
from app.budgeting.counting.parameters import Completion, Parameters, Rule
from app.core.db import db
from app.core.errors import RuleBroken
from app.projects.models import Project, ProjectAnswer
from app.projects.rules import ProjectState
from app.projects.rules.answers import AnswerState
from app.scrutiny import cli, queries, services
from app.scrutiny.documents import files, recounting
from app.scrutiny.models import CountFile
from app.scrutiny.rules import counts
from app.scrutiny.rules.acts import Key, ScrutinyProblem
from app.scrutiny.rules.elections import Contest, Option, from_totals, parameters_from, totals_of
from app.scrutiny.services import counting
from app.voting.rules import BallotKind, VoteState
from tests.browser import Browser
from tests.budgeting.elections import random_election
from tests.cast import FELIX, GLORIA, SARA
from tests.factories.scrutiny import AFTER, SEED, SHARES, again, an_ended_vote, closed, counted, neighbours, published
from tests.world import NOON, build_world

OPEN = {"ballots_published": True}


def test_a_seed_is_read_alike_by_two_people_in_the_announced_form(context: None) -> None:
    world = build_world()
    vote = closed(an_ended_vote(world, neighbours()), world)
    who, other = world.id_of(SARA), world.id_of(FELIX)
    for wrong in ("12", "04122331445", "abcdefghij"):
        with pytest.raises(RuleBroken) as refused:
            services.read_seed(vote, wrong, person_id=who, now=AFTER)
        assert refused.value.problems[0].code is ScrutinyProblem.SEED_SHAPE
    assert services.read_seed(vote, SEED, person_id=who, now=AFTER) is False
    with pytest.raises(RuleBroken) as alone:
        services.read_seed(vote, SEED, person_id=who, now=AFTER)
    assert alone.value.problems[0].code is ScrutinyProblem.SAME_PERSON
    with pytest.raises(RuleBroken) as slip:
        services.read_seed(vote, "0412233145", person_id=other, now=AFTER)
    assert slip.value.problems[0].code is ScrutinyProblem.SEED_DIFFERENT
    services.discard_reading(vote, person_id=other, now=AFTER)
    services.read_seed(vote, SEED, person_id=other, now=AFTER)
    assert services.read_seed(vote, SEED, person_id=who, now=AFTER) is True and vote.seed == SEED


def test_both_programs_find_the_same_winners_and_the_bundle_says_so_again(context: None, tmp_path: Path) -> None:
    world = build_world()
    vote = counted(an_ended_vote(world, neighbours(), sheet=SHARES, rules=OPEN), world)
    row = queries.count_of(vote.id)
    assert row is not None and row.agrees is True and row.result["with_ballots"] is True
    assert sorted(row.result["winners"]) == sorted(row.recount[""] if row.recount else [])
    bundle = db.session.get(CountFile, (row.id, "conteo.zip"))
    assert bundle is not None
    with zipfile.ZipFile(io.BytesIO(bundle.content)) as archive:
        archive.extractall(tmp_path)
    bare = subprocess.run([sys.executable, "-I", "-S", "recount.py", "."], cwd=tmp_path, capture_output=True, text=True, check=True, env={})
    assert sorted(bare.stdout.split()) == sorted(row.result["winners"])
    opened = pabulib_reading.read((tmp_path / "eleccion.pb").read_bytes())
    assert plain_count(opened, parameters_from(row.sheet, row.seed)).winners == tuple(row.result["winners"])


def test_another_result_of_the_second_program_stops_the_publication(context: None) -> None:
    world = build_world()
    vote = counted(an_ended_vote(world, neighbours()), world)
    row = queries.count_of(vote.id)
    assert row is not None
    row.agrees = False
    with pytest.raises(RuleBroken) as refused:
        services.sign(vote, row, Key.GOVERNMENT, source="", reasons={}, person_id=world.id_of(GLORIA), now=AFTER)
    assert refused.value.problems[0].code is ScrutinyProblem.RECOUNT_DIFFERENT


def test_rules_that_are_not_the_announced_ones_are_not_counted(context: None) -> None:
    """The database itself refuses to change them; the hash tells of whoever changed both."""
    world = build_world()
    vote = an_ended_vote(world, [])
    vote.rules_sha256 = "0" * 64
    vote = closed(vote, world)
    vote.seed = SEED
    db.session.flush()
    with pytest.raises(RuleBroken) as refused:
        services.count(vote, person_id=world.id_of(SARA), now=AFTER)
    assert refused.value.problems[0].code is ScrutinyProblem.RULES_CHANGED


def test_two_sectors_publish_and_every_project_gets_its_reason(context: None) -> None:
    world = build_world()
    vote = published(an_ended_vote(world, neighbours(), sheet=SHARES), world)
    row = queries.published_count(vote.id)
    assert row is not None
    states = {project.number: project.state for project in db.session.query(Project)}
    winners = {int(name) for name in row.result["winners"]}
    assert winners and len(winners) < 4
    assert {n for n, state in states.items() if state is ProjectState.PRIORITISED} == winners
    assert {n for n, state in states.items() if state is ProjectState.NOT_PRIORITISED} == {1, 2, 3, 4} - winners
    answers = db.session.query(ProjectAnswer).all()
    assert len(answers) == 4 - len(winners) and {answer.state for answer in answers} == {AnswerState.REVIEW}, (
        "too short to be sent to review"
    )
    acts = [json.loads(entry.body)["action"] for entry in db.session.query(AuditEntry).order_by(AuditEntry.seq)]
    told = [act for act in acts if act.startswith("scrutiny.")]
    assert told == [
        "scrutiny.begin-close", "scrutiny.close", "scrutiny.scrub", "scrutiny.begin-seed", "scrutiny.read-seed", "scrutiny.count",
        "scrutiny.recount", "scrutiny.sign", "scrutiny.publish",
    ]  # fmt: skip


def test_one_person_never_signs_for_both_sectors(context: None) -> None:
    world = build_world()
    vote = counted(an_ended_vote(world, neighbours()), world)
    row = queries.count_of(vote.id)
    assert row is not None
    services.sign(vote, row, Key.GOVERNMENT, source="", reasons={}, person_id=world.id_of(GLORIA), now=AFTER)
    for key, code in ((Key.NON_GOVERNMENT, ScrutinyProblem.SAME_PERSON), (Key.GOVERNMENT, ScrutinyProblem.ALREADY_SIGNED)):
        with pytest.raises(RuleBroken) as refused:
            services.sign(vote, row, key, source="", reasons={}, person_id=world.id_of(GLORIA), now=AFTER)
        assert refused.value.problems[0].code is code
    assert again("plan-prueba", vote.slug).state is VoteState.COUNTED


def contest(kind: BallotKind, **changes: object) -> Contest:
    given = {"ceilings": {"": 100_00}, "is_by_territory": False, "points": 10, "limit_cents": None} | changes
    options = [Option(number, f"Proyecto {number}", cost * 100) for number, cost in enumerate((60, 50, 40, 30), 1)]
    return Contest("Prueba", "Cusco", 2027, kind, 1, 4, opens_at=NOON, closes_at=AFTER, options=options, **given)  # type: ignore[arg-type]


def test_papers_that_add_up_to_totals_win_as_the_papers_themselves() -> None:
    """For 120 random boxes: what is keyed as totals gives the greedy count the same votes, scores and winners."""
    for number in range(120):
        dice = random.Random(number)
        kind = (BallotKind.APPROVAL, BallotKind.CUMULATIVE)[number % 2]
        weighs = kind is BallotKind.CUMULATIVE
        papers = [
            [[n, dice.randint(1, 3) if weighs else 1] for n in sorted(dice.sample((1, 2, 3, 4), dice.randint(1, 3)))]
            for _ in range(dice.randint(5, 40))
        ]
        sheet = Parameters(Rule.GREEDY, minimum_votes=number % 5, fair_share=Fraction(number % 3, 2), seed="s")
        made = from_totals(totals_of(papers), len(papers), 2)
        assert len(made) == len(papers) + 2
        real = counts.counted(contest(kind), sheet, counts.Box([(None, paper) for paper in [*papers, [], []]]))
        stand = counts.counted(contest(kind), sheet, counts.Box([], [(None, paper) for paper in made]))
        assert real.winners == stand.winners
        assert real.results[""].contest.profile.votes == stand.results[""].contest.profile.votes
        assert real.results[""].contest.profile.scores == stand.results[""].contest.profile.scores


def test_a_rival_of_a_district_winner_is_out_of_the_count_of_everybody_also_for_the_second_program() -> None:
    options = [Option(1, "Norte", 30_00, "080101"), Option(2, "Otro", 30_00, "080102"), Option(3, "Todos", 50_00), Option(4, "Más", 50_00)]
    asked = contest(
        BallotKind.APPROVAL, is_by_territory=True, ceilings={"080101": 40_00, "080102": 40_00, "": 60_00}
    )  # fmt: skip
    asked = replace(asked, options=options)
    box = counts.Box([("080101", [[1, 1], [3, 1]])] * 12 + [("080102", [[2, 1], [4, 1]])] * 11)
    sheet = Parameters(Rule.GREEDY, conflicts=(frozenset({"1", "3"}),), seed="s")
    done = counts.counted(asked, sheet, box)
    assert {zone: result.winners for zone, result in done.results.items()} == {"080101": ("1",), "080102": ("2",), "": ("4",)}
    found = recounting.winners(files.sealed(done))
    assert found == {"080101": ["1"], "080102": ["2"], "": ["4"]}
    told = counts.told(
        done, asked, box, names={"080101": "Cusco", "080102": "Ccorca", "": ""}, turnout=[("080101", 20, 12), ("080102", 20, 11)]
    )
    assert all(part["is_discreet"] for part in told["parts"][:2])  # everybody of the district marked its project
    assert "votes" not in json.dumps(told["parts"][0])


@pytest.mark.parametrize("vote_type", [VoteType.APPROVAL, VoteType.CUMULATIVE])
def test_what_stands_in_for_ballots_gives_the_same_winners_to_the_other_program(vote_type: VoteType) -> None:
    for number in range(12):
        election = random_election(number, vote_type)
        named = {p.id: str(at) for at, p in enumerate(election.projects, 1)}
        election = replace(
            election, projects=tuple(replace(p, id=named[p.id]) for p in election.projects),
            ballots=tuple(replace(b, projects=tuple(named[name] for name in b.projects)) for b in election.ballots),
        )  # fmt: skip
        if any(value != int(value) or value < 1 for b in election.ballots for value in b.points):
            continue
        sheet = Parameters(Rule.GREEDY, seed="lote")
        assert plain_count(files.standing_in(election), sheet).winners == plain_count(election, sheet).winners


def test_ballots_stay_sealed_where_few_cast_one_alike_or_nobody_announced_it(context: None) -> None:
    world = build_world()
    lonely = [*neighbours(), ("080101", (1, 2, 4))]
    vote = counted(an_ended_vote(world, lonely, sheet=Parameters(Rule.EQUAL_SHARES, Completion.NONE), rules=OPEN), world)
    row = queries.count_of(vote.id)
    assert row is not None and row.result["with_ballots"] is False
    bundle = db.session.get(CountFile, (row.id, "conteo.zip"))
    opened = db.session.get(CountFile, (row.id, "eleccion.pb"))
    assert bundle is not None and opened is not None
    with zipfile.ZipFile(io.BytesIO(bundle.content)) as archive:
        assert "eleccion.pb" not in archive.namelist() and "totales.csv" in archive.namelist()
    assert opened.content.decode().rstrip().endswith("voter_id;vote")


def test_a_whole_ballot_of_one_person_is_not_published_though_each_of_its_parts_is_common() -> None:
    """A district project and a project for everybody that many marked, and that only one person marked together (6.1)."""
    options = [Option(1, "Norte", 30_00, "080101"), Option(2, "Otro", 30_00, "080101"), Option(3, "Todos", 50_00), Option(4, "Más", 50_00)]
    asked = replace(contest(BallotKind.APPROVAL, is_by_territory=True, ceilings={"080101": 40_00, "": 60_00}), options=options)
    common = [("080101", [[1, 1], [3, 1]])] * 10 + [("080101", [[2, 1], [4, 1]])] * 10
    sheet = Parameters(Rule.GREEDY, seed="s")
    alike = counts.counted(asked, sheet, counts.Box(common))
    alone = counts.counted(asked, sheet, counts.Box([*common, ("080101", [[1, 1], [4, 1]])]))
    assert counts.may_publish_ballots(alike, is_wanted=True) and not counts.may_publish_ballots(alike, is_wanted=False)
    assert not counts.may_publish_ballots(alone, is_wanted=True)


def test_a_large_box_is_counted_again_by_the_worker_and_the_page_says_where_it_stands(
    app: Flask, database: None, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "AT_ONCE", 10)
    where = {"slug": "plan-prueba", "vote": "votacion"}
    with app.app_context():
        world = build_world()
        counted(an_ended_vote(world, neighbours()), world)
        db.session.remove()
    browser.sign_in(SARA)
    page = browser.get("scrutiny.desk", **where)
    assert "Está en la cola" in page and "Firmar por" not in page
    with app.app_context():
        waiting = queries.recounts_waiting(AFTER)
        vote = queries.vote_by_id(waiting[0].vote_id)
        assert vote is not None and services.begin_recount(vote, waiting[0], now=AFTER)
        db.session.commit()
        assert services.begin_recount(vote, waiting[0], now=AFTER) is None, "two workers would count the same"
        assert cli.recount(AFTER) == ""
        db.session.remove()
    assert "cuenta desde el" in browser.get("scrutiny.desk", **where)
    with app.app_context():
        assert cli.recount in app.extensions["minka.long_jobs"]
        assert cli.recount(AFTER + timedelta(hours=2)).startswith("1 ")
        assert cli.recount(AFTER + timedelta(hours=9)) == ""
        db.session.remove()
    assert "encontró los mismos ganadores" in browser.get("scrutiny.desk", **where)
