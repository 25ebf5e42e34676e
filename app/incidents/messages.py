"""Sentences about incidents, and the drafts that save time when there is none."""

from flask_babel import lazy_gettext as _

from app.incidents.rules import Affected, Clock, IncidentAct, IncidentProblem

PROBLEMS = {
    IncidentProblem.TEXT_SHORT: _("Escríbalo con %(shortest)s letras o más."),
    IncidentProblem.IN_THE_FUTURE: _("Esa hora todavía no llega. Revise el día y la hora."),
    IncidentProblem.BEFORE_KNOWN: _("No se pudo avisar antes de saberlo. Revise el día y la hora."),
    IncidentProblem.TIME_MISSING: _("Escriba el día y la hora."),
    IncidentProblem.AFFECTED_MISSING: _("Elija a quiénes toca."),
    IncidentProblem.PROCESS_MISSING: _("Elija el proceso de este espacio."),
    IncidentProblem.DONE_ALREADY: _("Eso ya se anotó. Vuelva a abrir la página para verlo."),
    IncidentProblem.NOBODY_TO_TELL: _("El incidente no toca a nadie a quien se pueda escribir."),
    IncidentProblem.NOT_TOLD: _("Antes de cerrarlo avise a la Autoridad y a las personas a las que toca."),
    IncidentProblem.CLOSED: _("El incidente está cerrado. Si se supo algo nuevo, registre otro que lo mencione."),
}
AFFECTED = {
    Affected.NOBODY: _("A nadie identificable"),
    Affected.ACCOUNTS: _("A todas las personas con cuenta"),
    Affected.PROCESS: _("A quienes aportaron o se inscribieron en un proceso"),
}
ACTS = {
    IncidentAct.NOTED: _("Se anotó"),
    IncidentAct.TOLD_AUTHORITY: _("Se avisó a la Autoridad"),
    IncidentAct.TOLD_PEOPLE: _("Se avisó a las personas"),
    IncidentAct.CLOSED: _("Se cerró"),
}
CLOCKS = {
    Clock.RUNNING: _("Dentro de plazo"),
    Clock.OVERDUE: _("Plazo vencido"),
    Clock.IN_TIME: _("Avisado a tiempo"),
    Clock.LATE: _("Avisado fuera de plazo"),
}
LETTER = _(
    "Qué pasó: %(happened)s\n\nQué datos suyos son: %(data)s\n\nQué hicimos: %(measures)s\n\n"
    "Qué puede hacer usted: cambie su clave si usa la misma en otros sitios y desconfíe de mensajes que le pidan datos en nuestro nombre."
)
NOTICE = _(
    "Entidad: %(space)s\nSe conoció: %(noticed)s\nQué pasó: %(happened)s\nDatos personales: %(data)s\nPersonas a las que toca: %(people)s\n"
    "Medidas: %(measures)s\nOficial de datos personales: %(officer)s"
)
