"""What states, changes, findings and columns are called; and the words a round's sheet starts from."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.budgeting.counting.contest import Fate
from app.feedback.messages import OUTCOMES as OUTCOMES
from app.feedback.messages import REASONS as REASONS
from app.feedback.rules.outcomes import Outcome
from app.projects.rules import ProjectState
from app.projects.rules.answers import AnswerState
from app.projects.rules.appeals import Appellant
from app.projects.rules.evaluating import TEMPLATE, Conclusion, EvaluationState, Finding, SheetCriterion, Step
from app.projects.rules.matrix import Marker
from app.projects.rules.writing import ChangeKind

STATES = {
    ProjectState.DRAFT: _l("Por evaluar"),
    ProjectState.UNDER_EVALUATION: _l("En evaluación"),
    ProjectState.ADMISSIBLE: _l("Admisible"),
    ProjectState.NOT_ADMISSIBLE: _l("No admisible"),
    ProjectState.PRIORITISED: _l("Priorizado"),
    ProjectState.NOT_PRIORITISED: _l("No priorizado"),
    ProjectState.AGREED: _l("En el acta de acuerdos"),
    ProjectState.DROPPED: _l("Retirado"),
    ProjectState.MERGED: _l("Unido a otro"),
}
LOOKS = {
    ProjectState.DRAFT: "draft", ProjectState.UNDER_EVALUATION: "review", ProjectState.ADMISSIBLE: "published",
    ProjectState.NOT_ADMISSIBLE: "not_adopted", ProjectState.PRIORITISED: "adopted", ProjectState.NOT_PRIORITISED: "deferred",
    ProjectState.AGREED: "adopted", ProjectState.DROPPED: "withdrawn", ProjectState.MERGED: "merged",
}  # fmt: skip
"""Which look of components/status_badge.html each state has."""
CHANGES = {
    ChangeKind.CREATED: _l("Se escribió como proyecto"),
    ChangeKind.EDITED: _l("Se cambió su texto"),
    ChangeKind.COST_CHANGED: _l("Cambió su costo"),
    ChangeKind.ORIGIN_ADDED: _l("Se reconoció otro aporte de origen"),
    ChangeKind.ORIGIN_REMOVED: _l("Se quitó un aporte de origen"),
    ChangeKind.PUBLISHED: _l("Se publicó"),
    ChangeKind.MERGED_INTO: _l("Se unió a otro proyecto"),
    ChangeKind.ABSORBED: _l("Recibió otro proyecto"),
    ChangeKind.SPLIT_OFF: _l("Una parte se separó como otro proyecto"),
    ChangeKind.SPLIT_FROM: _l("Se separó de otro proyecto"),
    ChangeKind.ASSIGNED: _l("Se asignó para evaluar"),
    ChangeKind.CONFLICT_DECLARED: _l("Quien evaluaba declaró un conflicto de interés"),
    ChangeKind.RETURNED: _l("La evaluación se devolvió"),
    ChangeKind.CLARIFICATION_ASKED: _l("Se pidió una aclaración"),
    ChangeKind.CLARIFIED: _l("Llegó la aclaración"),
    ChangeKind.EVALUATED: _l("Se publicó su evaluación"),
    ChangeKind.APPEALED: _l("Se apeló la evaluación"),
    ChangeKind.APPEAL_DECIDED: _l("Se resolvió la apelación"),
    ChangeKind.PRIORITISED: _l("Quedó priorizado"),
    ChangeKind.NOT_PRIORITISED: _l("No alcanzó a ser priorizado"),
    ChangeKind.AGREED: _l("Entró al acta de acuerdos"),
    ChangeKind.DROPPED: _l("Se retiró"),
    ChangeKind.ANSWERED: _l("Se publicó su respuesta"),
}
STEPS = {Step.FORMAL: _l("Revisión formal"), Step.MERIT: _l("Revisión de fondo")}
FINDINGS = {Finding.MET: _l("Cumple"), Finding.NEEDS_CHANGE: _l("Necesita cambios"), Finding.NOT_MET: _l("No cumple")}
CONCLUSIONS = {Conclusion.ADMISSIBLE: _l("Admisible"), Conclusion.NOT_ADMISSIBLE: _l("No admisible")}
EVALUATION_STATES = {
    EvaluationState.ASSIGNED: _l("Asignada"),
    EvaluationState.WRITING: _l("En redacción"),
    EvaluationState.REVIEW: _l("Espera aprobación"),
    EvaluationState.APPROVED: _l("Aprobada, por publicar"),
    EvaluationState.PUBLISHED: _l("Publicada"),
    EvaluationState.ANNULLED: _l("Anulada"),
}
ANSWER_STATES = {
    AnswerState.DRAFT: _l("Borrador"),
    AnswerState.REVIEW: _l("Espera aprobación"),
    AnswerState.PUBLISHED: _l("Publicada"),
}
APPELLANTS = {Appellant.AUTHOR: _l("Quien lo propuso"), Appellant.AGENT: _l("Un agente participante")}
MARKERS = {Marker.TEAM: _l("Equipo técnico"), Marker.AGENTS: _l("Agentes con voto")}
FATES = {
    Fate.WON: _l("Entra: su costo cabe en lo que quedaba"),
    Fate.DOES_NOT_FIT: _l("No entra: lo que quedaba no alcanzaba"),
    Fate.BELOW_THRESHOLD: _l("No entra: no llegó al puntaje mínimo"),
    Fate.AFTER_THE_STOP: _l("No entra: la lista paró antes"),
}
ANSWER_FIELDS = {
    "criterion": _l("Criterio publicado que se aplicó"),
    "change_needed": _l("Qué tendría que cambiar"),
    "reference": _l("Norma o documento que lo respalda"),
    "target_cycle": _l("Para cuándo"),
    "carry_over_owner": _l("Quién se encarga de llevarlo"),
    "referred_to": _l("Entidad a la que se derivó"),
    "referred_document": _l("Documento de la derivación"),
    "referred_on": _l("Día en que se envió"),
    "where_to_go": _l("A dónde acudir"),
    "merged_into": _l("Continúa en"),
    "request_record": _l("Dónde consta el pedido"),
    "shows_at": _l("Dónde se ve"),
}
FIELDS = {
    "title": _l("Título"), "problem": _l("Problema"), "result": _l("Resultado del plan al que sirve"), "description": _l("Descripción"),
    "theme": _l("Tema"), "ubigeo": _l("Territorio"), "site": _l("Lugar"), "cost_cents": _l("Costo"), "cost_basis": _l("Cómo se calculó"),
    "yearly_cost_cents": _l("Mantenimiento al año"), "beneficiaries": _l("A quiénes beneficia"), "latitude": _l("Latitud"),
    "longitude": _l("Longitud"),
}  # fmt: skip
_NAMES = {
    "competence": _l("Competencia de la municipalidad"),
    "land": _l("Situación legal del terreno"),
    "duplicate": _l("No repite otra obra o servicio"),
    "plan": _l("Está en el Plan de Desarrollo Concertado"),
    "ceiling": _l("Su costo cabe en el techo"),
    "technical": _l("Viabilidad técnica"),
    "investment": _l("Puede registrarse como inversión"),
    "sustainability": _l("Operación y mantenimiento"),
    "environment": _l("Ambiente y riesgo de desastres"),
    "beneficiaries": _l("A quiénes beneficia"),
}
_HINTS = {
    "competence": _l("Con la Ley Orgánica de Municipalidades: ¿le toca a la municipalidad, y no a otra entidad?"),
    "land": _l("Con la partida registral, el acta de donación o el acuerdo comunal: ¿puede la entidad construir ahí?"),
    "duplicate": _l("Con el Banco de Inversiones y la lista de obras: ¿no hay ya otra inversión para lo mismo?"),
    "plan": _l("Con el plan vigente: ¿a qué objetivo y a qué resultado sirve?"),
    "ceiling": _l("Con el techo publicado del territorio o del tema y el costo sustentado del proyecto."),
    "technical": _l("Con la visita de campo y el informe de la especialidad: ¿se puede hacer en ese lugar y en ese plazo?"),
    "investment": _l("Con los criterios de Invierte.pe: ¿califica como proyecto de inversión o como IOARR?"),
    "sustainability": _l("Con un compromiso escrito: ¿quién lo mantiene y con qué presupuesto cada año?"),
    "environment": _l("Con el mapa de riesgos y la ficha ambiental: ¿qué daños puede causar o sufrir?"),
    "beneficiaries": _l("Con el padrón o el censo: ¿a cuántas personas llega, y a quiénes tienen menos?"),
}


def sheet_template() -> tuple[SheetCriterion, ...]:
    """The criteria a round starts from, in the words of the reader's language."""
    return tuple(SheetCriterion(key, step, str(_NAMES[key]), str(_HINTS[key])) for key, step in TEMPLATE)


