"""Answers from a spreadsheet: drafts, or every problem where it is."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.contributions.models import Contribution
from app.core.db import db
from app.feedback import queries
from app.feedback.importing import Report
from app.feedback.messages import told
from app.feedback.rules.matrix import COLUMNS
from app.feedback.rules.outcomes import DecisionState, Outcome, Reason
from app.feedback.services import import_answers
from benchmarks.measure import statements
from tests.browser import Browser
from tests.cast import ANA, LUIS, SARA
from tests.feedback.answers import NOT_ADOPTED, WHY, approve, make_plan, process_of, publish, say, write
from tests.feedback.bulk import fill
from tests.world import NOON, World

HEADER = "codigo;decision;motivo_codigo;respuesta;compromiso;hito;criterio_aplicado;referencia;que_tendria_que_cambiar;entidad_que_responde"


@pytest.fixture
def here(world: World, context: None) -> World:
    make_plan(world)
    return world


def read(world: World, *lines: str, map_text: str = "", header: str = HEADER, **more: object) -> Report:
    content = "\r\n".join((header, *lines)).encode()
    return import_answers(process_of(world), content, map_text, person_id=world.id_of(SARA), now=NOON, **more)  # type: ignore[arg-type]


def test_rows_become_drafts_and_the_same_file_again_changes_nothing(here: World) -> None:
    one, two, three = (say(here, key) for key in ("uno", "dos", "tres"))
    lines = (
        f"{one.code};No acogido;r02;{WHY};;;Competencia;Ley 27972;Que firmen.;Gerencia de Obras",
        f"{two.code};adopted;;{WHY};1. Obras;1.1;;;;gerencia-obras",
        f"{three.code};;;;;;;;;",
    )
    assert read(here, *lines, dry_run=True).imported == 2 and queries.open_decision(one.id) is None
    report = read(here, *lines)
    assert (report.rows, report.imported, report.unchanged, report.problems, report.codes) == (3, 2, 1, (), (one.code, two.code))
    first, second = queries.open_decision(one.id), queries.open_decision(two.id)
    assert (first.outcome, first.reason_code, first.organisation.slug, first.state) == (
        Outcome.NOT_ADOPTED,
        Reason.R02,
        "gerencia-obras",
        DecisionState.DRAFT,
    )
    assert (second.commitment.number, second.milestone.number) == (1, "1.1") and queries.open_decision(three.id) is None
    again = read(here, *lines)
    assert (again.imported, again.unchanged, queries.open_decision(one.id).revision) == (0, 3, 1)
    changed = read(here, lines[0].replace("Que firmen.", "Que firmen hoy."))
    assert changed.imported == 1 and queries.open_decision(one.id).change_needed == "Que firmen hoy."


def test_a_hundred_rows_are_brought_in_as_few_statements_as_ten(app: Flask, here: World) -> None:
    fill(here, 110, unanswered=110)
    db.session.commit()
    codes = list(db.session.scalars(select(Contribution.code).where(Contribution.answered_at.is_(None)).order_by(Contribution.id)))

    def brought(some: list[str]) -> int:
        lines = [f"{code};No acogido;R02;{WHY} {code}.;;;Competencia;Ley 27972;Que firmen.;gerencia-obras" for code in some]
        with statements(app) as seen:
            assert read(here, *lines).imported == len(some)
        return len(seen)

    assert brought(codes[10:110]) <= brought(codes[:10]) + 3
    first, last = (queries.open_decision(queries.contribution_for_staff(code).id) for code in (codes[0], codes[109]))
    assert first.text == f"{WHY} {codes[0]}." and last.text == f"{WHY} {codes[109]}." and first.sha256 != last.sha256


def test_every_problem_is_told_with_its_row_and_column_and_nothing_is_written(here: World) -> None:
    one = say(here)
    report = read(
        here, f"{one.code};quizás;R77;{WHY};9;;;;;Nadie", f"PRB-C-9999;adopted;;{WHY};1;3.3;;;;", f"{one.code};adopted;;{WHY};1;;;;;"
    )
    assert [(p.row, p.column) for p in report.problems] == [
        (2, "decision"), (2, "motivo_codigo"), (2, "entidad_que_responde"), (2, "compromiso"), (3, "codigo"), (4, "codigo"),
    ]  # fmt: skip
    assert all(p["message"] and "%(" not in p["message"] for p in told(report.problems))
    assert queries.open_decision(one.id) is None


def test_what_somebody_else_wrote_or_is_public_is_not_overwritten(here: World) -> None:
    theirs, public = say(here), say(here, "dos")
    write(here, theirs)
    publish(here, approve(here, public))
    report = read(here, f"{theirs.code};adopted;;{WHY};1;;;;;", f"{public.code};adopted;;{WHY};1;;;;;")
    assert [str(p.code) for p in report.problems] == ["answer-draft-exists", "answer-no-correction-reason"]


def test_a_published_answer_imported_again_is_unchanged(here: World) -> None:
    one = say(here)
    publish(here, approve(here, one))
    d = NOT_ADOPTED
    report = read(here, f"{one.code};not_adopted;R02;{d.text};;;{d.criterion};{d.reference};{d.change_needed};gerencia-obras")
    assert (report.imported, report.unchanged, report.problems) == (0, 1, ())


def test_a_map_reads_somebody_elses_columns(here: World) -> None:
    one = say(here)
    map_text = """
