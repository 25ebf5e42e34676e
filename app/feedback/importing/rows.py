"""Somebody's table of answers in our columns, by their names or through a map."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.contributions.importing import Cells, FileMap, Table
from app.contributions.rules.faults import FileProblem, ImportFault
from app.feedback.rules.matrix import COLUMNS as MATRIX
from app.feedback.rules.sheets import COLUMNS, CONTEXT

NAMED_BY = ("codigo", "referencia_externa")


@dataclass(frozen=True)
class Row:
    """Our columns of a row; `names` is what the file calls each."""

    number: int
    cells: Mapping[str, str]
    names: Mapping[str, str]


def mapped(table: Table, file_map: FileMap) -> tuple[list[Row], list[FileProblem]]:
    """The file's rows in our columns, read as a file of contributions is. Columns of the public matrix may stay and are not read."""
    if table.is_fatal:
        return [], []
    cells = Cells.of(table, file_map, COLUMNS, (), passed_over=(*MATRIX, *CONTEXT))
    problems = list(cells.problems)
    if not any(name in cells.present for name in NAMED_BY) and not any(p.values.get("ours") in NAMED_BY for p in problems):
        problems.append(FileProblem(1, NAMED_BY[0], ImportFault.COLUMN_MISSING, {"name": NAMED_BY[0]}))
    if problems:
        return [], problems
    names = {column: cells.name_of(column) for column in COLUMNS}
    blank = dict.fromkeys(COLUMNS, "")
    return [
        Row(number, blank | {column: cells.text(column, texts).strip() for column in cells.present}, names)
        for number, texts in table.rows
        if not cells.is_skipped(texts)
    ], []
