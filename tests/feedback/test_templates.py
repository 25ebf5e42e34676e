"""Texts to start from: our own substitution, unknown fields told with those that exist, kept and used by people."""

import pytest
from flask import Flask

from app.core.db import db
from app.core.errors import RuleBroken
from app.feedback import queries, services
from app.feedback.messages import in_words
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import Outcome, Reason
from app.feedback.rules.templates import (
    FIELDS,
    TemplateDraft,
    TemplateProblem,
    fields_of,
    fill,
    fill_text,
    fits,
    problems_with_draft,
    problems_with_fields,
    problems_with_template,
    slug_for,
)
from tests.browser import Browser
from tests.cast import ANA, FELIX, LUIS, MARCO, SARA
from tests.feedback.answers import make_plan, process_of, say
from tests.world import NOON, World

TEXT = "Gracias por su aporte {{codigo}} sobre {{ Tema }}. Lo que pide, «{{titulo}}», ya está en marcha en {{territorio}}."
GOOD = TemplateDraft("Ya está en marcha", Outcome.ALREADY_COVERED, Reason.R01, TEXT)


def test_fields_are_found_as_they_are_written_and_filled_whatever_their_case() -> None:
    assert fields_of(TEXT) == ("codigo", "Tema", "titulo", "territorio")
    text, missing = fill_text("{{Código}}: {{ TEMA }} y {{taller}}", {"codigo": "C-1", "tema": "Agua"})
    assert (text, missing) == ("C-1: Agua y ", ("taller",))


@pytest.mark.parametrize(
    "said",
    ["{{codigo}}", "{% for x in y %}", "{{ ''.__class__.__mro__ }}", "%(x)s {0} ${y}", "<script>alert(1)</script>"],
)
def test_what_a_contribution_says_is_never_read_as_a_field_nor_run(said: str) -> None:
    assert fill_text("Pide «{{titulo}}».", {"titulo": said, "codigo": "NUNCA"}) == (f"Pide «{said}».", ())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("{{codigo}} y {{proceso}}", []),
        ("{{nombre}}", [TemplateProblem.UNKNOWN_FIELDS]),
        ("{{ config }} {{titulo.__class__}}", [TemplateProblem.UNKNOWN_FIELDS]),
        ("{{codigo", [TemplateProblem.STRAY_BRACES]),
        ("codigo}} {{", [TemplateProblem.STRAY_BRACES]),
        ("{{dni}} }}", [TemplateProblem.UNKNOWN_FIELDS, TemplateProblem.STRAY_BRACES]),
        ("llaves { sueltas } no son campos", []),
    ],
)
def test_a_field_nobody_knows_is_told_with_all_that_exist(text: str, codes: list[TemplateProblem]) -> None:
    problems = problems_with_fields(text)
    assert [p.code for p in problems] == codes
    for problem in problems:
        if problem.code is TemplateProblem.UNKNOWN_FIELDS:
            assert all(f"{{{{{name}}}}}" in problem.values["known"] for name in FIELDS)


def test_a_template_needs_a_name_a_decision_and_a_text() -> None:
    assert problems_with_template(GOOD) == ()
    assert {p.code for p in problems_with_template(TemplateDraft(text="corto"))} == {
        TemplateProblem.NAME_MISSING, TemplateProblem.NO_OUTCOME, TemplateProblem.TEXT_SHORT,
    }  # fmt: skip


def test_every_sentence_of_an_answer_may_have_fields() -> None:
    draft = DecisionDraft(text="{{codigo}}", change_needed="{{nada}}", where_to_go="En {{territorio}}")
    assert [p.field for p in problems_with_draft(draft)] == ["change_needed"]
    chosen = DecisionDraft(text="{{entidad}} y {{Compromiso}}", commitment=2)
    assert [(p.code, p.field) for p in problems_with_draft(chosen)] == [(TemplateProblem.NOT_CHOSEN, "organisation")]
    filled = fill(DecisionDraft(text="{{codigo}}", where_to_go="En {{territorio}}"), {"codigo": "C-1"})
    assert (filled.draft.text, filled.draft.where_to_go, filled.missing) == ("C-1", "En ", ("territorio",))


def test_a_template_without_a_reason_serves_every_reason() -> None:
    assert fits(Outcome.NOT_ADOPTED, None, wanted=Outcome.NOT_ADOPTED, wanted_reason=Reason.R04)
    assert fits(Outcome.NOT_ADOPTED, Reason.R04, wanted=None, wanted_reason=None)
    assert not fits(Outcome.NOT_ADOPTED, Reason.R04, wanted=Outcome.NOT_ADOPTED, wanted_reason=Reason.R02)
    assert not fits(Outcome.ADOPTED, None, wanted=Outcome.NOT_ADOPTED, wanted_reason=None)


def test_names_for_the_address_are_plain_and_never_taken_twice() -> None:
    assert slug_for("¡Ya está en marcha!", ()) == "ya-esta-en-marcha"
    assert slug_for("Ya está en marcha", {"ya-esta-en-marcha"}) == "ya-esta-en-marcha-2" and slug_for("¿?", ()) == "plantilla"


def test_the_sentence_of_an_unknown_field_names_it_and_those_that_exist() -> None:
    (problem,) = problems_with_fields("{{nombre}}")
    told = str(in_words(problem))
    assert "{{nombre}}" in told and "{{titulo}}" in told


@pytest.fixture
def here(world: World, context: None) -> World:
    make_plan(world)
    return world


