"""Announcing, the roll, printed codes, reminders and turnout: what is stored, who must agree, what the register says."""

import io
import os
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import openpyxl
import pytest

from app.audit.models import AuditEntry
from app.budgeting import queries as budgeting
from app.budgeting.rules import RoundState
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.notifications.models import Notification
from app.projects import services as projects
from app.voting import importing, queries, services
from app.voting.models import RollContact, RollEntry, Vote
from app.voting.rules import BallotKind, Channel, RollStatus, VoteState
from app.voting.rules.announcing import AnnouncingProblem, VoteDraft
from app.voting.rules.limits import DoorProblem, Tried
from app.voting.rules.roll import RollProblem, Voter
from app.voting.rules.terms import CodePurpose, Seat
from app.voting.services import Pass
from tests.cast import FELIX, MILA, SARA
from tests.factories.budgeting import a_project, a_round, bring_to
from tests.factories.projects import MATRIX
from tests.factories.voting import a_municipal_person, an_open_vote, on_roll
from tests.world import NOON, World, build_world

ROWS = int(os.environ.get("ROLL_ROWS", "1500"))


def a_draft(world: World, **changes: Any) -> tuple[Any, VoteDraft]:
    round_ = a_round(world, state=RoundState.PRIORITISATION)
    projects = [a_project(round_, n, f"Proyecto {n}", 100 * n) for n in (1, 2, 3)]
    draft = VoteDraft(
        title="Vote por su barrio", kind=BallotKind.APPROVAL, fewest=1, most=2, opens_at=NOON + timedelta(days=5),
        closes_at=NOON + timedelta(days=9), channels=(Channel.WEB, Channel.TOKEN), project_ids=tuple(p.id for p in projects),
        seed_source="Los números de la Tinka del domingo 28 de marzo", conflicts=((1, 2),),
    )  # fmt: skip
    return budgeting.round_by_id(round_.id), replace(draft, **changes)


def acts() -> list[str]:
    return [entry.action for entry in db.session.query(AuditEntry).order_by(AuditEntry.seq)]


def refused(deed: Callable[[], Any]) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        deed()
    db.session.rollback()
    return [str(problem.code) for problem in broken.value.problems]


def test_a_vote_is_announced_by_two_people_with_its_rules_and_their_hash(context: None) -> None:
    world = build_world()
    mila, felix = a_municipal_person(world), world.id_of(FELIX)
    round_, draft = a_draft(world)
    vote = services.save_vote(round_, draft, person_id=mila, now=NOON)
    db.session.commit()
    assert refused(lambda: services.announce(vote, person_id=mila, now=NOON)) == [AnnouncingProblem.NOT_SIGNED] * 2
    services.sign(vote, Seat.MUNICIPAL, vote.rules_sha256, person_id=mila, now=NOON)
    db.session.commit()
    sign = services.sign
    assert refused(lambda: sign(vote, Seat.NON_GOVERNMENT, vote.rules_sha256, person_id=mila, now=NOON)) == [AnnouncingProblem.SAME_PERSON]
    with pytest.raises(SomebodyWasFirst):
        sign(vote, Seat.NON_GOVERNMENT, "0" * 64, person_id=felix, now=NOON)
    sign(vote, Seat.NON_GOVERNMENT, vote.rules_sha256, person_id=felix, now=NOON)
    services.announce(vote, person_id=mila, now=NOON)
    db.session.commit()
    assert vote.state is VoteState.ANNOUNCED and acts() == ["voting.announce"]
    assert vote.rules["sheet"]["conflicts"] == [["1", "2"]] and [o["number"] for o in vote.rules["options"]] == [1, 2, 3]
    assert not vote.course.is_open(NOON) and vote.course.is_open(NOON + timedelta(days=5))


