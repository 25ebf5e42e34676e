"""Answers prepared in a spreadsheet, read into drafts: all of them or none (interfaces.md, `feedback import`)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.contributions import importing as tables
from app.contributions.importing.columns import key_of
from app.contributions.models import Contribution
from app.contributions.rules.faults import FileProblem, ImportFault
from app.core.db import db
from app.feedback import queries
from app.feedback.importing.rows import COLUMNS, DAY_COLUMNS, TEXT_COLUMNS, Row, mapped
from app.feedback.models import Decision
from app.feedback.rules.acts import FeedbackProblem
from app.feedback.rules.drafts import DecisionDraft, content_sha256
from app.feedback.rules.outcomes import DecisionState, Outcome, Reason
from app.feedback.rules.tidying import tidy
from app.plans import queries as plans
from app.processes.models import Process

_OUTCOME_WORDS = {key_of(str(o)): o for o in Outcome} | {
    "acogido": Outcome.ADOPTED,
    "acogido-parcialmente": Outcome.ADOPTED_PARTIALLY,
    "ya-contemplado": Outcome.ALREADY_COVERED,
    "para-un-proximo-plan": Outcome.DEFERRED,
    "derivado-a-otra-entidad": Outcome.REFERRED,
    "no-acogido": Outcome.NOT_ADOPTED,
    "fuera-del-alcance": Outcome.OUT_OF_SCOPE,
    "unificado-con-otro": Outcome.MERGED,
    "requiere-aclaracion": Outcome.NEEDS_CLARIFICATION,
    "retirado-por-su-autor": Outcome.WITHDRAWN,
    "acogida": Outcome.ADOPTED,
    "acogido-en-parte": Outcome.ADOPTED_PARTIALLY,
    "acogida-parcialmente": Outcome.ADOPTED_PARTIALLY,
    "ya-contemplada": Outcome.ALREADY_COVERED,
    "derivado": Outcome.REFERRED,
    "derivada": Outcome.REFERRED,
    "no-acogida": Outcome.NOT_ADOPTED,
    "unificado": Outcome.MERGED,
    "retirado": Outcome.WITHDRAWN,
}


@dataclass(frozen=True)
class Judged:
    """A file read and judged: how many rows, what to save on which revision, how many rows change nothing, every problem."""

    rows: int = 0
    todo: tuple[tuple[Contribution, DecisionDraft, int], ...] = ()
    unchanged: int = 0
    problems: tuple[FileProblem, ...] = ()


def judge(process: Process, content: bytes, map_text: str, *, person_id: int) -> Judged:
    """Read a file of answers against what stands; nothing is written."""
    file_map, faults = tables.parse_map(map_text, COLUMNS)
    if faults:
        return Judged(problems=tuple(faults))
    table = tables.read_table(content, file_map)
    rows, more = mapped(table, file_map)
    faults = [*table.problems, *more]
    if faults:
        return Judged(rows=len(table.rows), problems=tuple(faults))
    wanted, problems = _drafts(process, rows)
    todo, _unchanged, refused = _compared(process, wanted, person_id)
    return Judged(len(rows), tuple(todo), len(rows) - len(todo), (*problems, *refused))


def _problem(row: int, column: str, code: Any, /, **values: Any) -> FileProblem:
    return FileProblem(row, column, code, values)


def _drafts(process: Process, rows: Sequence[Row]) -> tuple[list[tuple[Row, Contribution, DecisionDraft]], list[FileProblem]]:
    by_code, by_reference = _contributions(process, rows)
    organisations = {key_of(word): slug for slug, name in plans.organisations() for word in (slug, name)}
    anchors = plans.anchors(process.id)
    outcomes = _OUTCOME_WORDS
    found: list[tuple[Row, Contribution, DecisionDraft]] = []
    problems: list[FileProblem] = []
    seen: dict[int, int] = {}
    for row in rows:
        cells = row.cells
        contribution = by_code.get(cells["codigo"].upper()) if cells["codigo"] else by_reference.get(cells["referencia_externa"])
        named = "codigo" if cells["codigo"] or not cells["referencia_externa"] else "referencia_externa"
        if not (cells["decision"] or cells["respuesta"]):
            continue  # a row nobody has answered yet
        if contribution is None:
            problems.append(_problem(row.number, row.names.get(named, named), FeedbackProblem.UNKNOWN_CONTRIBUTION, code=cells[named]))
            continue
        if contribution.id in seen:
            problems.append(
                _problem(
                    row.number,
                    row.names.get(named, named),
                    ImportFault.REFERENCE_REPEATED,
                    reference=cells[named],
                    first=seen[contribution.id],
                )
            )
            continue
        seen[contribution.id] = row.number
        draft, wrong = _draft(row, outcomes, organisations, anchors, set(by_code))
        problems += wrong
        found.append((row, contribution, draft))
    return found, problems


def _contributions(process: Process, rows: Sequence[Row]) -> tuple[dict[str, Contribution], dict[str, Contribution]]:
    by_code, by_reference = {}, {}
    for contribution in db.session.scalars(select(Contribution).where(Contribution.process_id == process.id).order_by(Contribution.id)):
        by_code[contribution.code] = contribution
        if contribution.external_reference:
            by_reference[contribution.external_reference] = contribution
    return by_code, by_reference


def _draft(
    row: Row, outcomes: Mapping[str, Outcome], organisations: Mapping[str, str], anchors: Mapping[int, Mapping[str, int]], codes: set[str]
) -> tuple[DecisionDraft, list[FileProblem]]:
    cells, problems = row.cells, []
    values: dict[str, Any] = {field: cells[column] for column, field in TEXT_COLUMNS.items()}

    def wrong(column: str, code: Any, /, **more: Any) -> None:
        problems.append(_problem(row.number, row.names.get(column, column), code, **more))

    def choice(column: str, words: Mapping[str, Any]) -> Any:
        value = cells[column]
        if value and key_of(value) not in words:
            wrong(column, ImportFault.VALUE_UNKNOWN, value=value, known=", ".join(dict.fromkeys(str(w) for w in words.values())))
        return words.get(key_of(value)) if value else None

    values |= {"outcome": choice("decision", outcomes), "fallback": choice("decision_si_no_responde", outcomes)}
    values["reason_code"] = choice("motivo_codigo", {key_of(str(r)): r for r in Reason})
    values["organisation"] = choice("entidad_que_responde", organisations) or ""
    for column, field in DAY_COLUMNS.items():
        values[field] = _day(cells[column])
        if cells[column] and values[field] is None:
            wrong(column, ImportFault.DATE_UNREADABLE, value=cells[column])
    number = re.match(r"\d{1,4}", cells["compromiso"])
    values["commitment"] = int(number.group()) if number else None
    if cells["compromiso"] and values["commitment"] not in anchors:
        wrong("compromiso", FeedbackProblem.UNKNOWN_COMMITMENT, number=cells["compromiso"])
    if values["milestone"] and values["milestone"] not in anchors.get(values["commitment"] or 0, {}):
        wrong("hito", FeedbackProblem.UNKNOWN_MILESTONE, milestone=values["milestone"])
    values["merged_into"] = values["merged_into"].upper()
    if values["merged_into"] and values["merged_into"] not in codes:
        wrong("unificado_con", FeedbackProblem.UNKNOWN_CONTRIBUTION, code=values["merged_into"])
    return tidy(DecisionDraft(**values)), problems


def _day(text: str) -> date | None:
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text[:10], shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _compared(
    process: Process, wanted: Sequence[tuple[Row, Contribution, DecisionDraft]], person_id: int
) -> tuple[list[tuple[Contribution, DecisionDraft, int]], int, list[FileProblem]]:
    """What is new or changed, with the revision to save on; what stands already; and what may not be overwritten."""
    standing: dict[int, dict[bool, Any]] = {}
    for decision in db.session.execute(
        select(
            Decision.id,
            Decision.contribution_id,
            Decision.state,
            Decision.revision,
            Decision.sha256,
            Decision.correction_reason,
            Decision.is_current,
        ).where(Decision.process_id == process.id, (Decision.state != DecisionState.PUBLISHED) | Decision.is_current)
    ):
        standing.setdefault(decision.contribution_id, {})[decision.is_current] = decision
    writers = queries.writers_of([rows[False].id for rows in standing.values() if False in rows])
    todo, unchanged, problems = [], 0, []
    for row, contribution, draft in wanted:
        here = standing.get(contribution.id, {})
        if any(content_sha256(replace(draft, correction_reason=d.correction_reason), contribution.code) == d.sha256 for d in here.values()):
            unchanged += 1
            continue
        column = row.names.get("codigo", "codigo")
        open_ = here.get(False)
        if open_ is not None and (open_.state is not DecisionState.DRAFT or writers.get(open_.id, set()) - {person_id}):
            problems.append(_problem(row.number, column, FeedbackProblem.DRAFT_EXISTS, code=contribution.code))
        elif True in here and not draft.correction_reason:
            problems.append(
                _problem(
                    row.number, row.names.get("motivo_de_la_correccion", "motivo_de_la_correccion"), FeedbackProblem.NO_CORRECTION_REASON
                )
            )
        else:
            todo.append((contribution, draft, open_.revision if open_ else 0))
    return todo, unchanged, problems