[columns]
codigo = "Id"
decision = "Resultado"
respuesta = "{Motivo} / {Detalle}"
[constants]
compromiso = "2"
entidad_que_responde = "gerencia-obras"
[values.decision]
"Ratificada" = "adopted"
[file]
delimiter = ","
skip_when = {Resultado = ["Sin valorar"]}
"""
    report = read(
        here,
        f"{one.code},Ratificada,Sí cabe,Hay recursos",
        "PRB-C-0099,Sin valorar,,",
        header="Id,Resultado,Motivo,Detalle",
        map_text=map_text,
    )
    assert report.problems == () and (report.rows, report.imported) == (1, 1)
    decision = queries.open_decision(one.id)
    assert (decision.outcome, decision.text, decision.commitment.number) == (Outcome.ADOPTED, "Sí cabe / Hay recursos", 2)


@pytest.mark.parametrize("map_text", ["[columns]\ncodigo = ", "[columns]\nnada = 'x'", "[columns]\ncodigo = 'No está'"])
def test_a_wrong_map_is_told(here: World, map_text: str) -> None:
    assert read(here, map_text=map_text).problems


def test_an_unknown_column_is_told_and_the_public_matrix_may_be_the_start(here: World) -> None:
    from app.feedback import documents

    one = say(here)
    assert [p.column for p in read(here, header="codigo;respuestas_raras").problems] == ["respuestas_raras"]
    row = dict(zip(COLUMNS, next(documents.matrix(process_of(here))), strict=True)) | {
        "decision": "adopted",
        "respuesta": WHY,
        "compromiso": 1,
    }
    report = read(here, ";".join(str(value).replace(";", ",").replace("\n", " ") for value in row.values()), header=";".join(COLUMNS))
    assert report.problems == () and report.codes == (one.code,)


def test_the_commands_export_and_import(app: Flask, world: World, tmp_path: Path) -> None:
    with app.app_context():
        make_plan(world)
        code = say(world).code
        db.session.commit()
    file = tmp_path / "respuestas.csv"
    file.write_text(f"{HEADER}\n{code};adopted;;{WHY};1;;;;;gerencia-obras\n")
    runner = app.test_cli_runner()
    done = runner.invoke(args=["feedback", "import", str(file), "--process", world.slug, "--json", "--by", LUIS.email])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {"rows": 1, "imported": 1, "unchanged": 0, "problems": [], "codes": [code]}
    file.write_text(f"{HEADER}\nPRB-X;adopted;;{WHY};1;;;;;\n")
    refused = runner.invoke(args=["feedback", "import", str(file), "--process", world.slug])
    assert refused.exit_code == 1 and "fila 2, columna codigo" in refused.stderr
    assert runner.invoke(args=["feedback", "import", str(file), "--process", "nada"]).exit_code == 1
    exported = runner.invoke(args=["feedback", "export", "--process", world.slug])
    assert exported.exit_code == 0 and exported.stdout.startswith("\ufeffcodigo;proceso") and code in exported.stdout
    twin = runner.invoke(args=["feedback", "export", "--process", world.slug, "--format", "json"])
    assert json.loads(twin.stdout)["aportes"][0]["codigo"] == code


def test_the_page_checks_first_and_then_brings_the_drafts(browser: Browser, app: Flask, world: World) -> None:
    import io

    with app.app_context():
        make_plan(world)
        code = say(world).code
        db.session.commit()
    good = f"{HEADER}\n{code};adopted;;{WHY};1;;;;;gerencia-obras\n".encode()
    browser.sign_in(ANA)
    browser.get("feedback.new_import", slug=world.slug)
    page = browser.post("feedback.create_import", {"file": (io.BytesIO(good), "r.csv"), "do": "check"}, status=200, slug=world.slug)
    assert "1 quedarían en borrador" in page
    page = browser.post(
        "feedback.create_import",
        {"file": (io.BytesIO(good + b"X;adopted;;;;;;;;\n"), "r.csv"), "do": "import"},
        status=422,
        slug=world.slug,
    )
    assert "no se escribió nada" in page
    browser.post("feedback.create_import", {"file": (io.BytesIO(good), "r.csv"), "do": "import"}, slug=world.slug)
    assert code in browser.get("feedback.pile", slug=world.slug, estado="borrador")


def test_alternatives_templates_and_values_mean_what_they_mean_for_contributions(here: World) -> None:
    one, two = say(here), say(here, "dos")
    map_text = """
