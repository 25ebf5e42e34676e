"""From the cells of a row to our columns, by the names of a template or through a map: for contributions and for answers alike."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app.contributions.importing.columns import COLUMNS, REQUIRED, key_of
from app.contributions.importing.maps import PLACEHOLDER, FileMap
from app.contributions.importing.tables import Table
from app.contributions.rules.faults import FileProblem, ImportFault

Getter = Callable[[list[str]], str]


@dataclass
class Cells:
    """How each of our columns is read from a row of theirs. `present` are those the file (or the map) gives."""

    columns: Sequence[str] = COLUMNS
    present: list[str] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)
    _getters: dict[str, Getter] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _values: dict[str, dict[str, str]] = field(default_factory=dict)
    _skips: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    _faulty: set[tuple[int, str]] = field(default_factory=set)

    @classmethod
    def of(
        cls, table: Table, file_map: FileMap, columns: Sequence[str] = COLUMNS, required: Sequence[str] = REQUIRED,
        passed_over: Collection[str] = (),
    ) -> "Cells":  # fmt: skip
        """Read by a template of `columns`; those of `passed_over` may stand in the file and are not read."""
        made = cls(columns)
        exact = {header: index for index, header in reversed(list(enumerate(table.headers))) if header}
        loose = {key_of(header): index for header, index in exact.items()}

        def find(name: str) -> int | None:
            return exact.get(name.strip(), loose.get(key_of(name)))

        if file_map.names_columns:
            made._read_map(file_map, find, table.headers)
        else:
            made._read_template(table.headers, {key_of(name) for name in passed_over})
        for ours, value in file_map.constants.items():
            if ours in columns and ours not in made._getters:
                made._getters[ours] = _constant(value)
        made._read_values(file_map, find, table.headers)
        made._read_skips(file_map, find)
        made._require(required)
        made.present = [ours for ours in columns if ours in made._getters]
        made._faulty = {(row, table.headers[index]) for row, index in table.faulty if index < len(table.headers)}
        return made

    def text(self, ours: str, texts: list[str]) -> str:
        """Our column's text in a row, their value already turned into ours."""
        written = self._getters[ours](texts)
        table = self._values.get(ours)
        return table.get(written.strip(), table.get(key_of(written), written)) if table else written

    def name_of(self, ours: str) -> str:
        """What the person's file calls our column."""
        return self._names.get(ours, ours)

    def is_skipped(self, texts: list[str]) -> bool:
        return any(texts[index].strip() in values for index, values in self._skips)

    def is_faulty(self, number: int, ours: str) -> bool:
        return self.is_faulty_header(number, self.name_of(ours))

    def is_faulty_header(self, number: int, header: str) -> bool:
        return (number, header) in self._faulty

    def _read_template(self, headers: list[str], passed_over: Collection[str]) -> None:
        """The names of the template in any order and spelling; a column of another name is a fault, not ignored in silence."""
        ours_by_key = {key_of(ours): ours for ours in self.columns}
        for index, header in enumerate(headers):
            ours = ours_by_key.get(key_of(header))
            if ours and ours not in self._getters:
                self._getters[ours], self._names[ours] = _cell(index), header
            elif header and not ours and key_of(header) not in passed_over:
                self.problems.append(FileProblem(1, header, ImportFault.COLUMN_UNKNOWN, {"name": header[:60]}))

    def _read_map(self, file_map: FileMap, find: Callable[[str], int | None], headers: list[str]) -> None:
        for ours, theirs in file_map.columns.items():
            is_template = PLACEHOLDER.search(theirs) is not None
            parts = [name for part in PLACEHOLDER.findall(theirs) for name in part.split("|")] or [theirs]
            missing = [part for part in parts if find(part) is None]
            for part in missing:
                self.problems.append(FileProblem(1, part, ImportFault.COLUMN_NOT_IN_FILE, {"name": part[:60], "ours": ours}))
            if missing or ours not in self.columns:
                self._names[ours] = parts[0]
                continue
            indexes = {part: find(part) for part in parts}
            first = indexes[parts[0]] or 0
            self._getters[ours] = _filled(theirs, {p: i or 0 for p, i in indexes.items()}) if is_template else _cell(first)
            self._names[ours] = headers[first]

    def _read_values(self, file_map: FileMap, find: Callable[[str], int | None], headers: list[str]) -> None:
        """`[values.COLUMN]`: COLUMN is ours, or theirs for whichever of ours reads it."""
        for column, table in file_map.values.items():
            index = find(column)
            named = [column] if column in self.columns else [o for o, n in self._names.items() if index is not None and n == headers[index]]
            for ours in named:
                self._values[ours] = {key_of(theirs): value for theirs, value in table.items()} | {t.strip(): v for t, v in table.items()}

    def _read_skips(self, file_map: FileMap, find: Callable[[str], int | None]) -> None:
        for column, values in file_map.skip_when.items():
            index = find(column)
            if index is None:
                self.problems.append(FileProblem(1, column, ImportFault.COLUMN_NOT_IN_FILE, {"name": column[:60], "ours": "skip_when"}))
            else:
                self._skips.append((index, frozenset(value.strip() for value in values)))

    def _require(self, required: Sequence[str]) -> None:
        told = {p.values.get("ours") for p in self.problems}
        for ours in required:
            if ours not in self._getters:
                if ours not in told:
                    self.problems.append(FileProblem(1, ours, ImportFault.COLUMN_MISSING, {"name": ours}))
                self._getters[ours] = _constant(_STAND_INS[ours])


_STAND_INS: Mapping[str, str] = {"texto": "sin columna de texto", "tipo_proponente": "persona", "visibilidad": "anonimo"}
"""What a missing required column reads as, so that its one fault is not repeated on every row; nothing of it is stored."""


_SEPARATORS = " /·-,;:|"


def _cell(index: int) -> Getter:
    return lambda texts: texts[index]


def _constant(value: str) -> Getter:
    return lambda texts: value


def _filled(template: str, indexes: Mapping[str, int]) -> Getter:
    """`{A}` is the cell of column A; `{A|B}` that of the first of them that is not blank.

    When every one is blank the whole reads as nothing; when some are, the separators they leave at the ends go with them.
    """

    def filled(texts: list[str]) -> str:
        said: list[str] = []

        def fill(match: re.Match[str]) -> str:
            cells = [texts[indexes[name]] for name in match.group(1).split("|")]
            said.append(next((cell for cell in cells if cell.strip()), ""))
            return said[-1]

        whole = PLACEHOLDER.sub(fill, template)
        if all(said):
            return whole
        return whole.strip(_SEPARATORS) if any(said) else ""

    return filled
