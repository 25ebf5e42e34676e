"""A sheet out of the pile, filled in Excel, comes back as drafts; its words are Spanish both ways."""

import io
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook

from app.core.db import db
from app.feedback import documents, queries
from app.feedback.importing import read_outcome, read_reason
from app.feedback.messages import OUTCOMES, told
from app.feedback.rules.outcomes import Outcome, Reason
from app.feedback.rules.sheets import OUTCOME_NAMES
from app.feedback.services import import_answers, make_group
from tests.browser import Browser
from tests.cast import ANA, FELIX, LUIS, SARA
from tests.factories.assignments import give
from tests.feedback.answers import NOT_ADOPTED, WHY, make_plan, process_of, say, write
from tests.world import NOON, World


@pytest.fixture
def codes(app: Flask, world: World) -> list[str]:
    """Two of Ana's unit and one nobody was assigned."""
    with app.app_context():
        make_plan(world)
        said = [say(world, key) for key in ("uno", "dos", "tres")]
        give(world, said[:2])
        db.session.commit()
        found = [c.code for c in said]
        db.session.remove()
    return found


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_is_read_by_its_code_and_by_its_spanish_name_in_any_spelling(outcome: Outcome) -> None:
    name = OUTCOME_NAMES[outcome]
    assert name == str(OUTCOMES[outcome])
    assert {read_outcome(written) for written in (str(outcome), name, name.upper(), f"  {name.lower()} ")} == {outcome}
    assert read_outcome("quizás") is None


@pytest.mark.parametrize(
    ("written", "reason"),
    [("R04", Reason.R04), ("r04", Reason.R04), ("R04 Presupuesto o recursos", Reason.R04), ("R77", None), ("04", None), ("", None)],
)
def test_a_reason_is_read_with_or_without_its_words(written: str, reason: Reason | None) -> None:
    assert read_reason(written) is reason


def filled(content: bytes, rows: dict[str, dict[str, str]]) -> bytes:
    """The workbook as a person leaves it: cells typed in the rows of those codes, saved by another program."""
    book = load_workbook(io.BytesIO(content))
    sheet = book["respuestas"]
    names = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        for column, value in rows.get(row[0].value or "", {}).items():
            row[names.index(column)].value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_workbook_offers_lists_explains_itself_and_holds_no_formula(browser: Browser, world: World, codes: list[str]) -> None:
    browser.sign_in(ANA)
    response = browser.client.get(f"/mesa/procesos/{world.slug}/responder.xlsx?asignados=gerencia-obras")
    assert response.status_code == 200 and "responder-plan-prueba.xlsx" in response.headers["Content-Disposition"]
    assert "Access-Control-Allow-Origin" not in response.headers
    book = load_workbook(io.BytesIO(response.data))
    assert book.sheetnames == ["respuestas", "como-llenar", "listas"] and book["listas"].sheet_state == "hidden"
    sheet = book["respuestas"]
    names = [cell.value for cell in sheet[1]]
    assert tuple(names) == documents.SHEET_COLUMNS
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == codes[:2]
    row = {name: cell.value for name, cell in zip(names, sheet[2], strict=True)}
    assert (row["titulo"], row["responder_hasta"], row["entidad_que_responde"], row["decision"]) == (
        "Monitores del desagüe", "2027-04-10", "Gerencia de Obras", None,
    )  # fmt: skip
    listed = {
        next(iter(rule.sqref.ranges)).coord.rstrip("0123456789:") for rule in sheet.data_validations.dataValidation if rule.type == "list"
    }
    assert len(listed) >= 6 and sheet.protection.sheet
    assert sheet.cell(2, 1).protection.locked and not sheet.cell(2, names.index("respuesta") + 1).protection.locked
    lists = book["listas"]
    assert [c.value for c in lists["A"] if c.value] == list(OUTCOME_NAMES.values()) and lists["B1"].value.startswith("R01 ")
    assert not [c for page in book for r in page.iter_rows() for c in r if isinstance(c.value, str) and c.value.startswith("=")]
    assert "Cada fila es un aporte" in str(book["como-llenar"]["B1"].value)


