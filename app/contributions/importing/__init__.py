"""Reading other people's files of contributions: tables, maps, the pre-flight check, and the template to fill."""

from app.contributions.importing.cells import Cells
from app.contributions.importing.checking import COLUMN_FAULTS, Preflight, judge
from app.contributions.importing.columns import COLUMNS, ENUMERATED, REQUIRED
from app.contributions.importing.maps import FileMap, dump_map, guessed, parse_map, with_encoding
from app.contributions.importing.tables import Table, read_table
from app.contributions.importing.templates import template_csv, template_xlsx

__all__ = [
    "COLUMNS", "COLUMN_FAULTS", "ENUMERATED", "REQUIRED", "Cells", "FileMap", "Preflight", "Table", "dump_map", "guessed", "judge",
    "parse_map", "read_table", "template_csv", "template_xlsx", "with_encoding",
]  # fmt: skip
