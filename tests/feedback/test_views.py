"""The pages of answers, as the people who use them see them."""

import csv
import io
import json
from dataclasses import replace

import pytest
from flask import Flask

from app.contributions import services as contributions
from app.core.db import db
from app.feedback import queries
from app.feedback.rules.drafts import _TAG
from app.feedback.rules.matrix import COLUMNS
from tests.browser import Browser
from tests.cast import ANA, DARIO, FELIX, GLORIA, LUIS, MARCO, OLGA, ROSA, SARA, VERA
from tests.feedback.answers import ADOPTED, NOT_ADOPTED, WHY, approve, correction, make_plan, publish, say, write
from tests.world import NOON, World


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.fixture
def codes(app: Flask, world: World) -> dict[str, str]:
    """Contributions in every standing: published (corrected), waiting, hidden with answer, held, in review, approved."""
    with app.app_context():
        make_plan(world)
        found = {}
        for key in ("published", "waiting", "hidden", "review", "approved"):
            found[key] = say(world, key, text=f"Pedimos monitores del desagüe, caso {key}.").code
        found["held"] = say(world, "held", text="Texto que nadie ha moderado todavía.", publish=False).code
        get = queries.contribution_for_staff
        contributions.hide(get(found["hidden"]), now=NOON)
        publish(world, approve(world, get(found["published"]), ADOPTED), approve(world, get(found["hidden"])))
        publish(
            world,
            approve(
                world, get(found["published"]), correction(ADOPTED.__class__(**{**ADOPTED.__dict__, "text": ADOPTED.text + " Gracias."}))
            ),
        )
        approve(world, get(found["approved"]))
        from app.feedback import services

        services.submit(write(world, get(found["review"])), person_id=world.id_of(ANA), now=NOON)
        db.session.commit()
        db.session.remove()
    return found


FORM = {
    "outcome": "not_adopted",
    "reason_code": "R02",
    "text": WHY,
    "criterion": "Competencia",
    "reference": "Ley 27972, art. 79",
    "change_needed": "Que el distrito firme un convenio.",
    "organisation": "gerencia-obras",
    "revision": "0",
}


def test_the_public_page_says_how_much_is_answered_and_who_waits(browser: Browser, world: World, codes: dict[str, str]) -> None:
    page = browser.get("feedback.index", slug=world.slug)
    assert "2 de 6 con respuesta" in page and "4 aportes esperan respuesta" in page
    cards = page.soup.select(".answer-card")
    assert [card["id"] for card in cards] == [codes["published"], codes["hidden"]]
    assert "Antes nadie veía el expediente" in page and "Compromiso 1" in page and "caso published" in page
    assert "caso hidden" not in page.html and "Aporte retirado de la vista" in page
    assert "Rosa Quispe" not in page.html and "R. Q. H." in page
    assert page.response.headers["Cache-Control"] == "public, no-cache" and "Set-Cookie" not in page.response.headers


def test_the_public_page_is_narrowed_by_outcome_theme_and_words(browser: Browser, world: World, codes: dict[str, str]) -> None:
    assert len(browser.get("feedback.index", slug=world.slug, resultado="adopted").soup.select(".answer-card")) == 1
    assert len(browser.get("feedback.index", slug=world.slug, tema="agua").soup.select(".answer-card")) == 2
    assert len(browser.get("feedback.index", slug=world.slug, tema="obras").soup.select(".answer-card")) == 0
    assert len(browser.get("feedback.index", slug=world.slug, q="desague published").soup.select(".answer-card")) == 1
    assert "Nada coincide" in browser.get("feedback.index", slug=world.slug, q="inexistente")