def test_what_is_answered_with_its_group_stays_out_of_the_sheet(app: Flask, browser: Browser, world: World, codes: list[str]) -> None:
    with app.app_context():
        make_group(process_of(world), codes[1:3], "Monitores para el desagüe", person_id=world.id_of(SARA), now=NOON)
        db.session.commit()
    browser.sign_in(SARA)
    book = load_workbook(io.BytesIO(browser.client.get(f"/mesa/procesos/{world.slug}/responder.xlsx").data))
    told = [row[0].value for row in book["respuestas"].iter_rows(min_row=2)]
    assert codes[0] in told and not set(codes[1:3]) & set(told)
    assert any("están en un grupo" in str(row[1].value) for row in book["como-llenar"].iter_rows())


def test_a_sheet_goes_out_is_filled_and_comes_back_as_drafts(app: Flask, browser: Browser, world: World, codes: list[str]) -> None:
    browser.sign_in(ANA)
    content = browser.client.get(f"/mesa/procesos/{world.slug}/responder.xlsx?asignados=gerencia-obras").data
    back = filled(content, {
        codes[0]: {"decision": "No acogido", "motivo_codigo": "R02 No es competencia de esta entidad", "respuesta": WHY,
                   "criterio_aplicado": "Competencia", "referencia": "Ley 27972, art. 79", "que_tendria_que_cambiar": "Que firmen."},
        codes[1]: {"decision": "Acogido", "respuesta": WHY, "compromiso": "1. Obras que el vecino puede vigilar",
                "hito": "1.1 Primer informe",
                   "que_cambia": "Antes nadie veía el expediente; ahora sí."},
    })  # fmt: skip
    sent = browser.post("feedback.create_import", {"file": (io.BytesIO(back), "responder.xlsx"), "do": "import"}, slug=world.slug)
    assert "estado=borrador" in sent.response.location
    with app.app_context():
        first, second = (queries.open_decision(queries.contribution_for_staff(code).id) for code in codes[:2])
        assert (first.outcome, first.reason_code, first.organisation.slug) == (Outcome.NOT_ADOPTED, Reason.R02, "gerencia-obras")
        assert (second.outcome, second.commitment.number, second.milestone.number) == (Outcome.ADOPTED, 1, "1.1")
        db.session.remove()
    again = browser.client.get(f"/mesa/procesos/{world.slug}/responder.xlsx?asignados=gerencia-obras&estado=borrador").data
    sheet = load_workbook(io.BytesIO(again))["respuestas"]
    names = [cell.value for cell in sheet[1]]
    row = {name: cell.value for name, cell in zip(names, sheet[2], strict=True)}
    assert (row["decision"], row["motivo_codigo"], row["respuesta"]) == ("No acogido", "R02 No es competencia de esta entidad", WHY)
    page = browser.post("feedback.create_import", {"file": (io.BytesIO(again), "otra.xlsx"), "do": "check"}, status=200, slug=world.slug)
    assert "0 quedarían en borrador y 2 no cambian" in page


def test_the_csv_of_the_pile_is_accepted_too_and_by_the_command(
    app: Flask, browser: Browser, world: World, codes: list[str], tmp_path: Path
) -> None:
    browser.sign_in(ANA)
    text = browser.client.get(f"/mesa/procesos/{world.slug}/responder.csv?asignados=gerencia-obras").get_data(as_text=True)
    header, first, *rest = text.lstrip("\ufeff").split("\r\n")
    names = header.split(";")
    cells = first.split(";")
    cells[names.index("decision")], cells[names.index("respuesta")] = "para un próximo plan", WHY
    file = tmp_path / "lote.csv"
    file.write_text("\r\n".join([header, ";".join(cells), *rest]), encoding="utf-8")
    done = app.test_cli_runner().invoke(args=["feedback", "import", str(file), "--process", world.slug, "--by", ANA.email])
    assert done.exit_code == 0, done.output
    with app.app_context():
        assert queries.open_decision(1).outcome is Outcome.DEFERRED
        db.session.remove()


