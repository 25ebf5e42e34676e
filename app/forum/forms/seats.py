"""The forum itself, its seats and its rules of participation."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, NumberRange, Optional

from app.core.fields import REQUIRED, Form, day, line, text
from app.forum.forms.links import link
from app.forum.messages import FRACTIONS, RULES_PROBLEMS, SEAT_PROBLEMS, SECTORS, fraction_of
from app.forum.rules.participation import Quorum, RulesDraft
from app.forum.rules.seats import SeatDraft, Sitter
from app.forum.services import ForumDraft
from app.organisations.rules import Sector

MOST_SEATS = 200


def sectors() -> list[SelectChoice]:
    """Every sector that can hold a seat or be counted."""
    return [SelectChoice(sector.value, label) for sector, label in SECTORS.items()]


class ForumForm(Form):
    """What people read of the forum."""

    messages = SEAT_PROBLEMS
    name = line(_l("Cómo se llama"))
    summary = text(_l("Qué es y qué decide"), 2_000, required=False)
    note = text(_l("Nota sobre su composición"), 1_000, required=False)
    norm = line(_l("Norma que lo crea"), required=False)
    norm_url = link(_l("Enlace a la norma"))
    requires_induction = BooleanField(_l("Una entidad solo asume compromisos después de su inducción"))

    def draft(self) -> ForumDraft:
        return ForumDraft(
            self.name.data or "", self.summary.data or "", self.note.data or "", self.norm.data or "", self.norm_url.data or "",
            bool(self.requires_induction.data),
        )  # fmt: skip


class SeatForm(Form):
    """A term of a seat; `with_choices` fills the list of organisations."""

    messages = SEAT_PROBLEMS
    number = IntegerField(_l("Asiento número"), validators=[InputRequired(REQUIRED), NumberRange(1, MOST_SEATS)])
    sector = SelectField(_l("Sector"), choices=sectors())
    organisation = SelectField(_l("Organización o entidad"), validators=[Optional()])
    holder_name = line(_l("Titular"), 160)
    holder_email = line(_l("Correo del titular"), 254, required=False)
    alternate_name = line(_l("Alterno"), 160, required=False)
    alternate_email = line(_l("Correo del alterno"), 254, required=False)
    starts_on = day(_l("Desde"))
    ends_on = day(_l("Hasta"), required=False)
    appointed_by = line(_l("Documento que nombra"))
    document_url = link(_l("Enlace al documento"))
    opens_accounts = BooleanField(_l("Abrir una cuenta a quien tenga correo y todavía no tenga cuenta"))

    def validate_holder_email(self, field: Any) -> None:
        if field.data:
            Email(_l("Revise el correo: falta algo, por ejemplo la arroba."))(self, field)

    def validate_alternate_email(self, field: Any) -> None:
        self.validate_holder_email(field)

    def with_choices(self, organisations: list[tuple[str, str]]) -> "SeatForm":
        self.organisation.choices = [SelectChoice("", _l("Ninguna")), *(SelectChoice(slug, name) for slug, name in organisations)]
        return self

    def draft(self) -> SeatDraft:
        starts_on: Any = self.starts_on.data
        return SeatDraft(
            self.number.data or 0, Sector(self.sector.data), Sitter(self.holder_name.data or "", self.holder_email.data or ""),
            starts_on, self.ends_on.data, Sitter(self.alternate_name.data or "", self.alternate_email.data or ""),
            self.appointed_by.data or "", self.document_url.data or "",
        )  # fmt: skip


class EndTermForm(Form):
    messages = SEAT_PROBLEMS
    ends_on = day(_l("Último día"))
    reason = line(_l("Por qué termina"), 500)


class RulesForm(Form):
    """The rules of participation; `revision` is the one that was on the page."""

    messages = RULES_PROBLEMS
    revision = HiddenField(default="0")
    title = line(_l("Título"))
    norm = line(_l("Norma que las respalda"), required=False)
    norm_url = link(_l("Enlace a la norma"))
    fraction = SelectField(_l("Quórum"), choices=[SelectChoice(key, label) for key, label in FRACTIONS.items()])
    government_least = IntegerField(
        _l("Mínimo de asientos de gobierno"), default=1, validators=[InputRequired(REQUIRED), NumberRange(0, 100)]
    )
    non_government_least = IntegerField(
        _l("Mínimo de asientos de fuera del gobierno"), default=1, validators=[InputRequired(REQUIRED), NumberRange(0, 100)]
    )
    note = text(_l("Qué cambia y por qué"), 1_000, required=False)
    text = text(_l("Texto de las reglas"))

    @property
    def based_on(self) -> int:
        return int(self.revision.data) if (self.revision.data or "").isdecimal() and len(self.revision.data) < 9 else 0

    def draft(self) -> RulesDraft:
        fraction = self.fraction.data or ""
        numerator, _slash, denominator = fraction.rstrip("+").partition("/")
        quorum = Quorum(
            int(numerator), int(denominator), fraction.endswith("+"), self.government_least.data or 0, self.non_government_least.data or 0
        )
        return RulesDraft(
            self.title.data or "", self.text.data or "", self.norm.data or "", self.norm_url.data or "", quorum, self.note.data or ""
        )

    def show_version(self, version: Any, *, revision: int) -> None:
        """The text of a version in the fields."""
        for name in ("title", "text", "norm", "norm_url", "government_least", "non_government_least"):
            self[name].data = getattr(version, name)
        self.note.data = version.note if revision else ""
        self.fraction.data = fraction_of(version.quorum)
        self.revision.data = str(revision)


class ApprovalForm(Form):
    """The hash of the text that was on the page."""

    messages = RULES_PROBLEMS
    sha256 = HiddenField(validators=[InputRequired(REQUIRED)])
