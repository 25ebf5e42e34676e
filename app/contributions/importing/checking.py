"""The pre-flight check: every row of a table judged, every fault with its row and column, nothing written."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.contributions import queries
from app.contributions.importing.cells import Cells
from app.contributions.importing.columns import FIELD_COLUMNS, REQUIRED, key_of
from app.contributions.importing.maps import FileMap
from app.contributions.importing.places import PlaceFinder
from app.contributions.importing.tables import Table
from app.contributions.importing.values import Reading, read_date, read_word
from app.contributions.rules.drafts import ContributionDraft, ContributionProblem, problems_with
from app.contributions.rules.faults import LONGEST_THEME, FileProblem, ImportFault
from app.contributions.rules.incoming import IncomingRow
from app.contributions.rules.terms import Channel, Language, NameConsent, ProponentKind
from app.core.text import clean, clean_line, slug
from app.organisations.rules import Sector
from app.processes import queries as processes

COLUMN_FAULTS = (ImportFault.COLUMN_MISSING, ImportFault.COLUMN_UNKNOWN, ImportFault.COLUMN_NOT_IN_FILE)
LISTED = ("tipo_proponente", "visibilidad", "canal", "idioma", "sector")


@dataclass
class Preflight:
    """What the check found. `incoming` are the rows that are new; nothing may be imported while there are problems.

    `new_themes` slug -> name; `unknown_values` column -> their values that mean nothing here.
    """

    headers: list[str] = field(default_factory=list)
    rows: int = 0
    skipped: int = 0
    unchanged: int = 0
    incoming: list[IncomingRow] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)
    preview: list[str] = field(default_factory=list)
    new_themes: dict[str, str] = field(default_factory=dict)
    unknown_values: dict[str, list[str]] = field(default_factory=dict)

    @property
    def needs_encoding(self) -> bool:
        return any(p.code is ImportFault.ENCODING_UNKNOWN for p in self.problems)

    @property
    def needs_columns(self) -> bool:
        """Whether choosing columns would help: the file does not use the names of the template."""
        return any(p.code in COLUMN_FAULTS for p in self.problems)


def judge(
    table: Table, file_map: FileMap, process_id: int, *, workshop_id: int | None, said_at: datetime, now: datetime,
    create_themes: bool = False,
) -> Preflight:  # fmt: skip
    """Every row of `table` as it would be received. `said_at` is the date of rows that bring none;
    `workshop_id` the opportunity they were said at, if any.
    """
    found = Preflight(headers=table.headers, problems=list(table.problems), preview=table.preview)
    if table.is_fatal:
        return found
    if not table.rows:
        found.problems.append(FileProblem(1, "", ImportFault.FILE_EMPTY, {}))
    cells = Cells.of(table, file_map)
    found.problems += cells.problems
    judging = _Judging(found, cells, process_id, workshop_id, said_at, now, create_themes)
    for number, texts in table.rows:
        if cells.is_skipped(texts):
            found.skipped += 1
            continue
        found.rows += 1
        judging.judge(number, texts)
    judging.leave_known_out()
    found.rows += found.skipped
    found.problems.sort(key=lambda p: (p.row, table.headers.index(p.column) if p.column in table.headers else -1))
    return found


class _Judging:
    """The state of one check: what was seen so far in the file, and what the process knows."""

    def __init__(
        self, found: Preflight, cells: Cells, process_id: int, workshop_id: int | None, said_at: datetime, now: datetime,
        create_themes: bool,
    ) -> None:  # fmt: skip
        self.found, self.cells, self.process_id, self.workshop_id = found, cells, process_id, workshop_id
        self.said_at, self.now, self.create_themes = said_at, now, create_themes
        known = processes.themes(process_id)
        self.themes: dict[str, str] = {key_of(t.name): t.slug for t in known} | {key_of(t.slug): t.slug for t in known}
        self.theme_names = ", ".join(t.slug for t in known)
        self.places = PlaceFinder()
        self.references: dict[str, int] = {}
        self.repeated: Counter[str] = Counter()

    def judge(self, number: int, texts: list[str]) -> None:
        """One row: read it, judge it, keep it when it is sound."""
        row = {ours: self.cells.text(ours, texts) for ours in self.cells.present}
        problems: list[FileProblem] = []
        draft = self._draft(number, row, problems)
        received_at = self._date(number, row, problems)
        reference = clean_line(row.get("referencia_externa", ""))[:200]
        if reference and self.references.setdefault(reference, number) != number:
            problems.append(self._fault(number, "referencia_externa", ImportFault.REFERENCE_REPEATED,
                                        reference=reference, first=self.references[reference]))  # fmt: skip
        for problem in problems_with(draft, themes={draft.theme_slug}):
            problems.append(self._fault(number, FIELD_COLUMNS[problem.field or "text"], problem.code, **problem.values))
        kept = [p for p in problems if not self._is_said(number, p)]
        self.found.problems += kept
        if received_at is not None and not problems:
            is_of_workshop = self.workshop_id is not None and draft.channel is Channel.WORKSHOP
            self.found.incoming.append(IncomingRow(draft, self._key(draft, reference), received_at, reference, is_of_workshop))

    def leave_known_out(self) -> None:
        """Rows that came in an earlier import are left as they are."""
        keys = queries.known_import_keys(row.submission_key for row in self.found.incoming)
        known = queries.known_references(self.process_id, (row.external_reference for row in self.found.incoming if row.external_reference))
        fresh = [r for r in self.found.incoming if r.submission_key not in keys and r.external_reference not in known]
        self.found.unchanged = len(self.found.incoming) - len(fresh)
        self.found.incoming = fresh

    def _draft(self, number: int, row: Mapping[str, str], problems: list[FileProblem]) -> ContributionDraft:
        words = {column: self._word(number, column, row, problems) for column in LISTED}
        place, fault = self.places.find(*(clean_line(row.get(c, "")) for c in ("ubigeo", "region", "provincia", "distrito")))
        if fault:
            problems.append(self._fault(number, fault.column, fault.code, **fault.values))
        theme = self._theme(number, clean_line(row.get("tema", "")), problems)
        default = Channel.WORKSHOP if self.workshop_id is not None else Channel.PAPER
        return ContributionDraft(
            text=clean(row.get("texto", "")), title=clean_line(row.get("titulo", "")),
            proponent_kind=_of(ProponentKind, words["tipo_proponente"], ProponentKind.PERSON),
            speaker=clean_line(row.get("proponente", "")), organisation=clean_line(row.get("organizacion", "")),
            sector=_of(Sector, words["sector"], None), email=clean_line(row.get("correo", "")).lower(),
            phone=clean_line(row.get("telefono", "")), ubigeo=place, language=_of(Language, words["idioma"], Language.SPANISH),
            theme_slug=theme, channel=_of(Channel, words["canal"], default),
            consent=_of(NameConsent, words["visibilidad"], NameConsent.ANONYMOUS),
        )  # fmt: skip

    def _word(self, number: int, column: str, row: Mapping[str, str], problems: list[FileProblem]) -> Reading:
        word, fault = read_word(column, row.get(column, ""), is_required=column in REQUIRED and column in self.cells.present)
        if fault:
            problems.append(self._fault(number, column, fault.code, **fault.values))
            if fault.code is ImportFault.VALUE_UNKNOWN and not self.cells.is_faulty(number, column):
                known = self.found.unknown_values.setdefault(column, [])
                if row[column].strip() not in known and len(known) < 60:
                    known.append(row[column].strip())
        return word

    def _theme(self, number: int, name: str, problems: list[FileProblem]) -> str:
        if not name:
            return ""
        known = self.themes.get(key_of(name))
        if known is None and self.create_themes and len(name) > LONGEST_THEME:
            problems.append(self._fault(number, "tema", ImportFault.THEME_TOO_LONG, length=len(name), longest=LONGEST_THEME))
            return ""
        if known is None and self.create_themes and slug(name):
            known = self.themes[key_of(name)] = slug(name)
            self.found.new_themes[known] = name
        if known is None:
            values = {"theme": name[:60], "known": self.theme_names or "-"}
            problems.append(self._fault(number, "tema", ContributionProblem.THEME_UNKNOWN, **values))
        return known or ""

    def _date(self, number: int, row: Mapping[str, str], problems: list[FileProblem]) -> datetime | None:
        instant, fault = read_date(row.get("fecha_recepcion", ""), self.now)
        if fault:
            problems.append(self._fault(number, "fecha_recepcion", fault.code, **fault.values))
            return None
        return instant or self.said_at

    def _fault(self, number: int, ours: str, code: StrEnum, **values: object) -> FileProblem:
        return FileProblem(number, self.cells.name_of(ours), code, values)

    def _is_said(self, number: int, problem: FileProblem) -> bool:
        """Whether the table already told what is wrong with that cell."""
        return self.cells.is_faulty_header(number, problem.column)

    def _key(self, draft: ContributionDraft, reference: str) -> str:
        """The same row of the same file always gets the same key; equal rows of one file are counted apart."""
        if reference:
            plain = f"import|{self.process_id}|reference|{reference}"
        else:
            content = json.dumps([self.process_id, self.workshop_id, draft.content], sort_keys=True, default=str)
            self.repeated[content_hash := hashlib.sha256(content.encode()).hexdigest()] += 1
            plain = f"import|{self.process_id}|row|{content_hash}|{self.repeated[content_hash]}"
        return hashlib.sha256(plain.encode()).hexdigest()


def _of(kind: type[StrEnum], word: Reading, otherwise: Any) -> Any:
    """The word when it is of that list, else what stands for an empty or unknown one."""
    return word if isinstance(word, kind) else otherwise
