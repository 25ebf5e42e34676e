"""CSV as spreadsheets write it. UTF-8, or what the person says it is: never a guess (reliability.md R14)."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from app.contributions.importing.maps import DELIMITERS, FileMap
from app.contributions.importing.tables import Table
from app.contributions.rules.faults import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, FileProblem, ImportFault

PREVIEW_ROWS = 5
_ESCAPED = re.compile("[\udc80-\udcff]")
_ROW_END = re.compile(r"(\r\n|\n|\r)$")
csv.field_size_limit(LARGEST_FILE)  # a giant cell is a fault to report, not an exception in the middle of the file


class _Lines:
    """The physical lines of a text, remembering those of the record being read."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._end = ""
        self._is_mixed = False
        self.of_record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.of_record.append(line)
            yield line

    def take_record(self) -> list[str]:
        """The lines of the record just read."""
        record, self.of_record = self.of_record, []
        return record

    def breaks_the_row_ends(self, record: list[str]) -> bool:
        """Whether this record is the first to end unlike those before. Line breaks inside quotes are text, not row ends."""
        match = _ROW_END.search(record[-1]) if record else None
        end = match.group() if match else ""
        self._end = self._end or end
        if self._is_mixed or not end or end == self._end:
            return False
        self._is_mixed = True
        return True


def read(content: bytes, file_map: FileMap) -> Table:
    """The rows of a CSV file and every fault of its bytes, line ends, quotes and cells."""
    table = Table()
    if _is_utf16(content):
        return table.fail(ImportFault.UTF16)
    text = content.removeprefix(codecs.BOM_UTF8).decode(file_map.encoding or "utf-8", "surrogateescape")
    delimiter = file_map.delimiter or _delimiter(text)
    lines = _Lines(text)
    for number, cells in enumerate(csv.reader(iter(lines), delimiter=delimiter), start=1):
        record = lines.take_record()
        if lines.breaks_the_row_ends(record):
            table.problems.append(FileProblem(number, "", ImportFault.LINE_ENDS_MIXED, {}))
        if number == 1:
            table.name_headers([_readable(cell) for cell in cells])
            _check_header(table, cells)
            continue
        if number > MOST_ROWS + 1:
            return table.fail(ImportFault.TOO_MANY_ROWS, number, most=MOST_ROWS)
        if any("\n" in cell or "\r" in cell for cell in cells) and "".join(record).count('"') % 2:
            table.problems.append(FileProblem(number, "", ImportFault.QUOTE_OPEN, {}))
        _check_cells(table, number, cells)
        table.add(number, cells)
    _ask_for_encoding(table, content, file_map, delimiter)
    return table


def _is_utf16(content: bytes) -> bool:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    start = content[:2_000]
    return len(start) >= 8 and max(start[0::2].count(0), start[1::2].count(0)) > len(start) // 4


def _delimiter(text: str) -> str:
    """The mark that separates most names in the header, quotes left out (csv.Sniffer fails on a quoted comma)."""
    header = re.sub(r'"[^"]*"', "", re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0])
    return max(DELIMITERS, key=lambda mark: (header.count(mark), -DELIMITERS.index(mark)))


def _check_header(table: Table, cells: list[str]) -> None:
    if len(cells) > MOST_COLUMNS:
        table.fail(ImportFault.TOO_MANY_ROWS, most=MOST_COLUMNS)
    for index, cell in enumerate(cells):
        if "\x00" in cell:
            table.fault(1, index, ImportFault.NUL)
        if _ESCAPED.search(cell):
            table.fault(1, index, ImportFault.BYTE_UNREADABLE, byte=_byte(cell))


def _check_cells(table: Table, number: int, cells: list[str]) -> None:
    if not any(cell.strip() for cell in cells):
        return
    expected = len(table.headers)
    if len(cells) < expected:
        missing = table.headers[len(cells)]
        table.problems.append(FileProblem(number, missing, ImportFault.CELLS_MISSING, {"cells": len(cells), "expected": expected}))
        table.faulty.update((number, index) for index in range(len(cells), expected))
        cells.extend([""] * (expected - len(cells)))
    elif len(cells) > expected:
        extra = next((cell for cell in cells[expected:] if cell.strip()), "")
        if extra:
            values = {"cells": len(cells), "expected": expected, "extra": _readable(extra)[:40]}
            table.problems.append(FileProblem(number, "", ImportFault.CELLS_EXTRA, values))
        del cells[expected:]
    for index, cell in enumerate(cells):
        _check_cell(table, number, index, cell)
        cells[index] = _readable(cell)


def _check_cell(table: Table, number: int, index: int, cell: str) -> None:
    if not cell or cell.isascii() and "\x00" not in cell and not cell.startswith("="):
        return
    if "\x00" in cell:
        table.fault(number, index, ImportFault.NUL)
    if "\ufeff" in cell:
        table.fault(number, index, ImportFault.BOM_INSIDE)
    if _ESCAPED.search(cell):
        table.fault(number, index, ImportFault.BYTE_UNREADABLE, byte=_byte(cell))
    if cell.startswith("="):
        table.fault(number, index, ImportFault.FORMULA, formula=_readable(cell)[:60])


def _byte(cell: str) -> str:
    match = _ESCAPED.search(cell)
    return f"0x{ord(match.group()) - 0xDC00:02X}" if match else ""


def _readable(cell: str) -> str:
    return _ESCAPED.sub("\ufffd", cell)


def _ask_for_encoding(table: Table, content: bytes, file_map: FileMap, delimiter: str) -> None:
    """When bytes are not UTF-8 and nobody said what they are: five rows as CP1252, for a person to judge."""
    bad = [problem for problem in table.problems if problem.code is ImportFault.BYTE_UNREADABLE]
    if not bad or file_map.encoding:
        return
    wanted = {problem.row for problem in bad[:PREVIEW_ROWS]}
    reader = csv.reader(io.StringIO(content.decode("cp1252", "replace"), newline=""), delimiter=delimiter)
    for number, cells in enumerate(reader, start=1):
        if number in wanted:
            table.preview.append(" · ".join(cell.strip()[:60] for cell in cells if not cell.isascii())[:200])
    rows = " | ".join(table.preview)
    table.problems.insert(0, FileProblem(bad[0].row, "", ImportFault.ENCODING_UNKNOWN, {"rows": rows, "count": len(bad)}))
