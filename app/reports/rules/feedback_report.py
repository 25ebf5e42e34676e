"""The feedback report of a process: every number and every answer in it comes from the public matrix, row by row.

Reference: domain.md 6.4 Q19 (totals reconcile by outcome, sector, territory and reason) and 6.3 (the columns).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

WAITING, WITHDRAWN, QUESTION = "waiting", "withdrawn", "needs_clarification"


@dataclass(frozen=True)
class Entry:
    """One contribution and its public answer; `outcome` is "waiting" without one. Words that are not public are empty."""

    code: str
    title: str
    heard: str
    theme: str
    sector: str
    territory: str
    group: str
    outcome: str
    reason_code: str
    why: str
    adopted_part: str
    refused_part: str
    commitment: str
    milestone: str
    organisation: str
    answered_on: str
    url: str

    @property
    def is_answered(self) -> bool:
        return self.outcome not in (WAITING, QUESTION, WITHDRAWN)


@dataclass(frozen=True)
class Row:
    """A line of a table of numbers: of `received`, how many are answered, and how many have each outcome."""

    name: str
    received: int
    answered: int
    by_outcome: Mapping[str, int]

    @property
    def adopted(self) -> int:
        """Adopted whole or in part."""
        return self.by_outcome.get("adopted", 0) + self.by_outcome.get("adopted_partially", 0)


@dataclass(frozen=True)
class ThemeSection:
    """What was heard and decided about one theme; `entries` with an answer, in the order of outcomes and then of codes."""

    slug: str
    numbers: Row
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Report:
    """The whole report. `waiting` are the codes without a final answer."""

    total: Row
    sectors: Sequence[Row]
    territories: Sequence[Row]
    reasons: Sequence[tuple[str, int]]
    themes: Sequence[ThemeSection]
    entries: Sequence[Entry]
    waiting: Sequence[str] = field(default_factory=tuple)

    @property
    def reconciles(self) -> bool:
        """Q19: the parts of each table sum up to what was received."""
        received = len(self.entries)
        tables = [[self.total], self.sectors, self.territories, [section.numbers for section in self.themes]]
        return all(sum(row.received for row in rows) == received for rows in tables) and sum(self.total.by_outcome.values()) == received


def entry_of(cells: Mapping[str, str]) -> Entry:
    """A row of the public matrix, by column."""
    return Entry(
        code=cells["codigo"], title=cells["titulo"], heard=cells["texto_integro"], theme=cells["tema"], sector=cells["sector"],
        territory=cells["distrito"] or cells["provincia"] or cells["region"], group=cells["grupo"],
        outcome=cells["decision"] or WAITING, reason_code=cells["motivo_codigo"], why=cells["respuesta"],
        adopted_part=cells["parte_acogida"], refused_part=cells["parte_no_acogida"], commitment=cells["compromiso"],
        milestone=cells["hito"], organisation=cells["entidad_que_responde"], answered_on=cells["fecha_respuesta"][:10], url=cells["url"],
    )  # fmt: skip


def compiled(entries: Sequence[Entry], themes: Sequence[str], outcomes: Sequence[str]) -> Report:
    """The report of these entries. `themes` are slugs and `outcomes` codes, each in the order to read them."""
    place = {outcome: n for n, outcome in enumerate(outcomes)}
    by_theme: dict[str, list[Entry]] = {slug: [] for slug in themes}
    for entry in entries:
        by_theme.setdefault(entry.theme, []).append(entry)
    sections = [
        ThemeSection(
            slug,
            _row(slug, found),
            sorted((e for e in found if e.outcome != WAITING), key=lambda e: place.get(e.outcome, len(place))),
        )
        for slug, found in by_theme.items()
        if found
    ]
    reasons = Counter(code for e in entries for code in set(e.reason_code.split("; ")) if code)  # one for each idea of a split one
    return Report(
        total=_row("", entries),
        sectors=_table(entries, "sector"),
        territories=_table(entries, "territory"),
        reasons=sorted(reasons.items(), key=lambda item: (-item[1], item[0])),
        themes=sections,
        entries=entries,
        waiting=tuple(e.code for e in entries if e.outcome in (WAITING, QUESTION)),
    )


def _table(entries: Iterable[Entry], name: str) -> list[Row]:
    """A row for each value, the most numerous first."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(getattr(entry, name), []).append(entry)
    return sorted((_row(value, rows) for value, rows in found.items()), key=lambda row: (-row.received, row.name))


def _row(name: str, entries: Sequence[Entry]) -> Row:
    return Row(name, len(entries), sum(e.is_answered for e in entries), Counter(e.outcome for e in entries))
