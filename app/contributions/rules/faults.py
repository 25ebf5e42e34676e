"""What can be wrong with somebody's file, and where (reliability.md R14)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 20_000
LONGEST_THEME = 120
LARGEST_FILE = 40 * 1024 * 1024


class ImportFault(StrEnum):
    FILE_EMPTY = "file-empty"
    FILE_TOO_LARGE = "file-too-large"
    FILE_KIND_UNKNOWN = "file-kind-unknown"
    TOO_MANY_ROWS = "too-many-rows"
    UTF16 = "utf-16"
    ENCODING_UNKNOWN = "encoding-unknown"
    BYTE_UNREADABLE = "byte-unreadable"
    BOM_INSIDE = "bom-inside"
    NUL = "nul"
    LINE_ENDS_MIXED = "line-ends-mixed"
    QUOTE_OPEN = "quote-open"
    DELIMITER_UNKNOWN = "delimiter-unknown"
    HEADER_REPEATED = "header-repeated"
    COLUMN_MISSING = "column-missing"
    COLUMN_UNKNOWN = "column-unknown"
    COLUMN_NOT_IN_FILE = "column-not-in-file"
    CELLS_MISSING = "cells-missing"
    CELLS_EXTRA = "cells-extra"
    CELL_TOO_LONG = "cell-too-long"
    FORMULA = "formula"
    CELL_ERROR = "cell-error"
    MERGED_CELLS = "merged-cells"
    WORKBOOK_DAMAGED = "workbook-damaged"
    WORKBOOK_SUSPECT = "workbook-suspect"
    SHEET_UNKNOWN = "sheet-unknown"
    DATE_UNREADABLE = "date-unreadable"
    DATE_FUTURE = "date-future"
    THEME_TOO_LONG = "theme-too-long"
    VALUE_MISSING = "value-missing"
    VALUE_UNKNOWN = "value-unknown"
    REFERENCE_REPEATED = "reference-repeated"
    UBIGEO_UNKNOWN = "ubigeo-unknown"
    PLACE_UNKNOWN = "place-unknown-by-names"
    PLACE_AMBIGUOUS = "place-ambiguous-by-names"
    PLACE_CONTRADICTS = "place-contradicts"
    MAP_UNREADABLE = "map-unreadable"
    MAP_COLUMN_UNKNOWN = "map-column-unknown"
    MAP_ENCODING_UNKNOWN = "map-encoding-unknown"
    MAP_DELIMITER_UNKNOWN = "map-delimiter-unknown"


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One fault. `row` counts as a spreadsheet shows it (header 1); `column` is the file's own name of it, or empty."""

    row: int
    column: str
    code: StrEnum
    values: Mapping[str, Any] = field(default_factory=dict)
