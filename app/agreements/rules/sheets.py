"""The monthly sheet of execution (cui; pia; pim; devengado; fecha): every row judged before anything is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.agreements.rules.execution import BUDGETED, ExecutionProblem, LineFacts, LineState, ProgressDraft, problems_with_progress
from app.core.errors import Problem
from app.plans.rules.template import centimos

HEADS = ("cui", "pia", "pim", "devengado", "fecha")
ALSO = ("certificado", "girado", "motivo")
MOST_ROWS = 2_000
_AMOUNTS = {"pia": "pia_cents", "pim": "pim_cents", "devengado": "accrued_cents", "certificado": "certified_cents", "girado": "paid_cents"}
MONTHLY_TEXT = "Ejecución registrada con la hoja mensual de ejecución presupuestal."


@dataclass(frozen=True)
class SheetRow:
    """A row as it was read: its line in the file, and its cells by head."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Followed:
    """A line of the act that can be found by its investment code. `code` is the project's."""

    code: str
    facts: LineFacts


@dataclass(frozen=True)
class JudgedRow:
    """A row with what is wrong with it, or the update it makes. `is_same`: it says what is already known."""

    line: int
    cui: str
    code: str = ""
    draft: ProgressDraft | None = None
    problems: tuple[Problem, ...] = ()
    is_same: bool = False


def missing_heads(heads: Iterable[str]) -> tuple[str, ...]:
    return tuple(head for head in HEADS if head not in set(heads))


def judged(rows: Sequence[SheetRow], known: Mapping[str, Sequence[Followed]]) -> list[JudgedRow]:
    """Each row against the lines with its code; rows of the same code follow each other by their date."""
    found: list[JudgedRow] = []
    seen: set[tuple[str, str]] = set()
    facts: dict[str, LineFacts] = {}
    for row in sorted(rows, key=lambda r: (r.cells.get("cui", ""), _day(r.cells.get("fecha", "")) or date.max, r.line)):
        cui, day = row.cells.get("cui", "").strip(), row.cells.get("fecha", "").strip()
        lines = known.get(cui, ())
        if len(lines) != 1 or (cui, day) in seen:
            code = (
                ExecutionProblem.SHEET_REPEATED if lines and (cui, day) in seen
                else ExecutionProblem.SHEET_CUI_TWICE if lines else ExecutionProblem.SHEET_CUI_UNKNOWN
            )  # fmt: skip
            found.append(JudgedRow(row.line, cui, problems=(Problem(code, None, {"cui": cui}),)))
            continue
        seen.add((cui, day))
        result = _judge(row, lines[0], facts.get(cui, lines[0].facts))
        if result.draft is not None and not result.problems and not result.is_same:
            facts[cui] = replace(facts.get(cui, lines[0].facts), before=result.draft)
        found.append(result)
    return sorted(found, key=lambda r: r.line)


def _judge(row: SheetRow, line: Followed, facts: LineFacts) -> JudgedRow:
    cui = row.cells["cui"].strip()
    values, problems = _amounts(row)
    day = _day(row.cells.get("fecha", ""))
    if day is None:
        problems.append(Problem(ExecutionProblem.SHEET_DATE))
    if problems:
        return JudgedRow(row.line, cui, line.code, problems=tuple(problems))
    before = facts.before or ProgressDraft(LineState.NOT_STARTED, None)
    kept: dict[str, Any] = {name: values.get(name) if values.get(name) is not None else getattr(before, name) for name in _AMOUNTS.values()}
    state = before.state if before.state in BUDGETED or before.state in (LineState.STOPPED, LineState.NOT_DONE) else _state_of(kept)
    difference = row.cells.get("motivo", "").strip() or before.difference
    draft = replace(before, as_of=day, cui=cui, state=state, text=MONTHLY_TEXT, difference=difference, **kept)
    is_same = facts.before is not None and all(getattr(before, name) == kept[name] for name in kept)
    if is_same:
        return JudgedRow(row.line, cui, line.code, draft, is_same=True)
    return JudgedRow(row.line, cui, line.code, draft, problems_with_progress(draft, facts))


def _state_of(kept: Mapping[str, int | None]) -> LineState:
    return LineState.WORKS if kept["accrued_cents"] else LineState.IN_BUDGET if kept["pia_cents"] or kept["pim_cents"] else LineState.STUDY


def _amounts(row: SheetRow) -> tuple[dict[str, int | None], list[Problem]]:
    values: dict[str, int | None] = {}
    problems = []
    for head, name in _AMOUNTS.items():
        written = row.cells.get(head, "").strip()
        if not written:
            continue
        values[name] = centimos(written)
        if values[name] is None:
            problems.append(Problem(ExecutionProblem.SHEET_WRONG, None, {"head": head, "value": written[:40]}))
    return values, problems


def _day(written: str) -> date | None:
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(written.strip(), shape).date()
        except ValueError:
            continue
    return None
