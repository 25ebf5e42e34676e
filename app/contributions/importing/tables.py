"""Any accepted file as one table of texts, with every fault of its form; nothing is guessed and nothing is run."""

from dataclasses import dataclass, field

from app.contributions.importing.maps import FileMap
from app.contributions.rules.faults import LARGEST_FILE, LONGEST_CELL, FileProblem, ImportFault

_ZIP = b"PK\x03\x04"
_OTHER_KINDS = (b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")


@dataclass
class Table:
    """Headers and rows as a spreadsheet numbers them (header 1). `is_fatal`: the rest could not be read at all."""

    headers: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)
    faulty: set[tuple[int, int]] = field(default_factory=set)
    preview: list[str] = field(default_factory=list)
    is_fatal: bool = False

    def fail(self, code: ImportFault, row: int = 1, **values: object) -> "Table":
        """A fault that ends the reading."""
        self.problems.append(FileProblem(row, "", code, values))
        self.is_fatal = True
        return self

    def fault(self, row: int, index: int, code: ImportFault, **values: object) -> None:
        """A fault of one cell; the cell is not judged again."""
        self.problems.append(FileProblem(row, self.headers[index] if index < len(self.headers) else "", code, values))
        self.faulty.add((row, index))

    def name_headers(self, cells: list[str]) -> None:
        """Take the first row as headers; a name used twice is a fault, because either column could be meant."""
        self.headers = [cell.strip().lstrip("\ufeff") for cell in cells]
        seen: set[str] = set()
        for header in self.headers:
            if header and header in seen:
                self.problems.append(FileProblem(1, header, ImportFault.HEADER_REPEATED, {}))
            seen.add(header)

    @property
    def samples(self) -> list[str]:
        """A taste of each column, to recognise it by."""
        return [
            " / ".join(text for text in (cells[index].strip()[:40] for _, cells in self.rows[:40]) if text)[:90]
            for index in range(len(self.headers))
        ]

    def add(self, row: int, cells: list[str]) -> None:
        """A row of data, its cells checked for size; blank rows are passed over."""
        if not any(cell.strip() for cell in cells):
            return
        for index, cell in enumerate(cells):
            if len(cell) > LONGEST_CELL:
                self.fault(row, index, ImportFault.CELL_TOO_LONG, length=len(cell), longest=LONGEST_CELL)
                cells[index] = ""
        self.rows.append((row, cells))


def read_table(content: bytes, file_map: FileMap) -> Table:
    """The table in a CSV or XLSX file."""
    from app.contributions.importing import csv_tables, xlsx_tables  # each needs Table, which is here

    if not content.strip():
        return Table().fail(ImportFault.FILE_EMPTY)
    if len(content) > LARGEST_FILE:
        return Table().fail(ImportFault.FILE_TOO_LARGE, largest=LARGEST_FILE // 1024 // 1024)
    if content.startswith(_ZIP):
        return xlsx_tables.read(content, file_map)
    if content.startswith(_OTHER_KINDS):
        return Table().fail(ImportFault.FILE_KIND_UNKNOWN)
    return csv_tables.read(content, file_map)
