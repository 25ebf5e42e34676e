"""What was agreed, how it is being done, and what the committee that watches found."""

from flask_babel import lazy_gettext as _

from app.agreements.documents import ACT_COLUMNS, EXECUTION_COLUMNS
from app.opendata.documents.tables import Dataset, columns
from app.vigilance.documents import FINDING_COLUMNS

LINE_MEANINGS = {
    "linea": _("número de la línea en el acta"),
    "proyecto": _("código del proyecto; nunca se repite"),
    "titulo": _("título, como se firmó"),
    "ubigeo": _("código INEI del territorio, o vacío si es de todo el territorio"),
    "territorio": _("territorio"),
    "monto_centimos": _("monto acordado, en céntimos de sol"),
    "fuente": _("fuente del dinero"),
    "unidad_responsable": _("unidad de la entidad que responde por la línea"),
    "compromiso_de_la_entidad": _("a qué se comprometió la entidad"),
    "compromiso_de_los_agentes": _("a qué se comprometieron los agentes"),
    "plazo": _("último día para terminarla"),
    "version_del_acta": _("versión del acta en que está; más de 1 si se corrigió"),
    "acordado_centimos": _("monto acordado, en céntimos de sol"),
    "estado": _("en qué va la línea"),
    "cui": _("código único de inversiones, de Invierte.pe"),
    "pia_centimos": _("presupuesto de apertura, en céntimos de sol"),
    "pim_centimos": _("presupuesto modificado, en céntimos de sol"),
    "certificado_centimos": _("certificado, en céntimos de sol"),
    "devengado_centimos": _("devengado: lo hecho y reconocido, en céntimos de sol"),
    "girado_centimos": _("girado: lo pagado, en céntimos de sol"),
    "al_dia": _("día al que se refiere el último avance"),
    "con_retraso": _("1 si pasó su plazo sin terminar, 0 si no"),
    "motivo": _("motivo del retraso o de no hacerla, de R01 a R13, o R99"),
    "por_que": _("por qué no se hizo o se atrasó"),
    "diferencia_con_lo_acordado": _("en qué se aparta de lo acordado"),
    "url": _("página de la línea"),
}
FINDING_MEANINGS = {
    "codigo": _("código del hallazgo; nunca se repite"),
    "titulo": _("título"),
    "proyecto": _("código del proyecto del que trata, si trata de uno"),
    "gravedad": _("gravedad, según el comité"),
    "estado": _("en qué va: publicado, con respuesta, cerrado…"),
    "que_se_encontro": _("qué encontró el comité"),
    "que_se_pide": _("qué pide a la entidad"),
    "publicado": _("cuándo se publicó, hora de Lima"),
    "responder_hasta": _("hasta qué día debe responder la entidad"),
    "vencido": _("1 si pasó ese día sin respuesta, 0 si no"),
    "respuestas": _("cuántas respuestas dio la entidad"),
    "ultima_respuesta": _("su última respuesta"),
    "plazo_prometido": _("para cuándo prometió resolverlo"),
    "que_comprobo_el_comite": _("qué comprobó el comité al cerrarlo"),
    "url": _("página del hallazgo"),
}

ACT_LINES = Dataset(
    "acta",
    _("Líneas del acta de acuerdos y compromisos"),
    columns(LINE_MEANINGS, ACT_COLUMNS),
    (("CSV", "agreements.lines_csv"), ("JSON", "agreements.lines_json")),
    of_rounds=True,
)
EXECUTION = Dataset(
    "ejecucion",
    _("Ejecución del presupuesto participativo"),
    columns(LINE_MEANINGS, EXECUTION_COLUMNS),
    (("CSV", "agreements.execution_csv"), ("JSON", "agreements.execution_json")),
    of_rounds=True,
)
FINDINGS = Dataset(
    "vigilancia",
    _("Hallazgos del comité de vigilancia"),
    columns(FINDING_MEANINGS, FINDING_COLUMNS),
    (("CSV", "vigilance.findings_csv"), ("JSON", "vigilance.findings_json")),
    of_rounds=True,
)
