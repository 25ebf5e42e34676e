"""What sides, states, kinds and results are called."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.forum.rules.meetings import AgreementState, HearingStage, MeetingKind, MeetingMode, MeetingState
from app.forum.rules.participation import Quorum, RulesState
from app.forum.rules.periods import HearingSlot
from app.forum.rules.seats import Side, Sitting
from app.forum.rules.voting import Choice, Majority, MotionKind, MotionState, Verdict
from app.organisations.messages import SECTORS

__all__ = [
    "AGREEMENTS", "CHOICES", "FRACTIONS", "KINDS", "MAJORITIES", "MODES", "MOTIONS", "MOTION_STATES", "RULES_STATES", "SECTORS", "SIDES",
    "SITTINGS", "SLOTS", "STAGES", "STATES", "VERDICTS", "quorum_sentence",
]  # fmt: skip

SIDES = {Side.GOVERNMENT: _l("Gobierno"), Side.NON_GOVERNMENT: _l("Fuera del gobierno")}
SITTINGS = {Sitting.HOLDER: _l("Titular"), Sitting.ALTERNATE: _l("Alterno")}
KINDS = {
    MeetingKind.ORDINARY: _l("Sesión ordinaria"),
    MeetingKind.EXTRAORDINARY: _l("Sesión extraordinaria"),
    MeetingKind.HEARING: _l("Audiencia pública de rendición de cuentas"),
}
MODES = {MeetingMode.IN_PERSON: _l("Presencial"), MeetingMode.ONLINE: _l("Virtual"), MeetingMode.HYBRID: _l("Presencial y virtual")}
STATES = {
    MeetingState.CONVENED: _l("Convocada"),
    MeetingState.AGENDA_PUBLISHED: _l("Convocada, con agenda publicada"),
    MeetingState.HELD: _l("Realizada, acta por escribir"),
    MeetingState.MINUTES_DRAFT: _l("Realizada, acta por aprobar"),
    MeetingState.MINUTES_APPROVED: _l("Acta aprobada por los dos lados"),
    MeetingState.PUBLISHED: _l("Acta publicada"),
    MeetingState.NO_QUORUM: _l("Sin quórum"),
    MeetingState.CANCELLED: _l("Cancelada"),
}
STAGES = {
    HearingStage.SCHEDULED: _l("Programada"),
    HearingStage.CONVENED: _l("Convocada"),
    HearingStage.REPORT_PUBLISHED: _l("Informe publicado"),
    HearingStage.HELD: _l("Realizada"),
    HearingStage.MINUTES_PUBLISHED: _l("Acta publicada"),
    HearingStage.FOLLOW_UP: _l("Compromisos en seguimiento"),
    HearingStage.CLOSED: _l("Cerrada"),
}
SLOTS = {HearingSlot.MAY: _l("Audiencia de mayo"), HearingSlot.SEPTEMBER: _l("Audiencia de setiembre"), HearingSlot.OTHER: _l("Otra fecha")}
AGREEMENTS = {AgreementState.OPEN: _l("Pendiente"), AgreementState.DONE: _l("Cumplido"), AgreementState.DROPPED: _l("Dejado sin efecto")}
RULES_STATES = {
    RulesState.DRAFT: _l("Borrador"),
    RulesState.IN_REVIEW: _l("Espera aprobación"),
    RulesState.PUBLISHED: _l("En vigor"),
    RulesState.REPLACED: _l("Reemplazada"),
}
MOTIONS = {MotionKind.YES_NO: _l("A favor o en contra"), MotionKind.RANKING: _l("Ordenar opciones")}
MAJORITIES = {
    Majority.SIMPLE: _l("Mayoría simple: más votos a favor que en contra"),
    Majority.TWO_THIRDS: _l("Dos tercios de los votos emitidos, contando las abstenciones"),
    Majority.BY_SIDE: _l("Doble mayoría: más votos a favor que en contra en cada lado"),
}
MOTION_STATES = {MotionState.OPEN: _l("Abierta"), MotionState.CLOSED: _l("Cerrada"), MotionState.WITHDRAWN: _l("Retirada")}
CHOICES = {Choice.FOR: _l("A favor"), Choice.AGAINST: _l("En contra"), Choice.ABSTAIN: _l("Abstención")}
VERDICTS = {
    Verdict.PASSED: _l("Aprobada"),
    Verdict.REJECTED: _l("No aprobada"),
    Verdict.TIED: _l("Empate: no aprobada"),
    Verdict.RANKED: _l("Opciones ordenadas"),
    Verdict.NO_QUORUM: _l("Sin quórum: no decide"),
}
FRACTIONS = {
    "1/2+": _l("Más de la mitad de los asientos"),
    "1/2": _l("La mitad de los asientos"),
    "2/3": _l("Dos tercios de los asientos"),
    "3/4": _l("Tres cuartos de los asientos"),
    "1/1": _l("Todos los asientos"),
}


def fraction_of(quorum: Quorum) -> str:
    """The key of FRACTIONS for a quorum; another fraction is written as it is."""
    return f"{quorum.numerator}/{quorum.denominator}{'+' if quorum.is_more_than else ''}"


def quorum_sentence(quorum: Quorum) -> str:
    """ "Más de la mitad de los asientos, con al menos 1 de gobierno y 1 de fuera del gobierno." """
    key = fraction_of(quorum)
    return _(
        "%(fraction)s, con al menos %(government)d de gobierno y %(others)d de fuera del gobierno.",
        fraction=FRACTIONS.get(key, key),
        government=quorum.government,
        others=quorum.non_government,
    )
