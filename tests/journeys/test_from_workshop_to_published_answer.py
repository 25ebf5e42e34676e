"""The whole job, as the people who do it: a schedule is published, a workshop is held, each thing said is answered in public."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from app.core import clock
from tests.journeys import neighbourhood
from tests.journeys.conftest import PHONE, Visit
from tests.pages.activities import BoardPage
from tests.pages.contributions import ImportPage
from tests.pages.feedback import Workbench
from tests.pages.pile import PilePage
from tests.pages.portal import ContributionList, HomePage
from tests.pages.processes import Meeting, NewProcessPage, ProcessDesk, SchedulePage
from tests.pages.signing import PublicationPage, SignaturesPage

pytestmark = pytest.mark.browser
SLUG = neighbourhood.SLUG
MARKET = "mercado-san-pedro-2028"
WITH_SIGNAL = "Que pongan baranda en la escalera de la calle Meloc, ya se cayeron dos mamitas."
WITHOUT_SIGNAL = "El agua llega una hora. Que avisen por la radio cuándo van a cortar."
ANSWER = (
    "Usted pidió una baranda en la escalera de la calle Meloc. La obra necesita un expediente técnico que no alcanza a hacerse "
    "en este año; queda anotada con su nombre de escalera para el plan que sigue, y la gerencia la lleva a esa mesa."
)


def test_sara_publishes_a_schedule_that_felix_approved(visit: Visit) -> None:
    start = clock.lima_day(clock.now()) + timedelta(days=30)
    sara = visit("sara")
    desk = NewProcessPage(sara).open_from_desk("Municipalidad Provincial del Cusco").create(
        title="Qué hacemos con el mercado San Pedro", code="MSP28", slug=MARKET,
        summary="Caseras, vecinos y viajeros dicen qué arreglar primero.",
    )  # fmt: skip
    desk.add_theme("Limpieza y agua", "¿Qué le falta a su puesto para trabajar limpio?")
    desk.add_theme("Rampas y pasillos", "¿Por dónde no puede pasar una silla de ruedas?")
    draft = desk.start_schedule()
    draft.fill_phases(start)
    assert len(draft.phases) == 6
    draft.set_start(start, "09:00")
    draft.add(Meeting("Taller con las caseras", "Taller", start, "09:00", start, "12:00", place="Mercado San Pedro, sección jugos"))
    draft.add(
        Meeting(
            "Aportes por internet", "Por internet", start, "09:00", start + timedelta(days=20), "23:59", url="https://minka.example.pe/msp"
        )
    )
    draft.send()

    felix = visit("felix")
    ProcessDesk(felix, MARKET).review().approve_as_civil_society()

    review = ProcessDesk(sara, MARKET).review()
    assert not review.may_publish
    review.approve_as_secretariat()
    review.publish()

    words = SchedulePage(visit(), MARKET).words
    assert "30 días antes" in words
    assert "Taller con las caseras" in words and "Aportes por internet" in words


def test_ines_captures_on_a_phone_while_the_signal_comes_and_goes(visit: Visit) -> None:
    ines = visit("ines", size=PHONE, forgive=("ERR_INTERNET_DISCONNECTED",))
    sheet = BoardPage(ines, SLUG).record_of(neighbourhood.WORKSHOP_TITLE).open().capture()
    sheet.say(WITH_SIGNAL, speaker="Juana Mamani", theme="Escaleras y veredas")
    expect(sheet.kept).to_have_count(1)
    ines.context.set_offline(True)
    sheet.say(WITHOUT_SIGNAL, speaker="Pedro Ttito", theme="Agua potable")
    expect(sheet.waiting).to_have_count(1)
    expect(sheet.state).to_contain_text("Sin señal")
    ines.context.set_offline(False)
    expect(sheet.kept).to_have_count(2)
    expect(sheet.waiting).to_have_count(0)
    expect(sheet.state).to_contain_text("Todo está guardado")
    ines.reload()
    expect(sheet.kept).to_have_count(2)
    assert len(found(visit(), "radio")) == 1


def test_sara_mends_a_file_by_its_row_and_column(visit: Visit, tmp_path: Path) -> None:
    sara = visit("sara", forgive=("status of 422",))
    check = ImportPage(sara, SLUG).check(written(tmp_path, second_consent="quizás"))
    assert [problem[:2] for problem in check.problems] == [["3", "visibilidad"]]
    assert not check.is_ready()
    mended = check.upload_again(SLUG).check(written(tmp_path, second_consent="anonimo"))
    assert mended.problems == [] and mended.is_ready()
    codes = mended.confirm()
    assert len(codes) == 2
    assert found(visit(), "pasamanos") == [codes[1]]


def test_an_answer_is_written_signed_by_two_sectors_published_and_found(visit: Visit) -> None:
    code = found(visit(), "calle Meloc")[0]
    answer_it(visit("ana", forgive=("status of 422",)), code)
    for signer in ("gloria", "felix"):
        SignaturesPage(visit(signer), SLUG).sign(code)
    assert "sin respuesta" in story_of(visit(), code).lower() or "espera respuesta" in story_of(visit(), code).lower()

    publication = PublicationPage(visit("sara"), SLUG)
    assert "queda anotada" in publication.look_as_public()
    publication.publish()

    citizen = visit(size=PHONE)
    words = HomePage(citizen).find(code.lower()).read_answer().words
    for part in (WITH_SIGNAL, ANSWER, "Para un próximo plan", "Gobierno", "Sociedad civil"):
        assert part in words
    assert "Juana Mamani" not in words
    citizen.goto(f"/procesos/{SLUG}/respuestas")
    with citizen.expect_download() as download:
        citizen.get_by_role("link", name="Descargar todo en CSV").click()
    assert code in rows_of(download.value.path())


def answer_it(ana: Any, code: str) -> None:
    bench = PilePage(ana, SLUG).open(code)
    bench.choose("Para un próximo plan")
    bench.write("Por qué, dirigido", ANSWER)
    expect(bench.checks).to_contain_text("motivo")  # it says what is missing while she still writes
    bench.write("Para qué plan o año", "2029")
    bench.write("Quién se encarga", "Gerencia de Infraestructura")
    bench.send_to_review()
    expect(bench.errors).to_contain_text("motivo")
    bench = Workbench(ana)
    bench.give_reason("R05 No cabe en el periodo del plan")
    expect(bench.checks).not_to_contain_text("Elija el motivo")
    bench.send_to_review()
    expect(bench.errors).to_have_count(0)


def found(page: Any, words: str) -> list[str]:
    listed = ContributionList(page, SLUG)
    listed.search(words)
    return listed.codes


def story_of(page: Any, code: str) -> str:
    page.goto(f"/aportes/{code}")
    return str(page.get_by_role("main").inner_text())


def written(folder: Path, *, second_consent: str) -> Path:
    file = folder / f"aportes-{second_consent}.csv"
    lines = [
        "texto;proponente;tipo_proponente;tema;canal;visibilidad",
        "Que limpien la canaleta del pasaje Saphi antes de las lluvias.;Nilda Huillca;persona;Agua potable;papel;iniciales",
        f"Pedimos pasamanos en las gradas de Resbalosa.;;persona;Escaleras y veredas;papel;{second_consent}",
    ]
    file.write_text("\r\n".join(lines), encoding="utf-8-sig")
    return file


def rows_of(file: Path) -> str:
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert len({len(row) for row in rows}) == 1
    return " ".join(cell for row in rows for cell in row)
