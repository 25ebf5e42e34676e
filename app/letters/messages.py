"""What the states of letters and replies are called, and the sentence for each refusal: always what to do."""

from typing import Any

from flask_babel import lazy_gettext

from app.contributions.rules.terms import Channel
from app.letters.rules.deliveries import DeliveryProblem, DeliveryStep, LetterState
from app.letters.rules.links import LinkProblem
from app.letters.rules.replies import ReplyKind, ReplyProblem, ReplyState
from app.spaces.rules import Role

LETTER_STATES = {
    LetterState.QUEUED: lazy_gettext("En cola de correo"),
    LetterState.SENT: lazy_gettext("Enviada por correo"),
    LetterState.BOUNCED: lazy_gettext("Rebotó: por imprimir"),
    LetterState.TO_PRINT: lazy_gettext("Por imprimir"),
    LetterState.PRINTED: lazy_gettext("Impresa"),
    LetterState.HANDED_OVER: lazy_gettext("Entregada"),
}
FILTERS = {
    None: lazy_gettext("Todas"),
    LetterState.TO_PRINT: lazy_gettext("Por imprimir"),
    LetterState.PRINTED: lazy_gettext("Impresas"),
    LetterState.HANDED_OVER: lazy_gettext("Entregadas"),
    LetterState.SENT: lazy_gettext("Enviadas por correo"),
    LetterState.QUEUED: lazy_gettext("En cola"),
    LetterState.BOUNCED: lazy_gettext("Rebotadas"),
}
LOG = {
    "queued": lazy_gettext("Puesta en la bandeja de salida"),
    "sent": lazy_gettext("Enviada por correo"),
    "retry": lazy_gettext("El servidor de correo no la aceptó todavía; se vuelve a intentar"),
    "dead": lazy_gettext("No se pudo entregar por correo; se dejó de intentar"),
    "bounced": lazy_gettext("El correo rebotó"),
    "printed": lazy_gettext("Impresa"),
    "handed-over": lazy_gettext("Entregada"),
}
STEPS = {
    DeliveryStep.HANDED_OVER: lazy_gettext("Se entregó"),
    DeliveryStep.PRINTED: lazy_gettext("Se imprimió"),
    DeliveryStep.BOUNCED: lazy_gettext("El correo rebotó"),
}
KINDS = {
    ReplyKind.ACCEPT: lazy_gettext("Acepto la respuesta"),
    ReplyKind.CLARIFY: lazy_gettext("Pido que me aclaren"),
    ReplyKind.DISAGREE: lazy_gettext("No estoy de acuerdo"),
}
KIND_NOTES = {
    "accept": lazy_gettext("No hace falta que escriba nada más."),
    "clarify": lazy_gettext("Diga qué no se entiende o qué falta responder. Si la respuesta le hizo una pregunta, contéstela aquí."),
    "disagree": lazy_gettext("Diga sus razones. El foro debe contestarle."),
}
SAID_KINDS = {
    ReplyKind.ACCEPT: lazy_gettext("Acepta la respuesta"),
    ReplyKind.CLARIFY: lazy_gettext("Pide una aclaración"),
    ReplyKind.DISAGREE: lazy_gettext("No está de acuerdo"),
}
STATES = {
    ReplyState.OPEN: lazy_gettext("Espera respuesta del foro"),
    ReplyState.ANSWERED: lazy_gettext("Contestada"),
    ReplyState.NOTED: lazy_gettext("Se tomó nota"),
}
OUTCOMES = {ReplyState.ANSWERED: lazy_gettext("Contestar"), ReplyState.NOTED: lazy_gettext("Tomar nota")}
OUTCOME_NOTES = {
    "answered": lazy_gettext("La contestación es pública y llega al autor."),
    "noted": lazy_gettext("Cuando no pide nada que se pueda contestar. La razón es pública."),
}
ROLES = {
    Role.SECRETARIAT: lazy_gettext("Secretaría"),
    Role.FORUM_GOVERNMENT: lazy_gettext("Foro, por el gobierno"),
    Role.FORUM_CIVIL: lazy_gettext("Foro, por la sociedad civil"),
    Role.MUNICIPAL: lazy_gettext("Equipo técnico municipal"),
    Role.ENTITY: lazy_gettext("Entidad que responde"),
    Role.MODERATOR: lazy_gettext("Moderación"),
}
CHANNELS = {
    Channel.PAPER: lazy_gettext("En papel"),
    Channel.PHONE: lazy_gettext("Por teléfono"),
    Channel.WINDOW: lazy_gettext("En ventanilla"),
    Channel.EMAIL: lazy_gettext("Por correo"),
}

