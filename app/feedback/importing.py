"""Answers prepared in a spreadsheet, read into drafts: all of them or none (interfaces.md, `feedback import`)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import select

from app.contributions import importing as tables
from app.contributions.importing.columns import key_of
from app.contributions.messages import IN_FILES as FAULTS
from app.contributions.models import Contribution
from app.contributions.rules.faults import FileProblem, ImportFault
from app.core.db import db
from app.core.errors import Problem, SomebodyWasFirst
from app.core.fields import sentence
from app.feedback import queries, services
from app.feedback.messages import ALL, OUTCOMES
from app.feedback.models import Decision
from app.feedback.rules.acts import FeedbackProblem
from app.feedback.rules.drafts import DecisionDraft, content_sha256
from app.feedback.rules.outcomes import DecisionState, Outcome, Reason
from app.plans import queries as plans
from app.processes.models import Process

TEXT_COLUMNS = {
    "respuesta": "text", "criterio_aplicado": "criterion", "referencia": "reference", "hito": "milestone", "que_cambia": "what_changed",
    "parte_acogida": "adopted_part", "parte_no_acogida": "rejected_part", "que_tendria_que_cambiar": "change_needed",
    "ciclo_destino": "target_cycle", "responsable_de_llevarlo": "carry_over_owner", "derivado_a": "referred_to",
    "documento_de_derivacion": "referred_document", "donde_acudir": "where_to_go", "unificado_con": "merged_into", "pregunta": "question",
    "constancia_del_pedido": "request_record", "motivo_de_la_correccion": "correction_reason",
}  # fmt: skip
DAY_COLUMNS = {"fecha_de_derivacion": "referred_on", "plazo_para_aclarar": "clarify_by"}
COLUMNS = (
    "codigo", "referencia_externa", "decision", "motivo_codigo", "respuesta", "compromiso", "hito", "criterio_aplicado", "referencia",
    *[c for c in TEXT_COLUMNS if c not in ("respuesta", "hito", "criterio_aplicado", "referencia")], *DAY_COLUMNS,
    "decision_si_no_responde", "entidad_que_responde",
)  # fmt: skip
NAMED_BY = ("codigo", "referencia_externa")
_FIELD_COLUMN = {field: column for column, field in {**TEXT_COLUMNS, **DAY_COLUMNS}.items()} | {
    "outcome": "decision", "reason_code": "motivo_codigo", "commitment": "compromiso", "organisation": "entidad_que_responde",
    "fallback": "decision_si_no_responde",
}  # fmt: skip
_OUTCOME_WORDS = {key_of(str(o)): o for o in Outcome} | {
    "acogida": Outcome.ADOPTED, "acogido-en-parte": Outcome.ADOPTED_PARTIALLY, "acogida-parcialmente": Outcome.ADOPTED_PARTIALLY,
    "ya-contemplada": Outcome.ALREADY_COVERED, "derivado": Outcome.REFERRED, "derivada": Outcome.REFERRED, "no-acogida": Outcome.NOT_ADOPTED,
    "unificado": Outcome.MERGED, "retirado": Outcome.WITHDRAWN,
}  # fmt: skip
_TEMPLATE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class RowProblem:
    """One fault, where it is and how it is mended; `row` as a spreadsheet shows it (header 1, 0 for the whole file)."""

    row: int
    column: str
    code: str
    message: str


@dataclass(frozen=True)
class Report:
    """What an import did, or would do; with one problem nothing was written."""

    rows: int = 0
    imported: int = 0
    unchanged: int = 0
    problems: tuple[RowProblem, ...] = ()
    codes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "rows": self.rows, "imported": self.imported, "unchanged": self.unchanged,
            "problems": [p.__dict__ for p in self.problems], "codes": list(self.codes),
        }  # fmt: skip


@dataclass(frozen=True)
class _Row:
    number: int
    cells: Mapping[str, str]
    names: Mapping[str, str]


def import_answers(
    process: Process, content: bytes, map_text: str = "", *, person_id: int, now: datetime, dry_run: bool = False
) -> Report:  # fmt: skip
    """Read, judge, and unless `dry_run` save as drafts; the caller commits. The same file again changes nothing."""
    file_map, faults = tables.parse_map(map_text, COLUMNS) if map_text.strip() else (tables.FileMap(), [])
    if faults:
        return Report(problems=_said(faults))
    table = tables.read_table(content, file_map)
    rows, more = _mapped(table, file_map)
    faults = [*table.problems, *more]
    if faults:
        return Report(rows=len(table.rows), problems=_said(faults))
    wanted, problems = _drafts(process, rows)
    todo, unchanged, refused = _compared(process, wanted, person_id)
    problems += refused
    if problems:
        return Report(rows=len(rows), problems=tuple(problems))
    if not dry_run:
        for contribution, draft, revision in todo:
            try:
                services.draft(contribution, draft, revision=revision, person_id=person_id, now=now)
            except SomebodyWasFirst:
                return Report(rows=len(rows), problems=(_problem(0, "codigo", FeedbackProblem.TEXT_CHANGED),))
    codes = tuple(_code for _code, _ in ((c.code, d) for c, d, _ in todo))
    return Report(len(rows), len(todo), len(rows) - len(todo), (), codes)


def _said(faults: Sequence[FileProblem]) -> tuple[RowProblem, ...]:
    return tuple(
        RowProblem(f.row, f.column, str(f.code), str(FAULTS[f.code]) % dict(f.values) if f.values else str(FAULTS[f.code])) for f in faults
    )


def _problem(row: int, column: str, code: Any, /, **values: Any) -> RowProblem:
    messages = FAULTS if isinstance(code, ImportFault) else ALL
    return RowProblem(row, column, str(code), sentence(messages, Problem(code, None, values)))


def _mapped(table: Any, file_map: Any) -> tuple[list[_Row], list[FileProblem]]:
    """The file's rows in our columns. Without a map the headers must be ours; those of the public matrix may stay."""
    from app.feedback.documents import COLUMNS as MATRIX  # the matrix a person may have started from

    headers = {header: index for index, header in enumerate(table.headers)}
    sources: dict[str, str] = dict(file_map.columns)
    problems: list[FileProblem] = []
    if not file_map.names_columns:
        ours = {key_of(name).replace("-", "_"): name for name in headers}
        sources = {column: ours[column] for column in COLUMNS if column in ours}
        problems += [
            FileProblem(1, name, ImportFault.COLUMN_UNKNOWN, {"name": name, "known": ", ".join(COLUMNS)})
            for key, name in ours.items() if name and key not in COLUMNS and key not in MATRIX
        ]  # fmt: skip
    for source in sources.values():
        for name in _TEMPLATE.findall(source) or [source]:
            if name not in headers:
                problems.append(FileProblem(1, name, ImportFault.COLUMN_NOT_IN_FILE, {"name": name}))
    if not any(name in sources or name in file_map.constants for name in NAMED_BY):
        problems.append(FileProblem(1, "codigo", ImportFault.COLUMN_MISSING, {"name": "codigo"}))
    if problems or table.is_fatal:
        return [], problems
    rows = []
    for number, cells in table.rows:
        theirs = {name: cells[index].strip() if index < len(cells) else "" for name, index in headers.items()}
        if any(theirs.get(column, "") in values for column, values in file_map.skip_when.items()):
            continue
        rows.append(_Row(number, {column: _cell(column, sources, theirs, file_map) for column in COLUMNS}, sources))
    return rows, []


