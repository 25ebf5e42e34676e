"""Forms of spaces."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from wtforms import EmailField, SelectChoice, SelectField
from wtforms.validators import AnyOf, Email, InputRequired, Length, Optional

from app.core.fields import REQUIRED, Form, line, no_nul
from app.core.text import clean_line
from app.organisations.messages import SECTORS
from app.spaces.messages import PROBLEMS, ROLES
from app.spaces.rules import Role


class AppointForm(Form):
    """Appointing somebody; `with_choices` fills the lists."""

    messages = PROBLEMS
    name = line(_("Nombre y apellidos"))
    email = EmailField(
        _("Correo electrónico"),
        validators=[InputRequired(REQUIRED), Length(max=254), Email(_("Escriba un correo como nombre@ejemplo.pe.")), no_nul],
        filters=[clean_line],
    )
    role = SelectField(
        _("Rol"), [InputRequired(REQUIRED), AnyOf([role.value for role in Role], _("Elija un rol de la lista."))], validate_choice=False
    )
    organisation = SelectField(_("Entidad por la que responde"), validators=[Optional()])
    appointed_by = line(_("Documento que lo nombra"), 200)

    def with_choices(self, organisations: list[tuple[str, str]], roles: Collection[Role]) -> "AppointForm":
        """Only the roles that who fills it in may give; another one that is posted anyway is refused by the rule, in its words."""
        self.role.choices = [SelectChoice(role.value, label) for role, label in ROLES.items() if role in roles]
        self.organisation.choices = [SelectChoice("", _("Ninguna")), *(SelectChoice(slug, name) for slug, name in organisations)]
        return self


class OrganisationForm(Form):
    messages = PROBLEMS
    name = line(_("Nombre de la organización"))
    sector = SelectField(_("Sector"), choices=[SelectChoice(sector.value, label) for sector, label in SECTORS.items()])
    parent = line(_("Es un área de"), required=False)
