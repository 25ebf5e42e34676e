"""Answers prepared in a spreadsheet, read into drafts: all of them or none (interfaces.md, `feedback import`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from app.assignments import queries as assignments
from app.contributions import importing as tables
from app.contributions.models import Contribution
from app.contributions.rules.faults import FileProblem, ImportFault
from app.core.db import db
from app.feedback import queries
from app.feedback.importing.reading import drafts_in
from app.feedback.importing.rows import Row, mapped
from app.feedback.models import Decision
from app.feedback.rules.acts import FeedbackProblem
from app.feedback.rules.bulk import BulkProblem
from app.feedback.rules.drafts import DecisionDraft, content_sha256
from app.feedback.rules.outcomes import DecisionState
from app.feedback.rules.sheets import COLUMNS
from app.groups import queries as groups
from app.processes.models import Process

MOST_UNKNOWN = 60
"""Unknown words of a column that are put to the person, who says what each means."""


@dataclass(frozen=True)
class Judged:
    """A file read and judged: how many rows, what to save on which revision, how many rows change nothing, every problem;
    `unknown_values` are, by our column, the words of the file that mean nothing here; `fresh` are the contributions of `todo` that have
    no version of an answer yet."""

    rows: int = 0
    todo: tuple[tuple[Contribution, DecisionDraft, int], ...] = ()
    unchanged: int = 0
    problems: tuple[FileProblem, ...] = ()
    unknown_values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fresh: frozenset[int] = frozenset()


def judge(process: Process, content: bytes, map_text: str, *, person_id: int, today: date) -> Judged:
    """Read a file of answers against what stands; nothing is written."""
    file_map, faults = tables.parse_map(map_text, COLUMNS)
    if faults:
        return Judged(problems=tuple(faults))
    table = tables.read_table(content, file_map)
    rows, more = mapped(table, file_map)
    faults = [*table.problems, *more]
    if faults:
        return Judged(rows=len(table.rows), problems=tuple(faults))
    wanted, problems = drafts_in(process, rows)
    standing = _standing(process)
    todo, refused = _compared(process, wanted, standing, person_id, today)
    fresh = frozenset(contribution.id for contribution, _, _ in todo if contribution.id not in standing)
    return Judged(len(rows), tuple(todo), len(rows) - len(todo), (*problems, *refused), _unknown(problems), fresh)


def _unknown(problems: Sequence[FileProblem]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for problem in problems:
        if problem.code is ImportFault.VALUE_UNKNOWN:
            found.setdefault(problem.values["ours"], {})[problem.values["value"]] = None
    return {column: tuple(words)[:MOST_UNKNOWN] for column, words in found.items()}


def _standing(process: Process) -> dict[int, dict[bool, Any]]:
    """By contribution, its open version (False) and the one that is public (True); those of neither are left out."""
    found: dict[int, dict[bool, Any]] = {}
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
        found.setdefault(decision.contribution_id, {})[decision.is_current] = decision
    return found


def _compared(
    process: Process, wanted: Sequence[tuple[Row, Contribution, DecisionDraft]], standing: Mapping[int, Mapping[bool, Any]], person_id: int,
    today: date,
) -> tuple[list[tuple[Contribution, DecisionDraft, int]], list[FileProblem]]:  # fmt: skip
    """What is new or changed, with the revision to save on; and what this person may not answer or nobody may overwrite."""
    writers = queries.writers_of([rows[False].id for rows in standing.values() if False in rows])
    ids = [contribution.id for _, contribution, _ in wanted]
    grouped, elsewhere = groups.group_of(ids), assignments.held_elsewhere(process.id, ids, person_id, today)
    todo, problems = [], []
    for row, contribution, draft in wanted:
        here = standing.get(contribution.id, {})
        if any(content_sha256(replace(draft, correction_reason=d.correction_reason), contribution.code) == d.sha256 for d in here.values()):
            continue
        column, code, open_ = row.names.get("codigo", "codigo"), contribution.code, here.get(False)
        if contribution.id in grouped:
            group = grouped[contribution.id].reference
            problems.append(FileProblem(row.number, column, FeedbackProblem.IN_GROUP, {"code": code, "group": group}))
        elif contribution.id in elsewhere:
            organisation = elsewhere[contribution.id].organisation
            problems.append(FileProblem(row.number, column, BulkProblem.ASSIGNED_ELSEWHERE, {"code": code, "organisation": organisation}))
        elif open_ is not None and (open_.state is not DecisionState.DRAFT or writers.get(open_.id, set()) - {person_id}):
            problems.append(FileProblem(row.number, column, FeedbackProblem.DRAFT_EXISTS, {"code": code}))
        elif True in here and not draft.correction_reason:
            column = row.names.get("motivo_de_la_correccion", "motivo_de_la_correccion")
            problems.append(FileProblem(row.number, column, FeedbackProblem.NO_CORRECTION_REASON, {}))
        else:
            todo.append((contribution, draft, open_.revision if open_ else 0))
    return todo, problems