def _cell(column: str, sources: Mapping[str, str], theirs: Mapping[str, str], file_map: Any) -> str:
    source = sources.get(column)
    if source is None:
        return str(file_map.constants.get(column, ""))
    value = theirs.get(source, "")
    if source not in theirs and _TEMPLATE.search(source):
        value = _TEMPLATE.sub(lambda m: theirs.get(m.group(1), ""), source).strip(" /·-,;") if any(
            theirs.get(name) for name in _TEMPLATE.findall(source)
        ) else ""  # fmt: skip
    known = file_map.values.get(column) or file_map.values.get(source) or {}
    return str(known.get(value, value) or file_map.constants.get(column, ""))


def _drafts(process: Process, rows: Sequence[_Row]) -> tuple[list[tuple[_Row, Contribution, DecisionDraft]], list[RowProblem]]:
    by_code, by_reference = _contributions(process, rows)
    organisations = {key_of(word): slug for slug, name in plans.organisations() for word in (slug, name)}
    anchors = plans.anchors(process.id)
    outcomes = _OUTCOME_WORDS | {key_of(str(label)): outcome for outcome, label in OUTCOMES.items()}
    found: list[tuple[_Row, Contribution, DecisionDraft]] = []
    problems: list[RowProblem] = []
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


def _contributions(process: Process, rows: Sequence[_Row]) -> tuple[dict[str, Contribution], dict[str, Contribution]]:
    by_code, by_reference = {}, {}
    for contribution in db.session.scalars(select(Contribution).where(Contribution.process_id == process.id).order_by(Contribution.id)):
        by_code[contribution.code] = contribution
        if contribution.external_reference:
            by_reference[contribution.external_reference] = contribution
    return by_code, by_reference


def _draft(
    row: _Row, outcomes: Mapping[str, Outcome], organisations: Mapping[str, str], anchors: Mapping[int, Mapping[str, int]], codes: set[str]
) -> tuple[DecisionDraft, list[RowProblem]]:  # fmt: skip
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
    return services.tidy(DecisionDraft(**values)), problems


def _day(text: str) -> date | None:
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text[:10], shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _compared(
    process: Process, wanted: Sequence[tuple[_Row, Contribution, DecisionDraft]], person_id: int
) -> tuple[list[tuple[Contribution, DecisionDraft, int]], int, list[RowProblem]]:  # fmt: skip
    """What is new or changed, with the revision to save on; what stands already; and what may not be overwritten."""
    standing: dict[int, dict[bool, Any]] = {}
    for decision in db.session.execute(
        select(Decision.id, Decision.contribution_id, Decision.state, Decision.revision, Decision.sha256, Decision.correction_reason,
               Decision.is_current)
        .where(Decision.process_id == process.id, (Decision.state != DecisionState.PUBLISHED) | Decision.is_current)
    ):  # fmt: skip
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
            problems.append(
                RowProblem(
                    row.number, column, "answer-draft-exists",
                    gettext("El aporte %(code)s ya tiene otra respuesta en la mesa: ábrala ahí, o quite la fila.", code=contribution.code),
                )
            )  # fmt: skip
        elif True in here and not draft.correction_reason:
            problems.append(
                _problem(
                    row.number, row.names.get("motivo_de_la_correccion", "motivo_de_la_correccion"), FeedbackProblem.NO_CORRECTION_REASON
                )
            )
        else:
            todo.append((contribution, draft, open_.revision if open_ else 0))
    return todo, unchanged, problems
