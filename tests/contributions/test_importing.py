"""Other people's files: every fault found where it is, nothing written, the same file twice changes nothing (R14)."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.contributions import importing, services
from app.contributions.importing import FileMap, Preflight
from app.contributions.importing.columns import COLUMNS
from app.contributions.messages import fault_sentence
from app.contributions.models import Authorship, Contribution
from app.contributions.rules.drafts import ContributionProblem
from app.contributions.rules.faults import ImportFault
from app.contributions.rules.terms import Channel, Visibility
from app.core.db import db
from app.processes.models import Process
from tests.world import NOON, World

WORDS = "Que la posta de Ccorca atienda también los sábados por la mañana."
F = ImportFault


@pytest.fixture
def process(app: Flask, world: World) -> Iterator[Process]:
    with app.app_context():
        yield db.session.scalars(select(Process).where(Process.id == world.process_id)).one()
        db.session.rollback()


def row(**given: str) -> dict[str, str]:
    return dict.fromkeys(COLUMNS, "") | {"texto": WORDS, "tipo_proponente": "persona", "visibilidad": "anonimo"} | given


def csv_of(*rows: dict[str, str], delimiter: str = ";") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def xlsx_of(*rows: dict[str, object], merge: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.active.append(list(COLUMNS))
    for given in rows:
        book.active.append([given[column] or None for column in COLUMNS])
    if merge:
        book.active.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def check(process: Process, content: bytes, file_map: FileMap | None = None, **more: object) -> Preflight:
    read = file_map or FileMap()
    return importing.judge(importing.read_table(content, read), read, process.id, workshop_id=None, said_at=NOON, now=NOON, **more)


def faults(found: Preflight) -> list[tuple[int, str, object]]:
    return [(p.row, p.column, p.code) for p in found.problems]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_any_usual_delimiter_with_or_without_bom(process: Process, delimiter: str, bom: bytes) -> None:
    found = check(process, bom + csv_of(row(texto='Con ";" y , y "comillas"\ny otra línea.'), row(), delimiter=delimiter))
    assert (faults(found), found.rows, len(found.incoming)) == ([], 2, 2)
    assert found.incoming[0].draft.text == 'Con ";" y , y "comillas"\ny otra línea.'


def test_fourteen_kinds_of_fault_in_one_file_are_all_reported_where_they_are(process: Process) -> None:
    lines = csv_of(
        row(referencia_externa="A1"),  # 2
        row(texto="Que la ca#amada se arregle pronto."),  # 3: byte 0xD1
        row(titulo="Con @NUL@ dentro"),  # 4
        row(referencia_externa="A1"),  # 5: repeated
        row(texto="=1+1"),  # 6: formula
        row(texto="x" * 1_000_000),  # 7: 1 MB
        row(proponente="Marca @BOM@ dentro"),  # 8
        row(fecha_recepcion="31/02/2027"),  # 9
        row(fecha_recepcion="2031-01-01"),  # 10
        row(ubigeo="999999"),  # 11
        row(tipo_proponente="vecino"),  # 12
        row(visibilidad=""),  # 13
        row(correo="sin-arroba", tema="nadie"),  # 14
        row(texto="corto"),  # 15
        row(distrito="Narnia"),  # 16
        row(visibilidad="nombre"),  # 17: no name
    ).split(b"\r\n")
    lines[2] = lines[2].replace(b"ca#amada", b"ca\xd1amada")
    lines[3] = lines[3].replace(b"@NUL@", b"\x00")
    lines[7] = lines[7].replace(b"@BOM@", b"\xef\xbb\xbf")
    lines[17:] = [WORDS.encode() + b";de menos", lines[1].replace(b"A1", b"A9") + b";de;sobra", b""]  # 18 and 19
    found = check(process, b"\r\n".join(lines[:-2]) + b"\r\n" + lines[-2] + b"\n" + csv_of(row()).split(b"\r\n")[1] + b"\n")
    assert faults(found) == [
        (3, "", F.ENCODING_UNKNOWN), (3, "texto", F.BYTE_UNREADABLE), (4, "titulo", F.NUL), (5, "referencia_externa", F.REFERENCE_REPEATED),
        (6, "texto", F.FORMULA), (7, "texto", F.CELL_TOO_LONG), (8, "proponente", F.BOM_INSIDE), (9, "fecha_recepcion", F.DATE_UNREADABLE),
        (10, "fecha_recepcion", F.DATE_FUTURE), (11, "ubigeo", F.UBIGEO_UNKNOWN), (12, "tipo_proponente", F.VALUE_UNKNOWN),
        (13, "visibilidad", F.VALUE_MISSING), (14, "correo", ContributionProblem.EMAIL_MALFORMED),
        (14, "tema", ContributionProblem.THEME_UNKNOWN), (15, "texto", ContributionProblem.TEXT_SHORT), (16, "distrito", F.PLACE_UNKNOWN),
        (17, "proponente", ContributionProblem.NAME_MISSING), (18, "texto", F.CELLS_MISSING),
        (19, "", F.LINE_ENDS_MIXED), (19, "", F.CELLS_EXTRA),
    ]  # fmt: skip
    assert len({code for _, _, code in faults(found)}) >= 14
    for problem in found.problems:
        assert len(fault_sentence(problem)) > 20
    with pytest.raises(ValueError, match="never imported"):
        services.import_rows(found, process, activity=None, person_id=None, now=NOON)
    assert db.session.scalar(select(func.count(Contribution.id))) == 0


def test_faults_of_a_workbook_are_reported_together(process: Process) -> None:
    content = xlsx_of(
        row(texto="=HYPERLINK(\"http://malo\")"), row(titulo="Uno"), row(titulo="Dos"), row(fecha_recepcion="ayer"), row(texto="#REF!"),
        merge="B3:B4",
    )  # fmt: skip
    found = check(process, content)
    assert (2, "texto", F.FORMULA) in faults(found)
    assert (3, "titulo", F.MERGED_CELLS) in faults(found)
    assert (5, "fecha_recepcion", F.DATE_UNREADABLE) in faults(found)
    assert {row for row, _, _ in faults(found)} == {2, 3, 5, 6}


def test_a_workbook_reads_numbers_and_dates_as_people_see_them(process: Process) -> None:
    from datetime import date, datetime

    content = xlsx_of(
        row(ubigeo=80102, fecha_recepcion=datetime(2027, 3, 15), referencia_externa=17, telefono=984123456.0),
        row(fecha_recepcion="15/03/2027"),
    )
    found = check(process, content)
    assert faults(found) == []
    first, second = found.incoming
    assert (first.draft.ubigeo, first.external_reference, first.draft.phone) == ("080102", "17", "984123456")
    assert first.received_at.date() == second.received_at.date() == date(2027, 3, 15)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", F.FILE_EMPTY), (b"   \n", F.FILE_EMPTY), (csv_of(), F.FILE_EMPTY), (csv_of(row()).decode().encode("utf-16"), F.UTF16),
        (csv_of(row()).decode().encode("utf-16-le"), F.UTF16), (b"%PDF-1.7 ...", F.FILE_KIND_UNKNOWN),
        (b"\xd0\xcf\x11\xe0 xls", F.FILE_KIND_UNKNOWN),
        (b"PK\x03\x04 roto", F.WORKBOOK_SUSPECT), (xlsx_of(row())[:2000], F.WORKBOOK_SUSPECT),
    ],
)  # fmt: skip
def test_what_is_no_table_says_so(process: Process, content: bytes, code: ImportFault) -> None:
    assert code in [p.code for p in check(process, content).problems]


def test_a_zip_that_unpacks_to_gigabytes_is_never_unpacked(process: Process) -> None:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 80_000_000)
    assert [p.code for p in check(process, out.getvalue()).problems] == [F.WORKBOOK_SUSPECT]


def test_an_entity_bomb_is_refused(process: Process) -> None:
    import zipfile

    source, out = zipfile.ZipFile(io.BytesIO(xlsx_of(row()))), io.BytesIO()
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, bomb if name.endswith("sheet1.xml") else source.read(name))
    assert check(process, out.getvalue()).problems[0].code in (F.WORKBOOK_SUSPECT, F.WORKBOOK_DAMAGED)


def test_an_unclosed_quote_is_found(process: Process) -> None:
    content = csv_of(row(), row()).replace(WORDS.encode(), b'"' + WORDS.encode(), 1)
    assert F.QUOTE_OPEN in [p.code for p in check(process, content).problems]


def test_a_missing_column_is_one_problem_not_one_per_row(process: Process) -> None:
    found = check(process, f"texto;tipo_proponente;extra\n{WORDS};persona;1\n{WORDS} Dos.;persona;2\n".encode())
    assert faults(found) == [(1, "visibilidad", F.COLUMN_MISSING), (1, "extra", F.COLUMN_UNKNOWN)]
    assert found.needs_columns


def test_a_windows_file_is_asked_about_never_guessed(process: Process) -> None:
    content = csv_of(row(), row(titulo="Año")).decode().encode("cp1252")
    found = check(process, content)
    assert found.needs_encoding
    assert "sábados" in found.preview[0]
    assert faults(check(process, content, FileMap(encoding="cp1252"))) == []


def test_names_that_fit_two_places_are_a_problem_with_the_choices(process: Process) -> None:
    found = check(process, csv_of(row(provincia="Cusco", region="Cusco"), row(distrito="ccorca"), row(distrito="Ccorca", ubigeo="080101")))
    assert faults(found) == [(4, "ubigeo", F.PLACE_CONTRADICTS)]
    assert [r.draft.ubigeo for r in found.incoming] == ["0801", "080102"]


def test_everything_is_received_with_one_register_entry_and_twice_changes_nothing(process: Process) -> None:
    content = csv_of(
        row(referencia_externa="X-1", proponente="Rosa Quispe", visibilidad="iniciales", canal="web", tema="Agua y saneamiento"),
        row(texto="Llámeme al 984 123 456 para ver la fuga."),
        row(
            tipo_proponente="Organización", organizacion="Red Vecinal", sector="Organización de base", canal="ventanilla", idioma="quechua"
        ),
        row(),
        row(),
    )
    imported = services.import_rows(check(process, content), process, activity=None, person_id=None, now=NOON)
    assert imported.codes == ("PRB-C-0001", "PRB-P-0001", "PRB-P-0002", "PRB-P-0003", "PRB-P-0004")
    assert imported.held == 1
    made = db.session.scalars(select(Contribution).order_by(Contribution.id)).all()
    assert [c.visibility for c in made] == [Visibility.PUBLIC, Visibility.HELD, *[Visibility.PUBLIC] * 3]
    assert (made[0].external_reference, made[0].public_name, made[0].channel) == ("X-1", "R. Q.", Channel.WEB)
    assert (made[2].sector.value, made[2].language.value) == ("grassroots", "qu")
    assert db.session.scalar(select(Authorship.consent_text).where(Authorship.contribution_id == made[1].id)) == "2026-11/importado-papel"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "contributions.import")).one()
    assert json.loads(entry.body)["facts"]["codes"] == {"C": [1, 1], "P": [1, 4]}
    again = check(process, content)
    assert (len(again.incoming), again.unchanged) == (0, 5)


def test_imported_rows_are_found_by_search(process: Process) -> None:
    from app.contributions import queries
    from app.contributions.rules.filters import ContributionFilters

    services.import_rows(check(process, csv_of(row())), process, activity=None, person_id=None, now=NOON)
    assert queries.page_of(process.id, ContributionFilters(q="manana sabado"), 1).total == 1


MAP = """
[file]
delimiter = ","
skip_when = { estado = ["borrado"] }
[columns]
texto = "descripcion"
titulo = "titulo"
referencia_externa = "{zona}/{id}"
tema = "categoria"
[constants]
tipo_proponente = "persona"
visibilidad = "anonimo"
canal = "web"
[values.tema]
"Obras varias" = "obras"
"""
FOREIGN = f"id,zona,titulo,descripcion,categoria,estado\n1,Z1,Posta,{WORDS},Obras varias,vivo\n2,Z1,Otra,{WORDS},Agua,borrado\n"


def test_a_map_reads_someone_elses_file(process: Process) -> None:
    file_map, problems = importing.parse_map(MAP)
    assert problems == []
    found = check(process, FOREIGN.encode(), file_map)
    assert (faults(found), found.skipped, found.rows) == ([], 1, 2)
    only = found.incoming[0]
    assert (only.external_reference, only.draft.title, only.draft.theme_slug, only.draft.channel) == ("Z1/1", "Posta", "obras", Channel.WEB)


def test_a_map_is_written_as_it_is_read(process: Process) -> None:
    file_map, _ = importing.parse_map(MAP)
    assert importing.parse_map(importing.dump_map(file_map)) == (file_map, [])


def test_a_bad_map_says_what_is_wrong(process: Process) -> None:
    assert [p.code for p in importing.parse_map("[columns")[1]] == [F.MAP_UNREADABLE]
    assert [p.code for p in importing.parse_map('[columns]\ncosa = "x"\n[file]\nencoding = "ebcdic"')[1]] == [
        F.MAP_COLUMN_UNKNOWN,
        F.MAP_ENCODING_UNKNOWN,
    ]
    missing = check(process, FOREIGN.encode(), importing.parse_map(MAP.replace('"descripcion"', '"texto largo"'))[0])
    assert faults(missing) == [(1, "texto largo", F.COLUMN_NOT_IN_FILE)]


def test_faults_name_the_columns_of_their_file(process: Process) -> None:
    found = check(process, FOREIGN.replace("Obras varias", "Nada").encode(), importing.parse_map(MAP)[0])
    assert faults(found) == [(2, "categoria", ContributionProblem.THEME_UNKNOWN)]


class TestTheCommand:
    def test_it_imports_and_reports_in_json(self, app: Flask, world: World, tmp_path: Path) -> None:
        file = tmp_path / "aportes.csv"
        file.write_bytes(csv_of(row(referencia_externa="1", tema="Parques"), row(referencia_externa="2")))
        run = app.test_cli_runner()
        refused = run.invoke(args=["contributions", "import", str(file), "--process", world.slug, "--json"])
        report = json.loads(refused.stdout)
        assert (refused.exit_code, report["imported"], report["problems"][0]["row"], report["problems"][0]["column"]) == (1, 0, 2, "tema")
        dry = run.invoke(args=["contributions", "import", str(file), "--process", world.slug, "--json", "--create-themes", "--dry-run"])
        assert (dry.exit_code, json.loads(dry.stdout)["imported"]) == (0, 0)
        done = run.invoke(args=["contributions", "import", str(file), "--process", world.slug, "--json", "--create-themes"])
        report = json.loads(done.stdout)
        assert (done.exit_code, report["rows"], report["imported"], report["codes"]) == (0, 2, 2, ["PRB-P-0001", "PRB-P-0002"])
        again = json.loads(run.invoke(args=["contributions", "import", str(file), "--process", world.slug, "--json"]).stdout)
        assert (again["imported"], again["unchanged"], again["problems"]) == (0, 2, [])

    def test_a_workshop_gives_its_codes(self, app: Flask, world: World, tmp_path: Path) -> None:
        file = tmp_path / "taller.csv"
        file.write_bytes(csv_of(row()))
        done = app.test_cli_runner().invoke(
            args=["contributions", "import", str(file), "--process", world.slug, "--activity", "taller-ccorca", "--json"]
        )
        assert json.loads(done.stdout)["codes"] == ["PRB-T01-0001"]

    def test_wrong_usage_is_2(self, app: Flask, world: World, tmp_path: Path) -> None:
        file = tmp_path / "aportes.csv"
        file.write_bytes(csv_of(row()))
        run = app.test_cli_runner()
        assert run.invoke(args=["contributions", "import", str(file), "--process", "nadie"]).exit_code == 2
        assert run.invoke(args=["contributions", "import", str(file), "--process", world.slug, "--activity", "nadie"]).exit_code == 2
        assert run.invoke(args=["contributions", "import", "no-existe.csv", "--process", world.slug]).exit_code == 2

    def test_the_template_is_what_the_import_reads(self, app: Flask, world: World, tmp_path: Path) -> None:
        run = app.test_cli_runner()
        printed = run.invoke(args=["contributions", "template"]).stdout_bytes
        assert printed.decode("utf-8-sig").strip().split(";") == list(COLUMNS)
        book = tmp_path / "plantilla.xlsx"
        assert run.invoke(args=["contributions", "template", "--format", "xlsx", "--output", str(book)]).exit_code == 0
        sheet = openpyxl.load_workbook(book)["aportes"]
        assert [cell.value for cell in sheet[1]] == list(COLUMNS)
        kinds = {rule.type for rule in sheet.data_validations.dataValidation}
        assert {"list", "textLength", "date"} <= kinds


def test_a_map_takes_the_first_cell_that_says_something_and_leaves_no_separators_behind(process: Process) -> None:
    file_map = importing.parse_map("""
