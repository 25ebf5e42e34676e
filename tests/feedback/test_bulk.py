"""One answer for many: who gets it, every text before anything is saved, a thousand in a few statements."""

import time

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.feedback import queries, services
from app.feedback.models import Decision, DecisionWriter
from app.feedback.rules.bulk import BulkProblem, Composed, LeftOut, left_out
from app.feedback.rules.drafts import DecisionDraft, content_sha256
from app.feedback.rules.outcomes import DecisionState, Outcome, Reason
from benchmarks.measure import statements
from tests.browser import Browser
from tests.cast import ANA, FELIX, LUIS, SARA
from tests.factories.assignments import give
from tests.feedback.answers import WHY, approve, make_plan, process_of, publish, say, write
from tests.feedback.bulk import fill
from tests.world import NOON, World

TEXT = (
    "Gracias por pedir «{{titulo}}». No entra en este plan porque la obra de {{tema}} la supervisa el distrito, y así lo dice la ley. "
    "Enviamos su aporte {{codigo}} a esa municipalidad."
)
DRAFT = DecisionDraft(
    outcome=Outcome.NOT_ADOPTED, reason_code=Reason.R02, text=TEXT, criterion="Competencia", reference="Ley 27972, art. 79",
    change_needed="Que el distrito firme un convenio para vigilar juntos la obra.", organisation="gerencia-obras",
)  # fmt: skip


@pytest.fixture
def here(world: World, context: None) -> World:
    make_plan(world)
    return world


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, None),
        ({"is_answered": True, "is_begun": True}, LeftOut.ANSWERED),
        ({"is_begun": True, "elsewhere": "Gerencia"}, LeftOut.BEGUN),
        ({"is_grouped": True}, LeftOut.GROUPED),
        ({"elsewhere": "Gerencia"}, LeftOut.ELSEWHERE),
        ({"missing": ("taller",)}, LeftOut.FIELD_EMPTY),
        ({"missing": ("titulo",), "is_public": False}, LeftOut.HIDDEN_TITLE),
        ({"missing": ("titulo",)}, LeftOut.FIELD_EMPTY),
    ],
)
def test_why_a_contribution_is_left_alone(facts: dict[str, object], why: LeftOut | None) -> None:
    known = {"is_answered": False, "is_begun": False, "is_grouped": False, "elsewhere": "", "missing": (), "is_public": True}
    found = left_out(**{**known, **facts})  # type: ignore[arg-type]
    assert (found[0] if found else None) is why


def composed(world: World, ids: list[int], draft: DecisionDraft = DRAFT, person: object = ANA) -> dict[int, Composed]:
    process = process_of(world)
    found = queries.marked(process.id, ids)
    return queries.composed(
        process,
        found,
        draft,
        person_id=world.id_of(person),
        today=NOON.date(),
        reason="",
        channels={},
        scores={},  # type: ignore[arg-type]
    )


def test_each_gets_its_own_text_and_what_others_began_is_left_alone(here: World) -> None:
    fresh, begun, answered, theirs = (say(here, key) for key in ("uno", "dos", "tres", "cuatro"))
    write(here, begun)
    publish(here, approve(here, answered))
    give(here, [theirs], "gerencia-ambiente")
    found = composed(here, [theirs.id, fresh.id, begun.id, answered.id, 99_999])
    assert list(found) == [theirs.id, fresh.id, begun.id, answered.id]
    assert found[fresh.id].draft.text.startswith("Gracias por pedir «Monitores del desagüe»") and fresh.code in found[fresh.id].draft.text
    assert {found[c.id].left_out for c in (begun, answered, theirs)} == {LeftOut.BEGUN, LeftOut.ANSWERED, LeftOut.ELSEWHERE}
    assert found[theirs.id].about == "Gerencia de Ambiente"
    before = db.session.scalar(select(func.count()).select_from(Decision))
    made = services.draft_many(process_of(here), list(found.values()), person_id=here.id_of(ANA), now=NOON)
    assert len(made) == 1 and db.session.scalar(select(func.count()).select_from(Decision)) == before + 1