def _signed(world: World, round_: Any, draft: VoteDraft) -> Vote:
    vote = services.save_vote(round_, draft, person_id=world.id_of(MILA), now=NOON)
    services.sign(vote, Seat.MUNICIPAL, vote.rules_sha256, person_id=world.id_of(MILA), now=NOON)
    services.sign(vote, Seat.NON_GOVERNMENT, vote.rules_sha256, person_id=world.id_of(FELIX), now=NOON)
    return vote


def test_a_ceiling_is_voted_once_and_not_where_the_matrix_marked(context: None) -> None:
    world = build_world()
    mila = a_municipal_person(world)
    round_, draft = a_draft(world)
    matrix = projects.matrix.save_matrix(round_, MATRIX, version=0, person_id=mila, now=NOON)
    projects.matrix.publish_matrix(round_, person_id=mila, now=NOON)
    vote = _signed(world, round_, draft)
    db.session.commit()
    marked = queries.admissible_projects(round_.id)[0]
    projects.matrix.mark(matrix, marked, {"poverty": 5}, agent=None, person_id=mila, now=NOON)
    assert refused(lambda: services.announce(vote, person_id=mila, now=NOON)) == [AnnouncingProblem.BY_MATRIX]
    services.announce(vote, person_id=mila, now=NOON)  # the mark was rolled back
    second = _signed(world, round_, replace(draft, title="Otra vez lo mismo"))
    db.session.commit()
    assert refused(lambda: services.announce(second, person_id=mila, now=NOON)) == [AnnouncingProblem.TWO_VOTES]


@pytest.mark.parametrize("state", RoundState)
def test_a_vote_is_announced_only_while_projects_are_prioritised(context: None, state: RoundState) -> None:
    world = build_world()
    mila = a_municipal_person(world)
    round_, draft = a_draft(world)
    vote = _signed(world, round_, draft)
    bring_to(round_, state)
    db.session.commit()
    if state is RoundState.PRIORITISATION:
        services.announce(vote, person_id=mila, now=NOON)
    else:
        assert refused(lambda: services.announce(vote, person_id=mila, now=NOON)) == [AnnouncingProblem.ROUND_NOT_READY]


def test_saving_a_draft_again_takes_the_signatures_away(context: None) -> None:
    world = build_world()
    mila = a_municipal_person(world)
    round_, draft = a_draft(world)
    vote = services.save_vote(round_, draft, person_id=mila, now=NOON)
    services.sign(vote, Seat.MUNICIPAL, vote.rules_sha256, person_id=mila, now=NOON)
    services.save_vote(round_, replace(draft, most=3), vote=vote, revision=vote.revision, person_id=mila, now=NOON)
    db.session.commit()
    assert queries.approvals(vote) == [] and vote.most == 3
    with pytest.raises(SomebodyWasFirst):
        services.save_vote(round_, draft, vote=vote, revision=0, person_id=mila, now=NOON)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, AnnouncingProblem.TITLE_MISSING), ({"most": 0}, AnnouncingProblem.BOUNDS),
    ({"kind": BallotKind.KNAPSACK}, AnnouncingProblem.LIMIT_MISSING), ({"kind": BallotKind.SCORE}, AnnouncingProblem.POINTS),
    ({"closes_at": NOON}, AnnouncingProblem.DATES), ({"channels": ()}, AnnouncingProblem.CHANNELS_MISSING),
    ({"seed_source": "azar"}, AnnouncingProblem.SEED_SOURCE_SHORT), ({"fewest_shown": 3}, AnnouncingProblem.FEWEST_SHOWN),
    ({"conflicts": ((1, 9),)}, AnnouncingProblem.CONFLICT_UNKNOWN), ({"completion": "add1"}, AnnouncingProblem.COMPLETION_NEEDS_SHARES),
    ({"utility": "cardinality"}, AnnouncingProblem.UTILITY_NEEDS_SHARES),
    ({"rule": "phragmen", "order": "score-per-cost"}, AnnouncingProblem.ORDER_NEEDS_RANKING),
    ({"rule": "greedy-threshold"}, AnnouncingProblem.THRESHOLD_MISSING), ({"project_ids": (999,)}, AnnouncingProblem.PROJECT_UNKNOWN),
]  # fmt: skip


