"""Judging: the sheet of criteria, who does it, what is found, what is asked, what is appealed."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from app.core.fields import REQUIRED, Form, day, line, text
from app.core.text import slug
from app.projects.forms.answering import _AnswerFields
from app.projects.messages import CONCLUSIONS, FINDINGS, PROBLEMS, STEPS
from app.projects.rules.evaluating import Conclusion, EvaluationDraft, Finding, SheetCriterion, Step

ROWS = range(1, 16)


class AssignForm(Form):
    messages = PROBLEMS
    person = SelectField(_l("Quién lo evalúa"), validate_choice=False)
    due_on = day(_l("Para cuándo"), required=False)

    def offer(self, people: Iterable[Any]) -> "AssignForm":
        self.person.choices = [SelectChoice(str(p.id), p.name) for p in people]
        return self

    @property
    def person_id(self) -> int:
        data = self.person.data or ""
        return int(data) if data.isascii() and data.isdigit() and len(data) < 10 else 0


class DeclareForm(Form):
    messages = PROBLEMS
    has_conflict = RadioField(
        _l("¿Tiene usted, su familia o su organización un interés en este proyecto?"),
        choices=[SelectChoice("no", _l("No tengo ninguno")), SelectChoice("yes", _l("Sí: que lo evalúe otra persona"))],
        validators=[InputRequired(REQUIRED)],
    )
    conflict_note = text(_l("Cuál es"), 1_000, required=False)


class EvaluationForm(_AnswerFields):
    """A finding and a note for each criterion; fields are added by `evaluation_form`."""

    keys: tuple[str, ...] = ()
    conclusion = RadioField(
        _l("Conclusión"), choices=[SelectChoice(c.value, label) for c, label in CONCLUSIONS.items()], validators=[Optional()],
        validate_choice=False,
    )  # fmt: skip
    opinion = text(_l("Opinión técnica"), 6_000, required=False)
    revision = HiddenField()

    def rows(self) -> list[tuple[str, Any, Any]]:
        return [(key, self[f"finding_{key}"], self[f"note_{key}"]) for key in self.keys]

    def draft(self) -> EvaluationDraft:
        found = {key: (_member(Finding, finding.data), note.data or "") for key, finding, note in self.rows()}
        return EvaluationDraft(found, _member(Conclusion, self.conclusion.data), self.opinion.data or "", self.answer())

    def show_draft(self, draft: EvaluationDraft, revision: int) -> "EvaluationForm":
        self.show_answer(draft.answer)
        for key, finding, note in self.rows():
            chosen, note.data = draft.findings.get(key, (None, ""))
            finding.data = chosen.value if chosen else None
        self.conclusion.data = draft.conclusion.value if draft.conclusion else None
        self.opinion.data, self.revision.data = draft.opinion, str(revision)
        return self


def _member(kind: Any, data: str | None) -> Any:
    return next((member for member in kind if member.value == data), None)


def evaluation_form(criteria: Sequence[SheetCriterion], **kwargs: Any) -> EvaluationForm:
    """The form of one sheet."""
    made: dict[str, Any] = {"keys": tuple(c.key for c in criteria)}
    for criterion in criteria:
        made[f"finding_{criterion.key}"] = RadioField(
            criterion.name, choices=[SelectChoice(f.value, label) for f, label in FINDINGS.items()], validators=[Optional()],
            validate_choice=False,
        )  # fmt: skip
        made[f"note_{criterion.key}"] = text(_l("Nota sobre «%(name)s»", name=criterion.name), 2_000, required=False)
    form: EvaluationForm = type("EvaluationForm", (EvaluationForm,), made)(**kwargs)
    return form


class AskForm(Form):
    messages = PROBLEMS
    question = text(_l("Qué necesita que le aclaren"), 2_000)
    due_on = day(_l("Hasta qué día pueden contestar"))


class ReturnForm(Form):
    messages = PROBLEMS
    note = text(_l("Qué falta"), 2_000)


class AppealForm(Form):
    messages = PROBLEMS
    text = text(_l("Por qué pide que se revise"), 6_000)


class ClarifyForm(Form):
    messages = PROBLEMS
    text = text(_l("Su aclaración"), 4_000)


class DecideForm(Form):
    messages = PROBLEMS
    verdict = RadioField(
        _l("Decisión"),
        choices=[SelectChoice("yes", _l("Procede: se evalúa otra vez")), SelectChoice("no", _l("No procede: queda como está"))],
        validators=[InputRequired(REQUIRED)],
    )
    reason = text(_l("Por qué"), 6_000)


class _SheetForm(Form):
    """Up to fifteen criteria; rows left empty are dropped."""

    messages = PROBLEMS
    appeal_days = IntegerField(_l("Días para apelar"), validators=[InputRequired(REQUIRED), NumberRange(1, 60)])
    version = HiddenField()

    def rows(self) -> list[tuple[Any, Any, Any, Any]]:
        return [(self[f"key-{n}"], self[f"step-{n}"], self[f"name-{n}"], self[f"hint-{n}"]) for n in ROWS]

    def criteria(self) -> list[SheetCriterion]:
        found: list[SheetCriterion] = []
        for key, step, name, hint in self.rows():
            if name.data or hint.data:
                made = slug(key.data or name.data or "criterio", 30).replace("-", "_") or "criterio"
                taken = {c.key for c in found}
                unique = made if made not in taken else f"{made}_{len(found)}"
                found.append(
                    SheetCriterion(unique, Step(step.data) if step.data in list(Step) else Step.MERIT, name.data or "", hint.data or "")
                )
        return found

    def show_criteria(self, criteria: Sequence[SheetCriterion], appeal_days: int, version: int) -> Any:
        for fields, c in zip(self.rows(), criteria, strict=False):
            for field, value in zip(fields, (c.key, c.step.value, c.name, c.hint), strict=True):
                field.data = value
        self.appeal_days.data, self.version.data = appeal_days, str(version)
        return self


def _sheet_fields() -> dict[str, Any]:
    made: dict[str, Any] = {}
    for n in ROWS:
        made[f"key-{n}"] = HiddenField()
        made[f"step-{n}"] = SelectField(
            _l("Revisión del criterio %(n)s", n=n),
            choices=[SelectChoice(s.value, label) for s, label in STEPS.items()],
            validate_choice=False,
        )
        made[f"name-{n}"] = line(_l("Criterio %(n)s", n=n), 120, required=False)
        made[f"hint-{n}"] = text(_l("Cómo se verifica el criterio %(n)s", n=n), 500, required=False)
    return made


SheetForm = type("SheetForm", (_SheetForm,), _sheet_fields())
