"""What was said, and the matrix of answers."""

from flask_babel import lazy_gettext as _

from app.feedback.rules.matrix import COLUMNS, SAID
from app.opendata.documents.tables import Dataset, columns

MEANINGS = {
    "codigo": _("código del aporte; nunca se repite"),
    "proceso": _("proceso al que pertenece"),
    "fecha_recepcion": _("cuándo se recibió, hora de Lima"),
    "canal": _("taller, web, papel, telefono, correo o ventanilla"),
    "actividad": _("taller o actividad en que se dijo"),
    "sector": _("sector de quien propone"),
    "proponente_publico": _("nombre, iniciales, organización o anónimo, según lo autorizó"),
    "region": _("región"),
    "provincia": _("provincia"),
    "distrito": _("distrito"),
    "ubigeo": _("código INEI del territorio"),
    "idioma_original": _("idioma en que se dijo"),
    "tema": _("tema del proceso"),
    "titulo": _("título"),
    "texto_integro": _("texto completo"),
    "adjuntos_url": _("direcciones de los archivos públicos que acompañan al aporte"),
    "grupo": _("aporte con el que se unificó"),
    "decision": _("resultado de la respuesta publicada"),
    "motivo_codigo": _("motivo, de R01 a R13, o R99"),
    "respuesta": _("por qué se decidió así"),
    "parte_acogida": _("qué parte se acoge"),
    "parte_no_acogida": _("qué parte no se acoge"),
    "compromiso": _("compromiso del plan en que se refleja"),
    "hito": _("hito del compromiso"),
    "criterio_aplicado": _("criterio publicado que se aplicó"),
    "entidad_que_responde": _("quién responde"),
    "aprobado_por_cargo": _("cargos de quienes firmaron, no sus nombres"),
    "fecha_respuesta": _("cuándo se publicó la respuesta, hora de Lima"),
    "version": _("versión de la respuesta; más de 1 si se corrigió"),
    "replica_hasta": _("hasta qué día se puede pedir aclaración"),
    "replicas": _("réplicas recibidas"),
    "resultado": _("resultado publicado, vacío mientras espera"),
    "url": _("página del aporte o de su respuesta"),
    "respondido": _("si o no"),
    "resumen_castellano": _("resumen en castellano de lo dicho en otra lengua, hecho por una persona"),
    "resumen_de": _("quién del equipo escribió el resumen"),
}
OF_CONTRIBUTIONS = (*SAID, "resultado", "respondido", "url", "resumen_castellano", "resumen_de")


CONTRIBUTIONS = Dataset(
    "aportes",
    _("Aportes"),
    columns(MEANINGS, OF_CONTRIBUTIONS),
    (("CSV", "opendata.contributions_csv"), ("JSON", "opendata.contributions_json")),
)
ANSWERS = Dataset(
    "respuestas",
    _("Matriz de retroalimentación"),
    columns(MEANINGS, COLUMNS),
    (("CSV", "feedback.index_csv"), ("JSON", "feedback.index_json")),
)