[columns]
texto = "{Relato|Resumen}"
titulo = "{Tipo} / {Asunto}"
tema = "Zona {Zona}"
[constants]
tipo_proponente = "persona"
visibilidad = "anonimo"
""")[0]
    lines = ["Relato;Resumen;Tipo;Asunto;Zona", f"{WORDS};No;Salud;Postas;", f"  ;{WORDS};;Postas;", f"{WORDS} Ya.;;;;"]
    table = importing.read_table("\r\n".join(lines).encode(), file_map)
    found = importing.judge(table, file_map, process.id, workshop_id=None, said_at=NOON, now=NOON)
    assert found.problems == []
    assert [r.draft.text for r in found.incoming] == [WORDS, WORDS, f"{WORDS} Ya."]
    assert [(r.draft.title, r.draft.theme_slug) for r in found.incoming] == [("Salud / Postas", ""), ("Postas", ""), ("", "")]


def test_every_alternative_of_a_map_must_be_in_the_file(process: Process) -> None:
    file_map = FileMap(columns={"texto": "{Relato|Resumen}", "tipo_proponente": "Quien", "visibilidad": "Nombre"})
    table = importing.read_table(b"Relato;Quien;Nombre\r\nalgo;persona;anonimo", file_map)
    found = importing.judge(table, file_map, process.id, workshop_id=None, said_at=NOON, now=NOON)
    assert (F.COLUMN_NOT_IN_FILE, "Resumen") in {(p.code, p.column) for p in found.problems}


def test_a_theme_to_create_whose_name_is_too_long_says_so(process: Process) -> None:
    name = "Agua y saneamiento " * 8
    table = importing.read_table(csv_of(row(tema=name)), FileMap())
    judged = {"workshop_id": None, "said_at": NOON, "now": NOON}
    (problem,) = importing.judge(table, FileMap(), process.id, create_themes=True, **judged).problems
    assert (problem.code, problem.column, problem.values["longest"]) == (F.THEME_TOO_LONG, "tema", 120)
    assert "120" in fault_sentence(problem) and "no es de este proceso" not in fault_sentence(problem)
    assert importing.judge(table, FileMap(), process.id, **judged).problems[0].code is ContributionProblem.THEME_UNKNOWN
