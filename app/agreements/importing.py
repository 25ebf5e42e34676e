"""The monthly sheet of execution as a file: CSV in the encodings and with the separators that spreadsheets use."""

import csv
import io

from app.agreements.rules.execution import ExecutionProblem
from app.agreements.rules.sheets import ALSO, HEADS, MOST_ROWS, SheetRow, missing_heads
from app.core.errors import Problem, RuleBroken
from app.core.text import fold


def read_sheet(content: bytes) -> list[SheetRow]:
    """The rows of the file with their line numbers; empty ones are skipped. Raises RuleBroken for what is not such a sheet."""
    return parse_sheet(text_of(content))


def text_of(content: bytes) -> str:
    """The text of the file. Raises RuleBroken when it is none."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RuleBroken([Problem(ExecutionProblem.SHEET_EMPTY, "sheet")])


def parse_sheet(text: str) -> list[SheetRow]:
    """The same of its text. Raises RuleBroken."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    first = lines.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    rows = csv.reader(io.StringIO(lines), delimiter=separator)
    try:
        heads = [fold(cell.strip()) for cell in next(rows)]
    except (StopIteration, csv.Error):
        raise RuleBroken([Problem(ExecutionProblem.SHEET_EMPTY, "sheet")]) from None
    missing = missing_heads(heads)
    if missing:
        raise RuleBroken([Problem(ExecutionProblem.SHEET_HEADS, "sheet", {"heads": ", ".join(missing)})])
    found = []
    try:
        for cells in rows:
            named = {head: cell for head, cell in zip(heads, cells, strict=False) if head in (*HEADS, *ALSO)}
            if any(cell.strip() for cell in cells):
                found.append(SheetRow(rows.line_num, named))
    except csv.Error:
        raise RuleBroken([Problem(ExecutionProblem.SHEET_EMPTY, "sheet")]) from None
    if not found:
        raise RuleBroken([Problem(ExecutionProblem.SHEET_EMPTY, "sheet")])
    if len(found) > MOST_ROWS:
        raise RuleBroken([Problem(ExecutionProblem.SHEET_LONG, "sheet", {"most": MOST_ROWS})])
    return found
