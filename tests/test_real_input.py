"""The real record of another city goes through the commands and pages of a user, when it lies beside the project."""

import io
import zlib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from openpyxl import Workbook, load_workbook

from benchmarks.measure import pages_of
from benchmarks.races import counted
from scripts.post.trial import Troubles
from scripts.real_input import __main__ as real_input
from scripts.real_input import record, rehearsal
from scripts.real_input.closing import summed
from scripts.real_input.drafting import fill_sheet
from scripts.real_input.grouping import Suggested
from scripts.real_input.opening import office_slug
from scripts.real_input.visitor import Reply

SHARE = real_input.Scale(7, Troubles(outages=2, kills=2, waits=1, drops_before=1, drops_after=1))


@pytest.mark.slow
def test_a_share_of_the_real_record_is_answered_signed_published_mailed_printed_and_reported(tmp_path: Path) -> None:
    if not real_input.RECORD.exists():
        pytest.skip("../shared/data no está: make real-input se omite")
    found = real_input.run(tmp_path, SHARE, tell=False)
    assert found["contributions"] == found["rows"] == found["published"] == 144 and found["waiting"] == 0
    assert found["real"] == found["drafted"] == 24 and found["rehearsed"] == 120
    assert found["rehearsed_outcomes"] == {"out_of_scope": 120} and sum(found["outcomes"].values()) == 24
    assert found["groups"] and found["stopped"] == 4
    letters, verdict = found["letters"], found["letters"]["verdict"]
    assert (verdict["lost"], verdict["strange"], verdict["shuffled"]) == (0, 0, 0) and verdict["repeated"] <= SHARE.troubles.most_repeated
    assert letters["message_ids"] == letters["queued"] == letters["sent"] + letters["unknown"]
    assert letters["printed"] == 144 - letters["sent"]


def test_the_same_proposals_get_the_same_invented_addresses_and_the_others_none() -> None:
    addresses = [record.invented_address(str(number)) for number in range(1_000)]
    assert addresses == [record.invented_address(str(number)) for number in range(1_000)]
    given = [address for address in addresses if address]
    assert 500 < len(given) < 700 and len(set(given)) == len(given)
    assert all(address.endswith("@example.org") and record.is_invented(address) for address in given)
    assert 0 < sum(not record.is_known(address) for address in given) < 30
    assert not record.is_invented("secretaria@example.org")


def test_a_scratch_copy_has_every_row_or_one_of_several_with_its_address() -> None:
    content = 'id,titulo\n1,"Uno, dos"\n2,Tres\n3,Cuatro\n'
    copy = record.with_addresses(content, every=2)
    assert copy.splitlines()[0] == f"id,titulo,{record.EMAIL}" and '"Uno, dos"' in copy and "Tres" not in copy
    assert record.counted(copy) == (2, sum(bool(record.invented_address(n)) for n in "13"))


def test_every_rehearsed_text_says_so_first_and_names_its_proposal() -> None:
    rows = [{"codigo": f"REG-C-{n:04d}", "titulo": f"Título {n}"} for n in range(40)]
    right, wrong = rehearsal.filled(rows, with_faults=False), rehearsal.filled(rows, with_faults=True)
    for typed in (right, wrong):
        assert all(rehearsal.is_rehearsed(cells["respuesta"]) for cells in typed.values())
    assert "«Título 3», la propuesta REG-C-0003" in right["REG-C-0003"]["respuesta"] and "{{" not in right["REG-C-0003"]["respuesta"]
    assert sum(right[code] != wrong[code] for code in right) == len(rehearsal.FAULTS)
    assert rehearsal.is_rehearsed(rehearsal.GROUP_TEXT) and len(rehearsal.TEXT) > 200
    assert not rehearsal.is_rehearsed("La propuesta no es competencia municipal.")


def test_what_the_checks_say_is_counted_by_kind() -> None:
    said = ["Quite el DNI 12345678 de REG-C-0001.", "Quite el DNI 87654321 de REG-C-0002.", "Diga a dónde acudir con «Luz»."]
    assert rehearsal.tally(said) == [("Quite el DNI … de ….", 2), ("Diga a dónde acudir con ….", 1)]


def test_a_sheet_comes_back_with_what_was_typed_beside_what_was_given() -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "respuestas"
    sheet.append(["codigo", "titulo", "decision", "motivo_codigo", "respuesta", "donde_acudir", "referencia"])
    sheet.append(["REG-C-0001", "Luz en la calle", None, None, None, None, None])
    out = io.BytesIO()
    book.save(out)
    content, rows = fill_sheet(out.getvalue(), with_faults=False)
    cells = [cell.value for cell in load_workbook(io.BytesIO(content))["respuestas"][2]]
    assert rows == 1 and cells[:4] == ["REG-C-0001", "Luz en la calle", rehearsal.DECISION, rehearsal.REASON]
    assert "«Luz en la calle»" in cells[4] and cells[6] is None


def test_a_suggestion_is_read_as_its_form_shows_it() -> None:
    form = BeautifulSoup(
        '<form class="same"><legend>Luz <small>2 aportes, parecido desde 71 %</small></legend><input name="codigo" value="R-C-1">'
        '<input name="codigo" value="R-C-2"><input name="title" value="Luz en la calle"></form>', "html.parser",
    ).form  # fmt: skip
    assert form is not None
    shown = Suggested.read(Reply(200, "/", b""), 3, form)
    assert (shown.place, shown.title, shown.codes, shown.percent) == (3, "Luz en la calle", ("R-C-1", "R-C-2"), 71)


def test_numbers_are_read_from_the_words_of_a_page() -> None:
    page = Reply(200, "/", b"<main><b>32</b>\n textos por guardar</main>")
    assert page.number(r"(\d+) textos? por guardar") == 32 and page.number(r"(\d+) otra cosa") == 0


def test_a_unit_is_named_in_addresses_as_the_site_names_it() -> None:
    assert office_slug("Ensayo: unidad de obras") == "ensayo-unidad-de-obras"


def test_pages_are_counted_also_when_the_objects_of_a_pdf_are_packed() -> None:
    packed = zlib.compress(b"<</Type /Page>> <</Type/Page /Parent 1 0 R>> <</Type /Pages>>")
    assert pages_of(b"%PDF-1.7\n<</Type /Page >>\nstream\n" + packed + b"\nendstream\nstream\nnot packed\nendstream") == 3


def test_the_matrix_tells_what_is_real_from_what_is_rehearsed() -> None:
    rows = [
        {"respondido": "si", "respuesta": "No es competencia municipal.", "decision": "not_adopted"},
        {"respondido": "si", "respuesta": rehearsal.TEXT, "decision": "out_of_scope"},
        {"respondido": "no", "respuesta": "", "decision": ""},
    ]
    found = summed(rows)
    assert (found["rows"], found["published"], found["real"], found["rehearsed"], found["waiting"]) == (3, 2, 1, 1, 1)
    assert found["outcomes"] == {"not_adopted": 1} and found["rehearsed_outcomes"] == {"out_of_scope": 1}


def test_what_pytest_counted_is_read_from_its_last_line() -> None:
    assert counted("...\n18 passed in 12.30s\n") == {"passed": 18}
    assert counted("F.\n1 failed, 17 passed, 2 errors in 3.00s\n") == {"failed": 1, "passed": 17, "error": 2}
    assert counted("") == {}
