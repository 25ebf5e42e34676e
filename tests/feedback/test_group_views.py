"""The pages of groups and of split answers: what staff do on them, what the public reads, who may not."""

import json

import pytest
from flask import Flask

from app.core.db import db
from app.feedback import queries, services
from app.feedback.rules.outcomes import DecisionState
from app.moderation import services as moderation
from app.moderation.rules import HidingReason
from tests.browser import Browser
from tests.cast import ANA, DARIO, FELIX, GLORIA, MARCO, ROSA, SARA, VERA
from tests.feedback.answers import NOT_ADOPTED, WHY, approve, make_plan, process_of, publish, say
from tests.feedback.test_groups import TITLE, answer, group_of, rows_of, sign_once
from tests.feedback.test_parts import SPLIT
from tests.world import NOON, World

LAMPS = (
    "De noche no se ve nada en las gradas de Tancarpata. Pedimos faroles y que los vecinos los cuiden.",
    "Las gradas de Tancarpata están a oscuras; que pongan faroles, los vecinos los cuidaremos.",
    "Queremos faroles en las gradas de Tancarpata porque de noche subimos a oscuras.",
)
ANSWERED = {
    "outcome": "not_adopted", "reason_code": "R02", "text": WHY, "criterion": "Competencia", "reference": "Ley 27972, art. 79",
    "change_needed": "Que el distrito firme un convenio.", "organisation": "gerencia-obras",
}  # fmt: skip


@pytest.fixture
def site(app: Flask, world: World) -> World:
    with app.app_context():
        make_plan(world)
        for place, text in enumerate((*LAMPS, "Que en la ventanilla atiendan en quechua.")):
            say(world, f"n{place}", text=text)
        db.session.commit()
        db.session.remove()
    return world


def grouped(app: Flask, world: World, *codes: str, is_reviewed: bool = True) -> int:
    with app.app_context():
        number = group_of(world, *codes, is_reviewed=is_reviewed).number
        db.session.commit()
        db.session.remove()
    return number


def test_suggestions_are_accepted_in_part_and_refused_for_good(site: World, browser: Browser) -> None:
    browser.sign_in(SARA)
    page = browser.get("feedback.group_suggestions", slug=site.slug)
    ticked = [box["value"] for box in page.soup.select("input[name=codigo]")]
    assert {"PRB-C-0001", "PRB-C-0002", "PRB-C-0003"} <= set(ticked)
    given = {"codigo": ["PRB-C-0001", "PRB-C-0003"], "title": "Faroles en las gradas de Tancarpata"}
    browser.post("feedback.make_group", given, slug=site.slug, desde="sugerencias")
    page = browser.get("feedback.group_suggestions", slug=site.slug)
    assert "G-01" in page.text and "PRB-C-0002" in page.text
    against = [box["value"] for box in page.soup.select("input[name=contra]")]
    browser.post("feedback.say_different", {"codigo": "PRB-C-0002", "contra": against}, slug=site.slug)
    assert "PRB-C-0002" not in browser.get("feedback.group_suggestions", slug=site.slug).text


def test_what_cannot_be_grouped_is_said_and_what_was_written_stays(site: World, browser: Browser) -> None:
    browser.sign_in(SARA)
    given = {"codes": "PRB-C-0001, NADA", "title": "Corto"}
    page = browser.post("feedback.make_group", given, status=422, slug=site.slug)
    assert "NADA" in page.text and "8 letras" in page.text and page.soup.select_one("#codes")["value"] == "PRB-C-0001, NADA"
    page = browser.post("feedback.make_group", {"codigo": "PRB-C-0001", "title": TITLE}, status=422, slug=site.slug, desde="sugerencias")
    assert "2 aportes o más" in page.text


