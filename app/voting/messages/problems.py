"""Why something was refused, in a sentence that says what to do."""

from typing import Any

from flask_babel import lazy_gettext as _

from app.contributions.messages import PROBLEMS as CONTRIBUTION_PROBLEMS
from app.contributions.rules.faults import FileProblem
from app.core.errors import Problem
from app.core.fields import sentence
from app.voting.rules.announcing import AnnouncingProblem
from app.voting.rules.ballots import BallotProblem
from app.voting.rules.course import VoteProblem
from app.voting.rules.exclusions import ExclusionProblem
from app.voting.rules.limits import DoorProblem
from app.voting.rules.printing import PrintingProblem
from app.voting.rules.roll import RollProblem

PROBLEMS: dict[Any, Any] = {
    **CONTRIBUTION_PROBLEMS,
    BallotProblem.MALFORMED: _("No pudimos leer su selección. Vuelva a marcar sus proyectos."),
    BallotProblem.NOTHING_CHOSEN: _("No ha elegido ningún proyecto. Si quiere votar en blanco, márquelo al final de la lista."),
    BallotProblem.BLANK_WITH_CHOICES: _("Marcó voto en blanco y también proyectos. Quite la marca de voto en blanco o los proyectos."),
    BallotProblem.UNKNOWN_OPTION: _("El proyecto %(number)s no está en esta votación."),
    BallotProblem.OTHER_TERRITORY: _("El proyecto %(number)s es de otro territorio. Elija entre los de la lista."),
    BallotProblem.REPEATED: _("El proyecto %(number)s está dos veces. Déjelo una sola vez."),
    BallotProblem.TOO_FEW: _("Ha elegido %(chosen)s y el mínimo es %(fewest)s. Elija alguno más."),
    BallotProblem.TOO_MANY: _("Ha elegido %(chosen)s y el máximo es %(most)s. Quite alguno."),
    BallotProblem.OVERSPENT: _("Se pasó por S/ %(over)s: el monto es S/ %(limit)s. Quite algún proyecto."),
    BallotProblem.NOT_A_NUMBER: _("Escriba números enteros desde 1, o deje el espacio vacío."),
    BallotProblem.TOO_MANY_POINTS: _("Repartió %(given)s puntos y tiene %(most)s. Quite algunos."),
    BallotProblem.SCORE_TOO_HIGH: _("La calificación más alta es %(most)s."),
    BallotProblem.RANK_REPEATED: _("Puso dos proyectos en el lugar %(rank)s. Cada lugar es para uno solo."),
    VoteProblem.NOT_OPEN_YET: _("La votación todavía no abre. Las fechas están en su página."),
    VoteProblem.OVER: _("La votación ya terminó."),
    VoteProblem.NOT_ANNOUNCED: _("Esta votación todavía no se anuncia."),
    VoteProblem.CHANNEL_NOT_OFFERED: _("Esta votación no se hace por este medio. Mire en su página cómo se vota."),
    VoteProblem.NOT_ON_ROLL: _("Ese documento no está en el padrón de esta votación. Consulte en la municipalidad."),
    VoteProblem.ALREADY_VOTED: _("Ya figura como votante y se vota una sola vez. Si usted no votó, avise a la municipalidad."),
    VoteProblem.VOID_ENTRY: _("Ese documento fue retirado del padrón. Consulte en la municipalidad."),
    VoteProblem.TOKEN_SPENT: _("Ese código ya se usó o se anuló. Si usted no lo usó, avise en la mesa donde se lo entregaron."),
    VoteProblem.TOKEN_WRONG: _("Ese código no es válido. Revise letra por letra: tiene 16, en grupos de cuatro."),
    VoteProblem.REFUSED_BY_DATABASE: _("La urna no aceptó su voto. Vuelva a marcar sus proyectos e inténtelo otra vez."),
    VoteProblem.RULES_FROZEN: _("Ya hay votos en la urna: las reglas no se cambian."),
    DoorProblem.TOO_MANY: _("Hubo demasiados intentos. Espere quince minutos, o vaya a una mesa con su documento."),
    DoorProblem.DOCUMENT_MALFORMED: _("Escriba los ocho números de su DNI."),
    DoorProblem.CODE_WRONG: _("Ese no es el código. Mire el último correo que recibió."),
    DoorProblem.CODE_SPENT: _("Ese código ya no sirve. Pida otro."),
    DoorProblem.PIN_WRONG: _("La clave de la mesa no es esa."),
    DoorProblem.BOOTH_CLOSED: _("Esta cabina está cerrada."),
    DoorProblem.PASS_OVER: _("Pasó el tiempo para votar. Identifíquese de nuevo: lo que marcó sigue guardado en esta página."),
    DoorProblem.PIN_SHORT: _("La clave de la mesa tiene %(shortest)s números o letras como mínimo."),
    DoorProblem.PLACE_MISSING: _("Diga dónde está la cabina."),
    RollProblem.DOCUMENT_MALFORMED: _("El DNI tiene %(digits)s números."),
    RollProblem.ZERO_LOST: _(
        "El DNI que termina en %(document)s tiene siete números: parece que la hoja de cálculo le quitó el cero inicial."
    ),
    RollProblem.DOCUMENT_REPEATED: _("Ese DNI ya está en la fila %(first)s."),
    RollProblem.TERRITORY_MISSING: _("Falta el territorio."),
    RollProblem.TERRITORY_UNKNOWN: _("No hay un distrito «%(territory)s» aquí. Escriba su nombre o su ubigeo."),
    RollProblem.EMAIL_MALFORMED: _("Escriba el correo como nombre@ejemplo.pe, o déjelo vacío."),
    RollProblem.COLUMN_MISSING: _("Falta la columna %(column)s."),
    RollProblem.COLUMN_UNKNOWN: _("Esta columna no se usa: bórrela del archivo. Solo se reciben %(known)s."),
    RollProblem.NOTHING_NEW: _("No hay nadie nuevo: todas esas personas ya están en el padrón."),
    RollProblem.VOTE_OVER: _("La votación ya terminó: el padrón no cambia."),
    RollProblem.NEEDS_TWO: _("La votación está abierta: las personas se agregan entre dos y en público. Pídalo con su razón."),
    RollProblem.REASON_MISSING: _("Diga la razón en %(shortest)s letras o más: se publica."),
    RollProblem.SAME_PERSON: _("Quien lo pidió no lo aprueba: debe hacerlo otra persona."),
    RollProblem.ADDITION_SETTLED: _("Ese pedido ya se resolvió."),
    RollProblem.KEY_DESTROYED: _(
        "Terminó el plazo de reclamos y la llave del padrón se destruyó: ya nadie puede saber quién figuraba en él."
    ),
    RollProblem.KEY_MISSING: _("No se pudo leer la llave del padrón. Avise a quien administra el sitio: nada se ha cambiado."),
    PrintingProblem.COUNT: _("Escriba cuántos códigos: de 1 a %(most)s por vez."),
    PrintingProblem.ALREADY_PRINTED: _(
        "Estos códigos ya se imprimieron y no se guardan en ningún lado. Pida otra impresión y anule estos."
    ),
    PrintingProblem.SAME_PERSON: _("Quien pidió la impresión no la hace: debe imprimir otra persona."),
    PrintingProblem.CHANNEL_NOT_OFFERED: _("Esta votación no usa códigos impresos."),
    PrintingProblem.SERIAL_UNKNOWN: _("No hay una hoja con ese número de serie."),
    PrintingProblem.NOT_ISSUED: _("El código de esa hoja ya se usó o ya se anuló."),
    PrintingProblem.REASON_MISSING: _("Diga por qué se anula en %(shortest)s letras o más: se publica."),
    PrintingProblem.NOT_NOW: _("Los códigos se imprimen cuando la votación está anunciada y hasta que termina."),
    AnnouncingProblem.TITLE_MISSING: _("Escriba el título de la votación."),
    AnnouncingProblem.SLUG_TAKEN: _("Ya hay una votación con ese título. Cámbielo un poco."),
    AnnouncingProblem.NO_PROJECTS: _("Elija al menos un proyecto admisible."),
    AnnouncingProblem.PROJECT_UNKNOWN: _("Uno de los proyectos ya no es admisible o no es público. Revise la lista."),
    AnnouncingProblem.BOUNDS: _("El mínimo va de 1 al máximo, y no puede pasar de los %(options)s proyectos de la lista."),
    AnnouncingProblem.POINTS: _("Diga cuántos puntos: de 1 a %(most)s."),
    AnnouncingProblem.LIMIT_MISSING: _("Diga hasta qué monto se marca."),
    AnnouncingProblem.LIMIT_TOO_SMALL: _("Con ese monto no alcanza para ningún proyecto."),
    AnnouncingProblem.CHANNELS_MISSING: _("Elija al menos una manera de votar."),
    AnnouncingProblem.DATES: _("Debe cerrar al menos una hora después de abrir."),
    AnnouncingProblem.OPENS_TOO_SOON: _("La votación se anuncia antes de abrir. Cambie la fecha de apertura."),
    AnnouncingProblem.TOO_LONG: _("Una votación dura %(most)s días como máximo."),
    AnnouncingProblem.TERRITORY_MISSING: _("Los proyectos %(numbers)s no son de un territorio: así nadie podría votarlos."),
    AnnouncingProblem.COMPLETION_NEEDS_SHARES: _("Completar el dinero que sobra solo tiene sentido con partes iguales."),
    AnnouncingProblem.UTILITY_NEEDS_SHARES: _(
        "Cuánto vale un proyecto para quien lo votó solo cambia algo con partes iguales. Elija la primera opción."
    ),
    AnnouncingProblem.ORDER_NEEDS_RANKING: _(
        "El orden por cada sol solo cambia algo con los más votados, o si lo que sobra va a ellos. Elija el número de votos."
    ),
    ExclusionProblem.TOO_LATE: _("Un proyecto se saca del conteo solo entre el anuncio y el cierre de la urna."),
    ExclusionProblem.UNKNOWN: _("Ese número no está en la papeleta. Escriba el número con que se vota."),
    ExclusionProblem.ALREADY: _("Ese proyecto ya está fuera del conteo, o su pedido espera a otra persona."),
    ExclusionProblem.REASON_MISSING: _("Diga por qué ya no se puede hacer, en %(shortest)s letras o más: se publica."),
    ExclusionProblem.SETTLED: _("Ese pedido ya está resuelto."),
    ExclusionProblem.SAME_PERSON: _("Lo resuelve otra persona que quien lo pidió."),
    AnnouncingProblem.THRESHOLD_MISSING: _("Esa regla necesita el mínimo de apoyo."),
    AnnouncingProblem.CONFLICT_UNKNOWN: _(
        "Revise los proyectos que se excluyen: dos números o más por línea. No están en la lista: %(numbers)s."
    ),
    AnnouncingProblem.SEED_SOURCE_SHORT: _("Diga en %(shortest)s letras o más de dónde saldrá la semilla del sorteo de empates."),
    AnnouncingProblem.FEWEST_SHOWN: _("El grupo más pequeño que se muestra es de %(fewest)s votos o más."),
    AnnouncingProblem.NOT_A_DRAFT: _("La votación ya se anunció: no se cambia. Antes de que abra puede retirar el anuncio con su razón."),
    AnnouncingProblem.NOT_SIGNED: _("Falta una firma: firman la municipalidad y la parte no gubernamental del foro."),
    AnnouncingProblem.SIGNED_ALREADY: _("Esa firma ya está puesta."),
    AnnouncingProblem.SAME_PERSON: _("Las dos firmas son de personas distintas."),
    AnnouncingProblem.DRAFTER_SIGNS: _("Quien escribió la votación no firma por la parte no gubernamental."),
    AnnouncingProblem.ROUND_NOT_READY: _(
        "Se vota mientras el presupuesto está en priorización: cuando ya se evaluaron los proyectos y pasaron sus apelaciones."
    ),
    AnnouncingProblem.BY_MATRIX: _(
        "Hay proyectos cuyo techo ya se califica con la matriz. Cada techo se decide de una sola manera: quítelos de la votación."
    ),
    AnnouncingProblem.TWO_VOTES: _(
        "La votación «%(vote)s» ya decide el techo de algunos de estos proyectos. Cada techo se decide una sola vez: quítelos de esta."
    ),
    AnnouncingProblem.HAS_OPENED: _("La votación ya abrió o no está anunciada: el anuncio no se retira."),
    AnnouncingProblem.REASON_MISSING: _("Diga la razón en %(shortest)s letras o más: se publica."),
}


def faults_told(problems: list[FileProblem]) -> list[dict[str, Any]]:
    """The faults of a list as the page shows them: row, column, and what is wrong."""
    return [
        {"row": p.row, "column": p.column, "text": sentence(PROBLEMS, Problem(p.code, None, dict(p.values)))} for p in problems
    ]  # fmt: skip
