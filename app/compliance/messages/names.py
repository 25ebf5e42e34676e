"""What requirements, lights, statements and sets are called, and what each requirement asks, in plain Spanish with its source."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from app.compliance.rules.attestations import Method
from app.compliance.rules.findings import Requirement, Result
from app.compliance.rules.irm import IrmVerdict
from app.compliance.rules.profiles import Application, RequirementSet
from app.compliance.rules.statements import Statement
from app.forum.rules.seats import Side

BANNER = _("Estimación de la plataforma. No es una evaluación del IRM.")


@dataclass(frozen=True)
class Meaning:
    """A requirement in words: its name, what it asks, the stricter target of the platform, and where it comes from."""

    title: object
    asks: object
    goal: object
    source: object


_STANDARDS = _("Estándares de participación y cocreación de OGP, en vigor desde 2022")
_IRM24 = _("Recomendaciones del IRM para la cocreación en el Perú, 2024")
_LOCAL = _("OGP Local, formularios de evaluación")
MEANINGS: dict[Requirement, Meaning] = {
    Requirement.MEETINGS: Meaning(
        _("El foro se reúne"),
        _("Que gobierno y sociedad civil se reúnan en un espacio permanente, sin dejar pasar más de seis meses entre una reunión y otra."),
        _("Que en cada reunión haya gente de los dos sectores y que su acta sea pública."),
        _STANDARDS,
    ),
    Requirement.FORUM_RULES: Meaning(
        _("Las reglas del foro son públicas"),
        _("Que cualquiera pueda leer las reglas básicas de participación del foro."),
        _("Que se lean sin cuenta y digan la norma que las aprueba."),
        _STANDARDS,
    ),
    Requirement.WEBSITE: Meaning(
        _("Hay un sitio web"),
        _("Que exista un sitio público dedicado a la participación en OGP y que se abra siempre."),
        _("Que tenga el plan, un contacto, el cronograma y los documentos."),
        _STANDARDS,
    ),
    Requirement.REPOSITORY: Meaning(
        _("Los documentos están al día"),
        _("Que haya un repositorio público con evidencias y que se actualice al menos dos veces al año."),
        _("Una actualización por semestre, separadas por 60 días o más, con evidencia de cada compromiso en marcha."),
        _("Glosario de OGP, repositorio"),
    ),
    Requirement.NOTICE: Meaning(
        _("Se avisa con dos semanas"),
        _("Que el cronograma y las oportunidades de participar se publiquen al menos 14 días antes de empezar."),
        _("Que se publiquen con 21 días."),
        _IRM24,
    ),
    Requirement.OUTREACH: Meaning(
        _("Se difunde"),
        _("Que se hagan acciones para que la gente sepa del proceso y de cómo participar."),
        _("Tres medios, tres sectores, alguna fuera de Lima y alguna en lengua originaria."),
        _STANDARDS,
    ),
    Requirement.INPUTS: Meaning(
        _("Se reciben aportes de distintos sectores"),
        _("Que un mecanismo reciba aportes de varios sectores durante un plazo adecuado."),
        _("14 días para un canal en línea y 7 para inscribirse a un taller, o la razón escrita de un plazo menor."),
        _STANDARDS,
    ),
    Requirement.RECORDS: Meaning(
        _("Lo que se dijo queda documentado"),
        _("Que cada actividad tenga su acta y que la lista de aportes sea pública."),
        _("El acta en cinco días hábiles, con un video, audio, foto o datos al lado."),
        _IRM24,
    ),
    Requirement.FEEDBACK: Meaning(
        _("Se responde por escrito"),
        _("Que se publique por escrito cómo se tomaron en cuenta los aportes, antes de aprobar el plan."),
        _("Que cada aporte tenga su respuesta antes de la aprobación."),
        _IRM24,
    ),
    Requirement.IMPLEMENTATION: Meaning(
        _("Se rinde cuenta del avance"),
        _("Que haya al menos dos reuniones al año con la sociedad civil para presentar resultados y recoger comentarios."),
        _("Que vayan los dos sectores y el acta sea pública."),
        _STANDARDS,
    ),
    Requirement.LOCAL_WEB: Meaning(
        _("La página local está al día"),
        _("Que la página se actualice al menos cada cuatro meses."),
        _("Cada tres meses."),
        _LOCAL,
    ),
    Requirement.LOCAL_INCEPTION: Meaning(
        _("Evaluación inicial"),
        _("Que el organismo local de monitoreo presente la evaluación inicial en los dos meses que siguen a la entrega del plan."),
        _("Lo mismo que la regla."),
        _LOCAL,
    ),
    Requirement.LOCAL_END: Meaning(
        _("Informe de cada compromiso cumplido"),
        _("Que cada compromiso cumplido tenga su informe final en el mes siguiente."),
        _("Lo mismo que la regla."),
        _LOCAL,
    ),
    Requirement.HEARINGS: Meaning(
        _("Audiencias públicas de mayo y setiembre"),
        _("Que la municipalidad haga dos audiencias de rendición de cuentas al año: una en mayo y otra en setiembre."),
        _("Que cada una tenga convocatoria, informe y acta a la vista."),
        _("Ley Orgánica de Municipalidades, artículo 119-A (Ley 31433)"),
    ),
    Requirement.COUNCIL: Meaning(
        _("Sesiones del Consejo de Coordinación Local"),
        _("Que el CCL tenga al menos dos sesiones ordinarias al año."),
        _("Que sus actas sean públicas."),
        _("Ley Orgánica de Municipalidades, artículos 98 y 102"),
    ),
}
RESULTS = {
    Result.MET: _("Cumple, con evidencia"),
    Result.NEEDS_ATTESTATION: _("Falta que alguien lo atestigüe"),
    Result.AT_RISK: _("En riesgo"),
    Result.NOT_MET: _("No cumple"),
    Result.NOT_APPLICABLE: _("No aplica"),
}
NOT_YET = _("Todavía no toca")
SETS = {
    RequirementSet.OGP: _("Requisitos mínimos de OGP"),
    RequirementSet.OGP_LOCAL: _("Requisitos de OGP Local"),
    RequirementSet.MUNICIPAL: _("Lo que la ley pide a las municipalidades"),
}
APPLICATIONS = {
    Application.REQUIRED: _("Se exige"),
    Application.VOLUNTARY: _("Por decisión propia"),
    Application.NONE: _("No aplica"),
}
ABOUT_APPLICATIONS = {
    Application.VOLUNTARY: _("Este espacio se mide con estos requisitos por decisión propia: OGP no lo evalúa por ellos."),
}
STATEMENTS = {
    Statement.MEETINGS_HELD: _("Las reuniones ocurrieron como dicen sus actas, con el quórum de las reglas."),
    Statement.MEMBERS_INDEPENDENT: _("Quienes representan a la sociedad civil son independientes del gobierno."),
    Statement.RULES_IN_FORCE: _("Estas son las reglas vigentes del foro, y esa es la norma que las aprueba."),
    Statement.OFFICIAL_SITE: _("Este sitio es la página oficial de gobierno abierto, o está enlazado desde ella."),
    Statement.DOCUMENTS_COMPLETE: _("Los documentos publicados son los que corresponden y no falta ninguno importante."),
    Statement.PROCESS_START: _("El inicio registrado es la primera actividad del proceso, y el aviso estuvo en la página oficial."),
    Statement.NO_EARLIER_ACTIVITY: _("Ninguna actividad informal anterior dio inicio al proceso."),
    Statement.OUTREACH_DONE: _("Las acciones de difusión hechas fuera de la plataforma ocurrieron."),
    Statement.PERIOD_APPROPRIATE: _("El plazo para aportar fue adecuado al mecanismo elegido."),
    Statement.FAITHFUL_CAPTURE: _("Quienes facilitaron anotaron con fidelidad lo que la gente dijo."),
    Statement.LIST_COMPLETE: _("La lista de aportes está completa: no falta nada de lo recibido por correo o en papel."),
    Statement.REASONS_TRUE: _("Las respuestas son retroalimentación: sus razones son ciertas y quien las aprobó podía hacerlo."),
    Statement.REVIEWS_HELD: _("Las reuniones de seguimiento ocurrieron y se invitó ampliamente a la sociedad civil."),
    Statement.LOCAL_OFFICIAL_SITE: _("Esta es la página local de OGP."),
    Statement.INCEPTION_DONE: _("La evaluación inicial se presentó, y quien la hizo es independiente."),
    Statement.END_REPORT_DONE: _("El informe final del compromiso se presentó con este contenido."),
    Statement.HEARINGS_HELD: _("Las audiencias públicas se realizaron como consta."),
    Statement.COUNCIL_QUORUM: _("Las sesiones del CCL tuvieron quórum."),
}
METHODS = {
    Method.PRESENT: _("Estuve presente"),
    Method.DOCUMENTS: _("Revisé los documentos"),
    Method.SYSTEMS: _("Lo comprobé en los sistemas de la entidad"),
    Method.TESTIMONY: _("Me lo confirmaron quienes estuvieron"),
}
SIDES = {Side.GOVERNMENT: _("Gobierno"), Side.NON_GOVERNMENT: _("Sociedad civil")}
IRM = {
    IrmVerdict.YES: _("El IRM concluyó que sí se cumplieron los requisitos mínimos."),
    IrmVerdict.NO: _("El IRM concluyó que no se cumplieron los requisitos mínimos."),
    IrmVerdict.UNAVAILABLE: _("El IRM todavía no publicó su informe sobre este proceso."),
}
IRM_CHOICES = {
    IrmVerdict.YES: _("Sí se cumplieron"),
    IrmVerdict.NO: _("No se cumplieron"),
    IrmVerdict.UNAVAILABLE: _("No hay informe publicado"),
}
CONTENTS = {
    "plan": _("el plan"), "contact": _("un contacto"), "schedule": _("el cronograma"), "repository": _("los documentos publicados"),
}  # fmt: skip
SINCE = {
    "first-publication": _("desde la primera publicación del proceso"),
    "schedule": _("desde que se publique el cronograma"),
    "inputs-open": _("desde que se abran los aportes"),
    "inputs-close": _("cuando cierren los aportes"),
    "first-activity": _("desde la primera actividad o el primer aporte"),
    "plan-start": _("desde que empiece el plan"),
    "first-review": _("desde el cuarto mes de cada año del plan"),
    "plan-submitted": _("desde que el plan se presente a OGP"),
    "commitment-complete": _("desde que se cumpla el primer compromiso"),
    "may": _("desde mayo"),
    "june": _("desde junio"),
}
PROOFS = {
    "schedule": _("Cronograma, versión %(n)s"),
    "budget-calendar": _("Calendario del presupuesto participativo, versión %(n)s"),
    "budget-agents": _("Agentes participantes"),
    "budget-result": _("Resultados de la votación: %(n)s"),
    "budget-act": _("Acta de acuerdos y compromisos, versión %(n)s"),
    "budget-projects": _("Proyectos, cada uno con su respuesta"),
    "budget-execution": _("Ejecución de lo acordado, línea por línea"),
    "budget-vigilance": _("Informe %(n)s del comité de vigilancia"),
    "answers": _("Respuestas publicadas"),
    "matrix": _("Matriz de retroalimentación (%(format)s)"),
}
