"""What a workshop votes: ranked, public, and each must end in a commitment or in a reason; and the draft of its minutes."""

import pytest
from flask import Flask

from app.activities import queries as activities
from app.activities import services as activity_services
from app.contributions import queries as contributions
from app.contributions import services as contribution_services
from app.contributions.models import Contribution
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import NameConsent, ProponentKind
from app.core.db import db
from app.core.errors import RuleBroken
from app.feedback import queries, services
from app.feedback.documents.minutes import draft_of_minutes
from app.feedback.rules.checks import Question
from app.feedback.rules.outcomes import Outcome
from app.feedback.rules.priorities import Ending, PriorityProblem, ending_of, problems_with_ballot, ranks
from tests.browser import Browser
from tests.cast import GLORIA, INES, ROSA, SARA
from tests.factories import activities as made
from tests.feedback.answers import approve, make_plan, process_of, publish
from tests.world import NOON, World

AT = {"slug": "plan-prueba", "activity": made.WORKSHOP}


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


def captured(world: World, text: str, theme: str = "agua") -> str:
    """The code of something said in the workshop."""
    draft = ContributionDraft(
        text=text, speaker="Juana Mamani", consent=NameConsent.INITIALS, theme_slug=theme, proponent_kind=ProponentKind.PERSON
    )
    key = f"prueba-{abs(hash(text)):x}-0123456789"[:40]
    receipt = contribution_services.capture(draft, made.opportunity(world), submission_key=key, person_id=world.id_of(INES), now=NOON)
    return receipt.contribution.code


def contribution_of(code: str) -> Contribution:
    found = queries.contribution_for_staff(code)
    assert found is not None
    return found


def workshop(world: World):  # type: ignore[no-untyped-def]
    found = activities.activity_by_slugs(world.slug, made.WORKSHOP)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("outcome", "text", "has_commitment", "ending"),
    [
        (None, "", False, Ending.OPEN),
        (Outcome.ADOPTED, "Sí.", True, Ending.COMMITMENT),
        (Outcome.ADOPTED, "Sí, pero sin compromiso.", False, Ending.OPEN),
        (Outcome.NOT_ADOPTED, "Por esta razón.", False, Ending.REASON),
        (Outcome.NOT_ADOPTED, " ", False, Ending.OPEN),
        (Outcome.NEEDS_CLARIFICATION, "¿Cuál de los dos?", False, Ending.OPEN),
        (Outcome.REFERRED, "Se envió a la otra entidad.", False, Ending.REASON),
    ],
)
def test_a_priority_ends_in_a_commitment_or_in_a_reason(outcome: Outcome | None, text: str, has_commitment: bool, ending: Ending) -> None:
    assert ending_of(outcome, text, has_commitment=has_commitment) is ending


def test_equal_votes_share_a_place() -> None:
    assert ranks([31, 12, 12, 4]) == [1, 2, 2, 4] and ranks([]) == []


@pytest.mark.parametrize(
    ("votes", "voters", "each", "problem"),
    [([5, 4], None, None, None), ([5, 4], 3, 3, None), ([5, 5], 3, 3, PriorityProblem.MORE_VOTES_THAN_CAST),
     ([1], 3, None, PriorityProblem.BALLOT_INCOMPLETE), ([1], 0, 2, PriorityProblem.BALLOT_NOT_A_NUMBER)],
)  # fmt: skip
def test_nobody_votes_more_than_they_had(votes: list[int], voters: int | None, each: int | None, problem: PriorityProblem | None) -> None:
    assert [p.code for p in problems_with_ballot(votes, voters, each)] == ([problem] if problem else [])


def test_answers_close_priorities_and_question_17_says_the_same(app: Flask, world: World) -> None:
    with app.app_context():
        make_plan(world)
        codes = [captured(world, f"Pedido número {n} del taller de Ccorca.") for n in range(1, 4)]
        services.record_votes(workshop(world), {codes[0]: 12, codes[1]: 31, codes[2]: 12}, person_id=world.id_of(INES), now=NOON)
        db.session.commit()
        rows = queries.priorities_voted(workshop(world).id)
        assert [(row.rank, row.code, row.votes, row.ending) for row in rows] == [
            (1, codes[1], 31, Ending.OPEN), (2, codes[0], 12, Ending.OPEN), (2, codes[2], 12, Ending.OPEN),
        ]  # fmt: skip
        assert [(o.activity, o.count) for o in queries.priorities_open([world.process_id])] == [(made.WORKSHOP, 3)]
        publish(world, approve(world, contribution_of(codes[1])))
        rows = queries.priorities_voted(workshop(world).id)
        assert rows[0].ending is not Ending.OPEN
        assert {row.code: row.ending is not Ending.OPEN for row in rows} == dict(queries.voted_in(world.process_id))
        assert [o.count for o in queries.priorities_open([world.process_id])] == [2]
        standing = queries.quality(process_of(world), NOON.date())[Question.Q17]
        assert standing.passing == 1 and set(standing.failing) == {codes[0], codes[2]}


