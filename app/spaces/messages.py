"""Names of roles and kinds of space, and why an appointment was refused."""

from flask_babel import lazy_gettext as _

from app.spaces.rules import Role, SpaceKind, SpaceProblem

ROLES = {
    Role.FACILITATOR: _("Facilitación de talleres"),
    Role.FORUM_GOVERNMENT: _("Foro, sector gobierno"),
    Role.FORUM_CIVIL: _("Foro, sociedad civil"),
    Role.SECRETARIAT: _("Secretaría"),
    Role.ENTITY: _("Entidad que responde"),
    Role.MODERATOR: _("Moderación"),
    Role.MUNICIPAL: _("Equipo técnico municipal"),
    Role.VIGILANCE: _("Comité de vigilancia"),
    Role.ADMINISTRATOR: _("Administración de personas"),
    Role.REVIEWER: _("Revisión independiente, solo lectura"),
}
KINDS = {
    SpaceKind.NATIONAL_FORUM: _("Foro nacional"),
    SpaceKind.REGION: _("Gobierno regional"),
    SpaceKind.PROVINCE: _("Municipalidad provincial"),
    SpaceKind.DISTRICT: _("Municipalidad distrital"),
}
PROBLEMS = {
    SpaceProblem.SLUG_TAKEN: _("Ya existe un espacio con esa dirección. Elija otra."),
    SpaceProblem.ROLE_HELD: _("Esa persona ya tiene ese rol aquí."),
    SpaceProblem.NEEDS_ORGANISATION: _("Elija la entidad por la que responde esta persona."),
    SpaceProblem.ROLE_NOT_YOURS: _("Usted no nombra a personas con ese rol. Elija uno de la lista o pídalo a la administración."),
    SpaceProblem.FACTOR_OWN: _("El segundo paso propio lo quita otra persona que administre: pídaselo."),
    SpaceProblem.FACTOR_NONE: _("Esa persona no tiene un segundo paso que quitar."),
    SpaceProblem.FACTOR_ELSEWHERE: _("Esa persona tiene roles en otro espacio que usted no administra. Lo hace quien administre los dos."),
    SpaceProblem.DOCUMENT_MISSING: _("Escriba cómo comprobó quién lo pide: en persona, por videollamada, con qué documento."),
    SpaceProblem.LAST_ADMINISTRATOR: _("Es la única persona que administra este espacio. Nombre a otra antes de terminar su rol."),
}
