"""What people type about the act and its execution: shape only; what it means is judged by rules."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, MultipleFileField
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from app.agreements.messages import PROBLEMS, SOURCES, STATES
from app.agreements.rules.acts import ActDraft, FundingSource, LineDraft
from app.agreements.rules.execution import ExecutionProblem, LineState, ProgressDraft
from app.core.errors import Problem
from app.core.fields import REQUIRED, Form, day, line
from app.core.fields import text as paragraphs
from app.evidence.rules import FileUpload
from app.feedback.messages import OUTCOMES, REASONS
from app.feedback.rules.outcomes import Outcome, Reason
from app.plans.rules.template import centimos
from app.projects.rules import ProjectState
from app.projects.rules.answers import ENDING

AMOUNTS = ("pia", "pim", "certified", "accrued", "paid")


def _member(kind: Any) -> Any:
    return lambda value: next((member for member in kind if member.value == value), None)


def written(cents: int | None) -> str:
    """Céntimos as the form shows them: 120000.00."""
    return "" if cents is None else f"{cents // 100}.{cents % 100:02}"


class _Revised(Form):
    """A form that carries the revision that was on the screen."""

    messages = PROBLEMS
    revision = HiddenField(default="0")

    @property
    def seen(self) -> int:
        given = self.revision.data or ""
        return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


class HeadForm(_Revised):
    held_on = day(_("Día de la asamblea"), required=False)
    place = line(_("Lugar de la asamblea"), required=False)
    preamble = paragraphs(_("Introducción del acta"), 6_000, required=False)
    council_needed = IntegerField(_("Firmas del consejo de coordinación que se piden"), [InputRequired(REQUIRED), NumberRange(0, 9_999)])
    agents_needed = IntegerField(_("Firmas de agentes que se piden"), [InputRequired(REQUIRED), NumberRange(1, 9_999)])
    reason = paragraphs(_("Por qué se corrige el acta"), 2_000, required=False)

    def draft(self) -> ActDraft:
        return ActDraft(
            self.held_on.data, self.place.data or "", self.preamble.data or "", self.council_needed.data or 0, self.agents_needed.data or 0,
            self.reason.data or "",
        )  # fmt: skip


class LineForm(_Revised):
    amount = line(_("Monto acordado, en soles"), 24)
    source = SelectField(_("De dónde sale el dinero"), validate_choice=False, coerce=str)
    unit = SelectField(_("Unidad responsable"), validate_choice=False)
    entity_commits = paragraphs(_("A qué se compromete la entidad"), 2_000, required=False)
    agents_commit = paragraphs(_("A qué se comprometen los agentes"), 2_000, required=False)
    due_on = day(_("Plazo"), required=False)

    def offer(self, units: Iterable[tuple[str, str]]) -> "LineForm":
        self.source.choices = [SelectChoice("", _("Elija…")), *(SelectChoice(s.value, name) for s, name in SOURCES.items())]
        self.unit.choices = [SelectChoice("", _("Elija…")), *(SelectChoice(slug, name) for slug, name in units)]
        return self

    def draft(self, number: int, code: str, title: str) -> LineDraft:
        return LineDraft(
            number, code, title, centimos(self.amount.data or ""), _member(FundingSource)(self.source.data), self.unit.data or "",
            self.entity_commits.data or "", self.agents_commit.data or "", self.due_on.data,
        )  # fmt: skip


class LeaveOutForm(_Revised):
    """Why a prioritised project does not enter the act: the written answer, with the same outcomes and reasons as every other."""

    outcome = SelectField(_("Qué pasa con el proyecto"), validate_choice=False)
    reason_code = SelectField(_("Motivo"), validate_choice=False)
    text = paragraphs(_("Por qué, para quien lo propuso"), 4_000, required=False)
    change_needed = paragraphs(_("Qué tendría que cambiar"), 1_000, required=False)

    def offer(self) -> "LeaveOutForm":
        self.outcome.choices = [SelectChoice(o.value, OUTCOMES[o]) for o in ENDING[ProjectState.DROPPED]]
        self.reason_code.choices = [SelectChoice("", _("Elija…")), *(SelectChoice(r.value, name) for r, name in REASONS.items())]
        return self

    @property
    def chosen(self) -> tuple[Outcome | None, Reason | None]:
        return _member(Outcome)(self.outcome.data), _member(Reason)(self.reason_code.data)


class RevisionForm(_Revised):
    """A deed on what was on the screen."""


class CorrectionForm(Form):
    messages = PROBLEMS
    reason = paragraphs(_("Por qué se corrige el acta"), 2_000, required=False)


class SignForm(Form):
    """A signature of exactly the text whose hash it carries."""

    messages = PROBLEMS
    sha256 = HiddenField()
    capacity = SelectField(_("Firmo"), validate_choice=False)
    post = line(_("Mi cargo"), 160, required=False)
    read = BooleanField(_("Leí el acta completa y la firmo"), [InputRequired(_("Marque que leyó el acta para firmarla."))])

    def offer(self, capacities: Iterable[tuple[str, Any]]) -> "SignForm":
        self.capacity.choices = [SelectChoice(value, name) for value, name in capacities]
        return self


class SheetSignForm(Form):
    """Who signed by hand, and the scanned sheet."""

    messages = PROBLEMS
    sha256 = HiddenField()
    agents = SelectMultipleField(_("Quiénes firmaron en la hoja"), validate_choice=False)
    sheet = FileField(_("Hoja firmada (PDF o foto)"))

    def offer(self, agents: Iterable[tuple[str, str]]) -> "SheetSignForm":
        self.agents.choices = [SelectChoice(number, name) for number, name in agents]
        return self

    @property
    def numbers(self) -> set[int]:
        return {int(n) for n in self.agents.data or () if n.isascii() and n.isdigit() and len(n) < 9}

    def upload(self) -> FileUpload | None:
        file = self.sheet.data
        return FileUpload(file.filename, file.read()) if file and file.filename else None


class DissentForm(Form):
    messages = PROBLEMS
    sha256 = HiddenField()
    text = paragraphs(_("Con qué no estoy de acuerdo y por qué"), 4_000, required=False)


class ProgressForm(Form):
    """How a line stands. Empty amounts are unknown."""

    messages = PROBLEMS
    seen_number = HiddenField(default="0")
    state = SelectField(_("En qué está"), validate_choice=False)
    as_of = day(_("A qué día corresponde"), required=False)
    cui = line(_("Código de inversión (CUI)"), 12, required=False)
    pia = line(_("PIA: presupuesto de apertura, en soles"), 24, required=False)
    pim = line(_("PIM: presupuesto modificado, en soles"), 24, required=False)
    certified = line(_("Certificado o comprometido, en soles"), 24, required=False)
    accrued = line(_("Devengado, en soles"), 24, required=False)
    paid = line(_("Girado (pagado), en soles"), 24, required=False)
    text = paragraphs(_("Qué se hizo y qué falta"), 4_000, required=False)
    reason_code = SelectField(_("Motivo, si está tarde, detenido o no se hará"), validate_choice=False)
    why = paragraphs(_("Por qué no se hizo a tiempo"), 4_000, required=False)
    difference = paragraphs(_("Por qué el PIA no es lo acordado"), 1_000, required=False)
    evidence = MultipleFileField(_("Fotos o documentos"))

    def offer(self) -> "ProgressForm":
        self.state.choices = [SelectChoice(s.value, name) for s, name in STATES.items()]
        self.reason_code.choices = [SelectChoice("", _("Ninguno")), *(SelectChoice(r.value, name) for r, name in REASONS.items())]
        return self

    @property
    def seen(self) -> int:
        given = self.seen_number.data or ""
        return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0

    def amounts_are_readable(self) -> bool:
        """Puts the sentence on each amount that is not one."""
        wrong = [name for name in AMOUNTS if (self[name].data or "").strip() and centimos(self[name].data or "") is None]
        for name in wrong:
            self[name].errors = [self.sentence(Problem(ExecutionProblem.AMOUNT_MALFORMED))]
        return not wrong

    def draft(self) -> ProgressDraft:
        cents = {f"{name}_cents": centimos(self[name].data or "") for name in AMOUNTS}
        return ProgressDraft(
            state=_member(LineState)(self.state.data), as_of=self.as_of.data, cui=self.cui.data or "", text=self.text.data or "",
            reason_code=_member(Reason)(self.reason_code.data), why=self.why.data or "", difference=self.difference.data or "", **cents,
        )  # fmt: skip

    def files(self) -> list[FileUpload]:
        return [FileUpload(file.filename or "", file.read()) for file in self.evidence.data or [] if file and file.filename]


class SheetForm(Form):
    """The monthly sheet: the file the first time, its text to confirm."""

    messages = PROBLEMS
    sheet = FileField(_("Hoja mensual (CSV)"))
    written = HiddenField()

    def content(self) -> bytes:
        file = self.sheet.data
        return file.read(2_000_000) if file and file.filename else b""
