"""Kinds of news, how often, what can be followed, and why a choice is refused."""

from flask_babel import lazy_gettext as _l

from app.follows.rules import FollowProblem, NewsKind, Pace, Rhythm, SubjectKind

NEWS = {
    NewsKind.DATES: _l("Fechas: cronograma, cambios y cancelaciones"),
    NewsKind.ANSWERS: _l("Respuestas a los aportes y réplicas"),
    NewsKind.CONTRIBUTIONS: _l("Aportes nuevos"),
    NewsKind.RECORDS: _l("Actas, documentos y evaluaciones"),
    NewsKind.PLAN: _l("El plan y sus avances"),
}
PACES = {
    Pace.AT_ONCE: _l("Al momento"),
    Pace.DAILY: _l("Una vez al día"),
    Pace.WEEKLY: _l("Una vez por semana"),
    Pace.NEVER: _l("Nunca"),
}
RHYTHMS = {
    Rhythm.DATES_AT_ONCE: _l("Las fechas al momento, lo demás una vez por semana"),
    Rhythm.AT_ONCE: _l("Todo al momento"),
    Rhythm.DAILY: _l("Todo una vez al día, a las 7 de la mañana"),
    Rhythm.WEEKLY: _l("Todo una vez por semana, los lunes"),
}
SUBJECTS = {
    SubjectKind.PROCESS: _l("Proceso"),
    SubjectKind.THEME: _l("Tema"),
    SubjectKind.TERRITORY: _l("Territorio"),
    SubjectKind.CONTRIBUTION: _l("Aporte"),
}
PROBLEMS = {
    FollowProblem.NOTHING_LEFT: _l("Con «nunca» en todo no recibiría nada. Para eso, use el botón «Dejar de seguir todo»."),
}
