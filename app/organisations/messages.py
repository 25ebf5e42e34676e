"""Sentences about organisations."""

from flask_babel import lazy_gettext as _

from app.organisations.rules import OrganisationProblem, Sector

PROBLEMS = {
    OrganisationProblem.NAME_MISSING: _("Escriba el nombre de la organización."),
    OrganisationProblem.NAME_TAKEN: _("Ya existe una organización con ese nombre. Elíjala de la lista."),
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
