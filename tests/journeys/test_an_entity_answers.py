"""The people of the entities: each sees what is theirs, is told while writing what is missing, passes on what is not theirs."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Visit
from tests.pages.desk import Desk
from tests.pages.pile import PilePage

pytestmark = pytest.mark.browser
SLUG = "plan-cusco-2027"
KEY, NOT_OURS, RETURNED = "CUS27-T02-0012", "CUS27-T06-0010", "CUS27-T05-0010"
OURS_IS_THE_POST = "El cruce es suyo: nosotros solo ponemos el poste."
LONG = (
    "Usted pidió que la llave de la losa no la tenga un solo señor y la gerencia revisó el convenio con el que se entregó la losa al "
    "comité en el año en que se inauguró y encontró que el comité puede nombrar a quien la guarde sin que la municipalidad opine"
)
MENDED = (
    "Usted pidió que la llave de la losa no la tenga un solo señor. Revisamos el convenio: el comité nombra a quien la guarda. "
    "La municipalidad no puede quitársela, pero sí pedir que haya un horario a la vista."
)
SHEET = {
    "CUS27-C-0042": ("Para un próximo plan", "R05 No cabe en el periodo del plan"),
    "CUS27-C-0054": ("No acogido", "R12 Evidencia insuficiente"),
}
WRITTEN = {
    "CUS27-C-0042": "Usted pidió buscar las declaraciones de intereses por apellido. El registro lo lleva la Contraloría y su buscador "
    "cambia en 2029; hasta entonces publicamos la lista de quienes ya declararon.",
    "CUS27-C-0054": "Usted contó que su partida con un error de una letra demora dos años. No pudimos ubicar el expediente con los datos "
    "que dejó. Tráiganos el número de la solicitud y lo buscamos ese mismo día.",
}


def test_ana_is_told_while_she_writes_what_stops_her_answer_and_what_would_better_it(visit: Visit) -> None:
    ana = visit("ana", size=PHONE)
    assert "2 aportes de su entidad fuera de plazo" in Desk(ana).open().waiting
    ana.get_by_role("link", name="2 aportes de su entidad fuera de plazo").click()
    pile = PilePage.here(ana)
    assert "fuera de plazo" in pile.standing(KEY)
    assert [code for code in pile.codes if "hasta el" not in pile.standing(code)] == []

    bench = pile.open(KEY)
    bench.choose("No acogido")
    bench.write("Por qué, dirigido", LONG)
    expect(bench.checks).to_contain_text("Elija el motivo de la lista")
    expect(bench.checks).to_contain_text("Parta en dos la frase")
    assert any("Elija el motivo" in said for said in bench.said("Impide publicar"))
    assert any("Parta en dos" in said for said in bench.said("Conviene mejorar"))

    bench.give_reason("R02 No es competencia de esta entidad")
    bench.write("Por qué, dirigido", MENDED)
    bench.write("Qué tendría que cambiar", "Que el convenio de la losa se renueve con turnos.")
    bench.write("Norma, documento", "Convenio 014-2019, cláusula quinta")
    bench.choose_criterion("Competencia municipal (25 %)")
    expect(bench.checks).not_to_contain_text("Elija el motivo")
    expect(bench.checks).not_to_contain_text("Parta en dos")
    bench.send_to_review()
    expect(bench.errors).to_have_count(0)
    assert KEY in PilePage(ana, SLUG).only("En revisión").codes


def test_what_belongs_to_others_goes_on_with_a_note_or_back_to_the_secretariat(visit: Visit) -> None:
    ana = visit("ana")
    ways = PilePage(ana, SLUG).open(NOT_OURS).who_answers()
    ways.forward(
        to="Gerencia de Tránsito y Transporte (Municipalidad Provincial del Cusco)",
        note=OURS_IS_THE_POST,
    )
    assert NOT_OURS not in PilePage.here(ana).codes

    nelida = visit("nelida", size=PHONE)
    bench = PilePage(nelida, SLUG).only("Gerencia de Tránsito").open(NOT_OURS)
    expect(nelida.get_by_role("main")).to_contain_text(OURS_IS_THE_POST)
    assert bench.page.get_by_role("button", name="Enviar a revisión").is_visible()

    luis = visit("luis", javascript=False)
    ways = PilePage(luis, SLUG).open(RETURNED).who_answers()
    ways.give_back("La balanza la compra Tránsito con la tarifa del botadero, no Ambiente.")
    assert RETURNED not in PilePage.here(luis).codes
    PilePage(visit("sara"), SLUG).open(RETURNED).page.get_by_text("Volvió a la secretaría").wait_for()


def test_edwin_answers_in_a_sheet_mends_the_row_it_names_and_brings_it_back(visit: Visit, tmp_path: Path) -> None:
    edwin = visit("edwin", forgive=("status of 422",))
    pile = PilePage(edwin, SLUG).only("Secretaría General")
    assert set(SHEET) <= set(pile.codes)
    sheet = tmp_path / "respuestas.xlsx"
    sheet.write_bytes(Path(pile.take_to_a_sheet()).read_bytes())

    bring = pile.bring_from_a_sheet()
    bring.check(filled(sheet, tmp_path / "mal.xlsx", code="CUS27-C-9999"))
    assert [problem[1] for problem in bring.problems] == ["codigo"]
    assert "2 quedarían en borrador" in bring.check(filled(sheet, tmp_path / "bien.xlsx"))
    assert not set(SHEET) & set(PilePage(edwin, SLUG).only("En borrador").codes)  # looked at, not written
    PilePage(edwin, SLUG).bring_from_a_sheet().bring(tmp_path / "bien.xlsx")
    assert set(SHEET) <= set(PilePage(edwin, SLUG).only("En borrador").codes)


def filled(sheet: Path, target: Path, *, code: str = "") -> Path:
    """The sheet as Edwin leaves it; `code` is what he typed by mistake over that of his first row."""
    book = load_workbook(sheet)
    page = book["respuestas"]
    names = {str(cell.value): number for number, cell in enumerate(page[1])}
    for row in page.iter_rows(min_row=2):
        here = str(row[0].value)
        if here in SHEET:
            row[names["decision"]].value, row[names["motivo_codigo"]].value = SHEET[here]
            row[names["respuesta"]].value = WRITTEN[here]
            row[names["ciclo_destino"]].value, row[names["responsable_de_llevarlo"]].value = "2029", "Secretaría General"
            row[names["que_tendria_que_cambiar"]].value = "Que tengamos el número del expediente."
            row[names["criterio_aplicado"]].value = "Factibilidad en dos años"
            if here == "CUS27-C-0042":
                row[0].value = code or here
    book.save(target)
    return target
