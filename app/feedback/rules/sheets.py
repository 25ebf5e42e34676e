"""A spreadsheet of answers: its columns, what each fills, and the words it offers."""

from app.feedback.rules.outcomes import Outcome

OUTCOME_NAMES = {
    Outcome.ADOPTED: "Acogido",
    Outcome.ADOPTED_PARTIALLY: "Acogido parcialmente",
    Outcome.ALREADY_COVERED: "Ya contemplado",
    Outcome.DEFERRED: "Para un próximo plan",
    Outcome.REFERRED: "Derivado a otra entidad",
    Outcome.NOT_ADOPTED: "No acogido",
    Outcome.OUT_OF_SCOPE: "Fuera del alcance",
    Outcome.MERGED: "Unificado con otro",
    Outcome.NEEDS_CLARIFICATION: "Requiere aclaración",
    Outcome.WITHDRAWN: "Retirado por su autor",
}
"""What a spreadsheet offers for each outcome: a format of files, in Spanish whatever the language of the pages."""
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
CONTEXT = ("titulo", "texto_integro", "tema", "distrito", "canal", "fecha_recepcion", "responder_hasta")
"""What a sheet prepared for answering tells of each contribution; it may stay in the file and is not read."""
