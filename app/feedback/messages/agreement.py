"""What the rules of objections, dissents, priorities and scheduled batches say."""

from flask_babel import lazy_gettext

from app.feedback.rules.agreement import AgreementProblem
from app.feedback.rules.priorities import Ending, PriorityProblem
from app.feedback.rules.scheduling import ScheduledState, ScheduleProblem

PROBLEMS = {
    AgreementProblem.REASON_SHORT: lazy_gettext(
        "Diga por qué objeta este texto, con %(shortest)s letras o más, para que se sepa qué cambiar."
    ),
    AgreementProblem.DISSENT_SHORT: lazy_gettext("Escriba las razones de su desacuerdo, con %(shortest)s letras o más."),
    AgreementProblem.WITHDRAWAL_SHORT: lazy_gettext("Diga por qué lo retira, con %(shortest)s letras o más: quedará en su lugar."),
    AgreementProblem.TEXT_CHANGED: lazy_gettext("El texto cambió después de que usted lo abrió. Léalo otra vez antes de seguir."),
    AgreementProblem.NOT_OPEN: lazy_gettext("Solo se objeta un texto que está en revisión o aprobado. Mire cómo quedó."),
    AgreementProblem.NOT_SETTLED: lazy_gettext("Un desacuerdo se deja sobre un texto en revisión, aprobado o publicado. Mire cómo quedó."),
    AgreementProblem.ALREADY_SAID: lazy_gettext("Usted ya lo dijo sobre este mismo texto. Retírelo primero si quiere decir otra cosa."),
    AgreementProblem.NOT_YOURS: lazy_gettext("Solo lo retira quien lo escribió."),
    AgreementProblem.ALREADY_WITHDRAWN: lazy_gettext("Ya estaba retirado."),
    AgreementProblem.NO_POST: lazy_gettext("Falta el cargo de quien lo dice. Pida que se complete su nombramiento."),
    AgreementProblem.PERSONAL_DATA: lazy_gettext("Será público y parece tener un dato personal (%(found)s). Quítelo."),
    AgreementProblem.OBJECTED: lazy_gettext("Hay una objeción en pie sobre este texto: cámbielo, o pida a quien objetó que la retire."),
    AgreementProblem.NOT_OF_A_WORKSHOP: lazy_gettext("El aporte %(code)s no salió de este taller. Quite sus votos."),
    AgreementProblem.VOTES_NOT_A_NUMBER: lazy_gettext("Escriba los votos de %(code)s como un número de 0 a 100 000."),
    PriorityProblem.BALLOT_INCOMPLETE: lazy_gettext(
        "Diga cuántas personas votaron y cuántos votos tuvo cada una, o deje las dos en blanco."
    ),
    PriorityProblem.BALLOT_NOT_A_NUMBER: lazy_gettext(
        "Escriba con números cuántas personas votaron (hasta %(voters)s) y cuántos votos tuvo cada una (hasta %(each)s)."
    ),
    PriorityProblem.MORE_VOTES_THAN_CAST: lazy_gettext(
        "Sumó %(counted)s votos y solo pudieron darse %(cast)s: personas por votos de cada una. Corrija una cifra."
    ),
    PriorityProblem.OPTION_WITHOUT_VOTES: lazy_gettext("Escriba cuántos votos tuvo, con un número desde 1."),
    ScheduleProblem.NO_HOUR: lazy_gettext("Escriba el día y la hora en que se publicará."),
    ScheduleProblem.TOO_SOON: lazy_gettext("Elija una hora que esté al menos %(minutes)s minutos adelante, o publique ahora."),
    ScheduleProblem.TOO_LATE: lazy_gettext("Elija un día dentro de los próximos %(days)s días."),
    ScheduleProblem.NOT_WAITING: lazy_gettext("Este lote ya se publicó, se detuvo o se canceló. Actualice la página."),
    ScheduleProblem.ALREADY_SCHEDULED: lazy_gettext("Ya está en un lote programado. Quítela, o cancele el otro lote."),
}
SCHEDULED_STATES = {
    ScheduledState.WAITING: lazy_gettext("Programado"),
    ScheduledState.DONE: lazy_gettext("Publicado"),
    ScheduledState.HELD: lazy_gettext("Detenido"),
    ScheduledState.CANCELLED: lazy_gettext("Cancelado"),
}
ENDINGS = {
    Ending.COMMITMENT: lazy_gettext("Compromiso"),
    Ending.REASON: lazy_gettext("Respuesta con su razón"),
    Ending.OPEN: lazy_gettext("Falta: ni compromiso ni razón todavía"),
}