def test_a_draft_made_in_bulk_is_as_one_written_alone(here: World) -> None:
    one, two = say(here), say(here, "dos")
    (item,) = composed(here, [one.id]).values()
    services.draft_many(process_of(here), [item], person_id=here.id_of(ANA), now=NOON)
    alone = services.draft(two, queries.draft_of(queries.open_decision(one.id)), revision=0, person_id=here.id_of(ANA), now=NOON)
    made = queries.open_decision(one.id)
    assert made.sha256 == content_sha256(item.draft, one.code)
    apart = {"id", "contribution_id", "sha256"}
    columns = [c.key for c in Decision.__table__.columns if c.key not in apart]
    assert {name: getattr(made, name) for name in columns} == {name: getattr(alone, name) for name in columns}
    assert queries.writers_of([made.id])[made.id] == {here.id_of(ANA)}


def test_a_reference_to_nothing_and_nothing_to_write_are_refused(here: World) -> None:
    one = say(here)
    with pytest.raises(RuleBroken) as refused:
        services.draft_many(process_of(here), [], person_id=here.id_of(ANA), now=NOON)
    assert refused.value.problems[0].code is BulkProblem.NOTHING_TO_WRITE
    lost = DecisionDraft(outcome=Outcome.ADOPTED, text=WHY, commitment=99, organisation="gerencia-obras")
    with pytest.raises(RuleBroken):
        services.draft_many(process_of(here), list(composed(here, [one.id], lost).values()), person_id=here.id_of(ANA), now=NOON)


def test_who_comes_second_is_told_and_writes_nothing(here: World) -> None:
    one, two = say(here), say(here, "dos")
    found = list(composed(here, [one.id, two.id]).values())
    write(here, two)
    db.session.commit()
    with pytest.raises(SomebodyWasFirst):
        services.draft_many(process_of(here), found, person_id=here.id_of(LUIS), now=NOON)
    assert queries.open_decision(one.id) is None


def test_a_thousand_are_drafted_and_sent_in_seconds_and_as_few_statements_as_a_hundred(app: Flask, here: World) -> None:
    fill(here, 1_100, unanswered=1_100)
    db.session.commit()

    def run(ids: list[int]) -> tuple[int, float]:
        began = time.perf_counter()
        with statements(app) as seen:
            found = composed(here, ids)
            made = services.draft_many(process_of(here), list(found.values()), person_id=here.id_of(ANA), now=NOON)
            sent = services.submit_many(process_of(here), made, person_id=here.id_of(ANA), now=NOON)
            db.session.commit()
        assert len(sent.codes) == len(ids), dict(list(sent.problems.items())[:2])
        return len(seen), time.perf_counter() - began

    few, _ = run(list(range(1, 101)))
    many, seconds = run(list(range(101, 1_101)))
    assert many <= few + 40, (few, many)  # one statement more for each further 500, in each place that goes by 500
    assert seconds < 20, seconds
    assert db.session.scalar(select(func.count()).where(Decision.state == DecisionState.REVIEW)) == 1_100
    assert db.session.scalar(select(func.count()).select_from(DecisionWriter)) == 1_100


FORM = {
    "outcome": "not_adopted", "reason_code": "R02", "text": TEXT, "criterion": "Competencia", "reference": "Ley 27972, art. 79",
    "change_needed": "Que el distrito firme un convenio para vigilar juntos la obra.", "organisation": "gerencia-obras",
}  # fmt: skip


@pytest.fixture
def codes(app: Flask, world: World) -> list[str]:
    with app.app_context():
        make_plan(world)
        found = [say(world, f"n{n}").code for n in range(35)]
        write(world, say(world, "n0"))
        db.session.commit()
        db.session.remove()
    return found


def start(browser: Browser, world: World, **data: object) -> str:
    return str(
        browser.post("feedback.choose", {"do": "answer", **(data or {"all": "si"})}, slug=world.slug, estado="todas").response.location
    )


