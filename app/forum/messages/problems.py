"""Why something was refused, and what to do about it."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.evidence import messages as evidence
from app.forum.rules.meetings import MeetingProblem
from app.forum.rules.participation import RulesProblem
from app.forum.rules.seats import SeatProblem
from app.forum.rules.voting import MotionProblem
from app.spaces import messages as spaces

SEAT_PROBLEMS: dict[Any, Any] = {
    **spaces.PROBLEMS,
    **evidence.PROBLEMS,
    SeatProblem.HOLDER_MISSING: _l("Escriba el nombre de quien ocupa el asiento: es público por el cargo."),
    SeatProblem.DOCUMENT_MISSING: _l("Diga con qué documento se nombró: acta de elección, resolución u oficio."),
    SeatProblem.ENDS_BEFORE_IT_STARTS: _l("El periodo termina antes de empezar. Revise las dos fechas."),
    SeatProblem.TAKEN: _l("El asiento %(number)d ya está ocupado en esas fechas. Termine primero ese periodo o elija otro asiento."),
    SeatProblem.OTHER_SECTOR: _l("El asiento %(number)d es del otro lado de la mesa. Use un número nuevo."),
    SeatProblem.SAME_PERSON: _l("Titular y alterno no pueden ser la misma persona."),
    SeatProblem.SITS_ELSEWHERE: _l("Esa persona ya ocupa otro asiento en esas fechas. Cada asiento tiene su propia gente."),
    SeatProblem.REASON_MISSING: _l("Diga por qué termina el periodo en %(shortest)d letras o más: se publica."),
    SeatProblem.ENDED: _l("Este periodo ya terminó ese día o antes."),
    SeatProblem.END_BEFORE_START: _l("El periodo no puede terminar antes de empezar. Revise la fecha."),
}
RULES_PROBLEMS = {
    RulesProblem.TITLE_MISSING: _l("Escriba el título del documento."),
    RulesProblem.TEXT_SHORT: _l("Las reglas necesitan al menos %(shortest)d letras."),
    RulesProblem.TEXT_LONG: _l("El texto admite hasta %(longest)d letras."),
    RulesProblem.NOTE_MISSING: _l("Diga qué cambia y por qué en %(shortest)d letras o más: se publica con la versión."),
    RulesProblem.NOTHING_CHANGED: _l("El texto es igual al que está en vigor. Cambie algo o descarte el borrador."),
    RulesProblem.QUORUM_WRONG: _l("Elija una fracción de la lista: más de la mitad, la mitad, dos tercios o todos los asientos."),
    RulesProblem.LEAST_WRONG: _l("El mínimo por sector es un número entero, de 0 en adelante."),
    RulesProblem.NOT_OPEN: _l("Esta versión ya es pública: no se cambia. Abra un borrador nuevo."),
    RulesProblem.NOT_IN_REVIEW: _l("Todavía es un borrador. Guárdelo y pida la aprobación."),
    RulesProblem.APPROVAL_MISSING: _l("Falta la aprobación de los dos lados sobre este texto."),
    RulesProblem.ALREADY_APPROVED: _l("Su lado ya aprobó este texto."),
    RulesProblem.DRAFTER_APPROVES: _l("Quien redactó no aprueba: pida a otra persona de su sector."),
    RulesProblem.SAME_PERSON: _l("Los dos lados aprueban con personas distintas."),
}
MEETING_PROBLEMS: dict[Any, Any] = {
    **evidence.PROBLEMS,
    MeetingProblem.TITLE_MISSING: _l("Escriba cómo se llama la sesión."),
    MeetingProblem.PLACE_MISSING: _l("Diga el lugar: sin él nadie sabe adónde ir."),
    MeetingProblem.LINK_MISSING: _l("Pegue el enlace de la sala virtual."),
    MeetingProblem.ENDS_BEFORE_IT_STARTS: _l("La hora de término debe ser posterior a la de inicio."),
    MeetingProblem.TOO_LONG: _l("Una sesión dura menos de 24 horas. Revise el día y las horas."),
    MeetingProblem.SLUG_TAKEN: _l("Ya hay una sesión con ese nombre. Cámbielo un poco."),
    MeetingProblem.AGENDA_MISSING: _l("Escriba la agenda: al menos un punto."),
    MeetingProblem.NOT_COMING: _l("Esta sesión ya se realizó, se publicó o se canceló: eso ya no se cambia."),
    MeetingProblem.NOT_YET_HELD: _l("Todavía no termina. Regístrela cuando haya pasado."),
    MeetingProblem.SEAT_UNKNOWN: _l("Marcó un asiento que no estaba vigente ese día. Revise la lista."),
    MeetingProblem.COUNT_WRONG: _l("Escriba cada cantidad con números enteros, de 0 en adelante."),
    MeetingProblem.NOT_HELD: _l("Registre primero cuándo se realizó y quién asistió."),
    MeetingProblem.MINUTES_SHORT: _l("El acta necesita al menos %(shortest)d letras: qué se trató y qué se acordó."),
    MeetingProblem.MINUTES_LONG: _l("El acta admite hasta %(longest)d letras. Suba el texto completo como archivo."),
    MeetingProblem.REASON_MISSING: _l("Diga la razón en %(shortest)d letras o más: se publica."),
    MeetingProblem.NO_MINUTES: _l("Falta escribir el acta."),
    MeetingProblem.ALREADY_APPROVED: _l("Su lado ya aprobó este texto."),
    MeetingProblem.DRAFTER_APPROVES: _l("Quien escribió el acta no la aprueba: pida a otra persona de su sector."),
    MeetingProblem.SAME_PERSON: _l("Los dos lados aprueban con personas distintas."),
    MeetingProblem.APPROVAL_MISSING: _l("Falta la aprobación de los dos lados sobre este texto."),
    MeetingProblem.NOTHING_NEW: _l("Esta versión del acta ya es pública."),
    MeetingProblem.AGREEMENT_TEXT_MISSING: _l("Escriba el acuerdo en %(shortest)d letras o más."),
    MeetingProblem.AGREEMENT_OWNER_MISSING: _l("Diga quién lo cumple: una entidad, una organización o un cargo."),
    MeetingProblem.AGREEMENT_DUE_WRONG: _l("Ponga hasta cuándo, con una fecha del día de la sesión o posterior."),
    MeetingProblem.AGREEMENT_CLOSED: _l("Este acuerdo ya se cerró."),
    MeetingProblem.AGREEMENT_REASON_MISSING: _l("Diga qué se hizo, o por qué se deja, en %(shortest)d letras o más: se publica."),
    MeetingProblem.QUESTION_MISSING: _l("Escriba la pregunta como se hizo."),
    MeetingProblem.ANSWER_MISSING: _l("Escriba la respuesta y quién la da."),
    MeetingProblem.NOT_A_HEARING: _l("Solo una audiencia pública lleva informe previo, preguntas y respuestas."),
}
MOTION_PROBLEMS = {
    MotionProblem.TITLE_MISSING: _l("Escriba la pregunta que se vota."),
    MotionProblem.OPTIONS_WRONG: _l("Escriba de %(fewest)d a %(most)d opciones, una por línea."),
    MotionProblem.OPTION_REPEATED: _l("Hay dos opciones iguales. Deje una."),
    MotionProblem.CLOSES_TOO_SOON: _l("La votación cierra en una fecha por venir: deje tiempo para votar."),
    MotionProblem.NO_RULES: _l("Publique primero las reglas de participación: ellas dicen cuántos asientos hacen quórum."),
    MotionProblem.SLUG_TAKEN: _l("Ya hay una votación con ese título. Cámbielo un poco."),
    MotionProblem.CLOSED: _l("La votación está cerrada."),
    MotionProblem.NO_SEAT: _l("Hoy usted no ocupa un asiento de este foro: vota quien es titular o alterno."),
    MotionProblem.ALREADY_VOTED: _l("Su asiento ya votó. El voto no se cambia: titular y alterno comparten uno."),
    MotionProblem.CHOICE_MISSING: _l("Elija a favor, en contra o abstención."),
    MotionProblem.RANKING_WRONG: _l("Dé un lugar distinto a cada opción que ordene, empezando por el 1, o marque que se abstiene."),
    MotionProblem.REASON_MISSING: _l("Diga por qué vota en contra en %(shortest)d letras o más: se publica junto al voto."),
    MotionProblem.NOT_PRESENT: _l("Solo se anota a mano el voto de un asiento presente en la sesión de esta votación."),
    MotionProblem.HAS_ACCOUNT: _l("Quien ocupa ese asiento tiene cuenta: vota por sí mismo."),
    MotionProblem.STILL_OPEN: _l("La votación sigue abierta y faltan asientos por votar. Espere a la fecha de cierre."),
}
