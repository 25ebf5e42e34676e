"""The sheet for entities that answer in a spreadsheet: the pile on the left, the columns of `feedback import` on the right.

What it offers in lists is what the import reads back; nothing in it is a formula.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.core.dates import rfc3339
from app.feedback.queries.sheets import SheetRow
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.sheets import COLUMNS, CONTEXT, DAY_COLUMNS, OUTCOME_NAMES, TEXT_COLUMNS

SHEET_COLUMNS = ("codigo", *CONTEXT, *(column for column in COLUMNS if column not in ("codigo", "referencia_externa")))
READ_ONLY = ("codigo", *CONTEXT)
WIDE = {"texto_integro": 60, "respuesta": 60, "titulo": 34, "que_cambia": 34, "que_tendria_que_cambiar": 34, "entidad_que_responde": 26,
        "compromiso": 30, "decision": 22, "motivo_codigo": 30}  # fmt: skip
SPARE_ROWS = 200
EARLIEST = date(1990, 1, 1)
LONGEST_CELL = 32_000


@dataclass(frozen=True)
class Explained:
    """The words of the workbook, in the language of the person: `steps` how to fill it, `columns` what each one is for,
    `titles` of the two columns of that table, `lists` what each listed column offers."""

    steps: Sequence[str]
    columns: Mapping[str, str]
    titles: tuple[str, str]
    lists: Mapping[str, Sequence[str]]


def sheet_rows(
    rows: Sequence[tuple[SheetRow, DecisionDraft | None]], *, own: str, reasons: Mapping[str, str], organisations: Mapping[str, str]
) -> Iterator[list[str]]:  # fmt: skip
    """A row per contribution in the columns of SHEET_COLUMNS. `own` is the entity of who asks, for what nobody was assigned;
    `reasons` and `organisations` are the words of the lists by code and by slug."""
    for row, draft in rows:
        cells: dict[str, str] = dict.fromkeys(SHEET_COLUMNS, "")
        cells |= {
            "codigo": row.code, "titulo": row.title, "texto_integro": row.text, "tema": row.theme or "", "distrito": row.place or "",
            "canal": str(row.channel), "fecha_recepcion": rfc3339(row.received_at)[:10],
            "responder_hasta": row.due_on.isoformat() if row.due_on else "", "entidad_que_responde": row.organisation or own,
        }  # fmt: skip
        if draft is not None:
            cells |= _drafted(draft, reasons, organisations)
        yield [cells[column] for column in SHEET_COLUMNS]


def _drafted(draft: DecisionDraft, reasons: Mapping[str, str], organisations: Mapping[str, str]) -> dict[str, str]:
    """What stands in a draft, in the words the import reads."""
    cells = {column: str(getattr(draft, field) or "") for column, field in TEXT_COLUMNS.items()}
    for column, field in DAY_COLUMNS.items():
        cells[column] = getattr(draft, field).isoformat() if getattr(draft, field) else ""
    return cells | {
        "decision": OUTCOME_NAMES[draft.outcome] if draft.outcome else "",
        "decision_si_no_responde": OUTCOME_NAMES[draft.fallback] if draft.fallback else "",
        "motivo_codigo": reasons.get(str(draft.reason_code), "") if draft.reason_code else "",
        "compromiso": str(draft.commitment or ""),
        "entidad_que_responde": organisations.get(draft.organisation, draft.organisation),
    }


def workbook(rows: Sequence[Sequence[str]], explained: Explained) -> bytes:
    """The rows in an XLSX that checks what is typed in it, with a sheet that says how to fill it."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet, guide, lists = book.add_worksheet("respuestas"), book.add_worksheet("como-llenar"), book.add_worksheet("listas")
    given = book.add_format({"bold": True, "bg_color": "#E8EEF9", "border": 1, "text_wrap": True, "valign": "top"})
    asked = book.add_format({"bold": True, "bg_color": "#122A5C", "font_color": "#FFFFFF", "border": 1, "text_wrap": True, "valign": "top"})
    fixed = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "bg_color": "#F6F7FA"})
    free = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "locked": False})
    last = len(rows) + SPARE_ROWS
    for index, column in enumerate(SHEET_COLUMNS):
        is_given = column in READ_ONLY
        sheet.set_column(index, index, WIDE.get(column, 16), fixed if is_given else free)
        sheet.write_string(0, index, column, given if is_given else asked)
        sheet.write_comment(0, index, explained.columns.get(column, column))
        if column in explained.lists:
            _offer(sheet, lists, index, column, explained.lists, last)
        elif column in DAY_COLUMNS:
            sheet.data_validation(1, index, last, index, {"validate": "any", "input_message": explained.columns[column][:250]})
    _fill(sheet, rows, fixed, free)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(rows)), len(SHEET_COLUMNS) - 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "select_locked_cells": True})
    lists.hide()
    _explain(guide, explained, asked, book.add_format({"text_wrap": True, "valign": "top"}))
    book.close()
    return buffer.getvalue()


def _offer(sheet: Worksheet, lists: Worksheet, index: int, column: str, offered: Mapping[str, Sequence[str]], last: int) -> None:
    """The words of a column on the hidden sheet, and the list in the cells."""
    place, words = list(offered).index(column), offered[column]
    if not words:
        return
    lists.write_column(0, place, words)
    letter = chr(ord("A") + place)
    sheet.data_validation(1, index, last, index, {
        "validate": "list", "source": f"=listas!${letter}$1:${letter}${len(words)}", "error_type": "warning",
    })  # fmt: skip


def _fill(sheet: Worksheet, rows: Sequence[Sequence[str]], fixed: Format, free: Format) -> None:
    for number, row in enumerate(rows, start=1):
        for index, (column, value) in enumerate(zip(SHEET_COLUMNS, row, strict=True)):
            kind = fixed if column in READ_ONLY else free
            if value:
                sheet.write_string(number, index, value[:LONGEST_CELL], kind)
            else:
                sheet.write_blank(number, index, None, kind)


def _explain(guide: Worksheet, explained: Explained, heading: Format, text: Format) -> None:
    guide.set_column(0, 0, 28)
    guide.set_column(1, 1, 110, text)
    for number, step in enumerate(explained.steps):
        guide.write_row(number, 0, (f"{number + 1}.", step))
    start = len(explained.steps) + 1
    guide.write_row(start, 0, explained.titles, heading)
    for number, column in enumerate(SHEET_COLUMNS, start=start + 1):
        guide.write_row(number, 0, (column, explained.columns.get(column, "")))
