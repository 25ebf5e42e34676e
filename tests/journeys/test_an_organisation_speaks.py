"""An organisation registers itself, names who acts for it, is verified, and says something under its own name."""

import pytest

from tests.journeys import neighbourhood
from tests.journeys.conftest import PHONE, Visit
from tests.journeys.demonstration import DemonstrationSite
from tests.pages.directory import MinePage, OrganisationPage, OwnPage, RegisterPage, VerifyingDesk
from tests.pages.moderation import QueuePage
from tests.pages.portal import ProcessPage

pytestmark = pytest.mark.browser
NAME = "Comité de Defensa del Río Chunchulmayo"
SPACE = "Municipalidad Provincial del Cusco"
RIVER = "El río Chunchulmayo recibe desmonte cada noche. Pedimos rejas y una ronda de vigilancia."


def test_an_organisation_from_its_registration_to_its_first_contribution(site: DemonstrationSite, visit: Visit) -> None:
    rosa = visit("rosa", size=PHONE)
    own = RegisterPage(rosa).register(NAME, sector="Organización de base", place="Cusco, Cusco", email="rio@example.pe", space=SPACE)
    assert "Espera verificación" in rosa.get_by_role("main").inner_text()
    own.invite(site.emails["mateo"])
    VerifyingDesk(visit("sara"), SPACE).verify(NAME)

    mateo = visit("mateo", size=PHONE)
    MinePage(mateo).accept(NAME)
    form = ProcessPage(mateo, neighbourhood.SLUG).contribute()
    mateo.get_by_label("¿En nombre de quién habla?").select_option(label=NAME)
    mateo.get_by_label("¿Qué quiere decir?").fill(RIVER)
    receipt = form.send()
    assert receipt.code.startswith(f"{neighbourhood.CODE}-O-")
    QueuePage(visit("marco"), neighbourhood.SLUG).publish(receipt.code)

    citizen = visit(size=PHONE)
    words = OrganisationPage(citizen, NAME).words
    assert receipt.code in words and "La verificó" in words and "2 personas" in citizen.get_by_role("complementary").inner_text()
    assert "rio@example.pe" not in citizen.content()
    citizen.get_by_role("link", name="El río Chunchulmayo recibe").click()
    assert "Organización verificada" in citizen.get_by_role("main").inner_text()

    MinePage(rosa).page.get_by_role("link", name=NAME).click()
    OwnPage(rosa).page.get_by_role("button", name="Dejar de actuar por ella").click()
    assert "Ya no actúa por" in rosa.get_by_role("main").inner_text()