def test_a_group_is_changed_on_its_page_and_reviewed_by_another(app: Flask, site: World, browser: Browser) -> None:
    number = grouped(app, site, "PRB-C-0001", "PRB-C-0002", is_reviewed=False)
    browser.sign_in(SARA)
    at = {"slug": site.slug, "number": number}
    page = browser.get("feedback.group", **at, q="ventanilla")
    assert "Los leí: dicen lo mismo" not in page.text and "PRB-C-0004" in page.text
    browser.post("feedback.add_to_group", {"codigo": "PRB-C-0004", "codes": "PRB-C-0003"}, **at)
    revision = browser.get("feedback.group", **at).soup.select_one("input[name=revision]")["value"]
    page = browser.post("feedback.remove_from_group", {"codigo": "PRB-C-0004", "reason": "no", "revision": revision}, status=422, **at)
    assert "10 letras" in page.text
    browser.post("feedback.remove_from_group", {"codigo": "PRB-C-0004", "reason": "Pide otra cosa.", "revision": revision}, **at)
    page = browser.post("feedback.retitle_group", {"title": TITLE, "revision": revision}, status=422, **at)
    assert "Otra persona cambió los grupos" in page.text
    fresh = browser.get("feedback.group", **at).soup.select_one("input[name=revision]")["value"]
    browser.post("feedback.retitle_group", {"title": "Faroles en las gradas", "revision": fresh}, **at)
    browser.sign_out().sign_in(FELIX)
    page = browser.get("feedback.group", **at)
    assert "Faroles en las gradas" in page.text and not page.soup.select("form[action$=deshacer]")
    browser.post("feedback.review_group", {"revision": page.soup.select_one("input[name=revision]")["value"]}, **at)
    assert "Revisado por Félix" in browser.get("feedback.group", **at).text
    browser.post("feedback.add_to_group", {"codes": "PRB-C-0004"}, status=403, **at)


def test_the_workbench_of_any_member_answers_all_and_keeps_what_was_written_when_another_was_first(
    app: Flask, site: World, browser: Browser
) -> None:
    grouped(app, site, "PRB-C-0001", "PRB-C-0002")
    browser.sign_in(ANA)
    page = browser.get("feedback.workbench", code="PRB-C-0002")
    assert "G-01" in page.text and "PRB-C-0001" in page.text
    token = page.soup.select_one("input[name=revision]")["value"]
    browser.post("feedback.write", {**ANSWERED, "revision": token, "do": "save"}, code="PRB-C-0002")
    again = browser.post(
        "feedback.write", {**ANSWERED, "criterion": "Otro criterio", "revision": token, "do": "save"}, status=409, code="PRB-C-0001"
    )
    assert "Otra persona guardó primero" in again.text and "Otro criterio" in again.text and "Competencia" in again.text
    token = again.soup.select_one("input[name=revision]")["value"]
    browser.post("feedback.write", {**ANSWERED, "revision": token, "do": "submit"}, code="PRB-C-0001")
    with app.app_context():
        states = {row.state for row in queries.group_standing_by_id(1).open.values()}
        assert states == {DecisionState.REVIEW}
        db.session.remove()


def test_a_group_is_signed_once_and_says_whom_it_answers(app: Flask, site: World, browser: Browser) -> None:
    with app.app_context():
        group_of(site, "PRB-C-0001", "PRB-C-0002", "PRB-C-0003")
        answer(site, "PRB-C-0001")
        db.session.commit()
        db.session.remove()
    browser.sign_in(GLORIA)
    page = browser.get("feedback.signatures", slug=site.slug)
    (box,) = page.soup.select("input[name=chosen]")
    assert all(code in page.text for code in ("PRB-C-0001", "PRB-C-0002", "PRB-C-0003"))
    browser.post("feedback.sign", {"chosen": box["value"]}, slug=site.slug)
    assert "Nada espera su firma" in browser.get("feedback.signatures", slug=site.slug).text


def published(app: Flask, world: World) -> None:
    """A group of three answered in public, one of them hidden by a moderator."""
    with app.app_context():
        group = group_of(world, "PRB-C-0001", "PRB-C-0002", "PRB-C-0003")
        sign_once(world, answer(world, "PRB-C-0001").decision)
        publish(world, rows_of(group)[0])
        moderation.hide(queries.contribution_for_staff("PRB-C-0003"), HidingReason.INSULT, "", moderator_id=world.id_of(MARCO), now=NOON)
        db.session.commit()
        db.session.remove()