def test_half_a_vote_is_not_saved(context: None) -> None:
    world = build_world()
    mila = a_municipal_person(world)
    round_, draft = a_draft(world)
    db.session.commit()
    round_ = budgeting.round_by_id(round_.id)
    for changes, code in WRONG:
        wrong = replace(draft, **changes)
        assert code in refused(lambda wrong=wrong: services.save_vote(budgeting.round_by_id(round_.id), wrong, person_id=mila, now=NOON))
    assert db.session.query(Vote).count() == 0


def test_the_roll_keeps_no_document_and_no_order(context: None) -> None:
    vote = an_open_vote(build_world(), opens_at=NOON + timedelta(days=1))
    voters = [Voter(f"{40_000_000 + n}", "080101", f"v{n}@example.pe" if n % 2 else "") for n in range(30)]
    assert services.add_to_roll(vote, voters, person_id=1, now=NOON) == 30
    assert services.add_to_roll(vote, voters[:5], person_id=1, now=NOON) == 0
    db.session.commit()
    keys = [entry.voter_key for entry in db.session.query(RollEntry).order_by(RollEntry.id)]
    assert keys == sorted(keys) and db.session.query(RollContact).count() == 15
    assert not any("@" in contact.sealed for contact in db.session.query(RollContact))
    assert queries.people_by_territory(vote)[0].people == 30


def test_while_the_vote_is_open_people_are_added_by_two_and_in_public(context: None) -> None:
    world = build_world()
    mila, felix = a_municipal_person(world), world.id_of(FELIX)
    vote = an_open_vote(world)
    db.session.commit()
    voters = [Voter("40506070", "080101")]
    assert refused(lambda: services.add_to_roll(vote, voters, person_id=mila, now=NOON)) == [RollProblem.NEEDS_TWO]
    assert refused(lambda: services.ask_addition(vote, voters, "", person_id=mila, now=NOON)) == [RollProblem.REASON_MISSING]
    vote = queries.vote_by_id(vote.id) or vote
    asked = services.ask_addition(vote, voters, "Cumplió 18 años ayer y su DNI es nuevo", person_id=mila, now=NOON)
    db.session.commit()
    assert queries.roll_size(vote.id) == 0
    asked = queries.pending_addition(vote.id, asked.number) or asked
    asked.vote = queries.vote_by_id(vote.id) or vote
    assert refused(lambda: services.settle_addition(asked, adds=True, person_id=mila, now=NOON)) == [RollProblem.SAME_PERSON]
    asked = queries.pending_addition(vote.id, 1) or asked
    asked.vote = queries.vote_by_id(vote.id) or vote
    services.settle_addition(asked, adds=True, person_id=felix, now=NOON)
    db.session.commit()
    assert queries.roll_size(vote.id) == 1 and asked.rows == [] and acts() == ["voting.settle-addition"]


def test_codes_are_printed_once_by_somebody_else_and_balance(context: None) -> None:
    world = build_world()
    mila, sara = a_municipal_person(world), world.id_of(SARA)
    vote = an_open_vote(world)
    run = services.ask_run(vote, 5, "080101", person_id=mila, now=NOON)
    db.session.commit()

    def again() -> Any:
        return queries.token_run(vote.id, run.number)

    assert refused(lambda: services.print_run(again(), person_id=mila, now=NOON)) == ["printing-same-person"]
    slips = services.print_run(again(), person_id=sara, now=NOON)
    db.session.commit()
    assert len({slip.code for slip in slips}) == 5 and [slip.serial for slip in slips] == [1, 2, 3, 4, 5]
    assert refused(lambda: services.print_run(again(), person_id=sara, now=NOON)) == ["printing-already-printed"]
    vote = queries.vote_by_id(vote.id) or vote
    services.void_code(vote, 2, "Se mojó la hoja en la mesa", person_id=mila, now=NOON)
    services.cast(vote, services.pass_by_token(vote, slips[0].code), [[1, 1]], now=NOON)
    db.session.commit()
    assert refused(lambda: services.pass_by_token(queries.vote_by_id(vote.id) or vote, slips[1].code)) == ["vote-token-spent"]
    books = queries.token_books(vote.id)
    assert (books.issued, books.used, books.void, books.unused) == (5, 1, 1, 3) and books.is_even


