"""Government and civil society, equal: each signs exactly what it read, objects, or says in public that it does not agree."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Visit
from tests.pages.feedback import Workbench
from tests.pages.portal import HomePage
from tests.pages.signing import AgreementPage, PublicationPage, SignaturesPage

pytestmark = pytest.mark.browser
SLUG = "plan-cusco-2027"
OBJECTED, DISSENTED, EDITED, AT_ONCE = "CUS27-T04-0004", "CUS27-T06-0004", "CUS27-C-0038", "CUS27-C-0040"
OBJECTION = "Dice que se revisarán los horarios pero no desde cuándo: así nadie puede comprobar si se cumplió."
ADDED = " La primera revisión de horarios se hace en mayo de 2027."
DISSENT = (
    "Los vecinos de San Blas votaron dos veces por la calle peatonal todos los días. La respuesta se apoya en un estudio de tránsito "
    "que no se ha publicado."
)


def test_an_objection_holds_the_answer_until_its_text_says_what_was_missing(visit: Visit) -> None:
    gloria, felix, sara = visit("gloria"), visit("felix", size=PHONE), visit("sara")
    SignaturesPage(gloria, SLUG).sign(OBJECTED)
    SignaturesPage(felix, SLUG).agreement(OBJECTED).object_to(OBJECTION)
    gloria.goto(f"/mesa/procesos/{SLUG}/firmas")
    gloria.get_by_role("link", name=OBJECTED).first.click()
    assert OBJECTION in AgreementPage(gloria).words

    bench = open_bench(sara, OBJECTED)
    bench.add("Por qué, dirigido", ADDED)
    bench.send_to_review()
    expect(bench.errors).to_have_count(0)

    for person in (gloria, felix):  # the text is another one: what was signed before counts no more
        signatures = SignaturesPage(person, SLUG)
        expect(signatures.card(OBJECTED)).to_contain_text(ADDED.strip())
        signatures.sign(OBJECTED)
    assert OBJECTED in PublicationPage(sara, SLUG).approved


def test_a_dissent_is_published_beside_the_answer_it_did_not_stop(visit: Visit) -> None:
    gloria, felix = visit("gloria"), visit("felix", javascript=False)
    SignaturesPage(felix, SLUG).agreement(DISSENTED).dissent(DISSENT)
    for person in (gloria, felix):
        SignaturesPage(person, SLUG).sign(DISSENTED)
    publication = PublicationPage(visit("sara"), SLUG)
    assert "con un desacuerdo" in publication.approved
    publication.publish(DISSENTED)

    words = HomePage(visit(size=PHONE)).find(DISSENTED).read_answer().words
    assert DISSENT in words and "San Blas" in words
    assert "Félix Amaru" not in words  # with the sector and the post, never the name


def test_who_was_reading_while_the_text_changed_must_read_again(visit: Visit) -> None:
    gloria, felix, sara = visit("gloria", forgive=("status of 422", "status of 409")), visit("felix"), visit("sara")
    SignaturesPage(felix, SLUG).sign(EDITED)
    reading = SignaturesPage(gloria, SLUG)
    reading.mark(EDITED)

    bench = open_bench(sara, EDITED)
    bench.add("Por qué, dirigido", " El delegado suplente se elige el mismo día.")
    bench.send_to_review()
    expect(bench.errors).to_have_count(0)

    reading.sign_button.click()
    expect(reading.refusal).to_contain_text("El texto cambió después de que usted lo abrió")
    expect(reading.card(EDITED)).to_contain_text("El delegado suplente se elige el mismo día.")
    reading.sign(EDITED)
    assert EDITED not in PublicationPage(sara, SLUG).approved  # Félix signed the other text
    SignaturesPage(felix, SLUG).sign(EDITED)
    assert EDITED in PublicationPage(sara, SLUG).approved


def test_both_sign_in_the_same_moment(visit: Visit) -> None:
    pages = [visit("gloria"), visit("felix")]
    for page in pages:
        SignaturesPage(page, SLUG).mark(AT_ONCE)
    for page in pages:
        page.evaluate("setTimeout(() => document.querySelector('button[form=sign]').click(), 50)")
    for page in pages:
        page.get_by_role("checkbox", name=f"La leí y la firmo {AT_ONCE}").wait_for(state="detached")
    assert AT_ONCE in PublicationPage(visit("sara"), SLUG).approved


def open_bench(page: Any, code: str) -> Workbench:
    page.goto(f"/mesa/procesos/{SLUG}/firmas")
    page.get_by_role("link", name=f"Abrir en la mesa {code}").click()
    return Workbench(page)