def test_ana_sees_every_text_before_anything_is_saved_and_nothing_is_lost_going_back(
    app: Flask, browser: Browser, world: World, codes: list[str]
) -> None:
    browser.sign_in(ANA)
    address = start(browser, world)
    assert "Responder 35 aportes en bloque" in browser.get(address)
    wrong = browser.post(address, {**FORM, "text": "Hola {{nombre}}", "do": "preview"}, status=422)
    assert "No existe {{nombre}}" in wrong
    texts = str(browser.post(address, {**FORM, "do": "preview"}).response.location)
    page = browser.get(texts)
    assert "Así quedarían 34 respuestas" in page and len(page.soup.select(".bulk-text")) == 30
    assert "Ya tiene una respuesta empezada" in page and codes[0] in page
    assert "Es casi igual" in page  # the boilerplate warning, on each text
    second = browser.get(texts + "?pagina=2")
    assert len(second.soup.select(".bulk-text")) == 4 and codes[-1] in second
    back = browser.get(address)
    assert (
        back.soup.select_one("#text").get_text().strip() == TEXT
        and back.soup.select_one("input[name=outcome][checked]")["value"] == "not_adopted"
    )
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Decision)) == 1
        db.session.remove()
    taken = second.soup.select_one(".bulk-text input[name=id]")["value"]
    browser.post("feedback.take_out", {"id": taken}, slug=world.slug, key=address.rsplit("/", 1)[1])
    seen = browser.get(texts).soup.select_one("input[name=seen]")["value"]
    browser.post(texts, {"seen": seen, "do": "save"})
    page = browser.get("feedback.pile", slug=world.slug, estado="borrador", mias="si")
    assert "33 respuestas quedaron en borrador" in page and "1 aporte se dejó como estaba" in page
    browser.get(address, status=404)


def test_what_changed_since_it_was_read_is_shown_again(app: Flask, browser: Browser, world: World, codes: list[str]) -> None:
    browser.sign_in(ANA)
    address = start(browser, world)
    texts = str(browser.post(address, {**FORM, "do": "preview"}).response.location)
    seen = browser.get(texts).soup.select_one("input[name=seen]")["value"]
    with app.app_context():
        write(world, say(world, "n7"))
        db.session.commit()
        db.session.remove()
    page = browser.post(texts, {"seen": seen, "do": "save"}, status=409)
    assert "Algo cambió mientras usted leía" in page and "Así quedarían 33 respuestas" in page
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Decision)) == 2
        db.session.remove()


def test_those_nothing_stops_go_to_review_in_the_same_step(app: Flask, browser: Browser, world: World, codes: list[str]) -> None:
    browser.sign_in(SARA)
    address = start(browser, world, chosen=["2", "3"])
    texts = str(browser.post(address, {**FORM, "do": "preview"}).response.location)
    seen = browser.get(texts).soup.select_one("input[name=seen]")["value"]
    browser.post(texts, {"seen": seen, "do": "submit"})
    page = browser.get("feedback.pile", slug=world.slug, estado="revision")
    assert "2 están en revisión" in page and codes[1] in page
    address = start(browser, world, chosen=["4"])
    texts = str(browser.post(address, {**FORM, "criterion": "", "do": "preview"}).response.location)
    page = browser.get(texts)
    assert "1 tiene algo que impide publicar" in page and "Diga qué criterio publicado se aplicó" in page
    browser.post(texts, {"seen": page.soup.select_one("input[name=seen]")["value"], "do": "submit"})
    assert "sigue en borrador" in browser.get("feedback.pile", slug=world.slug, estado="borrador")


def test_a_template_fills_the_form_and_only_its_owner_opens_a_selection(
    app: Flask, browser: Browser, world: World, codes: list[str]
) -> None:
    from app.feedback.rules.templates import TemplateDraft

    with app.app_context():
        services.add_template(
            process_of(world),
            TemplateDraft("No es competencia", Outcome.NOT_ADOPTED, Reason.R02, TEXT),
            person_id=world.id_of(SARA),
            now=NOON,
        )
        db.session.commit()
        db.session.remove()
    browser.sign_in(ANA)
    address = start(browser, world)
    page = browser.post(address, {"template": "no-es-competencia", "do": "template", "reference": "Ley 27972"}, status=200)
    assert page.soup.select_one("#text").get_text().strip() == TEXT and "Ley 27972" in page.html
    assert page.soup.select_one("input[name=outcome][checked]")["value"] == "not_adopted"
    Browser(app).sign_in(LUIS).get(address, status=404)
    Browser(app).sign_in(FELIX).post("feedback.choose", {"all": "si"}, status=403, slug=world.slug)
    browser.get(address + "/textos", status=303)
