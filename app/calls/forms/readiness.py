"""Trainings and pre-assessments."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from app.calls.messages import CONCLUSIONS, PROBLEMS, QUESTIONS
from app.calls.rules.readiness import MOST_HOURS, AssessmentDraft, Conclusion, InductionDraft, Question
from app.core.fields import REQUIRED, Form, day, line, text
from app.evidence.rules import FileUpload


class _OfOrganisation(Form):
    """About one entity; `with_choices` fills the list."""

    messages = PROBLEMS
    organisation = SelectField(_l("Entidad"), validators=[InputRequired(REQUIRED)])

    def with_choices(self, organisations: list[tuple[str, str]]) -> Any:
        self.organisation.choices = [SelectChoice(slug, name) for slug, name in organisations]
        return self


class InductionForm(_OfOrganisation):
    done_on = day(_l("Fecha"))
    hours = IntegerField(_l("Horas"), validators=[InputRequired(REQUIRED), NumberRange(1, MOST_HOURS)])
    people = IntegerField(_l("Personas que la llevaron"), validators=[InputRequired(REQUIRED), NumberRange(1, 10_000)])
    taught_by = line(_l("Quién la dio"), 160)
    topics = text(_l("Qué se trató"), 2_000, required=False)
    certificate = line(_l("Constancia"), 160)
    file = FileField(_l("Archivo de la constancia"))

    def draft(self) -> InductionDraft:
        done_on: Any = self.done_on.data
        return InductionDraft(
            done_on,
            self.hours.data or 0,
            self.people.data or 0,
            self.taught_by.data or "",
            self.topics.data or "",
            self.certificate.data or "",
        )

    def upload(self) -> FileUpload | None:
        sent = self.file.data
        return FileUpload(sent.filename or "", sent.read(), "utf-8") if sent and getattr(sent, "filename", "") else None


class _AssessmentForm(_OfOrganisation):
    """Questions are added below, one field each."""

    reform = line(_l("Reforma que se evalúa"), 200)
    conclusion = SelectField(_l("Conclusión"), choices=[SelectChoice(c.value, label) for c, label in CONCLUSIONS.items()])
    reasons = text(_l("Por qué"), 4_000)

    @property
    def questions(self) -> list[Any]:
        return [self[str(question)] for question in Question]

    def draft(self) -> AssessmentDraft:
        return AssessmentDraft(
            self.reform.data or "", {question: self[str(question)].data or "" for question in Question}, Conclusion(self.conclusion.data),
            self.reasons.data or "",
        )  # fmt: skip

    def show_assessment(self, assessment: Any) -> None:
        self.organisation.data, self.reform.data = assessment.organisation.slug, assessment.reform
        self.conclusion.data, self.reasons.data = assessment.conclusion.value, assessment.reasons
        for question in Question:
            self[str(question)].data = assessment.answers.get(str(question), "")


AssessmentForm = type("AssessmentForm", (_AssessmentForm,), {str(question): text(QUESTIONS[question], 3_000) for question in Question})


class SignForm(Form):
    messages = PROBLEMS
    office = line(_l("Cargo con que firma"), 160)