def test_what_nobody_had_captured_becomes_a_contribution_with_its_votes(app: Flask, world: World) -> None:
    with app.app_context():
        first = captured(world, "Que haya agua todos los días.")
        services.record_votes(workshop(world), {first: 12}, person_id=world.id_of(INES), now=NOON, voters=20, votes_each=2)
        for _click in range(2):
            services.vote_for_new(
                workshop(world), "Que la feria sea los sábados.", 20, submission_key="opcion-0123456789abcdef", person_id=1, now=NOON
            )
        rows = queries.priorities_voted(workshop(world).id)
        assert [(row.title[:12], row.votes) for row in rows] == [("Que la feria", 20), ("Que haya agu", 12)]
        assert contributions.contribution_by_code(rows[0].code).public_name
        with pytest.raises(RuleBroken):
            services.vote_for_new(
                workshop(world), "Otra cosa más, con demasiados votos.", 9, submission_key="opcion-0123456789abcdeg", person_id=1, now=NOON
            )


def test_the_desk_and_the_public_page_say_what_is_missing(app: Flask, browser: Browser, world: World) -> None:
    with app.app_context():
        code = captured(world, "Que haya agua todos los días.")
        db.session.commit()
    browser.sign_in(ROSA).get("feedback.priorities", status=403, **AT)
    browser.sign_in(INES)
    wrong = browser.post("feedback.record_votes", {f"votes-{code}": "31", "voters": "10", "votes_each": "2"}, status=422, **AT)
    assert "solo pudieron darse 20" in wrong and 'value="31"' in wrong.html and 'value="10"' in wrong.html
    browser.post("feedback.record_votes", {f"votes-{code}": "31", "voters": "20", "votes_each": "2"}, **AT)
    public = browser.get("portal.activity", **AT)
    assert "Votaron 20 personas, con 2 votos cada una" in public and "31 votos" in public
    assert "ni compromiso ni razón todavía" in public
    desk = browser.sign_in(SARA).get("desk.index")
    assert "1 prioridad votada sin compromiso ni razón: Taller de Ccorca" in desk
    empty = browser.sign_in(INES).post("feedback.add_option", {"option-text": "", "option-votes": "x"}, status=422, **AT)
    assert "Complete este dato" in empty
    browser.post("feedback.add_option", {"option-text": "Que la feria sea los sábados.", "option-votes": "9"}, **AT)
    assert "Que la feria sea los sábados" in browser.get("feedback.priorities", **AT)


def test_minutes_are_drafted_from_what_was_captured(app: Flask, browser: Browser, world: World) -> None:
    with app.app_context():
        activity = made.opened(world)
        ines = world.id_of(INES)
        codes = [captured(world, "Que haya agua todos los días."), captured(world, "Que la pista llegue a la escuela.", "obras")]
        held = captured(world, "Llame a Juana al 984 123 456 por el agua.")
        activity_services.record_held(activity, started_at=made.HELD_FROM, ended_at=made.HELD_TO, person_id=ines, now=NOON)
        activity_services.set_attendance(activity, made.COUNTS, person_id=ines, now=NOON)
        activity_services.add_agreement(activity, "Visitar el reservorio de Ccorca.", "Secretaría", None, person_id=ines, now=NOON)
        services.record_votes(activity, {codes[0]: 12}, person_id=ines, now=NOON)
        db.session.commit()
        text = draft_of_minutes(workshop(world))
    for words in ("**31 personas**", "**Agua y saneamiento**", codes[0], codes[1], "(12 votos)", "Visitar el reservorio", "Secretaría"):
        assert words in text
    assert held not in text and "984" not in text and "Juana" not in text, "what waits for a moderator is only counted"
    assert "no binarias 1" not in text, "small groups are not told"
    browser.sign_in(GLORIA).get("feedback.draft_minutes", status=403, **AT)
    page = browser.sign_in(INES).get("feedback.draft_minutes", **AT)
    area = page.soup.find("textarea", {"name": "minutes-text"})
    assert area and codes[1] in area.text
    browser.post("activities.write_minutes", {"minutes-text": area.text, "minutes-based_on": "0"}, **AT)
    assert "Ya hay un texto guardado (versión 1)" in browser.get("feedback.draft_minutes", **AT)
