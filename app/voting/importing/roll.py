"""A list of voters in CSV or XLSX. The file is judged whole in memory: neither it nor a document of it is ever stored."""

from dataclasses import dataclass, field
from typing import Any

from app.contributions.importing import FileMap, Table, read_table
from app.contributions.importing.columns import key_of
from app.contributions.rules.faults import FileProblem, ImportFault
from app.core.text import clean_line, fold
from app.notifications.rules import is_address
from app.territories import queries as territories
from app.voting.rules.roll import RollProblem, Voter, document_of, problems_with_document

COLUMNS = ("dni", "territorio", "correo")
_ALSO = {
    "documento": "dni", "numero-de-documento": "dni", "nro-documento": "dni", "distrito": "territorio", "ubigeo": "territorio",
    "zona": "territorio", "email": "correo", "e-mail": "correo", "correo-electronico": "correo",
}  # fmt: skip


@dataclass
class RollFile:
    """What was read. `voters` may be used only when there are no problems."""

    voters: list[Voter] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)
    rows: int = 0
    with_email: int = 0

    @property
    def is_sound(self) -> bool:
        return bool(self.voters) and not self.problems


def template() -> str:
    """A file to fill in, with two invented people."""
    return "dni;territorio;correo\r\n01234567;080101;persona@ejemplo.pe\r\n76543210;Santiago;\r\n"


def read_roll(content: bytes, *, within: str, encoding: str = "") -> RollFile:
    """Every row judged. `within` is the UBIGEO of the space: names of districts are looked for inside it."""
    table = read_table(content, FileMap(encoding=encoding))
    found = RollFile(problems=list(table.problems))
    if table.is_fatal:
        return found
    places = _columns(table, found)
    if "dni" not in places:
        return found
    if not table.rows:
        found.problems.append(FileProblem(1, "", ImportFault.FILE_EMPTY, {}))
    reading = _Reading(table, places, found, _Places(within))
    for number, cells in table.rows:
        reading.row(number, cells)
    found.rows = len(table.rows)
    found.problems.sort(key=lambda problem: (problem.row, problem.column))
    return found


def _columns(table: Table, found: RollFile) -> dict[str, int]:
    """Our column -> its place. A column we do not know is a fault: nothing personal is brought in that nobody asked for."""
    places: dict[str, int] = {}
    for index, header in enumerate(table.headers):
        name = _ALSO.get(key_of(header), key_of(header))
        if name in COLUMNS:
            places.setdefault(name, index)
        elif header:
            found.problems.append(FileProblem(1, header, RollProblem.COLUMN_UNKNOWN, {"known": ", ".join(COLUMNS)}))
    if "dni" not in places:
        found.problems.append(FileProblem(1, "dni", RollProblem.COLUMN_MISSING, {"column": "dni"}))
    return places


class _Places:
    """Districts by UBIGEO and by name, inside one territory; read once."""

    def __init__(self, within: str) -> None:
        inside = territories.inside(within)
        self.known = {t.ubigeo for t in inside}
        self.by_name: dict[str, list[str]] = {}
        for territory in inside:
            self.by_name.setdefault(fold(territory.name), []).append(territory.ubigeo)

    def find(self, text: str) -> str | None:
        if text in self.known:
            return text
        if text.isdigit() and f"0{text}" in self.known:
            return f"0{text}"
        named = self.by_name.get(fold(text), [])
        return named[0] if len(named) == 1 else None


class _Reading:
    """The state of one reading: which documents were seen, and in which row."""

    def __init__(self, table: Table, places: dict[str, int], found: RollFile, territory: _Places) -> None:
        self.table, self.places, self.found, self.territory = table, places, found, territory
        self.seen: dict[str, int] = {}

    def row(self, number: int, cells: list[str]) -> None:
        before = len(self.found.problems)
        document = self._document(number, self._cell(cells, "dni"))
        ubigeo = self._place(number, clean_line(self._cell(cells, "territorio")))
        email = self._email(number, clean_line(self._cell(cells, "correo")).lower())
        if len(self.found.problems) == before and not any((number, index) in self.table.faulty for index in self.places.values()):
            self.found.voters.append(Voter(document, ubigeo, email))
            self.found.with_email += bool(email)

    def _cell(self, cells: list[str], name: str) -> str:
        index = self.places.get(name)
        return cells[index] if index is not None and index < len(cells) else ""

    def _document(self, number: int, text: str) -> str:
        problems = problems_with_document(text)
        for problem in problems:
            self._fault(number, "dni", problem.code, **problem.values)
        document = document_of(text)
        if not problems:
            first = self.seen.setdefault(document, number)
            if first != number:
                self._fault(number, "dni", RollProblem.DOCUMENT_REPEATED, first=first)
        return document

    def _place(self, number: int, text: str) -> str | None:
        if not text:
            if "territorio" in self.places:
                self._fault(number, "territorio", RollProblem.TERRITORY_MISSING)
            return None
        ubigeo = self.territory.find(text)
        if ubigeo is None:
            self._fault(number, "territorio", RollProblem.TERRITORY_UNKNOWN, territory=text[:60])
        return ubigeo

    def _email(self, number: int, text: str) -> str:
        if text and not is_address(text):
            self._fault(number, "correo", RollProblem.EMAIL_MALFORMED)
            return ""
        return text

    def _fault(self, number: int, column: str, code: Any, **values: object) -> None:
        index = self.places.get(column, 0)
        if (number, index) not in self.table.faulty:
            header = self.table.headers[index] if index < len(self.table.headers) else column
            self.found.problems.append(FileProblem(number, header, code, values))
