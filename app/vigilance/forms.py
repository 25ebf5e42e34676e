"""What people type about the committee and its findings: shape only; what it means is judged by rules."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, MultipleFileField
from wtforms import HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from app.core.fields import REQUIRED, Form, day, line
from app.core.fields import text as paragraphs
from app.evidence.rules import FileUpload
from app.vigilance.messages import BALLOTS, BODIES, GRAVITIES, PROBLEMS
from app.vigilance.rules.committees import Ballot, Candidacy, ElectionDraft
from app.vigilance.rules.findings import USUAL_DAYS, Body, ComplaintDraft, FindingDraft, Gravity, ReplyDraft

MOST = 9_999


def _member(kind: Any) -> Any:
    return lambda value: next((member for member in kind if member.value == value), None)


def _number(written: str | None) -> int | None:
    given = (written or "").strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else None


class ElectionForm(Form):
    """The act of election. The votes of each candidate come as `votes-<number>`; an empty one did not stand."""

    messages = PROBLEMS
    held_on = day(_("Día de la elección"), required=False)
    place = line(_("Lugar"), required=False)
    ballot = SelectField(_("Cómo se votó"), validate_choice=False, choices=[SelectChoice(b.value, name) for b, name in BALLOTS.items()])
    voters = IntegerField(_("Cuántas personas votaron"), [InputRequired(REQUIRED), NumberRange(0, MOST)])
    votes_each = IntegerField(_("Por cuántas candidaturas podía votar cada una"), [InputRequired(REQUIRED), NumberRange(1, 100)], default=1)
    seats = IntegerField(_("Puestos del comité"), [InputRequired(REQUIRED), NumberRange(1, 100)])
    candidates = HiddenField(default="-")
    tie = paragraphs(_("Si hubo empate en el último puesto, cómo se resolvió"), 1_000, required=False)
    drawn = SelectMultipleField(_("A quiénes favoreció el desempate"), validate_choice=False)

    def offer(self, agents: Iterable[tuple[str, str]]) -> "ElectionForm":
        self.drawn.choices = [SelectChoice(number, name) for number, name in agents]
        return self

    def draft(self, votes: Mapping[str, str]) -> ElectionDraft:
        """`votes` by number of agent, as they were typed."""
        stood = tuple(
            Candidacy(int(number), -1 if _number(written) is None else _number(written) or 0)
            for number, written in sorted(votes.items(), key=lambda item: int(item[0]))
            if written.strip()
        )
        drawn = tuple(int(n) for n in self.drawn.data or () if _number(n) is not None)
        return ElectionDraft(
            self.held_on.data, self.place.data or "", _member(Ballot)(self.ballot.data) or Ballot.SHOW_OF_HANDS, self.voters.data or 0,
            self.votes_each.data or 1, self.seats.data or 0, stood, self.tie.data or "", drawn,
        )  # fmt: skip


class ReplacementForm(Form):
    messages = PROBLEMS
    agent = SelectField(_("Quién entra"), validate_choice=False)
    reason = paragraphs(_("Por qué se va quien sale"), 1_000, required=False)

    def offer(self, agents: Iterable[tuple[str, str]]) -> "ReplacementForm":
        self.agent.choices = [SelectChoice("", _("Elija…")), *(SelectChoice(number, name) for number, name in agents)]
        return self

    @property
    def number(self) -> int | None:
        return _number(self.agent.data)


class FindingForm(Form):
    messages = PROBLEMS
    revision = HiddenField(default="0")
    title = line(_("Título"), 160, required=False)
    code = SelectField(_("De qué proyecto del acta"), validate_choice=False)
    what = paragraphs(_("Qué encontró el comité"), 6_000, required=False)
    asked = paragraphs(_("Qué se le pide a la entidad"), 3_000, required=False)
    gravity = RadioField(
        _("Qué tan grave es"), choices=[SelectChoice(g.value, name) for g, name in GRAVITIES.items()], coerce=_member(Gravity),
        validate_choice=False,
    )  # fmt: skip
    days = IntegerField(_("Días para responder"), [InputRequired(REQUIRED)], default=USUAL_DAYS)
    evidence = MultipleFileField(_("Fotos o documentos"))

    def offer(self, lines: Iterable[tuple[str, str]]) -> "FindingForm":
        self.code.choices = [SelectChoice("", _("De todo el presupuesto")), *(SelectChoice(code, name) for code, name in lines)]
        return self

    @property
    def seen(self) -> int:
        return _number(self.revision.data) or 0

    def draft(self) -> FindingDraft:
        return FindingDraft(
            self.title.data or "", self.what.data or "", self.asked.data or "", self.gravity.data, self.code.data or "", self.days.data or 0
        )

    def files(self) -> list[FileUpload]:
        return [FileUpload(file.filename or "", file.read()) for file in self.evidence.data or [] if file and file.filename]


class ApprovalForm(Form):
    messages = PROBLEMS
    sha256 = HiddenField()


class SheetForm(Form):
    """Approvals signed on paper: whose they are, and the scanned sheet."""

    messages = PROBLEMS
    sha256 = HiddenField()
    members = SelectMultipleField(_("Quiénes firmaron la hoja"), validate_choice=False)
    sheet = FileField(_("Hoja firmada (PDF o foto)"))

    def offer(self, members: Iterable[tuple[str, str]]) -> "SheetForm":
        self.members.choices = [SelectChoice(number, name) for number, name in members]
        return self

    @property
    def member_ids(self) -> list[int]:
        return [number for number in (_number(written) for written in self.members.data or ()) if number is not None]

    def upload(self) -> FileUpload | None:
        file = self.sheet.data
        return FileUpload(file.filename, file.read()) if file and file.filename else None


class ReplyForm(Form):
    messages = PROBLEMS
    text = paragraphs(_("Qué hará la entidad"), 6_000, required=False)
    until = day(_("Hasta cuándo"), required=False)

    def draft(self) -> ReplyDraft:
        return ReplyDraft(self.text.data or "", self.until.data)


class SatisfiedForm(Form):
    messages = PROBLEMS
    note = paragraphs(_("Qué comprobó el comité"), 3_000, required=False)


class ComplaintForm(Form):
    messages = PROBLEMS
    body = SelectField(_("A dónde se llevó"), validate_choice=False, choices=[SelectChoice(b.value, name) for b, name in BODIES.items()])
    number = line(_("Número con que se recibió"), 120, required=False)
    filed_on = day(_("Día en que se presentó"), required=False)
    note = paragraphs(_("Qué se pidió allá"), 3_000, required=False)

    def draft(self) -> ComplaintDraft:
        return ComplaintDraft(_member(Body)(self.body.data), self.number.data or "", self.filed_on.data, self.note.data or "")


class ReportForm(Form):
    messages = PROBLEMS
    since = day(_("Desde"), required=False)
    until = day(_("Hasta"), required=False)
    opinion = paragraphs(_("Qué piensa el comité de lo que vio"), 8_000, required=False)
