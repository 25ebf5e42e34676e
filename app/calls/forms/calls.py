"""Writing a call, its jury, and its results."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, IntegerField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional

from app.calls.messages import KINDS, OUTCOMES, PROBLEMS, SECTORS, SELECTIONS
from app.calls.rules.applying import Outcome
from app.calls.rules.course import CallDraft, CallKind, CriterionDraft, SeatOffer, Selection
from app.core.fields import REQUIRED, Form, day, line, text
from app.core.text import clean
from app.organisations.rules import Sector

CRITERIA = range(1, 7)
_NUMBER = re.compile(r"\d{1,3}")


class _CallForm(Form):
    """A call; the seats of each sector and up to six criteria are added below."""

    messages = PROBLEMS
    kind = SelectField(_l("Para qué es"), choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()])
    title = line(_l("Título"), 160)
    summary = line(_l("En una frase"), 300, required=False)
    requirements = text(_l("Qué se pide para postular"), 8_000)
    text = text(_l("Bases"), 20_000, required=False)
    selection = SelectField(_l("Cómo se decide"), choices=[SelectChoice(s.value, label) for s, label in SELECTIONS.items()])
    opens_on = day(_l("Abre el"))
    closes_on = day(_l("Cierra el"))
    results_on = day(_l("Resultados el"))
    claims_until = day(_l("Reclamos hasta el"))
    norm = line(_l("Norma o acuerdo que la respalda"), required=False)
    contact = line(_l("Contacto"), required=False)
    term_starts_on = day(_l("El periodo empieza el"), required=False)
    term_ends_on = day(_l("El periodo termina el"), required=False)

    @property
    def seats(self) -> Any:
        """Where the rule puts what is wrong with the seats, and the fields one types them in."""
        return [self[f"seats-{sector.value}"] for sector in Sector]

    @property
    def criteria(self) -> list[tuple[Any, Any, Any]]:
        return [(self[f"criterion-{n}-name"], self[f"criterion-{n}-weight"], self[f"criterion-{n}-how"]) for n in CRITERIA]

    def draft(self) -> CallDraft:
        days: dict[str, Any] = {
            name: self[name].data for name in ("opens_on", "closes_on", "results_on", "claims_until", "term_starts_on", "term_ends_on")
        }
        offers = [(sector, tuple(int(n) for n in _NUMBER.findall(self[f"seats-{sector.value}"].data or ""))) for sector in Sector]
        return CallDraft(
            kind=CallKind(self.kind.data), title=self.title.data or "", summary=self.summary.data or "", text=self.text.data or "",
            requirements=self.requirements.data or "", selection=Selection(self.selection.data), norm=self.norm.data or "",
            contact=self.contact.data or "", seats=tuple(SeatOffer(sector, numbers) for sector, numbers in offers if numbers),
            criteria=tuple(
                CriterionDraft(name.data, weight.data or 0, how.data or "") for name, weight, how in self.criteria if name.data
            ), **days,
        )  # fmt: skip

    def show_draft(self, draft: CallDraft) -> None:
        for name in (
            "title", "summary", "text", "requirements", "opens_on", "closes_on", "results_on", "claims_until", "norm", "contact",
            "term_starts_on", "term_ends_on",
        ):  # fmt: skip
            self[name].data = getattr(draft, name)
        self.kind.data, self.selection.data = draft.kind.value, draft.selection.value
        for offer in draft.seats:
            self[f"seats-{offer.sector.value}"].data = ", ".join(str(number) for number in offer.numbers)
        for fields, criterion in zip(self.criteria, draft.criteria, strict=False):
            for field, value in zip(fields, (criterion.name, criterion.weight, criterion.how_to_check), strict=True):
                field.data = value


def _fields() -> dict[str, Any]:
    made: dict[str, Any] = {f"seats-{sector.value}": line(SECTORS[sector], 60, required=False) for sector in Sector}
    for n in CRITERIA:
        made[f"criterion-{n}-name"] = line(_l("Criterio %(n)s", n=n), 120, required=False)
        made[f"criterion-{n}-weight"] = IntegerField(_l("Peso del criterio %(n)s", n=n), validators=[Optional(), NumberRange(1, 100)])
        made[f"criterion-{n}-how"] = line(_l("Cómo comprobar el criterio %(n)s", n=n), 300, required=False)
    return made


CallForm = type("CallForm", (_CallForm,), _fields())


class CancelForm(Form):
    messages = PROBLEMS
    reason = line(_l("Por qué se cancela"), 500)


class JurorForm(Form):
    """Somebody with an account joins the jury."""

    messages = PROBLEMS
    email = EmailField(
        _l("Correo de su cuenta"), validators=[InputRequired(REQUIRED), Email(_l("Escriba un correo como nombre@ejemplo.pe."))]
    )
    office = line(_l("Cargo con que integra el jurado"), 160)
    sector = SelectField(_l("Sector"), choices=[SelectChoice(sector.value, label) for sector, label in SECTORS.items()])


class DeclareForm(Form):
    """Numbers of the applications with which there is a conflict."""

    messages = PROBLEMS
    conflicts = line(_l("Postulaciones con las que tengo un conflicto"), 200, required=False)
    note = text(_l("Cuál es el conflicto"), 1_000, required=False)

    def numbers(self) -> list[int]:
        return [int(number) for number in _NUMBER.findall(self.conflicts.data or "")]


class ScoreForm(Form):
    """A value for each criterion. Criteria are added by `score_form`."""

    messages = PROBLEMS
    criterion_ids: tuple[int, ...] = ()

    @property
    def cells(self) -> list[Any]:
        return [self[f"value-{key}"] for key in self.criterion_ids]

    def values(self) -> dict[int, int]:
        return {key: self[f"value-{key}"].data for key in self.criterion_ids if self[f"value-{key}"].data is not None}


def score_form(criteria: Sequence[tuple[int, str, int]], **settings: Any) -> ScoreForm:
    """The form for these criteria: (id, name, top of the scale) each."""
    fields = {
        f"value-{key}": IntegerField(
            _l("%(name)s, de 0 a %(top)s", name=name, top=top),
            validators=[InputRequired(REQUIRED), NumberRange(0, top, _l("Use un número de 0 a %(top)s.", top=top))],
        )
        for key, name, top in criteria
    }
    made: ScoreForm = type("CriteriaForm", (ScoreForm,), {**fields, "criterion_ids": tuple(c[0] for c in criteria)})(**settings)
    return made


class LotForm(Form):
    messages = PROBLEMS
    seed = line(_l("Semilla"), 120)
    source = text(_l("De dónde sale y quién lo vio"), 1_000)


class _ResultsForm(Form):
    """Outcome and reason of each application."""

    messages = PROBLEMS
    application_ids: tuple[int, ...] = ()

    def pair(self, application_id: int) -> tuple[Any, Any]:
        return self[f"outcome-{application_id}"], self[f"reason-{application_id}"]

    def results(self) -> dict[int, tuple[Outcome, str]]:
        pairs = {key: self.pair(key) for key in self.application_ids}
        return {key: (Outcome(outcome.data), reason.data or "") for key, (outcome, reason) in pairs.items()}


def results_form(applications: Sequence[tuple[int, str]], proposed: Mapping[int, Outcome], **settings: Any) -> _ResultsForm:
    """The form for these applications, (id, name) each; `proposed` is what follows from the order."""
    fields: dict[str, Any] = {}
    for key, name in applications:
        fields[f"outcome-{key}"] = SelectField(
            _l("Resultado de %(name)s", name=name), choices=[SelectChoice(o.value, label) for o, label in OUTCOMES.items()],
            default=str(proposed.get(key, Outcome.NOT_SELECTED)),
        )  # fmt: skip
        fields[f"reason-{key}"] = TextAreaField(_l("Razón para %(name)s", name=name), validators=[Length(max=2_000)], filters=[clean])
    made: _ResultsForm = type("ApplicationsForm", (_ResultsForm,), {**fields, "application_ids": tuple(a[0] for a in applications)})(
        **settings
    )
    return made
