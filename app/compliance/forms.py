"""What people write about requirements: shape only; what it means is judged by rules."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.fields import URLField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.compliance.messages import APPLICATIONS, IRM_CHOICES, METHODS, PROBLEMS, SETS
from app.compliance.rules.attestations import AttestationDraft, Method
from app.compliance.rules.irm import IrmVerdict
from app.compliance.rules.profiles import Application, Profile, RequirementSet
from app.compliance.rules.statements import Statement
from app.core.fields import Form, day, line, text
from app.evidence.rules import FileUpload


class AttestationForm(Form):
    """A statement to sign. `about` is offered only where the statement is about one thing of several."""

    messages = PROBLEMS
    text = text(_l("Qué le consta"), 4_000)
    method = SelectField(_l("Cómo lo sabe"), choices=[SelectChoice(m.value, name) for m, name in METHODS.items()])
    post = line(_l("Su cargo"), 160)
    about = SelectField(_l("De qué se trata"), validators=[Optional()])
    happened_on = day(_l("Día en que se presentó"), required=False)
    file = FileField(_l("Documento"))

    def with_abouts(self, abouts: Sequence[tuple[str, str]], *, is_required: bool) -> "AttestationForm":
        """`abouts`: (value, name) of what it may be about; an empty choice comes first unless one must be chosen."""
        free = [] if is_required else [SelectChoice("", _l("De todo el proceso"))]
        self.about.choices = [*free, *(SelectChoice(value, name) for value, name in abouts)]
        return self

    def draft(self, statement: Statement) -> AttestationDraft:
        return AttestationDraft(
            statement, self.text.data or "", self.post.data or "", Method(self.method.data), self.about.data or "",
            self["happened_on"].data,
        )  # fmt: skip

    @property
    def upload(self) -> FileUpload | None:
        return FileUpload(self.file.data.filename, self.file.data.read()) if self.file.data and self.file.data.filename else None


class ActForm(Form):
    """A co-signature, a contradiction or a withdrawal."""

    messages = PROBLEMS
    text = text(_l("Por qué"), 4_000, required=False)
    post = line(_l("Su cargo"), 160)


class IrmForm(Form):
    """What a published report of the IRM says."""

    messages = PROBLEMS
    verdict = SelectField(_l("Qué concluyó el IRM"), choices=[SelectChoice(v.value, name) for v, name in IRM_CHOICES.items()])
    report_url = URLField(_l("Dirección del informe"), validators=[Optional()])
    published_on = day(_l("Publicado el"))

    @property
    def chosen(self) -> IrmVerdict:
        return IrmVerdict(self.verdict.data)


def _application(of: RequirementSet, choices: Sequence[Application]) -> SelectField:
    return SelectField(SETS[of], choices=[SelectChoice(a.value, APPLICATIONS[a]) for a in choices])


class ProfileForm(Form):
    """Which sets of requirements apply to the space."""

    messages = PROBLEMS
    ogp = _application(RequirementSet.OGP, tuple(Application))
    ogp_local = _application(RequirementSet.OGP_LOCAL, tuple(Application))
    municipal = _application(RequirementSet.MUNICIPAL, (Application.REQUIRED, Application.NONE))

    @property
    def fields_by_set(self) -> dict[RequirementSet, Any]:
        return {RequirementSet.OGP: self.ogp, RequirementSet.OGP_LOCAL: self.ogp_local, RequirementSet.MUNICIPAL: self.municipal}

    def show_profile(self, profile: Profile) -> "ProfileForm":
        for of, field in self.fields_by_set.items():
            field.data = str(profile.get(of, Application.NONE))
        return self

    def chosen(self) -> dict[RequirementSet, Application]:
        return {of: Application(field.data) for of, field in self.fields_by_set.items()}
