"""Somebody's table of answers in our columns, by their names or through a map."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.contributions.importing.columns import key_of
from app.contributions.rules.faults import FileProblem, ImportFault
from app.feedback.rules.matrix import COLUMNS as MATRIX

TEXT_COLUMNS = {
    "respuesta": "text",
    "criterio_aplicado": "criterion",
    "referencia": "reference",
    "hito": "milestone",
    "que_cambia": "what_changed",
    "parte_acogida": "adopted_part",
    "parte_no_acogida": "rejected_part",
    "que_tendria_que_cambiar": "change_needed",
    "ciclo_destino": "target_cycle",
    "responsable_de_llevarlo": "carry_over_owner",
    "derivado_a": "referred_to",
    "documento_de_derivacion": "referred_document",
    "donde_acudir": "where_to_go",
    "unificado_con": "merged_into",
    "pregunta": "question",
    "constancia_del_pedido": "request_record",
    "motivo_de_la_correccion": "correction_reason",
}
DAY_COLUMNS = {"fecha_de_derivacion": "referred_on", "plazo_para_aclarar": "clarify_by"}
COLUMNS = (
    "codigo",
    "referencia_externa",
    "decision",
    "motivo_codigo",
    "respuesta",
    "compromiso",
    "hito",
    "criterio_aplicado",
    "referencia",
    *[c for c in TEXT_COLUMNS if c not in ("respuesta", "hito", "criterio_aplicado", "referencia")],
    *DAY_COLUMNS,
    "decision_si_no_responde",
    "entidad_que_responde",
)
NAMED_BY = ("codigo", "referencia_externa")
_TEMPLATE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Row:
    number: int
    cells: Mapping[str, str]
    names: Mapping[str, str]


def mapped(table: Any, file_map: Any) -> tuple[list[Row], list[FileProblem]]:
    """The file's rows in our columns. Without a map the headers must be ours; those of the public matrix may stay."""
    headers = {header: index for index, header in enumerate(table.headers)}
    sources: dict[str, str] = dict(file_map.columns)
    problems: list[FileProblem] = []
    if not file_map.names_columns:
        ours = {key_of(name).replace("-", "_"): name for name in headers}
        sources = {column: ours[column] for column in COLUMNS if column in ours}
        problems += [
            FileProblem(1, name, ImportFault.COLUMN_UNKNOWN, {"name": name, "known": ", ".join(COLUMNS)})
            for key, name in ours.items()
            if name and key not in COLUMNS and key not in MATRIX
        ]
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
        rows.append(Row(number, {column: _cell(column, sources, theirs, file_map) for column in COLUMNS}, sources))
    return rows, []


def _cell(column: str, sources: Mapping[str, str], theirs: Mapping[str, str], file_map: Any) -> str:
    source = sources.get(column)
    if source is None:
        return str(file_map.constants.get(column, ""))
    value = theirs.get(source, "")
    if source not in theirs and _TEMPLATE.search(source):
        value = (
            _TEMPLATE.sub(lambda m: theirs.get(m.group(1), ""), source).strip(" /·-,;")
            if any(theirs.get(name) for name in _TEMPLATE.findall(source))
            else ""
        )
    known = file_map.values.get(column) or file_map.values.get(source) or {}
    return str(known.get(value, value) or file_map.constants.get(column, ""))