def test_an_unknown_word_is_told_with_the_spanish_ones(world: World, context: None) -> None:
    make_plan(world)
    code = say(world).code
    report = import_answers(
        process_of(world), f"codigo;decision;respuesta\n{code};quizás;{WHY}\n".encode(), person_id=world.id_of(SARA), now=NOON
    )
    (problem,) = told(report.problems)
    assert "Acogido parcialmente" in problem["message"] and "adopted" not in problem["message"]
    assert dict(report.unknown_values) == {"decision": ("quizás",)}


def test_luis_cannot_bring_answers_to_what_is_anas_nor_to_a_contribution_of_a_group(world: World, context: None) -> None:
    make_plan(world)
    one = say(world)
    give(world, [one])
    report = import_answers(
        process_of(world), f"codigo;decision;respuesta\n{one.code};Acogido;{WHY}\n".encode(), person_id=world.id_of(LUIS), now=NOON
    )
    assert ["está asignado a Gerencia de Obras" in p["message"] for p in told(report.problems)] == [True]
    assert queries.open_decision(one.id) is None


def test_unknown_words_are_explained_on_the_page_and_the_map_is_kept_by_its_name(
    app: Flask, browser: Browser, world: World, codes: list[str]
) -> None:
    header = "codigo;decision;respuesta;que_tendria_que_cambiar;criterio_aplicado;motivo_codigo"
    theirs = f"{header}\n{codes[0]};Ratificada;{WHY};x;y;R02\n{codes[1]};Archivada;{WHY};x;y;R02\n"
    browser.sign_in(ANA)
    sent = browser.post("feedback.create_import", {"file": (io.BytesIO(theirs.encode()), "suya.csv"), "do": "import"}, slug=world.slug)
    address = sent.response.location
    page = browser.get(address)
    assert "Diga qué significa cada palabra" in page and "Ratificada" in page and "Archivada" in page
    half = browser.post(address, {"valor-decision-0": "Ya contemplado", "do": "import"}, status=422)
    assert "no se escribió nada" in half and "Archivada" in half
    done = browser.post(address, {"valor-decision-0": "No acogido", "do": "import", "nombre": "Sistema de la gerencia"})
    assert "estado=borrador" in done.response.location
    with app.app_context():
        found = [queries.open_decision(queries.contribution_for_staff(code).id).outcome for code in codes[:2]]
        assert found == [Outcome.ALREADY_COVERED, Outcome.NOT_ADOPTED]
        db.session.remove()
    assert "Sistema de la gerencia" in browser.get("feedback.new_import", slug=world.slug)
    changed = theirs.replace(";x;", ";otra cosa;").encode()
    brought = {"file": (io.BytesIO(changed), "suya.csv"), "map_name": "Sistema de la gerencia", "do": "check"}
    assert "2 quedarían en borrador" in browser.post("feedback.create_import", brought, status=200, slug=world.slug)
    assert "Sistema de la gerencia" not in Browser(app).sign_in(SARA).get("contributions.import_file", slug=world.slug)


def test_only_those_who_draft_take_the_sheet(app: Flask, world: World, codes: list[str]) -> None:
    with app.app_context():
        write(world, say(world, "tres"), NOT_ADOPTED)
        db.session.commit()
        db.session.remove()
    for member, status in ((FELIX, 403), (LUIS, 200)):
        client = Browser(app).sign_in(member).client
        for kind in ("csv", "xlsx"):
            assert client.get(f"/mesa/procesos/{world.slug}/responder.{kind}").status_code == status