def test_the_public_reads_who_was_answered_together_and_a_hidden_one_only_by_its_code(app: Flask, site: World, browser: Browser) -> None:
    published(app, site)
    for endpoint in ("feedback.show", "portal.contribution"):
        page = browser.get(endpoint, code="PRB-C-0001")
        assert "Se respondió junto con" in page.text and page.soup.select("a[href$='/aportes/PRB-C-0002/respuesta']")
        assert "PRB-C-0003" in page.text and not page.soup.select("a[href$='PRB-C-0003/respuesta']")
    page = browser.get("feedback.public_group", slug=site.slug, number=1)
    assert TITLE in page.text and WHY[:40] in page.text and "Retirado de la vista" in page.text and LAMPS[2][:20] not in page.text
    data = json.loads(browser.get("feedback.public_group_json", slug=site.slug, number=1).html)
    assert [row["codigo"] for row in data["aportes"]] == ["PRB-C-0001", "PRB-C-0002", "PRB-C-0003"]
    assert data["aportes"][2]["titulo"] is None and data["decision"] == "not_adopted"
    answered = json.loads(browser.get("feedback.show_json", code="PRB-C-0002").html)
    assert answered["grupo"] == "G-01"
    assert answered["versiones"][0]["contenido_firmado"]["group"] == ["PRB-C-0001", "PRB-C-0002", "PRB-C-0003"]
    matrix = json.loads(browser.get("feedback.index_json", slug=site.slug).html)["aportes"]
    assert [row["grupo"] for row in matrix] == ["G-01", "G-01", "G-01", ""]
    assert "respondido con el grupo G-01" in browser.get("feedback.index", slug=site.slug).text


def test_before_the_answer_the_group_says_it_is_waiting(app: Flask, site: World, browser: Browser) -> None:
    number = grouped(app, site, "PRB-C-0001", "PRB-C-0002")
    assert "Todavía sin respuesta" in browser.get("feedback.public_group", slug=site.slug, number=number).text
    assert "Se responderá junto con" in browser.get("feedback.show", code="PRB-C-0001").text
    browser.get("feedback.public_group", status=404, slug=site.slug, number=9)


def test_ideas_are_added_filled_and_taken_away_without_javascript(site: World, browser: Browser) -> None:
    browser.sign_in(ANA)
    page = browser.post("feedback.write", {**ANSWERED, "revision": 0, "do": "split"}, status=200, code="PRB-C-0001")
    assert page.soup.select_one("#parts-0-text").text.strip() == WHY and page.soup.select_one("#parts-1-idea") is not None
    shared = {"organisation": "gerencia-obras", "revision": 0}
    first = {f"parts-0-{name}": value for name, value in ANSWERED.items() if name != "organisation"} | {"parts-0-idea": "Que haya faroles."}
    second = {
        "parts-1-idea": "Que los cuiden.",
        "parts-1-outcome": "adopted",
        "parts-1-text": "Los vecinos cuidarán los faroles con la junta.",
    }
    page = browser.post("feedback.write", {**shared, **first, **second, "do": "split"}, status=200, code="PRB-C-0001")
    assert page.soup.select_one("#parts-2-idea") is not None
    page = browser.post("feedback.write", {**shared, **first, **second, "do": "submit"}, status=422, code="PRB-C-0001")
    assert page.soup.select("a[href='#parts-1-what_changed']") and "Idea 2" in page.text
    saved = page.soup.select_one("input[name=revision]")["value"]
    page = browser.post("feedback.write", {**shared, **first, **second, "revision": saved, "do": "drop-1"}, status=200, code="PRB-C-0001")
    assert page.soup.select_one("#text").text.strip() == WHY and page.soup.select_one("#parts-0-idea") is None
    mended = {**second, "parts-1-what_changed": "Antes nadie los cuidaba; ahora sí.", "parts-1-commitment": "1"}
    browser.post("feedback.write", {**shared, **first, **mended, "revision": saved, "do": "submit"}, code="PRB-C-0001")
    browser.sign_out().sign_in(GLORIA)
    page = browser.get("feedback.signatures", slug=site.slug)
    assert "Que haya faroles." in page.text and "Que los cuiden." in page.text


