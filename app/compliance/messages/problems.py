"""Sentences for what is refused."""

from typing import Any

from flask_babel import lazy_gettext as _

from app.compliance.rules.attestations import AttestationProblem
from app.compliance.rules.irm import IrmProblem
from app.compliance.rules.profiles import ProfileProblem
from app.evidence import messages as evidence

PROBLEMS: dict[Any, Any] = {
    **evidence.PROBLEMS,
    AttestationProblem.TEXT_SHORT: _("Cuente qué le consta, en %(shortest)d letras o más."),
    AttestationProblem.TEXT_LONG: _("Use %(longest)d letras o menos; lo demás puede ir como archivo."),
    AttestationProblem.POST_MISSING: _("Diga su cargo, sin su nombre."),
    AttestationProblem.DAY_MISSING: _("Diga qué día se presentó el documento."),
    AttestationProblem.DAY_IN_FUTURE: _("Esa fecha todavía no llega."),
    AttestationProblem.ABOUT_MISSING: _("Elija de qué compromiso se trata."),
    AttestationProblem.ABOUT_UNKNOWN: _("Elija una opción de la lista."),
    AttestationProblem.FILE_MISSING: _("Adjunte el documento presentado."),
    AttestationProblem.ALREADY_STANDS: _("Alguien de su sector ya lo firmó y sigue vigente. Puede respaldarlo desde su página."),
    AttestationProblem.NOT_STANDING: _("Esta atestación ya no está vigente: fue retirada o renovada."),
    AttestationProblem.OWN_ATTESTATION: _("Usted la firmó. La respalda otra persona."),
    AttestationProblem.SAME_SIDE: _("Solo el otro sector puede contradecirla. Si cambió de opinión, retire la suya."),
    AttestationProblem.ALREADY_ACTED: _("Su sector ya lo hizo en esta atestación."),
    AttestationProblem.PERSONAL_DATA: _("Lo que escribe será público y parece tener un dato personal (%(found)s). Quítelo."),
    AttestationProblem.NOT_YOUR_WORKSHOP: _("Puede atestiguar solo por los talleres que usted facilitó. Elija uno de la lista."),
    IrmProblem.REPORT_MISSING: _("Ponga la dirección del informe publicado en opengovpartnership.org; empieza con https://."),
    IrmProblem.DAY_IN_FUTURE: _("Esa fecha todavía no llega."),
    ProfileProblem.NOTHING_APPLIES: _("Elija al menos un grupo de requisitos."),
    ProfileProblem.LAW_IS_NOT_VOLUNTARY: _("La ley se exige o no aplica: no es por decisión propia."),
}
