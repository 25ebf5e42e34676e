"""The empty template. The XLSX checks itself: lists, lengths, dates; and says on a second sheet how to fill it."""

import io
from collections.abc import Mapping, Sequence
from datetime import date

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from app.contributions.importing.columns import COLUMNS, REQUIRED, SHOWN
from app.contributions.rules.drafts import LONGEST, SHORTEST_TEXT
from app.core.web import csv_lines

ROWS = 5_000
EARLIEST = date(1950, 1, 1)
WIDTHS = {"texto": 70, "titulo": 30, "proponente": 26, "organizacion": 26, "correo": 24}
LENGTHS = {"titulo": "title", "proponente": "speaker", "organizacion": "organisation", "correo": "email", "telefono": "phone"}


def template_csv() -> bytes:
    """The header alone: UTF-8 with BOM, so that spreadsheets read accents, and `;`."""
    return "".join(csv_lines(COLUMNS, [])).encode()


def template_xlsx(explained: Mapping[str, str], *, titles: tuple[str, str], themes: Sequence[str] = ()) -> bytes:
    """A workbook to fill in. `explained` says what each column is for; `titles` head the two columns of that sheet."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("aportes")
    must = book.add_format({"bold": True, "bg_color": "#122A5C", "font_color": "#FFFFFF", "border": 1})
    may = book.add_format({"bold": True, "bg_color": "#E8EEF9", "border": 1})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, WIDTHS.get(column, 16), day if column == "fecha_recepcion" else text)
        sheet.write_string(0, index, column, must if column in REQUIRED else may)
        sheet.write_comment(0, index, explained[column])
        _validate(sheet, index, column, themes)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, 0, len(COLUMNS) - 1)
    guide = book.add_worksheet("como-llenar")
    guide.set_column(0, 0, 22)
    guide.set_column(1, 1, 100, text)
    guide.write_row(0, 0, titles, must)
    for row, column in enumerate(COLUMNS, start=1):
        guide.write_row(row, 0, (column, explained[column]))
    book.close()
    return buffer.getvalue()


def _validate(sheet: Worksheet, index: int, column: str, themes: Sequence[str]) -> None:
    words = SHOWN.get(column) or (tuple(themes) if column == "tema" and themes and len(",".join(themes)) < 250 else ())
    rule: dict[str, object] = {"ignore_blank": True}
    if words:
        rule |= {"validate": "list", "source": list(words)}
    elif column == "texto":
        rule |= {"validate": "length", "criteria": "between", "minimum": SHORTEST_TEXT, "maximum": LONGEST["text"]}
    elif column in LENGTHS:
        rule |= {"validate": "length", "criteria": "<=", "value": LONGEST[LENGTHS[column]]}
    elif column == "fecha_recepcion":
        rule |= {"validate": "date", "criteria": ">", "value": EARLIEST}
    elif column == "ubigeo":
        rule |= {"validate": "length", "criteria": "between", "minimum": 1, "maximum": 6}
    else:
        return
    sheet.data_validation(1, index, ROWS, index, rule)
