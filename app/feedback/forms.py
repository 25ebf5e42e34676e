"""Forms of the workbench: shape only; what an answer must say is judged by rules.checks."""

from enum import StrEnum
from typing import TypeVar

from flask import request
from flask_babel import lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.core.errors import Problem
from app.core.fields import REQUIRED, Form, day, line
from app.core.fields import text as paragraph
from app.feedback.messages import ALL, OUTCOMES, REASONS
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import Outcome, Reason
from app.plans.messages import PROBLEMS as PLAN_PROBLEMS
from app.processes.messages import filled
from app.processes.rules.transitions import StateProblem

Choice = TypeVar("Choice", bound=StrEnum)
_FALLBACKS = [o for o in Outcome if o.is_final and o not in (Outcome.MERGED, Outcome.WITHDRAWN)]


def _choice(label: object) -> SelectField:
    return SelectField(label, validators=[Optional()], validate_choice=False)


class DecisionForm(Form):
    """An answer being written. `offer` fills the lists of the process before it is shown."""

    messages = ALL
    revision = IntegerField(default=0)
    outcome = RadioField(
        lazy_gettext("Qué se decide"), choices=[SelectChoice(str(o), label) for o, label in OUTCOMES.items()],
        validators=[Optional()], validate_choice=False,
    )  # fmt: skip
    reason_code = _choice(lazy_gettext("Motivo"))
    criterion = _choice(lazy_gettext("Criterio aplicado"))
    text = paragraph(lazy_gettext("Por qué, dirigido a quien lo propuso"), 8_000, required=False)
    what_changed = paragraph(lazy_gettext("Qué cambia gracias a este aporte"), 2_000, required=False)
    adopted_part = paragraph(lazy_gettext("Qué parte se acoge"), 2_000, required=False)
    rejected_part = paragraph(lazy_gettext("Qué parte no se acoge"), 2_000, required=False)
    change_needed = paragraph(lazy_gettext("Qué tendría que cambiar para acogerlo"), 2_000, required=False)
    reference = line(lazy_gettext("Norma, documento o dirección de respaldo"), 500, required=False)
    commitment = _choice(lazy_gettext("Compromiso del plan"))
    milestone = _choice(lazy_gettext("Hito"))
    target_cycle = line(lazy_gettext("Para qué plan o año"), required=False)
    carry_over_owner = line(lazy_gettext("Quién se encarga de llevarlo"), required=False)
    referred_to = line(lazy_gettext("Entidad a la que se derivó"), required=False)
    referred_document = line(lazy_gettext("Documento o expediente"), required=False)
    referred_on = day(lazy_gettext("Día en que se envió"), required=False)
    where_to_go = paragraph(lazy_gettext("A dónde puede acudir"), 2_000, required=False)
    merged_into = line(lazy_gettext("Código del aporte con que se unifica"), 40, required=False)
    question = paragraph(lazy_gettext("Pregunta a quien lo propuso"), 2_000, required=False)
    clarify_by = day(lazy_gettext("Hasta qué día puede contestar"), required=False)
    fallback = _choice(lazy_gettext("Qué se decidirá si no contesta"))
    request_record = line(lazy_gettext("Dónde consta el pedido de retiro"), 500, required=False)
    organisation = _choice(lazy_gettext("Entidad que responde"))
    correction_reason = paragraph(lazy_gettext("Por qué se corrige lo publicado"), 2_000, required=False)

    def offer(
        self, *, criteria: list[tuple[str, int]], commitments: list[tuple[int, str]], milestones: list[tuple[str, str]],
        organisations: list[tuple[str, str]],
    ) -> "DecisionForm":  # fmt: skip
        """Fill the lists; a value that is in none of them (an old criterion) stays choosable."""
        self.reason_code.choices = _list([(str(r), f"{r} {REASONS[r]}") for r in Reason])
        self.fallback.choices = _list([(str(o), str(OUTCOMES[o])) for o in _FALLBACKS])
        self.criterion.choices = _list([(name, f"{name} ({weight} %)") for name, weight in criteria], self.criterion.data)
        self.commitment.choices = _list([(str(number), f"{number}. {title}") for number, title in commitments])
        self.milestone.choices = _list([(number, f"{number} {title}") for number, title in milestones])
        self.organisation.choices = _list(organisations, self.organisation.data)
        return self

    def draft(self) -> DecisionDraft:
        """The rule's value; what a select could not have sent is read as nothing."""
        names = {name: getattr(self, name).data or "" for name in (
            "text", "what_changed", "adopted_part", "rejected_part", "change_needed", "reference", "criterion", "target_cycle",
            "carry_over_owner", "referred_to", "referred_document", "where_to_go", "question", "request_record", "merged_into", "milestone",
            "organisation", "correction_reason",
        )}  # fmt: skip
        number = self.commitment.data or ""
        return DecisionDraft(
            outcome=_member(Outcome, self.outcome.data), reason_code=_member(Reason, self.reason_code.data),
            fallback=_member(Outcome, self.fallback.data), referred_on=self.referred_on.data, clarify_by=self.clarify_by.data,
            commitment=int(number) if number.isascii() and number.isdigit() and len(number) < 5 else None, **names,
        )  # fmt: skip

    @classmethod
    def of(cls, draft: DecisionDraft, revision: int) -> "DecisionForm":
        """The form showing a draft."""
        values = {name: getattr(draft, name) for name in draft.__dataclass_fields__}
        values |= {
            "commitment": str(draft.commitment or ""),
            "outcome": str(draft.outcome or ""),
            "reason_code": str(draft.reason_code or ""),
        }
        return cls(formdata=None, data={**values, "fallback": str(draft.fallback or ""), "revision": revision})


def _list(choices: list[tuple[str, str]], standing: str | None = "") -> list[SelectChoice]:
    offered = [("", lazy_gettext("Elija…")), *choices]
    if standing and standing not in {value for value, _ in choices}:
        offered.append((standing, standing))
    return [SelectChoice(value, label) for value, label in offered]


def _member(kind: type[Choice], value: str | None) -> Choice | None:
    return kind(value) if value in {str(m) for m in kind} else None


class NoteForm(Form):
    """A note of the team, or the reason for sending an answer back."""

    messages = ALL
    note = paragraph(lazy_gettext("Nota"), 4_000)


class ChosenForm(Form):
    """Answers ticked in a list: `chosen` holds "id:sha256" or "id:revision" as the list showed it."""

    messages = ALL

    def chosen(self) -> list[tuple[int, str]]:
        found = []
        for item in request.form.getlist("chosen"):
            id_, _, sha256 = item.partition(":")
            if id_.isascii() and id_.isdigit() and len(id_) < 12:
                found.append((int(id_), sha256))
        return list(dict.fromkeys(found))

    def revisions(self) -> list[tuple[int, int]]:
        """The chosen answers with the revision the list showed; 0 for what is not a number."""
        return [(id_, int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0) for id_, seen in self.chosen()]


class ImportForm(Form):
    file = FileField(lazy_gettext("Archivo CSV o XLSX"), validators=[FileRequired(REQUIRED)])
    map = FileField(lazy_gettext("Mapa de columnas (TOML)"))


class ApprovalForm(Form):
    """A signature under the plan; the reason is only for approving with contributions that still wait."""

    messages = {**PLAN_PROBLEMS, **ALL}

    def sentence(self, problem: Problem) -> str:
        return filled(problem) if isinstance(problem.code, StateProblem) else super().sentence(problem)

    revision = HiddenField()
    seat = HiddenField()
    override_reason = paragraph(lazy_gettext("Razón pública para aprobar sin esas respuestas"), 4_000, required=False)