def test_b15_ten_thousand_guesses_open_nothing(context: None) -> None:
    """Whoever guesses from many addresses is stopped at a hundred a minute in all, and at five from each in a quarter of an hour."""
    vote = an_open_vote(build_world())
    db.session.commit()
    let_in = stopped = 0
    for guess in range(int(os.environ.get("GUESSES", "400"))):
        try:
            services.attempt(Tried.TOKEN, "", f"10.0.{guess % 50}.{guess % 200}", now=NOON + timedelta(milliseconds=guess))
            db.session.commit()
            services.pass_by_token(vote, f"{guess:016d}")
            let_in += 1
        except RuleBroken as broken:
            db.session.commit()
            stopped += broken.problems[0].code is DoorProblem.TOO_MANY
    assert let_in == 0 and stopped == int(os.environ.get("GUESSES", "400")) - 100
    for _ in range(5):
        services.attempt(Tried.TOKEN, "", "10.9.9.9", now=NOON + timedelta(minutes=5))
    with pytest.raises(RuleBroken):
        services.attempt(Tried.TOKEN, "", "10.9.9.9", now=NOON + timedelta(minutes=19))
    services.attempt(Tried.TOKEN, "", "10.9.9.9", now=NOON + timedelta(minutes=21))


def come_in(vote: Vote, document: str, *, wants_reminder: bool, purpose: CodePurpose = CodePurpose.VOTE) -> None:
    vote = queries.vote_by_id(vote.id) or vote
    handle = services.ask_code(vote, document, purpose, now=NOON)
    letter = db.session.query(Notification).order_by(Notification.id.desc()).first()
    assert letter is not None
    services.prove_code(vote, handle, letter.content["code"], wants_reminder=wants_reminder, now=NOON)


def test_a_reminder_goes_once_to_who_came_in_asked_for_it_and_did_not_finish(context: None) -> None:
    """Not to whose document somebody else typed, who did not ask, who never came, who only looked at their mark, or who voted."""
    vote = an_open_vote(build_world())
    began = on_roll(vote, "40000001", email="empezo@example.pe")
    for n, name in ((2, "nunca"), (4, "otro-escribio-su-dni"), (5, "no-quiso"), (6, "solo-miro")):
        on_roll(vote, f"4000000{n}", email=f"{name}@example.pe")
    voted = on_roll(vote, "40000003", email="voto@example.pe")
    for document in ("40000001", "40000003"):
        come_in(vote, document, wants_reminder=True)
    services.ask_code(queries.vote_by_id(vote.id) or vote, "40000004", CodePurpose.VOTE, now=NOON)
    come_in(vote, "40000005", wants_reminder=False)
    come_in(vote, "40000006", wants_reminder=True, purpose=CodePurpose.MARK)
    written = db.session.query(Notification).count()
    services.cast(vote, Pass(Channel.WEB, voted), [[1, 1]], now=NOON)
    db.session.commit()
    assert db.session.query(Notification).count() == written, "a letter of thanks would tell when they voted"
    assert services.remind(queries.vote_by_id(vote.id) or vote, now=NOON) == 1
    assert services.remind(queries.vote_by_id(vote.id) or vote, now=NOON) == 0
    letters = db.session.query(Notification).filter_by(kind="voting.reminder").all()
    assert [letter.address for letter in letters] == ["empezo@example.pe"]
    assert began not in str(letters[0].content) + letters[0].dedupe_key
    services.forget(vote)
    assert db.session.query(RollContact).count() == 0


