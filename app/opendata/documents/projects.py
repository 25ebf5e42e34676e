"""Projects of a participatory budget, and how each was judged."""

from flask_babel import lazy_gettext as _

from app.opendata.documents.tables import Dataset, columns
from app.projects.documents import EVALUATION_COLUMNS, PROJECT_COLUMNS

PROJECT_MEANINGS = {
    "codigo": _("código del proyecto; nunca se repite"),
    "numero": _("número estable del proyecto en su presupuesto"),
    "proceso": _("proceso al que pertenece"),
    "estado": _("en qué va: por evaluar, admisible, priorizado, en el acta…"),
    "titulo": _("título"),
    "problema": _("problema que resuelve"),
    "resultado_del_plan": _("resultado del plan concertado al que sirve"),
    "descripcion": _("qué se hará"),
    "tema": _("tema del proceso"),
    "ubigeo": _("código INEI del territorio"),
    "territorio": _("territorio"),
    "lugar": _("referencia del lugar"),
    "latitud": _("latitud en grados, redondeada"),
    "longitud": _("longitud en grados, redondeada"),
    "costo_soles": _("costo en soles"),
    "como_se_calculo": _("cómo se calculó el costo"),
    "mantenimiento_anual_soles": _("costo de mantenerlo un año, en soles"),
    "beneficiarios": _("a quiénes beneficia"),
    "aportes_de_origen": _("códigos de los aportes de los que viene"),
    "unido_a": _("código del proyecto en que continúa, si se unió a otro"),
    "decision": _("resultado de la respuesta publicada, si terminó"),
    "motivo_codigo": _("motivo, de R01 a R13, o R99"),
    "respuesta": _("por qué terminó así"),
    "url": _("página del proyecto"),
    "evaluacion": _("número de la evaluación; más de 1 si hubo apelación"),
    "version_de_criterios": _("versión de la lista de criterios que se usó"),
    "criterio": _("criterio publicado"),
    "revision": _("formal o de fondo"),
    "como_se_verifica": _("cómo se verifica el criterio"),
    "hallazgo": _("cumple, necesita cambios o no cumple"),
    "nota": _("qué encontró el equipo técnico"),
    "conclusion": _("admisible o no admisible"),
    "opinion": _("opinión técnica"),
    "fecha_publicacion": _("cuándo se publicó, hora de Lima"),
}

PROJECTS = Dataset(
    "proyectos",
    _("Proyectos del presupuesto participativo"),
    columns(PROJECT_MEANINGS, PROJECT_COLUMNS),
    (("CSV", "projects.index_csv"), ("JSON", "projects.index_json")),
    of_rounds=True,
)
EVALUATIONS = Dataset(
    "evaluaciones",
    _("Evaluaciones técnicas de los proyectos"),
    columns(PROJECT_MEANINGS, EVALUATION_COLUMNS),
    (("CSV", "projects.evaluations_csv"),),
    of_rounds=True,
)
