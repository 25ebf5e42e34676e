"""The questions beside the fields while a commitment is written, and what each doubt asks."""

from flask_babel import gettext, lazy_gettext

from app.plans.messages.names import FIELDS
from app.plans.rules.prompts import Doubt, Prompt, Warning
from app.plans.rules.template import Section

PROMPTS = {
    Prompt.WHAT_CHANGES: lazy_gettext("¿Qué cambia frente a lo que ya hacen por ley?"),
    Prompt.VERIFIABLE: lazy_gettext("¿Es verificable?"),
    Prompt.OPEN_GOVERNMENT: lazy_gettext("¿Es gobierno abierto o solo gobierno electrónico?"),
}
NOTES = {
    Prompt.WHAT_CHANGES: lazy_gettext(
        "Un compromiso que solo continúa lo que la ley ya manda no cambia nada. Diga qué será distinto y qué norma lo hará durar."
    ),
    Prompt.VERIFIABLE: lazy_gettext("Alguien de fuera debe poder comprobarlo: un documento, una cifra, un acto con fecha."),
    Prompt.OPEN_GOVERNMENT: lazy_gettext(
        "Digitalizar un trámite no abre el gobierno. Diga qué información se publica, quién participa o ante quién se rinde cuentas."
    ),
}
ASKED_IN = {
    Section.PROBLEM: (Prompt.VERIFIABLE,),
    Section.SOLUTION: (Prompt.WHAT_CHANGES, Prompt.VERIFIABLE, Prompt.OPEN_GOVERNMENT),
    Section.VALUES: (Prompt.OPEN_GOVERNMENT,),
}
DOUBTS = {
    Doubt.CONTINUES: lazy_gettext("«%(found)s» suena a lo que ya se hace. Diga qué será distinto desde el primer hito."),
    Doubt.NOT_BINDING: lazy_gettext("No se nombra ninguna norma, directiva o convenio que lo haga durar cuando cambie la gestión."),
    Doubt.BASELINE_WITHOUT_FIGURE: lazy_gettext(
        "La línea de base no tiene ninguna cifra ni fecha. Sin un punto de partida no se sabrá cuánto cambió."
    ),
    Doubt.VAGUE_VERB: lazy_gettext(
        "«%(found)s» no se puede comprobar sin decir qué se verá hecho: un informe, una directiva, cuántas visitas."
    ),
    Doubt.VAGUE_MILESTONE: lazy_gettext(
        "El hito dice «%(found)s» pero no nombra un producto que se pueda ver. Escriba el producto esperado."
    ),
    Doubt.MILESTONE_WITHOUT_EVIDENCE: lazy_gettext("El hito no dice qué se entregará ni con qué se comprobará."),
    Doubt.ONLY_DIGITAL: lazy_gettext(
        "Se habla de «%(found)s» pero nadie participa, vigila ni recibe cuentas. Así es gobierno electrónico."
    ),
    Doubt.NO_VALUE: lazy_gettext("Falta decir por qué es transparencia, participación o rendición de cuentas. Con uno basta."),
}


def doubt_sentence(warning: Warning) -> str:
    """What a doubt asks of the writer."""
    said = str(DOUBTS[warning.doubt])
    return said % {"found": warning.found} if warning.found else said


def about(warning: Warning) -> str:
    """The name of the field, or "Hito 2.1"."""
    return str(FIELDS[warning.field]) if warning.field in FIELDS else gettext("Hito %(number)s", number=warning.field)
