"""What was said in another language keeps it; a person adds a summary in Spanish, signed, findable, and given away with the rest."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.contributions import queries, services
from app.contributions.models import ContributionSummary
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.filters import ContributionFilters
from app.contributions.rules.summaries import SummaryProblem, problems_with_summary
from app.contributions.rules.terms import Language, NameConsent, Visibility
from app.core.db import db
from app.processes.models import Process
from tests.browser import Browser
from tests.cast import ANA, INES, MARCO, SARA, VERA
from tests.world import NOON, World

SAID = "Llaqtaypi unu pisilla kan, sapa tuta tukukun. Musuq unu churana munayku."
SUMMARY = "En mi comunidad hay poca agua y se acaba cada noche. Piden un reservorio."


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


def said(app: Flask, world: World, language: Language = Language.QUECHUA_CUSCO, *, publish: bool = True) -> str:
    with app.app_context():
        process = db.session.get(Process, world.process_id)
        draft = ContributionDraft(text=SAID, consent=NameConsent.ANONYMOUS, language=language)
        made = services.receive(draft, process, submission_key="en-otra-lengua-000001", received_at=NOON, now=NOON, publish=publish)
        db.session.commit()
        return made.contribution.code


@pytest.mark.parametrize(
    ("text", "language", "visibility", "problem"),
    [
        (SUMMARY, Language.QUECHUA, Visibility.PUBLIC, None),
        (SUMMARY, Language.SPANISH, Visibility.PUBLIC, SummaryProblem.NOT_NEEDED),
        (SUMMARY, Language.AYMARA, Visibility.HELD, SummaryProblem.NOT_PUBLIC),
        ("Agua", Language.AYMARA, Visibility.PUBLIC, SummaryProblem.SHORT),
        ("a" * 1_501, Language.OTHER, Visibility.PUBLIC, SummaryProblem.LONG),
    ],
)
def test_what_may_be_summarised(text: str, language: Language, visibility: Visibility, problem: SummaryProblem | None) -> None:
    assert [p.code for p in problems_with_summary(text, language=language, visibility=visibility)] == ([problem] if problem else [])


def test_it_is_read_beside_the_words_with_the_name_of_who_wrote_it(app: Flask, browser: Browser, world: World) -> None:
    code = said(app, world)
    browser.sign_in(INES)
    assert code in browser.get("contributions.summaries", slug=world.slug)
    browser.post("contributions.summarise", {"text": SUMMARY, "seen": "0"}, code=code)
    assert browser.get("contributions.summaries", slug=world.slug).soup.find("a", href=f"/mesa/aportes/{code}/resumen") is None
    page = Browser(app).get("portal.contribution", code=code)
    assert page.soup.select_one(".said")["lang"] == "quz"
    assert SUMMARY in page and INES.name in page and "Resumen en castellano" in page
    assert browser.client.get(f"/aportes/{code}.json").json["summary"] == SUMMARY
    lines = browser.client.get(f"/procesos/{world.slug}/aportes.csv").text.splitlines()
    assert lines[0].endswith(";resumen_castellano;resumen_de") and SUMMARY in lines[1] and "quz" in lines[1]
    assert browser.client.get(f"/procesos/{world.slug}/aportes.json").json[0]["resumen_castellano"] == SUMMARY
    with app.app_context():
        found = queries.page_of(world.process_id, ContributionFilters(q="reservorio"), 1).rows
        assert [row.code for row in found] == [code]
        (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "contributions.summarise")).all()
        assert "reservorio" not in entry.body


def test_who_comes_second_reads_the_first_and_loses_nothing(app: Flask, browser: Browser, world: World) -> None:
    code = said(app, world)
    browser.sign_in(INES).post("contributions.summarise", {"text": SUMMARY, "seen": "0"}, code=code)
    other = Browser(app).sign_in(SARA)
    mine = "Se acaba el agua todas las noches y quieren otra fuente."
    page = other.post("contributions.summarise", {"text": mine, "seen": "0"}, code=code, status=422)
    assert SUMMARY in page and page.soup.find("textarea", id="text").get_text().strip() == mine
    other.post("contributions.summarise", {"text": mine, "seen": "1"}, code=code)
    with app.app_context():
        rows = db.session.scalars(select(ContributionSummary).order_by(ContributionSummary.n)).all()
        assert [(row.n, row.text) for row in rows] == [(1, SUMMARY), (2, mine)]


def test_what_waits_or_is_in_spanish_is_not_summarised(app: Flask, browser: Browser, world: World) -> None:
    code = said(app, world, publish=False)
    browser.sign_in(INES).post("contributions.summarise", {"text": SUMMARY, "seen": "x"}, code=code, status=422)


@pytest.mark.parametrize(("person", "status"), [(INES, 200), (MARCO, 200), (SARA, 200), (ANA, 403), (VERA, 403)])
def test_only_who_facilitates_moderates_or_keeps_the_secretariat_summarises(app: Flask, world: World, person: object, status: int) -> None:
    code = said(app, world)
    who = Browser(app).sign_in(person)  # type: ignore[arg-type]
    who.get("contributions.summary", code=code, status=status)
    who.get("contributions.summaries", slug=world.slug, status=status)
