"""Forms of organisations: describing one, inviting who acts for it, deciding about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, SelectField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from app.contributions.forms import Needed
from app.core.fields import Form, line, no_nul, text
from app.core.text import clean_line
from app.directory import messages
from app.evidence.rules import FileUpload
from app.organisations.messages import LEGAL_STATUSES, SCOPES, SECTORS
from app.organisations.rules import (
    LONGEST_NAME,
    LONGEST_POST,
    LONGEST_SUMMARY,
    LegalStatus,
    OrganisationDraft,
    OrganisationScope,
    Sector,
)

LONGEST_LIST = 1_500


def _one_of(label: Any, kind: Any, names: Mapping[Any, Any], empty: Any, **more: Any) -> SelectField:
    choices = [SelectChoice("", empty), *(SelectChoice(member.value, name) for member, name in names.items())]
    coerce = lambda value: next((member for member in kind if member.value == value), None)  # noqa: E731 - a name would say less
    return SelectField(label, choices=choices, coerce=coerce, validate_choice=False, **more)


class DescribeForm(Form):
    """What an organisation says of itself."""

    messages = messages.PROBLEMS
    name = line(_("Nombre de la organización"), LONGEST_NAME)
    sector = _one_of(
        _("Sector"), Sector, {s: n for s, n in SECTORS.items() if s is not Sector.CITIZEN}, _("Elija uno"), validators=[Needed()]
    )
    ruc = line(_("RUC"), 20, required=False)
    legal_status = _one_of(_("Forma legal"), LegalStatus, LEGAL_STATUSES, _("No lo sé"))
    reach = _one_of(_("Alcance"), OrganisationScope, SCOPES, _("Sin indicar"))
    territories = text(_("Dónde trabaja"), LONGEST_LIST, required=False)
    topics = line(_("Temas"), 400, required=False)
    summary = text(_("A qué se dedica"), LONGEST_SUMMARY, required=False)
    email = EmailField(_("Correo de la organización"), filters=[clean_line], validators=[Length(max=254), no_nul])
    phone = TelField(_("Teléfono de la organización"), filters=[clean_line], validators=[Length(max=40), no_nul])
    publishes_contact = BooleanField(_("Acepto que este correo y este teléfono se publiquen en la página de la organización"))

    def draft(self, ubigeos: Sequence[str]) -> OrganisationDraft:
        return OrganisationDraft(
            name=self.name.data or "", sector=self.sector.data, ruc=self.ruc.data or "", reach=self.reach.data,
            legal_status=self.legal_status.data, summary=self.summary.data or "", topics=tuple((self.topics.data or "").split(",")),
            ubigeos=tuple(ubigeos), email=self.email.data or "", phone=self.phone.data or "",
            publishes_contact=bool(self.publishes_contact.data),
        )  # fmt: skip

    def show_what_is_kept(self, organisation: Any, places: str) -> None:
        for field, value in (
            (self.name, organisation.name), (self.sector, organisation.sector), (self.ruc, organisation.ruc or ""),
            (self.legal_status, organisation.legal_status), (self.reach, organisation.reach), (self.territories, places),
            (self.topics, ", ".join(organisation.topics)), (self.summary, organisation.summary),
            (self.email, organisation.contact_email), (self.phone, organisation.contact_phone),
            (self.publishes_contact, organisation.contact_published_at is not None),
        ):  # fmt: skip
            field.data = value

    def lock(self, organisation: Any) -> None:
        """What a verified organisation no longer changes by itself stands as it is kept, whatever was sent."""
        self.name.data, self.sector.data = organisation.name, organisation.sector
        self.ruc.data, self.legal_status.data = organisation.ruc or "", organisation.legal_status


class RegisterForm(DescribeForm):
    """Registering one: besides, the person's post, who is to verify it, and what proves it."""

    post = line(_("Su cargo o función en ella"), LONGEST_POST, required=False)
    space = SelectField(_("Quién la verifica"), choices=[], validate_choice=False, validators=[Needed()])
    proof = FileField(_("Documento que la acredita"))
    is_another = BooleanField(_("No es ninguna de estas: es otra organización"))

    def offer(self, spaces: Sequence[Any]) -> None:
        found = [SelectChoice(space.slug, space.name) for space in spaces]
        self.space.choices = found if len(found) == 1 else [SelectChoice("", _("Elija uno")), *found]


def sent_file(field: Any) -> FileUpload | None:
    """The file, if one was chosen."""
    sent = field.data
    return FileUpload(sent.filename or "", sent.read()) if sent and getattr(sent, "filename", "") else None


class ProofForm(Form):
    messages = messages.PROBLEMS
    proof = FileField(_("Documento que la acredita"))


class InviteForm(Form):
    messages = messages.PROBLEMS
    email = EmailField(_("Correo de la persona"), filters=[clean_line], validators=[Length(max=254), no_nul, Needed()])
    post = line(_("Su cargo o función"), LONGEST_POST, required=False)


class VerdictForm(Form):
    messages = messages.PROBLEMS
    reason = text(_("Razón"), 1_500, required=False)


class RenameForm(Form):
    messages = messages.PROBLEMS
    name = line(_("Nombre nuevo"), LONGEST_NAME, required=False, id="new-name")
    reason = line(_("Razón"), 300, required=False, id="name-reason")


class MergeForm(Form):
    messages = messages.PROBLEMS
    into = SelectField(_("La organización que queda"), choices=[], validate_choice=False)
    reason = line(_("Razón"), 300, required=False, id="merge-reason")

    def offer(self, organisations: Sequence[Any], but: int) -> None:
        self.into.choices = [SelectChoice("", _("Elija una")), *(SelectChoice(o.slug, o.name) for o in organisations if o.id != but)]