def test_a_visitor_who_has_the_page_gets_304_until_something_changes_or_the_day_does(
    browser: Browser, world: World, codes: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    tag = browser.get("feedback.index", slug=world.slug).response.headers["ETag"]
    assert browser.get("feedback.index", slug=world.slug, status=304, headers={"If-None-Match": tag})
    assert browser.get("feedback.index", slug=world.slug, resultado="adopted", headers={"If-None-Match": tag})
    monkeypatch.setattr("app.core.clock.now", lambda: NOON + timedelta(days=1))
    assert browser.get("feedback.index", slug=world.slug, headers={"If-None-Match": tag})


def test_those_who_wait_are_named_oldest_first_and_a_held_one_is_only_its_code(
    browser: Browser, world: World, codes: dict[str, str]
) -> None:
    page = browser.get("feedback.waiting", slug=world.slug)
    shown = [row.b.get_text() for row in page.soup.select(".waiting-list li")]
    assert shown == [codes["waiting"], codes["review"], codes["approved"], codes["held"]]
    assert "nadie ha moderado" not in page.html and "Monitores del desagüe" in page


def test_one_answer_shows_every_version_and_who_agreed_by_post(browser: Browser, codes: dict[str, str]) -> None:
    page = browser.get("feedback.show", code=codes["published"])
    assert "Versión 2" in page and "Faltaba la norma exacta." in page and page.soup.select("ins")
    assert "Cargo government" in page and "Gloria" not in page.html
    assert "30 de marzo de 2027" in page and "foro@example.pe" in page
    hidden = browser.get("feedback.show", code=codes["hidden"])
    assert "caso hidden" not in hidden.html and "118-2027" in hidden
    assert "espera respuesta" in browser.get("feedback.show", code=codes["waiting"])
    browser.get("feedback.show", status=404, code=codes["held"])
    browser.get("feedback.show", status=404, code="PRB-C-9999")


def test_the_json_of_an_answer_lets_anyone_compute_its_hash_again(browser: Browser, codes: dict[str, str]) -> None:
    import hashlib

    answer = json.loads(browser.get("feedback.show_json", code=codes["published"]).html)
    for version in answer["versiones"]:
        body = json.dumps(version["contenido_firmado"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(f"{_TAG}\0{body}".encode()).hexdigest() == version["sha256"]
        assert {f["sha256"] for f in version["firmas"]} == {version["sha256"]}


def test_the_matrix_has_exactly_the_published_columns_and_a_row_for_each_contribution(
    browser: Browser, world: World, codes: dict[str, str]
) -> None:
    text = browser.client.get(f"/procesos/{world.slug}/respuestas.csv").get_data(as_text=True)
    assert text.startswith("\ufeff")
    header, *rows = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";")
    assert ";".join(header) == (
        "codigo;proceso;fecha_recepcion;canal;actividad;sector;proponente_publico;region;provincia;distrito;ubigeo;idioma_original;tema;titulo;"
        "texto_integro;adjuntos_url;grupo;decision;motivo_codigo;respuesta;parte_acogida;parte_no_acogida;compromiso;hito;criterio_aplicado;"
        "entidad_que_responde;aprobado_por_cargo;fecha_respuesta;version;replica_hasta;replicas;url;respondido"
    )
    table = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    assert set(table) == set(codes.values())
    published, hidden, held = (table[codes[k]] for k in ("published", "hidden", "held"))
    assert (published["decision"], published["compromiso"], published["hito"], published["version"], published["respondido"]) == (
        "adopted",
        "1",
        "1.1",
        "2",
        "si",
    )
    assert published["aprobado_por_cargo"] == "Cargo government y Cargo non-government" and published["replica_hasta"] == "2027-03-30"
    assert hidden["texto_integro"] == "" and hidden["decision"] == "not_adopted" and hidden["proponente_publico"] == ""
    assert {k for k, v in held.items() if v} == {"codigo", "proceso", "url", "respondido", "replicas"}
    twin = json.loads(browser.client.get(f"/procesos/{world.slug}/respuestas.json").get_data(as_text=True))
    assert twin["cobertura"]["respondidos"] == 2 and list(twin["aportes"][0]) == list(COLUMNS)


def test_the_feed_and_the_plan_show_where_answers_lead(browser: Browser, world: World, codes: dict[str, str]) -> None:
    feed = browser.client.get(f"/procesos/{world.slug}/respuestas.atom")
    assert feed.mimetype == "application/atom+xml" and codes["published"] in feed.get_data(as_text=True)
    page = browser.get("feedback.plan", slug=world.slug)
    assert "1 aporte" in page and "Borrador del plan" in page
    assert codes["published"] in browser.get("feedback.commitment", slug=world.slug, number=1)
    assert "1.1" in browser.client.get(f"/procesos/{world.slug}/plan.csv").get_data(as_text=True)
    plan = json.loads(browser.client.get(f"/procesos/{world.slug}/plan.json").get_data(as_text=True))
    assert plan["compromisos"][0]["aportes"] == [{"codigo": codes["published"], "decision": "adopted", "hito": "1.1"}]


def test_ana_writes_checks_and_sends_an_answer_from_one_screen(browser: Browser, world: World, codes: dict[str, str]) -> None:
    browser.sign_in(ANA)
    pile = browser.get("feedback.pile", slug=world.slug)
    assert codes["waiting"] in pile and "Abrir el primero" in pile
    page = browser.get("feedback.workbench", code=codes["waiting"], tema="agua")
    assert (
        "Elija qué se decide." in page and page.soup.select_one("select[name=organisation] option[selected]")["value"] == "gerencia-obras"
    )
    checked = browser.post("feedback.check", {**FORM, "reference": ""}, status=200, code=codes["waiting"])
    assert "necesita la norma" in checked and not checked.soup.find("h1")
    refused = browser.post("feedback.write", {**FORM, "reference": "", "do": "submit"}, status=422, code=codes["waiting"])
    assert "necesita la norma" in refused and WHY in refused and refused.soup.select_one("[name=revision]")["value"] == "1"
    sent = browser.post("feedback.write", {**FORM, "revision": "1", "do": "submit"}, code=codes["waiting"], tema="agua")
    assert "tema=agua" in sent.response.location
    assert "En revisión" in browser.get("feedback.workbench", code=codes["waiting"])
    assert WHY[:40] in browser.get("feedback.preview", code=codes["waiting"])


def test_the_loser_of_a_race_sees_both_texts_and_keeps_their_own(browser: Browser, app: Flask, world: World, codes: dict[str, str]) -> None:
    browser.sign_in(ANA).post("feedback.write", {**FORM, "do": "save"}, code=codes["waiting"])
    other = Browser(app).sign_in(LUIS)
    mine = "Esta es la respuesta de Luis, que también quería guardar la suya sobre el desagüe."
    page = other.post("feedback.write", {**FORM, "text": mine, "do": "save"}, status=409, code=codes["waiting"])
    assert mine in page.soup.select_one("textarea[name=text]").get_text() and WHY[:50] in page and "Ana Torres Medina" in page
    other.post(
        "feedback.write",
        {**FORM, "text": mine, "revision": page.soup.select_one("[name=revision]")["value"], "do": "save"},
        code=codes["waiting"],
    )


def test_a_published_answer_is_corrected_only_with_a_reason(browser: Browser, codes: dict[str, str]) -> None:
    browser.sign_in(ANA)
    assert "Por qué se corrige lo publicado" in browser.get("feedback.workbench", code=codes["published"])
    page = browser.post("feedback.write", {**FORM, "do": "save"}, status=422, code=codes["published"])
    assert "diga por qué se corrige" in page
    browser.post("feedback.write", {**FORM, "correction_reason": "Cambió la norma.", "do": "save"}, code=codes["published"])


def test_notes_are_for_the_team(browser: Browser, codes: dict[str, str]) -> None:
    browser.sign_in(GLORIA).post("feedback.note", {"note": "Ojo con el plazo de la obra."}, code=codes["waiting"])
    page = browser.get("feedback.workbench", code=codes["waiting"])
    assert "Ojo con el plazo de la obra." in page and "Gloria Matos Ruiz" in page and not page.soup.select("form.answer-form")
    assert "Ojo con el plazo" not in Browser(browser.app).get("feedback.show", code=codes["waiting"]).html


def test_two_sectors_sign_and_the_secretariat_publishes(browser: Browser, app: Flask, world: World, codes: dict[str, str]) -> None:
    for member in (GLORIA, FELIX):
        signer = Browser(app).sign_in(member)
        page = signer.get("feedback.signatures", slug=world.slug)
        (box,) = page.soup.select("input[name=chosen]")
        assert WHY in page and "caso review" in page
        stale = signer.post("feedback.sign", {"chosen": box["value"][:-4] + "0000"}, status=422, slug=world.slug)
        assert "El texto cambió" in stale and codes["review"] in stale
        signer.post("feedback.sign", {"chosen": box["value"]}, slug=world.slug)
    browser.sign_in(SARA)
    page = browser.get("feedback.publication", slug=world.slug)
    boxes = [box["value"] for box in page.soup.select("input[name=chosen]")]
    assert len(boxes) == 2 and "Lote 2" in page
    assert codes["review"] in browser.get("feedback.publication_preview", slug=world.slug)
    browser.post("feedback.publish", {"chosen": boxes}, slug=world.slug)
    assert "4 de 6 con respuesta" in browser.get("feedback.index", slug=world.slug)
    assert "No hay respuestas aprobadas" in browser.get("feedback.publication", slug=world.slug)


def test_an_answer_goes_back_with_a_note(browser: Browser, world: World, codes: dict[str, str]) -> None:
    browser.sign_in(FELIX).post("feedback.send_back", {"note": "Falta el artículo exacto."}, code=codes["review"])
    assert "Nada espera su firma" in browser.get("feedback.signatures", slug=world.slug)
    ana = Browser(browser.app).sign_in(ANA)
    assert "Falta el artículo exacto." in ana.get("feedback.workbench", code=codes["review"])
    assert codes["review"] in ana.get("feedback.pile", slug=world.slug, estado="devueltas")


def test_drafts_are_marked_and_sent_to_review_together(browser: Browser, app: Flask, world: World, codes: dict[str, str]) -> None:
    with app.app_context():
        ready, unfinished = say(world, "lista"), say(world, "incompleta")
        write(world, ready)
        write(world, unfinished, replace(NOT_ADOPTED, reference=""))
        names = ready.code, unfinished.code
        db.session.commit()
        db.session.remove()
    browser.sign_in(ANA)
    assert not browser.get("feedback.pile", slug=world.slug, estado="revision").soup.select("input[name=chosen]")
    page = browser.get("feedback.pile", slug=world.slug, estado="borrador")
    boxes = page.soup.select("input[name=chosen]")
    assert len(boxes) == 2 and not any(box.has_attr("checked") for box in boxes)
    marked = browser.get("feedback.pile", slug=world.slug, estado="borrador", marcar="todas")
    assert all(box.has_attr("checked") for box in marked.soup.select("input[name=chosen]")) and "Desmarcar todas" in marked
    assert "Marque al menos una" in browser.post("feedback.submit_many", {}, status=422, slug=world.slug, estado="borrador")
    chosen = {"chosen": [box["value"] for box in boxes]}
    page = browser.post("feedback.submit_many", chosen, status=422, slug=world.slug, estado="borrador")
    assert "1 respuesta está en revisión" in page and "sigue en borrador" in page
    assert names[1] in page and "Este motivo necesita la norma" in page
    assert names[0] in browser.get("feedback.pile", slug=world.slug, estado="revision")
    assert [b["value"] for b in page.soup.select("input[name=chosen]")] == [b["value"] for b in boxes if b["value"] != boxes[0]["value"]]
    member = Browser(app).sign_in(GLORIA)
    assert not member.get("feedback.pile", slug=world.slug, estado="borrador").soup.select("input[name=chosen]")
    member.post("feedback.submit_many", chosen, status=403, slug=world.slug)


@pytest.mark.parametrize(
    ("person", "endpoint", "status"),
    [
        (ANA, "pile", 200),
        (GLORIA, "pile", 200),
        (VERA, "pile", 403),
        (DARIO, "pile", 403),
        (MARCO, "pile", 403),
        (ROSA, "pile", 403),
        (OLGA, "pile", 403),
        (VERA, "publication", 200),
        (DARIO, "publication", 403),
        (FELIX, "signatures", 200),
        (SARA, "signatures", 200),
        (ROSA, "signatures", 403),
        (SARA, "new_import", 200),
        (GLORIA, "new_import", 403),
        (GLORIA, "approval", 200),
        (ANA, "approval", 403),
    ],
)
def test_who_reaches_which_page(browser: Browser, world: World, codes: dict[str, str], person: object, endpoint: str, status: int) -> None:
    browser.sign_in(person).get(f"feedback.{endpoint}", slug=world.slug, status=status)  # type: ignore[arg-type]


def test_the_secretariat_may_not_sign_nor_the_forum_publish(browser: Browser, world: World, codes: dict[str, str]) -> None:
    browser.sign_in(SARA).post("feedback.sign", {}, status=403, slug=world.slug)
    Browser(browser.app).sign_in(GLORIA).post("feedback.publish", {}, status=403, slug=world.slug)
    Browser(browser.app).sign_in(ANA).post("feedback.publish", {}, status=403, slug=world.slug)
    Browser(browser.app).sign_in(GLORIA).post("feedback.write", FORM, status=403, code=codes["waiting"])


def test_the_plan_is_written_and_approved_through_its_pages(browser: Browser, app: Flask, world: World, codes: dict[str, str]) -> None:
    browser.sign_in(SARA)
    assert "Obras que el vecino puede vigilar" in browser.get("plans.edit", slug=world.slug)
    browser.get("plans.new_commitment", slug=world.slug)
    made = browser.post(
        "plans.create_commitment",
        {"title": "Rutas", "description": "Se publicarán las rutas con su **horario** y paraderos.", "organisation": "gerencia-obras"},
        slug=world.slug,
    )
    assert made.response.location.endswith("/compromisos/3")
    browser.post("plans.create_milestone", {"title": "Mapa", "due_on": "2027-10-01"}, slug=world.slug, number=3)
    browser.post("plans.create_milestone", {"title": ""}, status=422, slug=world.slug, number=3)
    assert "3.1" in browser.get("plans.show_commitment", slug=world.slug, number=3)
    browser.post("plans.remove_commitment", slug=world.slug, number=1)
    assert "Hay respuestas que señalan el compromiso 1" in browser.get("plans.show_commitment", slug=world.slug, number=1)
    assert "<strong>horario</strong>" in browser.get("feedback.commitment", slug=world.slug, number=3).html
    for member in (GLORIA, FELIX):
        signer = Browser(app).sign_in(member)
        page = signer.get("feedback.approval", slug=world.slug)
        revision = page.soup.select_one("[name=revision]")["value"]
        refused = signer.post("feedback.sign_plan", {"revision": revision}, status=422, slug=world.slug)
        assert codes["waiting"] in refused
        reason = f"Vence el plazo de ley y quedan cuatro por responder; {member.name} lo acepta en público."
        signer.post("feedback.sign_plan", {"revision": revision, "override_reason": reason}, slug=world.slug)
    page = browser.get("feedback.plan", slug=world.slug)
    assert "Aprobado con una excepción pública" in page and "Vence el plazo de ley" in page
    assert "firma de los dos sectores" in browser.get("plans.show_commitment", slug=world.slug, number=3)


def test_empty_pages_say_what_to_do(browser: Browser, world: World) -> None:
    assert "Todavía no hay respuestas publicadas" in browser.get("feedback.index", slug=world.slug)
    assert "Todavía no hay plan" in browser.get("feedback.plan", slug=world.slug)
    browser.get("feedback.waiting", slug=world.slug)
    browser.sign_in(SARA)
    for endpoint in ("pile", "signatures", "publication"):
        browser.get(f"feedback.{endpoint}", slug=world.slug)
    browser.post("plans.save", {"title": "Plan nuevo"}, slug=world.slug)
    assert "no tiene compromisos" in browser.get("plans.edit", slug=world.slug)
