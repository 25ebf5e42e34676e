"""What the committee found, as a table anybody may reuse: its columns, named once."""

FINDING_COLUMNS = (
    "codigo", "titulo", "proyecto", "gravedad", "estado", "que_se_encontro", "que_se_pide", "publicado", "responder_hasta", "vencido",
    "respuestas", "ultima_respuesta", "plazo_prometido", "que_comprobo_el_comite", "url",
)  # fmt: skip
