"""Sentences about organisations."""

from flask_babel import lazy_gettext as _

from app.organisations.rules import LegalStatus, OrganisationProblem, OrganisationScope, Sector, Standing, Verdict

PROBLEMS = {
    OrganisationProblem.NAME_MISSING: _("Escriba el nombre de la organización."),
    OrganisationProblem.NAME_TAKEN: _("Ya existe una organización con ese nombre. Elíjala de la lista."),
    OrganisationProblem.SECTOR_MISSING: _("Elija el sector de la organización."),
    OrganisationProblem.RUC_MALFORMED: _("Ese RUC no existe: revise sus 11 números. Si no lo tiene a mano, déjelo vacío."),
    OrganisationProblem.RUC_OF_PERSON: _(
        "El RUC de una organización empieza con 20. El de una persona contiene su DNI: no lo escriba aquí y deje el espacio vacío."
    ),
    OrganisationProblem.RUC_TAKEN: _(
        "Ya hay una organización registrada con ese RUC. Búsquela en la lista y pida a quien actúa por ella que le invite."
    ),
    OrganisationProblem.CONTACT_MISSING: _("Deje un correo o un teléfono de la organización."),
    OrganisationProblem.CONTACT_MALFORMED: _("Escriba un correo como nombre@ejemplo.pe."),
    OrganisationProblem.TOPICS_TOO_MANY: _("Escriba hasta %(most)s temas separados por comas, de no más de %(longest)s letras cada uno."),
    OrganisationProblem.TERRITORIES_TOO_MANY: _("Elija hasta %(most)s lugares. Si son más, elija la provincia o la región."),
    OrganisationProblem.TERRITORY_UNKNOWN: _("No encontramos «%(name)s». Escriba el distrito, la provincia o la región, uno por línea."),
    OrganisationProblem.SPACE_MISSING: _("Elija quién la verifica."),
    OrganisationProblem.RESEMBLES: _("Hay organizaciones parecidas. Mire si es una de ellas; si no, marque la casilla y envíe otra vez."),
    OrganisationProblem.REGISTERED_MANY: _(
        "Ya registró %(most)s organizaciones que esperan verificación. Espere a que las revisen antes de registrar otra."
    ),
    OrganisationProblem.REASON_SHORT: _("Explique la razón con %(shortest)s letras o más: la organización la recibe por carta."),
    OrganisationProblem.NOT_PENDING: _("Esta organización ya no espera verificación. Mire en qué quedó."),
    OrganisationProblem.NOT_VERIFIED: _("Esta organización no está verificada."),
    OrganisationProblem.OWN: _("Usted actúa por esta organización: la verifica otra persona del equipo."),
    OrganisationProblem.SAME_NAME: _("Ese ya es su nombre. Escriba el nuevo."),
    OrganisationProblem.MERGE_ITSELF: _("Elija otra organización: no puede unirse consigo misma."),
    OrganisationProblem.MERGED_ALREADY: _("Una de las dos ya se unió a otra. Elija la que sigue vigente."),
    OrganisationProblem.EMAIL_MALFORMED: _("Escriba un correo como nombre@ejemplo.pe."),
    OrganisationProblem.ACTS_ALREADY: _("Esa persona ya actúa por la organización."),
    OrganisationProblem.INVITED_ALREADY: _("Esa persona ya tiene una invitación que no ha respondido."),
    OrganisationProblem.INVITED_MANY: _("Hay %(most)s invitaciones sin responder. Retire alguna antes de enviar otra."),
    OrganisationProblem.INVITATION_OVER: _("Esa invitación ya se respondió, venció o no es para su correo. Pida otra."),
    OrganisationProblem.ACTS_NOT: _("Elija una organización verificada por la que usted actúa."),
}
SECTORS = {
    Sector.GOVERNMENT: _("Gobierno"),
    Sector.CIVIL_SOCIETY: _("Sociedad civil"),
    Sector.ACADEMIA: _("Academia"),
    Sector.PRIVATE: _("Sector privado"),
    Sector.MEDIA: _("Medios de comunicación"),
    Sector.COOPERATION: _("Cooperación internacional"),
    Sector.GRASSROOTS: _("Organización de base"),
    Sector.INDIGENOUS: _("Pueblo indígena u originario"),
    Sector.CITIZEN: _("Ciudadanía"),
}
STANDINGS = {
    Standing.LISTED: _("Sin verificar"),
    Standing.PENDING: _("Espera verificación"),
    Standing.VERIFIED: _("Verificada"),
    Standing.REFUSED: _("No verificada"),
    Standing.MERGED: _("Unida a otra"),
}
VERDICTS = {
    Verdict.VERIFIED: _("Se verificó"),
    Verdict.REFUSED: _("No se verificó"),
    Verdict.REVOKED: _("Se retiró la verificación"),
}
SCOPES = {
    OrganisationScope.LOCAL: _("Local: barrio, comunidad o distrito"),
    OrganisationScope.PROVINCIAL: _("Provincial"),
    OrganisationScope.REGIONAL: _("Regional"),
    OrganisationScope.NATIONAL: _("Nacional"),
    OrganisationScope.INTERNATIONAL: _("Internacional"),
}
LEGAL_STATUSES = {
    LegalStatus.REGISTERED: _("Inscrita en registros públicos"),
    LegalStatus.IN_PROCESS: _("Inscripción en trámite"),
    LegalStatus.UNREGISTERED: _("De hecho, sin inscribir"),
    LegalStatus.PUBLIC_BODY: _("Entidad pública"),
}
