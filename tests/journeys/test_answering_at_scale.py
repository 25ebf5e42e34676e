"""Sara has twenty-seven contributions without answer: what says the same is answered once, what says two things twice, the rest goes
to whom it belongs, and everything leaves in batches with its letters."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from app.core import clock
from app.core.dates import short_date
from tests.journeys.conftest import PHONE, Visit
from tests.journeys.demonstration import DemonstrationSite
from tests.journeys.mailbox import Mailbox, plain
from tests.pages.desk import Desk
from tests.pages.groups import GroupPage, SuggestionsPage
from tests.pages.letters import DeliveriesPage
from tests.pages.pile import PilePage
from tests.pages.portal import WaitingPage
from tests.pages.signing import PublicationPage, SignaturesPage

pytestmark = pytest.mark.browser
SLUG = "plan-cusco-2027"
HORNS, HORNS_CODES = "Bocinas toda la noche en la avenida de la Cultura", ["CUS27-C-0046", "CUS27-C-0048", "CUS27-C-0051"]
ASKED = "Medir el ruido de las bocinas en la avenida de la Cultura y publicar las multas"
OFFICE = "Secretaría General"
NO_MONEY = "Para un próximo plan: Sin presupuesto en estos dos años"
ALL_TO_BULK, APART = ["CUS27-T03-0012", "CUS27-P-0013", "CUS27-O-0012"], "CUS27-T03-0012"
ON_PAPER, BY_MAIL, LATER = "CUS27-T03-0007", "CUS27-C-0034", "CUS27-T06-0005"


def test_what_says_the_same_is_grouped_by_one_person_and_reviewed_by_another(visit: Visit) -> None:
    sara = visit("sara", javascript=False)
    suggested = SuggestionsPage(sara)
    assert suggested.codes(HORNS) == HORNS_CODES
    suggested.group(HORNS, called=ASKED)
    group = GroupPage.open(sara, ASKED)
    assert "Falta la revisión de otra persona" in group.state
    expect(group.review_button).to_have_count(0)  # who grouped does not review

    felix = visit("felix", size=PHONE)
    assert "1 grupo de aportes espera su revisión" in Desk(felix).open().waiting
    GroupPage.open(felix, ASKED).review()

    assert "Revisado por Félix Amaru Sota" in GroupPage.open(sara, ASKED).state
    words = GroupPage.open(sara, ASKED).look_as_public()
    assert "Otra persona lo revisó" in words and all(code in words for code in HORNS_CODES)


def test_one_contribution_with_two_ideas_gets_two_decisions(visit: Visit) -> None:
    sara = visit("sara", forgive=("status of 422",))
    bench = PilePage(sara, SLUG).open("CUS27-T03-0013")
    notices, fares = bench.split()
    notices.write("Qué pidió, en esta idea", "Que avisen con tiempo a los delegados comunales.")
    notices.choose("Acogido")
    notices.write("Por qué, dirigido", "Usted pidió avisos con tiempo. Desde enero cada delegado los recibe diez días antes.")
    notices.write("Qué cambia gracias", "Antes el aviso llegaba el mismo día; ahora llega diez días antes.")
    notices.select("Compromiso del plan", "2. Acuerdos del presupuesto participativo que se siguen hasta el gasto")
    fares.write("Qué pidió, en esta idea", "Que paguen el pasaje de los delegados.")
    fares.choose("Para un próximo plan")
    bench.save()
    expect(bench.errors).to_have_count(0)
    assert fares.written("Qué pidió, en esta idea") == "Que paguen el pasaje de los delegados."
    bench.send_to_review()
    expect(bench.errors).to_contain_text("motivo")  # the second idea is held to the same rules as any answer
    fares.select("Motivo", "R04 Presupuesto o recursos")
    fares.write(
        "Por qué, dirigido",
        "Usted pidió el pasaje de los delegados. El presupuesto de 2027 ya está repartido y una partida nueva pide acuerdo del concejo; "
        "la gerencia la lleva al proyecto de 2028 con su código.",
    )
    fares.write("Para qué plan o año", "2028")
    fares.write("Quién se encarga", "Gerencia de Participación Ciudadana")
    bench.choose_entity("Gerencia de Participación Ciudadana")
    bench.send_to_review()
    expect(bench.errors).to_have_count(0)
    assert "CUS27-T03-0013" in PilePage(sara, SLUG).only("En revisión").codes


def test_a_pile_is_given_to_an_entity_and_everybody_sees_until_when(visit: Visit) -> None:
    until = clock.lima_day(clock.now()) + timedelta(days=9)
    sara, codes = visit("sara", javascript=False), ["CUS27-T04-0010", "CUS27-P-0013"]
    before = WaitingPage.from_home(visit(size=PHONE))
    assert "Todavía sin entidad asignada" in before.line_of(codes[0])

    giving = PilePage(sara, SLUG).only("Sin asignar").assign(*codes)
    told = giving.preview(to=f"{OFFICE} (Municipalidad Provincial del Cusco)", until=until, note="Son del mismo circuito.")
    assert f"2 aportes pasan a {OFFICE}" in told and "2 no tenían entidad" in told
    assert "Todavía sin entidad asignada" in before.again().line_of(codes[0])  # looking at it changes nothing
    giving.assign()

    after = before.again()
    for code in codes:
        assert f"Debe responder {OFFICE}, hasta el {short_date(until)}" in after.line_of(code)
    assert OFFICE in after.whose


def test_three_are_answered_from_one_template_after_reading_each_text(visit: Visit) -> None:
    sara = visit("sara")
    bulk = PilePage(sara, SLUG).answer_together(*ALL_TO_BULK)
    bulk.use_template(NO_MONEY)
    assert "{{titulo}}" in bulk.text
    bulk.write("Para qué plan o año", "2029")
    bulk.write("Quién se encarga", "Gerencia de Planeamiento y Presupuesto")
    bulk.choose_entity("Gerencia de Planeamiento y Presupuesto")
    texts = bulk.see_each()
    assert "«Radio y linternas para la ronda, y que nos inviten al comité» tiene sentido" in texts.text_for("CUS27-P-0013")
    assert "el presupuesto de 2027 y 2028 de Gerencia de Planeamiento y Presupuesto ya está comprometido" in texts.text_for("CUS27-P-0013")
    texts = texts.take_out(APART)
    texts.send()
    in_review = PilePage(sara, SLUG).only("En revisión").codes
    assert {"CUS27-P-0013", "CUS27-O-0012"} <= set(in_review) and APART not in in_review


def test_one_batch_leaves_now_and_another_at_its_hour_and_the_letters_follow(
    visit: Visit, site: DemonstrationSite, mailbox: Mailbox
) -> None:
    sara = visit("sara")
    letters = DeliveriesPage(sara)
    to_print, queued = letters.count("Por imprimir"), letters.count("En cola")
    publication = PublicationPage(sara, SLUG)
    shown = publication.look_as_public()
    assert "Campaña municipal para que los buses paren en Saylla" in shown

    at = clock.now() + timedelta(minutes=7)
    publication.tick(LATER)
    publication.schedule(clock.lima_day(at), f"{at.astimezone(clock.LIMA):%H:%M}")
    assert "1 respuesta" in publication.scheduled
    assert "en un lote programado" in publication.approved
    publication.publish(ON_PAPER, BY_MAIL)

    letters = DeliveriesPage(sara)
    assert (letters.count("Por imprimir"), letters.count("En cola")) == (to_print + 1, queued + 1)
    site.send_mail(mailbox.port)
    assert any(BY_MAIL in plain(letter) for letter in mailbox.kept)
    letters = DeliveriesPage(sara)
    assert letters.count("En cola") == 0 and letters.count("Enviadas por correo") >= queued + 1
    letters.only("Por imprimir")
    sheet = letters.print(ON_PAPER)
    assert "1 carta. Cada persona firma al recibir la suya" in sheet and ON_PAPER in sheet
    letters = DeliveriesPage(sara)
    letters.only("Impresas")
    assert "Lo anotó Sara Núñez Prado" in letters.log_of(ON_PAPER)

    assert not is_public(visit(), LATER)
    site.publish_what_is_due(at + timedelta(minutes=1))
    assert is_public(visit(), LATER)


def test_felix_reads_signs_and_leaves_without_a_mouse(visit: Visit) -> None:
    felix = visit("felix")
    signatures = SignaturesPage(felix, SLUG)
    box = felix.get_by_role("checkbox", name="La leí y la firmo CUS27-T02-0010")
    box.focus()
    felix.keyboard.press("Space")
    expect(box).to_be_checked()
    signatures.sign_button.focus()
    felix.keyboard.press("Enter")
    expect(box).to_have_count(0)


def is_public(page: Any, code: str) -> bool:
    page.goto(f"/aportes/{code}")
    return "Ver la respuesta completa" in str(page.get_by_role("main").inner_text())