DELIVERIES = {
    DeliveryProblem.NO_STEP: lazy_gettext("Marque qué pasó con la carta."),
    DeliveryProblem.NOTHING_CHOSEN: lazy_gettext("Marque al menos una carta de este proceso."),
    DeliveryProblem.TOO_MANY: lazy_gettext("Imprima %(most)s cartas o menos a la vez."),
    DeliveryProblem.NO_DAY: lazy_gettext("Escriba el día en que pasó."),
    DeliveryProblem.DAY_AHEAD: lazy_gettext("Ese día todavía no llega: escriba el día en que pasó."),
    DeliveryProblem.DAY_BEFORE: lazy_gettext("La respuesta se publicó el %(day)s: escriba un día desde entonces."),
    DeliveryProblem.NOTE_SHORT: lazy_gettext("Escriba una nota: a quién se entregó, o qué decía el correo devuelto."),
    DeliveryProblem.NO_EMAIL: lazy_gettext("Esta persona no dejó correo, así que nada pudo rebotar. Elija otra opción."),
    DeliveryProblem.HANDED_OVER_ALREADY: lazy_gettext("Esta carta ya consta como entregada. Mire el historial antes de anotar otra cosa."),
}
REPLIES = {
    ReplyProblem.NOT_ANSWERED: lazy_gettext("Este aporte todavía no tiene respuesta publicada: podrá replicar cuando la tenga."),
    ReplyProblem.WINDOW_CLOSED: lazy_gettext("Se podía replicar hasta el %(day)s. Ahora escriba a %(contact)s y mencione su código."),
    ReplyProblem.NO_KIND: lazy_gettext("Marque si acepta la respuesta, pide una aclaración o no está de acuerdo."),
    ReplyProblem.REASONS_SHORT: lazy_gettext("Escriba sus razones o su pregunta con %(shortest)s letras o más."),
    ReplyProblem.OPEN_ALREADY: lazy_gettext("Ya tenemos una réplica suya a esta respuesta. Podrá enviar otra cuando el foro la conteste."),
    ReplyProblem.ACCEPTED_ALREADY: lazy_gettext("Usted ya aceptó esta respuesta: no hace falta enviarla otra vez."),
    ReplyProblem.NO_DAY: lazy_gettext("Escriba el día en que la persona dio su réplica."),
    ReplyProblem.DAY_AHEAD: lazy_gettext("Ese día todavía no llega: escriba el día en que la persona dio su réplica."),
    ReplyProblem.DAY_BEFORE: lazy_gettext("La respuesta se publicó el %(day)s: la réplica tiene que ser de ese día o de uno posterior."),
    ReplyProblem.NOT_ON_PAPER: lazy_gettext("Elija cómo llegó: en papel, por teléfono, en ventanilla o por correo."),
    ReplyProblem.UNKNOWN_CODE: lazy_gettext("No hay un aporte con el código %(code)s en este proceso. Revise el código."),
    ReplyProblem.NOT_OPEN: lazy_gettext("Esta réplica ya se cerró. Actualice la página y mire cómo quedó."),
    ReplyProblem.NO_OUTCOME: lazy_gettext("Marque si la contesta o si toma nota."),
    ReplyProblem.ANSWER_SHORT: lazy_gettext("Conteste con %(shortest)s letras o más: la persona merece una explicación."),
    ReplyProblem.NOTING_SHORT: lazy_gettext("Diga por qué solo se toma nota, con %(shortest)s letras o más."),
    ReplyProblem.PERSONAL_DATA: lazy_gettext("Este texto será público y tiene un dato personal (%(found)s). Quítelo."),
    ReplyProblem.NOT_HELD: lazy_gettext("Esta réplica ya es pública."),
    ReplyProblem.HIDDEN_ALREADY: lazy_gettext("Esta réplica ya está oculta."),
    ReplyProblem.HIDING_SHORT: lazy_gettext("Diga por qué se oculta, con %(shortest)s letras o más."),
    ReplyProblem.NO_CORRECTION: lazy_gettext("Elija una versión de la respuesta publicada después de la que recibió la réplica."),
    ReplyProblem.LINKED_ALREADY: lazy_gettext("Esa versión ya figura como fruto de esta réplica."),
}
LINKS = {
    LinkProblem.NO_ADDRESS: lazy_gettext("Escriba su correo completo, por ejemplo rosa@correo.pe."),
    LinkProblem.TOO_MANY: lazy_gettext("Ya se pidió varias veces en la última hora. Revise su correo, también los no deseados, o espere."),
}
ALL: dict[Any, Any] = {**DELIVERIES, **REPLIES, **LINKS}
