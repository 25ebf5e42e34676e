"""What awaits, in words."""

from datetime import date

from flask_babel import gettext, ngettext

from app.budgeting.messages import ACTIVITIES, DOCUMENTS, MONTHS
from app.budgeting.queries import RoundWaiting, WaitingKind
from app.core.dates import short_date


def to_moderate(n: int) -> str:
    return str(ngettext("%(num)d aporte espera moderación", "%(num)d aportes esperan moderación", n))


def reported(n: int) -> str:
    return str(ngettext("%(num)d denuncia o comentario por mirar", "%(num)d denuncias y comentarios por mirar", n))


def appealed(n: int) -> str:
    return str(ngettext("%(num)d apelación por resolver", "%(num)d apelaciones por resolver", n))


def asked(n: int) -> str:
    return str(ngettext("%(num)d pregunta de la ciudadanía sin respuesta", "%(num)d preguntas de la ciudadanía sin respuesta", n))


def to_call(n: int, title: str) -> str:
    return str(
        ngettext(
            "Llamar a %(num)d persona inscrita sin correo: %(title)s", "Llamar a %(num)d personas inscritas sin correo: %(title)s", n,
            title=title,
        )
    )  # fmt: skip


def to_sign(n: int) -> str:
    return str(ngettext("%(num)d respuesta espera su firma", "%(num)d respuestas esperan su firma", n))


def to_review(n: int) -> str:
    return str(ngettext("%(num)d grupo de aportes espera su revisión", "%(num)d grupos de aportes esperan su revisión", n))


def sent_back(n: int) -> str:
    return str(ngettext("%(num)d respuesta devuelta con una nota", "%(num)d respuestas devueltas con una nota", n))


def progress_due(waiting: int, overdue: int) -> str:
    if overdue:
        return str(ngettext("%(num)d compromiso con semestres sin avance", "%(num)d compromisos con semestres sin avance", overdue))
    return str(ngettext("%(num)d compromiso por informar este semestre", "%(num)d compromisos por informar este semestre", waiting))


def to_verify(n: int) -> str:
    return str(ngettext("%(num)d avance por verificar", "%(num)d avances por verificar", n))


def to_publish(n: int) -> str:
    return str(ngettext("%(num)d respuesta aprobada por publicar", "%(num)d respuestas aprobadas por publicar", n))


def objected(n: int) -> str:
    return str(ngettext("%(num)d respuesta detenida por una objeción", "%(num)d respuestas detenidas por una objeción", n))


def batches_held(n: int) -> str:
    return str(ngettext("%(num)d lote programado no se publicó", "%(num)d lotes programados no se publicaron", n))


def to_evaluate(n: int) -> str:
    return str(ngettext("%(num)d aporte por evaluar en su comité", "%(num)d aportes por evaluar en su comité", n))


def unanswered(n: int) -> str:
    return str(ngettext("%(num)d aporte sin respuesta empezada", "%(num)d aportes sin respuesta empezada", n))


def assigned(n: int, first_due_on: date) -> str:
    day = short_date(first_due_on)
    return str(
        ngettext(
            "%(num)d aporte asignado a su entidad, vence el %(day)s",
            "%(num)d aportes asignados a su entidad, el primero vence el %(day)s",
            n,
            day=day,
        )
    )


def overdue(n: int) -> str:
    return str(ngettext("%(num)d aporte de su entidad fuera de plazo", "%(num)d aportes de su entidad fuera de plazo", n))


def to_settle(n: int) -> str:
    return str(ngettext("%(num)d réplica espera al foro", "%(num)d réplicas esperan al foro", n))


def to_look_at(n: int) -> str:
    return str(ngettext("%(num)d réplica por revisar antes de mostrarla", "%(num)d réplicas por revisar antes de mostrarlas", n))


def to_print(n: int) -> str:
    return str(ngettext("%(num)d carta por imprimir", "%(num)d cartas por imprimir", n))


def record_due(title: str, late: int) -> str:
    if late:
        return str(
            ngettext("Acta atrasada %(num)d día hábil: %(title)s", "Acta atrasada %(num)d días hábiles: %(title)s", late, title=title)
        )
    return str(gettext("Falta publicar el registro: %(title)s", title=title))


def priorities_open(n: int, title: str) -> str:
    return str(
        ngettext(
            "%(num)d prioridad votada sin compromiso ni razón: %(title)s",
            "%(num)d prioridades votadas sin compromiso ni razón: %(title)s",
            n,
            title=title,
        )
    )


def to_evaluate_projects(n: int) -> str:
    return str(ngettext("%(num)d proyecto por evaluar, asignado a usted", "%(num)d proyectos por evaluar, asignados a usted", n))


def to_approve_evaluations(n: int) -> str:
    return str(ngettext("%(num)d evaluación de proyecto por aprobar", "%(num)d evaluaciones de proyectos por aprobar", n))


def to_decide_appeals(n: int) -> str:
    return str(ngettext("%(num)d apelación de proyecto por resolver", "%(num)d apelaciones de proyectos por resolver", n))


def to_approve_project_answers(n: int) -> str:
    return str(ngettext("%(num)d respuesta a un proyecto por aprobar", "%(num)d respuestas a proyectos por aprobar", n))


def of_round(waiting: RoundWaiting) -> str:
    """What awaits in a participatory budget."""
    n = waiting.count
    if waiting.kind is WaitingKind.AGENTS:
        return str(ngettext("%(num)d agente por acreditar", "%(num)d agentes por acreditar", n))
    if waiting.kind is WaitingKind.APPEALS:
        return str(ngettext("%(num)d apelación de agente por resolver", "%(num)d apelaciones de agentes por resolver", n))
    if waiting.kind is WaitingKind.DOCUMENT:
        return str(gettext("Presupuesto participativo: falta publicar «%(document)s»", document=str(DOCUMENTS[waiting.document])))
    if waiting.kind is WaitingKind.CALENDAR:
        return str(gettext("Presupuesto participativo: falta publicar el calendario"))
    if waiting.kind is WaitingKind.DATE:
        name = waiting.entry.title or str(ACTIVITIES[waiting.entry.activity])
        return str(gettext("%(name)s: %(day)s", name=name, day=short_date(waiting.entry.starts_on)))
    month = str(MONTHS[waiting.month]).lower()
    return str(gettext("Falta la audiencia de %(month)s de %(year)s que rinde cuentas", month=month, year=waiting.year))


def lines_late(n: int) -> str:
    return str(ngettext("%(num)d proyecto del acta con retraso o sin noticias", "%(num)d proyectos del acta con retraso o sin noticias", n))


def findings_open(n: int) -> str:
    return str(ngettext("%(num)d hallazgo del comité por responder", "%(num)d hallazgos del comité por responder", n))


def findings_overdue(n: int) -> str:
    return str(ngettext("%(num)d hallazgo con la respuesta vencida", "%(num)d hallazgos con la respuesta vencida", n))


def findings_to_approve(n: int) -> str:
    return str(ngettext("%(num)d hallazgo que espera su aprobación", "%(num)d hallazgos que esperan su aprobación", n))
