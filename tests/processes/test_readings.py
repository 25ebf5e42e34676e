"""Easy-to-read versions of a process."""

import pytest
from flask import Flask

from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import RuleBroken
from app.processes import queries, services
from app.processes.models import ProcessReading
from app.processes.rules.readings import ReadingDraft, ReadingLanguage, long_sentences, problems_with_reading
from tests.browser import Browser
from tests.cast import ANA, ROSA, SARA
from tests.world import NOON, World

TEXT = (
    "El distrito hará un plan.\n\nEl plan dice qué arreglar primero.\n\n"
    "Usted puede decir qué falta.\n\nHay un taller el 20 de marzo.\n\nTambién puede llamar."
)
TRIED = "Tres personas del club de madres de Ccorca"


@pytest.mark.parametrize(
    ("draft", "current", "codes"),
    [
        (ReadingDraft(ReadingLanguage.SPANISH, TEXT, TRIED), "", []),
        (ReadingDraft(ReadingLanguage.SPANISH, "Corto.", TRIED), "", ["reading-text-short"]),
        (ReadingDraft(ReadingLanguage.SPANISH, "x " * 2_001, TRIED), "", ["reading-text-long"]),
        (ReadingDraft(ReadingLanguage.SPANISH, TEXT, "nadie"), "", ["reading-trial-missing"]),
        (ReadingDraft(ReadingLanguage.SPANISH, TEXT, TRIED), TEXT + "\n", ["reading-nothing-changed"]),
    ],
)
def test_an_easy_text_is_short_new_and_tried_with_people(draft: ReadingDraft, current: str, codes: list[str]) -> None:
    assert [str(problem.code) for problem in problems_with_reading(draft, current=current)] == codes


def test_long_sentences_are_named_one_by_one() -> None:
    long = "Esta oración tiene muchas más de quince palabras porque nadie la partió en dos cuando todavía era posible hacerlo."
    assert long_sentences(f"Corta. {long} Otra corta.\nY otra") == [long]


def test_each_publication_is_a_row_and_the_newest_of_a_language_is_read(app: Flask, world: World) -> None:
    with app.app_context():
        process = queries.process_by_slug(world.slug)
        assert process is not None
        for text in (TEXT, TEXT + "\n\nEs gratis."):
            services.publish_reading(process, ReadingDraft(ReadingLanguage.SPANISH, text, TRIED), person_id=world.id_of(SARA), now=NOON)
        services.publish_reading(process, ReadingDraft(ReadingLanguage.QUECHUA, TEXT, TRIED), person_id=world.id_of(SARA), now=NOON)
        with pytest.raises(RuleBroken):
            services.publish_reading(process, ReadingDraft(ReadingLanguage.QUECHUA, TEXT, TRIED), person_id=world.id_of(SARA), now=NOON)
        found = queries.readings(process.id)
        assert [(language.value, one.n) for language, one in found.items()] == [("es", 2), ("qu", 1)]
        assert db.session.query(ProcessReading).count() == 3
        assert db.session.query(AuditEntry).filter_by(action="processes.publish-reading").count() == 3
        db.session.rollback()


def test_the_secretariat_publishes_it_and_everybody_reads_it_from_the_process(browser: Browser, app: Flask, world: World) -> None:
    browser.get("processes.reading", slug=world.slug, status=404)
    page = browser.sign_in(SARA).get("processes.show", slug=world.slug)
    assert page.soup.select_one(f"a[href='/mesa/procesos/{world.slug}/lectura-facil']")
    given = {"language": "qu", "text": TEXT, "tried_with": ""}
    refused = browser.post("processes.publish_reading", slug=world.slug, data=given, status=422)
    assert TEXT.split("\n")[0] in refused.html and "sin nombres" in refused
    browser.post("processes.publish_reading", slug=world.slug, data={**given, "tried_with": TRIED})
    link = browser.get("portal.process", slug=world.slug).soup.select_one("main a[href*='lectura-facil']")
    assert link and "quechua" in link.get_text()
    page = browser.get(link["href"])
    assert page.soup.select_one(".easy")["lang"] == "qu" and TRIED in page


@pytest.mark.parametrize("person", [ANA, ROSA])
def test_only_who_edits_the_process_writes_it(browser: Browser, world: World, person: object) -> None:
    browser.sign_in(person).get("processes.edit_reading", slug=world.slug, status=403)  # type: ignore[arg-type]