def soles(cents: int | None) -> str:
    """ "S/ 1,234.50", or a word when it is not known."""
    return gettext("por calcular") if cents is None else f"S/ {cents / 100:,.2f}"


def decimal(number: Any) -> str:
    """A fraction with two decimals and the comma of Peru's schools: "7,50"."""
    return f"{float(number):.2f}".replace(".", ",")


def told(kind: ChangeKind, facts: Mapping[str, Any]) -> str:
    """What a change was, in one sentence."""
    said = str(CHANGES[kind])
    if kind in (ChangeKind.COST_CHANGED, ChangeKind.SPLIT_OFF):
        said += gettext(": de %(before)s a %(after)s", before=soles(facts.get("before")), after=soles(facts.get("after")))
    if kind is ChangeKind.EDITED:
        said += ": " + ", ".join(str(FIELDS[name]).lower() for name in facts.get("fields", ()) if name in FIELDS)
    if kind is ChangeKind.EVALUATED and facts.get("conclusion"):
        said += ": " + str(CONCLUSIONS[Conclusion(facts["conclusion"])]).lower()
    if kind is ChangeKind.APPEAL_DECIDED:
        said += ": " + (gettext("procede, se evalúa otra vez") if facts.get("upheld") else gettext("no procede"))
    if kind is ChangeKind.ANSWERED and facts.get("outcome"):
        said += ": " + str(OUTCOMES[Outcome(facts["outcome"])]).lower()
    if facts.get("source"):
        said += f" ({facts['source']})"
    return said