def test_a_template_is_kept_changed_and_retired_and_who_was_late_is_told(here: World) -> None:
    process, sara = process_of(here), here.id_of(SARA)
    kept = services.add_template(process, GOOD, person_id=sara, now=NOON)
    again = services.add_template(process, GOOD, person_id=sara, now=NOON)
    again_slug = again.slug
    assert (kept.slug, again_slug, kept.process_id) == ("ya-esta-en-marcha", "ya-esta-en-marcha-2", process.id)
    services.edit_template(
        kept, process, TemplateDraft("Otro nombre", Outcome.DEFERRED, None, TEXT, True), revision=1, person_id=sara, now=NOON
    )
    assert (kept.name, kept.outcome, kept.process_id, kept.revision, kept.slug) == (
        "Otro nombre", Outcome.DEFERRED, None, 2, "ya-esta-en-marcha",
    )  # fmt: skip
    db.session.commit()
    with pytest.raises(RuleBroken) as refused:
        services.edit_template(kept, process, GOOD, revision=1, person_id=sara, now=NOON)
    assert refused.value.problems[0].code is TemplateProblem.CHANGED
    found = queries.template_by_slug(process_of(here), again_slug)
    process = process_of(here)
    services.retire_template(found, revision=found.revision, now=NOON)
    db.session.flush()
    assert [t.name for t in queries.templates_of(process)] == ["Otro nombre"]
    assert [t.slug for t in queries.templates_of(process, retired=True)] == [again_slug]
    services.restore_template(found, revision=found.revision)
    assert again_slug in {t.slug for t in queries.templates_of(process)}


def test_fields_are_filled_from_the_contribution_and_a_hidden_title_is_not_copied(here: World) -> None:
    from app.contributions import services as contributions

    one, process = say(here), process_of(here)
    draft = DecisionDraft(organisation="gerencia-obras", commitment=2, milestone="2.1", criterion="Impacto")
    values = queries.field_values(process, [one], draft, reason="Ya está hecho", channels={one.channel: "Internet"}, scores={})[one.id]
    assert (values["codigo"], values["titulo"], values["tema"]) == (one.code, one.title, "Agua y saneamiento")
    assert (values["entidad"], values["compromiso"], values["hito"]) == ("Gerencia de Obras", "2. Agua con datos abiertos", "2.1")
    assert (values["canal"], values["contacto"], values["taller"], values["puntaje"]) == ("internet", "foro@example.pe", "", "")
    assert set(values) == set(FIELDS)
    contributions.hide(one, now=NOON)
    values = queries.field_values(process, [one], draft, reason="", channels={}, scores={one.id: ("78 de 100", "3 de 40")})[one.id]
    assert (values["titulo"], values["puntaje"], values["puesto"]) == ("", "78 de 100", "3 de 40")


def test_the_secretariat_keeps_templates_and_everybody_who_answers_uses_them(app: Flask, browser: Browser, world: World) -> None:
    with app.app_context():
        make_plan(world)
        code = say(world).code
        db.session.commit()
        db.session.remove()
    browser.sign_in(SARA)
    sent = {"name": "Ya está en marcha", "outcome": "already_covered", "reason_code": "R01", "text": TEXT}
    page = browser.post(
        "feedback.create_template", {**sent, "text": "Hola {{nombre}}, ya está hecho lo que pide usted."}, status=422, slug=world.slug
    )
    assert "No existe {{nombre}}" in page and "{{titulo}}" in page and "Hola" in page.html
    browser.post("feedback.create_template", sent, slug=world.slug)
    assert "Ya está en marcha" in browser.get("feedback.templates", slug=world.slug)
    page = browser.get("feedback.template", slug=world.slug, template="ya-esta-en-marcha")
    browser.post(
        "feedback.edit_template",
        {**sent, "revision": "1", "name": "Ya se hace", "do": "save"},
        slug=world.slug,
        template="ya-esta-en-marcha",
    )
    late = browser.post(
        "feedback.edit_template", {**sent, "revision": "1", "do": "save"}, status=422, slug=world.slug, template="ya-esta-en-marcha"
    )
    assert "Otra persona cambió esta plantilla" in late
    ana = Browser(app).sign_in(ANA)
    assert "Ya se hace" in ana.get("feedback.workbench", code=code)
    typed = {"plantilla": "ya-esta-en-marcha", "revision": "0", "organisation": "gerencia-obras", "reference": "Ley 27806"}
    page = ana.post("feedback.use_template", typed, status=200, code=code)
    text = page.soup.select_one("#text").get_text()
    assert f"Gracias por su aporte {code} sobre Agua y saneamiento" in text and "{{territorio}}" in text
    assert page.soup.select_one("input[name=outcome][checked]")["value"] == "already_covered" and "Ley 27806" in page.html
    with app.app_context():
        assert queries.open_decision(1) is None
        db.session.remove()
    ana.get("feedback.new_template", status=403, slug=world.slug)
    browser.post("feedback.edit_template", {"revision": "2", "do": "retire"}, slug=world.slug, template="ya-esta-en-marcha")
    assert "Retiradas" in browser.get("feedback.templates", slug=world.slug)
    assert "Ya se hace" not in ana.get("feedback.workbench", code=code)


@pytest.mark.parametrize(("member", "status"), [(LUIS, 200), (FELIX, 200), (MARCO, 403)])
def test_who_reads_drafts_reads_templates(browser: Browser, world: World, member: object, status: int) -> None:
    browser.sign_in(member).get("feedback.templates", status=status, slug=world.slug)  # type: ignore[arg-type]
