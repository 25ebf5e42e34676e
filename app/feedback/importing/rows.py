"""Somebody's table of answers in our columns, by their names or through a map."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.contributions.importing import Cells, FileMap, Table
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


@dataclass(frozen=True)
class Row:
    """Our columns of a row; `names` is what the file calls each."""

    number: int
    cells: Mapping[str, str]
    names: Mapping[str, str]


def mapped(table: Table, file_map: FileMap) -> tuple[list[Row], list[FileProblem]]:
    """The file's rows in our columns, read as a file of contributions is. Columns of the public matrix may stay and are not read."""
    if table.is_fatal:
        return [], []
    cells = Cells.of(table, file_map, COLUMNS, (), passed_over=MATRIX)
    problems = list(cells.problems)
    if not any(name in cells.present for name in NAMED_BY) and not any(p.values.get("ours") in NAMED_BY for p in problems):
        problems.append(FileProblem(1, NAMED_BY[0], ImportFault.COLUMN_MISSING, {"name": NAMED_BY[0]}))
    if problems:
        return [], problems
    names = {column: cells.name_of(column) for column in COLUMNS}
    blank = dict.fromkeys(COLUMNS, "")
    return [
        Row(number, blank | {column: cells.text(column, texts).strip() for column in cells.present}, names)
        for number, texts in table.rows
        if not cells.is_skipped(texts)
    ], []