def test_no_reminder_where_the_vote_did_not_say_so(context: None) -> None:
    vote = an_open_vote(build_world(), rules={"reminders": False})
    on_roll(vote, "40000001", email="empezo@example.pe")
    come_in(vote, "40000001", wants_reminder=True)
    assert services.remind(queries.vote_by_id(vote.id) or vote, now=NOON) == 0


def test_turnout_is_shown_by_tens(context: None) -> None:
    vote = an_open_vote(build_world())
    for n in range(12):
        services.cast(vote, Pass(Channel.WEB, on_roll(vote, f"{41_000_000 + n}")), [[1, 1]], now=NOON)
        shown = services.publish_turnout(vote, now=NOON)
        assert shown is (n == 9)
    assert [step.ballots for step in queries.turnout_steps(vote.id)] == [10]


def test_somebody_struck_off_does_not_vote(context: None) -> None:
    vote = an_open_vote(build_world(), opens_at=NOON + timedelta(days=1))
    on_roll(vote, "40506070")
    services.strike_off(queries.vote_by_id(vote.id) or vote, "40506070", person_id=1, now=NOON)
    assert db.session.query(RollEntry).one().status is RollStatus.VOID and queries.roll_size(vote.id) == 0


FAULTY = (
    "dni;territorio;correo;nombre\n40506070;Cusco;a@example.pe;Ana\n4050607;Cusco;;\n40506070;Ccorca;;\nABC;Lima;sin-arroba;\n12345678;;;\n"
)


def test_r14_every_fault_of_a_list_is_told_and_nobody_is_added(context: None) -> None:
    build_world()
    found = importing.read_roll(FAULTY.encode(), within="0801")
    assert [(p.row, p.column, str(p.code)) for p in found.problems] == [
        (1, "nombre", "roll-column-unknown"), (3, "dni", "roll-zero-lost"), (4, "dni", "roll-document-repeated"),
        (5, "correo", "roll-email-malformed"), (5, "dni", "roll-document-malformed"), (5, "territorio", "roll-territory-unknown"),
        (6, "territorio", "roll-territory-missing"),
    ]  # fmt: skip
    assert not found.is_sound


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_r14_a_long_list_is_read_and_added_quickly(context: None, kind: str) -> None:
    """ROLL_ROWS=10000 is the full run: at most 15 s and 300 MB."""
    vote = an_open_vote(build_world(), opens_at=NOON + timedelta(days=1))
    rows = [(f"{10_000_000 + n}", "080101" if n % 2 else "Ccorca", f"v{n}@example.pe" if n % 3 else "") for n in range(ROWS)]
    if kind == "csv":
        content = "\n".join(["dni;territorio;correo", *(";".join(row) for row in rows)]).encode()
    else:
        book = openpyxl.Workbook()
        book.active.append(["DNI", "Distrito", "Correo"])
        for row in rows:
            book.active.append(row)
        held = io.BytesIO()
        book.save(held)
        content = held.getvalue()
    began = time.monotonic()
    if ROWS >= 10_000 and os.environ.get("ROLL_MEMORY"):
        tracemalloc.start()
    found = importing.read_roll(content, within="0801")
    assert found.problems == [] and len(found.voters) == ROWS
    assert services.add_to_roll(queries.vote_by_id(vote.id) or vote, found.voters, person_id=1, now=NOON) == ROWS
    db.session.commit()
    took = time.monotonic() - began
    if tracemalloc.is_tracing():
        print(f"{kind}: peak {tracemalloc.get_traced_memory()[1] / 2**20:.0f} MB")
        tracemalloc.stop()
    print(f"{kind}: {ROWS} rows in {took:.1f} s")
    assert took < 60