def test_the_public_reads_each_idea_with_its_own_decision(app: Flask, site: World, browser: Browser) -> None:
    with app.app_context():
        publish(site, approve(site, queries.contribution_for_staff("PRB-C-0001"), SPLIT))
        db.session.commit()
        db.session.remove()
    page = browser.get("feedback.show", code="PRB-C-0001")
    assert [b.text.strip() for b in page.soup.select("#decidido ~ ol .status-badge")] == ["Acogido", "No acogido"]
    assert "Que se pague a los monitores." in page.text
    card = browser.get("feedback.index", slug=site.slug).soup.select_one("#PRB-C-0001").text
    assert "1) Acogido: Que haya monitores." in card and "2) No acogido: Que se pague a los monitores." in card
    signed = json.loads(browser.get("feedback.show_json", code="PRB-C-0001").html)["versiones"][0]["contenido_firmado"]
    assert [part["outcome"] for part in signed["parts"]] == ["adopted", "not_adopted"]


@pytest.mark.parametrize("person", [ROSA, MARCO, VERA, DARIO], ids=lambda p: p.name)
def test_who_has_no_part_in_it_sees_no_group_on_the_desk(app: Flask, site: World, browser: Browser, person) -> None:
    number = grouped(app, site, "PRB-C-0001", "PRB-C-0002")
    browser.sign_in(person)
    browser.get("feedback.groups_index", status=403, slug=site.slug)
    browser.get("feedback.group", status=403, slug=site.slug, number=number)
    browser.post("feedback.make_group", {"codigo": ["PRB-C-0003", "PRB-C-0004"], "title": TITLE}, status=403, slug=site.slug)
    browser.post("feedback.dissolve_group", {"reason": "Porque sí, nada más."}, status=403, slug=site.slug, number=number)


def test_an_entity_reads_and_answers_groups_but_does_not_make_them(app: Flask, site: World, browser: Browser) -> None:
    browser.sign_in(ANA)
    assert "Agrupar los marcados" not in browser.get("feedback.group_suggestions", slug=site.slug).text
    browser.post("feedback.make_group", {"codigo": ["PRB-C-0001", "PRB-C-0002"], "title": TITLE}, status=403, slug=site.slug)
    assert "PRB-C-0002" in browser.get("feedback.alike", code="PRB-C-0001").text


def test_what_is_alike_is_grouped_from_beside_the_answer(site: World, browser: Browser) -> None:
    browser.sign_in(SARA)
    page = browser.get("feedback.alike", code="PRB-C-0001")
    assert page.soup.select_one("input[name=codigo][type=hidden]")["value"] == "PRB-C-0001"
    browser.post("feedback.make_group", {"codigo": ["PRB-C-0001", "PRB-C-0002"], "title": TITLE}, slug=site.slug)
    assert "G-01" in browser.get("feedback.groups_index", slug=site.slug).text


def test_the_page_of_a_group_costs_the_same_for_two_or_four(app: Flask, site: World, browser: Browser) -> None:
    from tests.feedback.test_queries import counted

    with app.app_context():
        publish(site, approve(site, queries.contribution_for_staff("PRB-C-0004"), NOT_ADOPTED))
        assert process_of(site)
        db.session.commit()
    grouped(app, site, "PRB-C-0001", "PRB-C-0002")
    browser.sign_in(ANA)
    browser.get("feedback.workbench", code="PRB-C-0001")
    with counted(app) as two:
        browser.get("feedback.workbench", code="PRB-C-0001")
    with app.app_context():
        group = queries.public_group(site.slug, 1)
        services.add_to_group(group, ["PRB-C-0003"], person_id=site.id_of(SARA), now=NOON)
        db.session.commit()
    with counted(app) as three:
        browser.get("feedback.workbench", code="PRB-C-0001")
    assert len(two) == len(three)
