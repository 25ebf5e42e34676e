"""Writing a project up, merging it, splitting it, saying what it came from."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.contributions.rules.whereabouts import point_of
from app.core.fields import REQUIRED, Form, line, text
from app.core.text import clean_line
from app.plans.forms import MoneyField
from app.projects.messages import PROBLEMS
from app.projects.rules.writing import ProjectDraft, ProjectProblem

_CODES = re.compile(r"[\w.-]+")


def soles(label: Any, *, required: bool = False) -> MoneyField:
    """An amount in soles as people write it; `.centimos()` is the number."""
    presence = InputRequired(REQUIRED) if required else Optional()
    return MoneyField(label, validators=[presence, Length(max=30), _is_amount], filters=[clean_line])


def _is_amount(form: Any, field: Any) -> None:
    if field.data and field.centimos() is None:
        raise ValidationError(_l("Escriba un monto en soles, por ejemplo 125 000.50."))


def number_of(field: StringField) -> int:
    """A hidden whole number, 0 when somebody changed it."""
    data = field.data or ""
    return int(data) if data.isascii() and data.isdigit() and len(data) < 9 else 0


def codes_in(typed: str | None) -> list[str]:
    """The codes of a line like "PP27-W01-001, PP27-E-002"."""
    return _CODES.findall(typed or "")[:200]


class ProjectForm(Form):
    """What a project says; `codes` only when it is written for the first time."""

    messages = PROBLEMS
    title = line(_l("Título"), 160)
    problem = text(_l("Qué problema resuelve"), 4_000)
    result = line(_l("A qué resultado del plan concertado sirve"), 300, required=False)
    description = text(_l("Qué se hará"), 12_000, required=False)
    theme = SelectField(_l("Tema"), validators=[Optional()], validate_choice=False)
    ubigeo = SelectField(_l("Territorio"), validators=[Optional()], validate_choice=False)
    site = line(_l("Lugar exacto"), 200, required=False)
    coordinates = line(_l("Coordenadas"), 60, required=False)
    cost = soles(_l("Costo en soles"))
    cost_basis = text(_l("Cómo se calculó el costo"), 2_000, required=False)
    yearly_cost = soles(_l("Mantenimiento al año, en soles"))
    beneficiaries = line(_l("A quiénes beneficia"), 200, required=False)
    codes = line(_l("Códigos de los aportes de origen"), 2_000, required=False)
    reason = text(_l("Razón del cambio"), 1_000, required=False)
    revision = HiddenField()

    def offer(self, themes: Iterable[Any], territories: Iterable[Any]) -> "ProjectForm":
        self.theme.choices = [SelectChoice("", _l("Sin tema")), *(SelectChoice(t.slug, t.name) for t in themes)]
        self.ubigeo.choices = [SelectChoice("", _l("Todo el territorio")), *(SelectChoice(t.ubigeo, t.name) for t in territories)]
        return self

    def validate_coordinates(self, field: StringField) -> None:
        if field.data and point_of(field.data, None) is None:
            raise ValidationError(str(PROBLEMS[ProjectProblem.BAD_POINT]))

    def draft(self) -> ProjectDraft:
        point = point_of(self.coordinates.data or "", None)
        said = {name: self[name].data or "" for name in _TEXTS}
        return ProjectDraft(
            **said, latitude=point.latitude if point else None, longitude=point.longitude if point else None,
            cost_cents=self.cost.centimos(), yearly_cost_cents=self.yearly_cost.centimos() or 0,
        )  # fmt: skip

    def show_draft(self, draft: ProjectDraft, revision: int) -> "ProjectForm":
        for name in _TEXTS:
            self[name].data = getattr(draft, name)
        self.coordinates.data = f"{draft.latitude:.5g}, {draft.longitude:.5g}" if draft.latitude and draft.longitude else ""
        self.cost.data = _written(draft.cost_cents)
        self.yearly_cost.data = _written(draft.yearly_cost_cents or None)
        self.revision.data = str(revision)
        return self


_TEXTS = ("title", "problem", "result", "description", "theme", "ubigeo", "site", "cost_basis", "beneficiaries")


def _written(cents: int | None) -> str:
    return "" if cents is None else f"{cents / 100:.2f}"


class SplitForm(ProjectForm):
    """The new project, and what is left in the one it comes from."""

    remaining_cost = soles(_l("Costo de lo que queda, en soles"), required=True)
    remaining_basis = text(_l("Cómo se calculó lo que queda"), 2_000)
    reason = text(_l("Por qué se divide"), 1_000)


class MergeForm(Form):
    messages = PROBLEMS
    into = SelectField(_l("Proyecto que continúa"), validate_choice=False)
    reason = text(_l("Por qué se unen"), 4_000)

    def offer(self, projects: Sequence[Any]) -> "MergeForm":
        self.into.choices = [SelectChoice(p.code, f"{p.number}. {p.title}") for p in projects]
        return self


class OriginsForm(Form):
    messages = PROBLEMS
    codes = line(_l("Códigos de los aportes"), 2_000)


class UnlinkForm(Form):
    messages = PROBLEMS
    code = SelectField(_l("Aporte que se quita"), validate_choice=False)
    reason = text(_l("Por qué no viene de ese aporte"), 1_000)
