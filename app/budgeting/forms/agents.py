"""Registering as an agent, deciding about one, appealing."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.budgeting import messages
from app.budgeting.forms.fields import BudgetForm, uploaded
from app.budgeting.rules.registering import AgentDraft, RefusalReason, Sex
from app.budgeting.rules.states import AgentKind
from app.core.fields import REQUIRED, line, text
from app.evidence.rules import FileUpload
from app.organisations import messages as organisations
from app.organisations.rules import Sector


class AgentForm(BudgetForm):
    """A registration, by the person or at the window."""

    name = line(_l("Nombre y apellidos"), 160)
    organisation = line(_l("Organización o institución a la que representa"), 200)
    kind = SelectField(_l("En qué calidad participa"))
    sector = SelectField(_l("Sector"), choices=[SelectChoice(sector.value, label) for sector, label in organisations.SECTORS.items()])
    office = line(_l("Cargo en la organización"), 120, required=False)
    territory = SelectField(_l("Distrito"), validate_choice=False)
    alternate = line(_l("Alterno, si lo hay"), 160, required=False)
    email = line(_l("Correo"), 254, required=False)
    phone = line(_l("Teléfono"), 30, required=False)
    sex = SelectField(_l("Sexo"), choices=[SelectChoice(sex.value, label) for sex, label in messages.SEXES.items()])
    file = FileField(_l("Acta o documento en que su organización lo nombra"))
    consent = BooleanField(_l("Sé que mi nombre, mi organización, mi distrito y mi calidad de agente serán públicos."))

    def limit(self, territories: Sequence[tuple[str, str]], *, by_staff: bool) -> "AgentForm":
        """The districts of the municipality; the technical team has a form of its own."""
        kinds = [kind for kind in AgentKind if kind is not AgentKind.TECHNICAL_TEAM]
        kinds.sort(key=lambda kind: kind is not AgentKind.CIVIL_SOCIETY)
        self.kind.choices = [SelectChoice(kind.value, messages.KINDS[kind]) for kind in kinds]
        self.territory.choices = [SelectChoice("", _l("Elija")), *(SelectChoice(ubigeo, name) for ubigeo, name in territories)]
        self.territory.flags.required = True
        self.known = {ubigeo for ubigeo, _name in territories}
        if by_staff:
            self.consent.label.text = _l("La persona sabe que su nombre, organización, distrito y calidad serán públicos.")
        return self

    def draft(self) -> AgentDraft:
        chosen = self.territory.data if self.territory.data in self.known else ""
        return AgentDraft(
            self.name.data or "", AgentKind(self.kind.data), Sector(self.sector.data), self.organisation.data or "", self.office.data or "",
            chosen, self.email.data or "", self.phone.data or "", Sex(self.sex.data), self.alternate.data or "", bool(self.consent.data),
        )  # fmt: skip

    def upload(self) -> FileUpload | None:
        return uploaded(self.file)


class TeamForm(BudgetForm):
    """A member of the technical team: with voice, without vote."""

    name = line(_l("Nombre y apellidos"), 160)
    organisation = line(_l("Área o institución"), 200)
    office = line(_l("Cargo"), 120)
    sector = SelectField(_l("Sector"), choices=[SelectChoice(sector.value, label) for sector, label in organisations.SECTORS.items()])
    email = line(_l("Correo"), 254, required=False)
    sex = SelectField(_l("Sexo"), choices=[SelectChoice(sex.value, label) for sex, label in messages.SEXES.items()])

    def draft(self) -> AgentDraft:
        return AgentDraft(
            self.name.data or "", AgentKind.TECHNICAL_TEAM, Sector(self.sector.data), self.organisation.data or "", self.office.data or "",
            email=self.email.data or "", sex=Sex(self.sex.data),
        )  # fmt: skip


class RulingForm(BudgetForm):
    """Accredit, or refuse with a reason of the list."""

    verdict = RadioField(
        _l("Qué se decide"), choices=[SelectChoice("yes", _l("Acreditar")), SelectChoice("no", _l("No acreditar"))],
        validators=[InputRequired(REQUIRED)],
    )  # fmt: skip
    reason_code = SelectField(
        _l("Motivo, si no se acredita"),
        choices=[SelectChoice("", _l("Elija")), *(SelectChoice(reason.value, label) for reason, label in messages.REFUSALS.items())],
    )
    text = text(_l("Explicación para la persona"), 2_000, required=False)

    @property
    def accredits(self) -> bool:
        return bool(self.verdict.data == "yes")

    @property
    def refusal(self) -> RefusalReason | None:
        return RefusalReason(self.reason_code.data) if self.reason_code.data else None


class AppealForm(BudgetForm):
    text = text(_l("Por qué no está de acuerdo"), 4_000)


class AppealAnswerForm(BudgetForm):
    verdict = RadioField(
        _l("La apelación"),
        choices=[SelectChoice("yes", _l("Procede: se acredita")), SelectChoice("no", _l("No procede"))],
        validators=[InputRequired(REQUIRED)],
    )
    text = text(_l("Razones de la decisión"), 4_000)


class WithdrawForm(BudgetForm):
    reason = line(_l("Motivo"), 500, required=False)


class ReplaceForm(BudgetForm):
    name = line(_l("Nombre y apellidos del alterno"), 160)
    email = line(_l("Correo del alterno"), 254, required=False)
    reason = line(_l("Motivo del reemplazo"), 500)


class FileForm(BudgetForm):
    """A list of agents: the file the first time, what was read of it when it is confirmed."""

    file = FileField(_l("Lista en CSV"))
    content = text(_l("Lo que se leyó"), 400_000, required=False)
    consent = BooleanField(_l("Estas personas saben que su nombre, organización, distrito y calidad serán públicos."))
