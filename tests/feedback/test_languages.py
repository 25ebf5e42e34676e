"""What was said in a language of Peru is answered like the rest, and every page that repeats it says which language it is."""

from dataclasses import replace

import pytest
from flask import Flask

from app.contributions.messages import LANGUAGES
from app.contributions.rules.terms import Language
from app.core.db import db
from app.feedback.messages.checks import said as words_of
from app.feedback.rules.checks import CheckCode, checks
from tests.browser import Browser
from tests.cast import ANA, FELIX, GLORIA, INES, MARCO
from tests.feedback.answers import NOT_ADOPTED, approve, make_plan, publish, say, write
from tests.feedback.test_checks import FACTS
from tests.world import NOON, World


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


def waiting(app: Flask, world: World, language: Language) -> str:
    """The code of a public contribution in the language, with an answer being written."""
    with app.app_context():
        made = say(world, language.value)
        made.language = language
        write(world, made)
        code = made.code
        db.session.commit()
        return code


@pytest.fixture
def answered(app: Flask, world: World) -> dict[Language, str]:
    """The code of one published answer for each language there is."""
    with app.app_context():
        make_plan(world)
        said = {language: say(world, f"lengua-{language.value}") for language in Language}
        for language, made in said.items():
            made.language = language
        drafts = {language: replace(NOT_ADOPTED, summary="Pisi rimaylla.", summary_language=language) for language in Language}
        publish(world, *(approve(world, made, drafts[language]) for language, made in said.items()))
        codes = {language: made.code for language, made in said.items()}
        db.session.commit()
        return codes


def test_an_answer_is_read_whatever_the_language_of_the_contribution(browser: Browser, world: World, answered: dict[Language, str]) -> None:
    index = browser.get("feedback.index", slug=world.slug)
    for language, code in answered.items():
        marked = index.soup.find(id=code).find("blockquote").get("lang", "")
        assert marked == language.tag
        for endpoint in ("feedback.show", "portal.contribution"):
            found = {tag["lang"] for tag in browser.get(endpoint, code=code).soup.select("main [lang]")}
            assert found == ({language.tag} if language.tag else set()), (endpoint, language)


@pytest.mark.parametrize("language", [Language.QUECHUA_CUSCO, Language.QUECHUA_AYACUCHO, Language.KUKAMA])
def test_who_answers_and_who_signs_read_it_with_its_language(app: Flask, world: World, language: Language) -> None:
    code = waiting(app, world, language)
    page = Browser(app).sign_in(ANA).get("feedback.workbench", code=code)
    assert page.soup.select_one(f"blockquote[lang={language.value}]") and str(LANGUAGES[language]).lower() in page.text.lower()
    for person in (GLORIA, FELIX):
        assert Browser(app).sign_in(person).get("feedback.signatures", slug=world.slug).status == 200


def test_every_language_that_can_be_chosen_has_a_name_and_its_summary_is_asked_for() -> None:
    assert set(LANGUAGES) == set(Language)
    for language in set(Language) - {Language.SPANISH, Language.OTHER}:
        check = next(c for c in checks(NOT_ADOPTED, replace(FACTS, language=language)) if c.code is CheckCode.NO_SUMMARY)
        assert str(LANGUAGES[language]).lower() in words_of(check)


def test_who_lives_in_loreto_says_in_which_language_they_write(browser: Browser, world: World) -> None:
    page = browser.get("contributions.new", slug=world.slug)
    offered = {option["value"]: option.get_text(strip=True) for option in page.soup.select("select[name=language] option")}
    assert offered.items() >= {"cod": "Kukama kukamiria", "agr": "Awajún", "shp": "Shipibo-konibo"}.items()
    assert list(offered)[0] == "es" and list(offered)[-1] == "otro"


def test_a_talk_in_another_language_is_marked_where_it_is_heard_and_moderated(app: Flask, world: World) -> None:
    code = waiting(app, world, Language.QUECHUA_CUSCO)
    assert Browser(app).get("moderation.report_form", code=code).soup.select_one(".said[lang=quz]")
    assert Browser(app).sign_in(MARCO).get("moderation.show", slug=world.slug, code=code).soup.select_one("[lang=quz]")
    assert Browser(app).sign_in(INES).get("contributions.summary", code=code).soup.select_one("[lang=quz]")
