"""A citizen on a slow phone: what is typed is kept, comes back from its link, and survives a line that drops."""

import pytest
from playwright.sync_api import expect

from tests.journeys import neighbourhood
from tests.journeys.conftest import PHONE, Visit
from tests.journeys.test_weight import FIRST_VISIT_BYTES, SLOW
from tests.pages.contributions import ContributionForm, ReceiptPage, Said
from tests.pages.moderation import QueuePage
from tests.pages.portal import ProcessPage

pytestmark = pytest.mark.browser
FORM = f"/procesos/{neighbourhood.SLUG}/aportes/nuevo"
PIPES = Said("La tubería de la calle Siete Cuartones gotea hace un mes. Pido que la cambien antes de las lluvias.", theme="Agua potable")
STAIRS = Said("Las escaleras de la cuesta Resbalosa no tienen baranda. Pido una baranda y luz.", name="Eusebia Ccoyo Mamani")
WELL = Said("El pozo de la parte alta no tiene cerco. Pido un cerco y un candado.", name="Mateo Condori")


def test_the_form_fits_in_45_kilobytes_the_first_time(visit: Visit) -> None:
    page = visit(size=PHONE)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    parts: list[float] = []
    line.on("Network.loadingFinished", lambda done: parts.append(done["encodedDataLength"]))
    page.goto(FORM, wait_until="networkidle")
    print(f"\nthe form, first visit: {sum(parts):.0f} B")
    assert 0 < sum(parts) <= FIRST_VISIT_BYTES


def test_on_a_slow_line_it_is_kept_as_typed_and_sent_from_its_link_on_another_phone(visit: Visit) -> None:
    page = visit(size=PHONE)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    page.goto(FORM)
    ContributionForm(page).fill(PIPES)
    expect(page.locator("#guardado")).to_contain_text("Guardado a las")
    link = page.get_by_role("link", name="Enlace para seguir después").get_attribute("href")
    other = visit(size=PHONE, forgive=("status of 404",))
    other.goto(link)
    assert ContributionForm(other).said == PIPES.text
    assert ContributionForm(other).send().code.startswith(f"{neighbourhood.CODE}-C-")
    assert other.goto(link).status == 404
    assert other.evaluate("localStorage.length") == 0


def test_when_the_line_drops_nothing_is_lost_and_it_is_sent_when_it_is_back(visit: Visit) -> None:
    page = visit(size=PHONE, forgive=("ERR_INTERNET_DISCONNECTED",))
    page.goto(FORM)
    form = ContributionForm(page)
    expect(page.get_by_text("En este equipo quedó algo")).to_be_hidden()
    page.context.set_offline(True)
    form.fill(STAIRS)
    form.send_button.click()
    expect(page.locator("#guardado")).to_contain_text("Sin señal")
    page.context.set_offline(False)
    page.reload()  # the phone threw the page away
    page.get_by_role("button", name="Seguir escribiéndolo").click()
    assert form.said == STAIRS.text
    assert page.get_by_label("Su nombre y apellidos").input_value() == "", "names are not left on a device that may be anybody's"
    form.fill(STAIRS)
    assert form.send().code


def test_without_javascript_a_button_keeps_it_and_hints_never_stand_in_the_way(visit: Visit) -> None:
    page = visit(size=PHONE, javascript=False)
    form = ProcessPage(page, neighbourhood.SLUG).contribute()
    form.fill(WELL)
    page.get_by_role("button", name="Ver si otras personas dijeron algo parecido").click()
    expect(page.get_by_text("Puede enviar el suyo")).to_be_visible()
    page.get_by_role("button", name="Guardar y seguir después").click()
    page.get_by_text("todavía no se ha enviado").wait_for()
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    assert ContributionForm(page).said == WELL.text
    assert ContributionForm(page).send().code


def test_what_others_said_is_offered_on_leaving_the_text(visit: Visit) -> None:
    first = visit(size=PHONE)
    first.goto(FORM)
    form = ContributionForm(first)
    form.fill(Said("La cancha de Tica Tica se inunda con cada lluvia. Pido una cuneta y un desagüe.", name="Ada Poma"))
    code = form.send().code
    QueuePage(visit("marco"), neighbourhood.SLUG).publish(code)
    second = visit(size=PHONE)
    second.goto(FORM)
    again = ContributionForm(second)
    again.fill(Said("Cada lluvia se inunda la cancha de Tica Tica: que hagan cuneta y desagüe ya.", name="Luz Roque"))
    expect(second.get_by_text("Otras personas dijeron algo parecido")).to_be_visible()
    assert second.get_by_role("link", name=code).get_attribute("target") == "_blank"
    assert isinstance(again.send(), ReceiptPage)
