"""The fields of a written answer: outcome, reason and what each outcome asks for."""

from collections.abc import Iterable
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.core.fields import REQUIRED, Form, day, line
from app.core.fields import text as paragraphs
from app.feedback.rules.outcomes import Outcome, Reason
from app.projects.messages import OUTCOMES, PROBLEMS, REASONS
from app.projects.rules.answers import REFUSING, AnswerDraft

_LINES = (
    "text", "criterion", "change_needed", "reference", "target_cycle", "carry_over_owner", "referred_to", "referred_document",
    "where_to_go", "request_record", "shows_at",
)  # fmt: skip


def _outcomes(allowed: tuple[Outcome, ...]) -> list[SelectChoice]:
    return [SelectChoice("", _l("Elija…")), *(SelectChoice(o.value, OUTCOMES[o]) for o in allowed)]


class _AnswerFields(Form):
    """Shared by the answer to a project and the evaluation that refuses it."""

    messages = PROBLEMS
    outcome = SelectField(_l("Resultado"), validators=[Optional()], choices=_outcomes(REFUSING), validate_choice=False)
    reason_code = SelectField(
        _l("Motivo"),
        validators=[Optional()],
        choices=[SelectChoice("", _l("Elija…")), *(SelectChoice(r.value, label) for r, label in REASONS.items())],
        validate_choice=False,
    )
    text = paragraphs(_l("Por qué, en palabras que se entiendan"), 6_000, required=False)
    criterion = line(_l("Criterio publicado que se aplicó"), 300, required=False)
    change_needed = paragraphs(_l("Qué tendría que cambiar para que entre"), 1_000, required=False)
    reference = line(_l("Norma o documento que lo respalda"), 300, required=False)
    target_cycle = line(_l("Para qué año"), 60, required=False)
    carry_over_owner = line(_l("Quién se encarga de llevarlo"), 160, required=False)
    referred_to = line(_l("Entidad a la que se derivó"), 160, required=False)
    referred_document = line(_l("Documento de la derivación"), 160, required=False)
    referred_on = day(_l("Día en que se envió"), required=False)
    where_to_go = paragraphs(_l("A dónde acudir"), 600, required=False)
    request_record = line(_l("Dónde consta el pedido de retiro"), 300, required=False)
    shows_at = line(_l("Dónde se ve en público"), 300, required=False)

    def answer(self, **more: Any) -> AnswerDraft:
        said = {name: self[name].data or "" for name in _LINES}
        outcome, reason = self.outcome.data or "", self.reason_code.data or ""
        return AnswerDraft(
            outcome=Outcome(outcome) if outcome in list(Outcome) else None, reason_code=Reason(reason) if reason in list(Reason) else None,
            referred_on=self.referred_on.data, **said, **more,
        )  # fmt: skip

    def show_answer(self, draft: AnswerDraft) -> None:
        for name in (*_LINES, "referred_on"):
            self[name].data = getattr(draft, name)
        self.outcome.data = draft.outcome.value if draft.outcome else ""
        self.reason_code.data = draft.reason_code.value if draft.reason_code else ""


class AnswerForm(_AnswerFields):
    """The answer of a project that ended."""

    merged_into = line(_l("Código del proyecto en que continúa"), 60, required=False)
    correction_reason = paragraphs(_l("Por qué se corrige"), 1_000, required=False)
    revision = HiddenField()

    def limit(self, allowed: tuple[Outcome, ...]) -> "AnswerForm":
        self.outcome.choices = _outcomes(allowed)
        return self

    def draft(self) -> AnswerDraft:
        return self.answer(merged_into=self.merged_into.data or "", correction_reason=self.correction_reason.data or "")

    def show_draft(self, draft: AnswerDraft, revision: int) -> "AnswerForm":
        self.show_answer(draft)
        self.merged_into.data, self.correction_reason.data, self.revision.data = draft.merged_into, draft.correction_reason, str(revision)
        return self


class PrepareForm(Form):
    """Who answers the contributions that projects came from."""

    messages = PROBLEMS
    organisation = SelectField(_l("Entidad que responde"), validators=[InputRequired(REQUIRED)])

    def offer(self, organisations: Iterable[Any]) -> Self:
        self.organisation.choices = [SelectChoice("", _l("Elija…")), *(SelectChoice(o.slug, o.name) for o in organisations)]
        return self
