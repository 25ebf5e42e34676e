"""XLSX, read without running anything in it: formulas are refused, merged cells reported, bombs never unpacked."""

import io
import re
import zipfile
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError  # noqa: S405 - only the name of an exception; defusedxml does the parsing

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from app.contributions.importing.maps import FileMap
from app.contributions.importing.tables import Table
from app.contributions.rules.faults import MOST_COLUMNS, MOST_ROWS, FileProblem, ImportFault
from app.core.text import fold

MOST_ENTRIES = 400
LARGEST_UNPACKED = 200 * 1024 * 1024
HIGHEST_RATIO = 200
SHEET = "aportes"
_DAMAGE = (
    InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError,
    NotImplementedError, ParseError, RuntimeError,
)  # fmt: skip
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read(content: bytes, file_map: FileMap) -> Table:
    """The rows of the sheet `aportes`, or of the first one; numbers, dates and truth values as text."""
    table = Table()
    if not _is_safe(content):
        return table.fail(ImportFault.WORKBOOK_SUSPECT)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = _sheet(book, file_map.sheet)
        if sheet is None:
            return table.fail(ImportFault.SHEET_UNKNOWN, name=file_map.sheet, known=", ".join(book.sheetnames))
        sheet.reset_dimensions()
        _rows(table, sheet)
        _merged(table, content, sheet)
        book.close()
    except DefusedXmlException:
        return table.fail(ImportFault.WORKBOOK_SUSPECT)
    except _DAMAGE:
        return table.fail(ImportFault.WORKBOOK_DAMAGED)
    return table


def _is_safe(content: bytes) -> bool:
    """Judged by the directory of the archive alone, before a byte is unpacked (S48)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    packed = sum(e.compress_size for e in entries) or 1
    unpacked = sum(e.file_size for e in entries)
    is_odd = any(e.flag_bits & 1 or e.filename.startswith(("/", "\\")) or ".." in e.filename for e in entries)
    return len(entries) <= MOST_ENTRIES and unpacked <= LARGEST_UNPACKED and unpacked / packed <= HIGHEST_RATIO and not is_odd


def _sheet(book: Any, wanted: str) -> Any:
    if wanted:
        return next((s for s in book.worksheets if fold(s.title.strip()) == fold(wanted.strip())), None)
    visible = [s for s in book.worksheets if s.sheet_state == "visible"] or book.worksheets
    return next((s for s in visible if fold(s.title.strip()) == SHEET), visible[0] if visible else None)


def _rows(table: Table, sheet: Any) -> None:
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number == 1:
            table.name_headers(_trimmed([_text(cell.value) for cell in cells]))
            continue
        if number > MOST_ROWS + 1:
            if any(cell.value is not None for cell in cells):
                table.fail(ImportFault.TOO_MANY_ROWS, number, most=MOST_ROWS)
                return
            continue
        texts = [_checked(table, number, index, cell) for index, cell in enumerate(cells)]
        _fit(table, number, texts)
        table.add(number, texts)


def _trimmed(headers: list[str]) -> list[str]:
    while headers and not headers[-1].strip():
        headers.pop()
    return headers


def _fit(table: Table, number: int, texts: list[str]) -> None:
    expected = len(table.headers)
    extra = next((text for text in texts[expected:] if text.strip()), "")
    if extra:
        table.problems.append(
            FileProblem(number, "", ImportFault.CELLS_EXTRA, {"cells": len(texts), "expected": expected, "extra": extra[:40]})
        )
    del texts[expected:]
    texts.extend([""] * (expected - len(texts)))


def _checked(table: Table, number: int, index: int, cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    text = _text(value)
    if cell.data_type == "f" or (isinstance(value, str) and value.startswith("=")) or not isinstance(value, (str, *_PLAIN)):
        table.fault(number, index, ImportFault.FORMULA, formula=text[:60])
    elif cell.data_type == "e":
        table.fault(number, index, ImportFault.CELL_ERROR, value=text[:20])
    elif "\x00" in text:
        table.fault(number, index, ImportFault.NUL)
    return text


_PLAIN = (int, float, bool, datetime, date, time)


def _text(value: Any) -> str:
    """A cell as the person sees it; a number without a decimal point when it has no decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(timespec="minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), str(getattr(value, "text", value)))


def _merged(table: Table, content: bytes, sheet: Any) -> None:
    """Merged cells hide whose value it is: each is a fault, at its first cell."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(sheet._worksheet_path.lstrip("/")) as part:
        for _, element in iterparse(part):
            if element.tag.endswith("}mergeCell"):
                first_column, first_row, _, _ = range_boundaries(element.get("ref"))
                name = table.headers[first_column - 1] if first_column <= len(table.headers) else ""
                table.problems.append(FileProblem(first_row, name, ImportFault.MERGED_CELLS, {"cells": element.get("ref")}))
            elif element.tag.endswith("}row"):
                element.clear()