[columns]
codigo = "Id"
decision = "{Mesa} / {Pleno}"
respuesta = "{Motivo|Resumen}"
compromiso = "Plan"
[constants]
entidad_que_responde = "gerencia-obras"
[values.decision]
"Ratificada" = "adopted"
"Ratificada / Sí" = "adopted"
[values.Plan]
"uno" = "1"
"""
    rows = f"{one.code};Ratificada;;;{WHY};UNO", f"{two.code};ratificada;sí;{WHY};No;uno"
    report = read(here, *rows, header="Id;Mesa;Pleno;Motivo;Resumen;Plan", map_text=map_text)
    assert report.problems == () and report.imported == 2
    assert [queries.open_decision(c.id).text for c in (one, two)] == [WHY, WHY]
    assert {queries.open_decision(c.id).commitment.number for c in (one, two)} == {1}


def test_columns_of_another_name_are_chosen_from_lists(browser: Browser, app: Flask, world: World) -> None:
    import io

    with app.app_context():
        make_plan(world)
        code = say(world).code
        db.session.commit()
    theirs = f"Nro;Resultado;Sustento;Plan\n{code};adopted;{WHY};1\n".encode()
    browser.sign_in(ANA)
    sent = browser.post("feedback.create_import", {"file": (io.BytesIO(theirs), "ajena.csv"), "do": "import"}, slug=world.slug)
    address = sent.response.location
    page = browser.get(address)
    assert "ajena.csv usa otros nombres" in page and "Sustento" in page and not page.soup.select("option[value=Nro][selected]")
    wrong = browser.post(address, {"columna-decision": "Resultado", "do": "import"}, status=422)
    assert "no se escribió nada" in wrong and wrong.soup.select_one("#columna-decision option[selected]")["value"] == "Resultado"
    chosen = {
        "columna-codigo": "Nro", "columna-decision": "Resultado", "columna-respuesta": "Sustento", "columna-compromiso": "Plan",
        "siempre-entidad_que_responde": "Gerencia de Obras",
    }  # fmt: skip
    assert "1 quedarían en borrador" in browser.post(address, {**chosen, "do": "check"}, status=200)
    Browser(app).sign_in(LUIS).get(address, status=404)
    done = browser.post(address, {**chosen, "do": "import"})
    assert "marcar=todas" in done.response.location
    page = browser.get(done.response.location)
    assert code in page and "Aquí la envía a revisión" in page and page.soup.select("input[name=chosen][checked]")
    browser.get(address, status=404)
