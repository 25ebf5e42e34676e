"""The rows of a spreadsheet as answers: each cell read by what its column means, each fault with its place."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.contributions.importing.columns import key_of
from app.contributions.models import Contribution
from app.contributions.rules.faults import FileProblem, ImportFault
from app.core.db import db
from app.feedback.importing.rows import Row
from app.feedback.importing.words import read_outcome, read_reason
from app.feedback.rules.acts import FeedbackProblem
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import Reason
from app.feedback.rules.sheets import DAY_COLUMNS, OUTCOME_NAMES, TEXT_COLUMNS
from app.feedback.rules.tidying import tidy
from app.plans import queries as plans
from app.processes.models import Process

_KNOWN_OUTCOMES = ", ".join(OUTCOME_NAMES.values())
_KNOWN_REASONS = ", ".join(Reason)
_NUMBER = re.compile(r"\d{1,4}")
_MILESTONE = re.compile(r"\d{1,4}\.\d{1,4}")


@dataclass(frozen=True)
class Known:
    """What cells may name: organisations by slug or name, the anchors of the plan, the codes of the process."""

    organisations: dict[str, str]
    names: str
    anchors: dict[int, dict[str, int]]
    by_code: dict[str, Contribution]
    by_reference: dict[str, Contribution]


def drafts_in(
    process: Process, rows: Sequence[Row]
) -> tuple[list[tuple[Row, Contribution, DecisionDraft]], list[FileProblem]]:  # fmt: skip
    """Each row that says something with the contribution it answers, and every fault; rows nobody has answered yet are passed over."""
    known = _known(process)
    found: list[tuple[Row, Contribution, DecisionDraft]] = []
    problems: list[FileProblem] = []
    seen: dict[int, int] = {}
    for row in rows:
        cells = row.cells
        if not (cells["decision"] or cells["respuesta"]):
            continue
        named = "codigo" if cells["codigo"] or not cells["referencia_externa"] else "referencia_externa"
        given = cells[named]
        contribution = known.by_code.get(given.upper()) if named == "codigo" else known.by_reference.get(given)
        if contribution is None:
            problems.append(_fault(row, named, FeedbackProblem.UNKNOWN_CONTRIBUTION, code=given))
        elif contribution.id in seen:
            problems.append(_fault(row, named, ImportFault.REFERENCE_REPEATED, reference=given, first=seen[contribution.id]))
        else:
            seen[contribution.id] = row.number
            draft, wrong = _draft(row, known)
            problems += wrong
            found.append((row, contribution, draft))
    return found, problems


def _known(process: Process) -> Known:
    organisations = list(plans.organisations())
    by_code, by_reference = {}, {}
    for contribution in db.session.scalars(select(Contribution).where(Contribution.process_id == process.id).order_by(Contribution.id)):
        by_code[contribution.code] = contribution
        if contribution.external_reference:
            by_reference[contribution.external_reference] = contribution
    return Known(
        {key_of(word): slug for slug, name in organisations for word in (slug, name)}, ", ".join(name for _, name in organisations),
        plans.anchors(process.id), by_code, by_reference,
    )  # fmt: skip


def _fault(row: Row, column: str, code: Any, /, **values: Any) -> FileProblem:
    return FileProblem(row.number, row.names.get(column, column), code, values)


def _draft(row: Row, known: Known) -> tuple[DecisionDraft, list[FileProblem]]:
    cells, problems = row.cells, []
    values: dict[str, Any] = {field: cells[column] for column, field in TEXT_COLUMNS.items()}

    def word(column: str, read: Callable[[str], Any], offered: str) -> Any:
        written = cells[column].strip()
        meant = read(written) if written else None
        if written and meant is None:
            problems.append(_fault(row, column, ImportFault.VALUE_UNKNOWN, value=written[:60], known=offered, ours=column))
        return meant

    values["outcome"] = word("decision", read_outcome, _KNOWN_OUTCOMES)
    values["fallback"] = word("decision_si_no_responde", read_outcome, _KNOWN_OUTCOMES)
    values["reason_code"] = word("motivo_codigo", read_reason, _KNOWN_REASONS)
    values["organisation"] = word("entidad_que_responde", lambda name: known.organisations.get(key_of(name)), known.names) or ""
    for column, field in DAY_COLUMNS.items():
        values[field] = _day(cells[column])
        if cells[column] and values[field] is None:
            problems.append(_fault(row, column, ImportFault.DATE_UNREADABLE, value=cells[column][:40]))
    problems += _traced(row, known, values)
    values["merged_into"] = values["merged_into"].upper()
    if values["merged_into"] and values["merged_into"] not in known.by_code:
        problems.append(_fault(row, "unificado_con", FeedbackProblem.UNKNOWN_CONTRIBUTION, code=values["merged_into"]))
    return tidy(DecisionDraft(**values)), problems


def _traced(row: Row, known: Known, values: dict[str, Any]) -> list[FileProblem]:
    """Where it shows in the plan: "2" or "2. Its title", "2.1" or "2.1 Its title"."""
    problems, written = [], row.cells["compromiso"]
    number, milestone = _NUMBER.match(written), _MILESTONE.match(values["milestone"])
    values["commitment"] = int(number.group()) if number else None
    values["milestone"] = milestone.group() if milestone else values["milestone"]
    if written and values["commitment"] not in known.anchors:
        problems.append(_fault(row, "compromiso", FeedbackProblem.UNKNOWN_COMMITMENT, number=written[:60]))
    if values["milestone"] and values["milestone"] not in known.anchors.get(values["commitment"] or 0, {}):
        problems.append(_fault(row, "hito", FeedbackProblem.UNKNOWN_MILESTONE, milestone=values["milestone"][:60]))
    return problems


def _day(text: str) -> date | None:
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text[:10], shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
