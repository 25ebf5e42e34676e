"""What an author does with a contribution already sent, and what the team adds to it."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField

from app.contributions import messages as words
from app.contributions.forms.authored import Needed, choices_of, member_of, select_of
from app.contributions.rules.drafts import LONGEST
from app.contributions.rules.media import Medium
from app.contributions.rules.own_acts import LONGEST_NOTE, WithdrawalReason
from app.contributions.rules.summaries import LONGEST_SUMMARY
from app.contributions.rules.terms import Language
from app.core.fields import Form, line, text
from app.evidence.rules import FileUpload


class WordsForm(Form):
    """The author's own text, changed before anybody has let it through."""

    messages = words.PROBLEMS
    text = text(_("¿Qué quiere decir?"), LONGEST["text"])
    title = line(_("Título"), LONGEST["title"], required=False)
    language = select_of(_("Lengua en que lo escribe"), Language, words.LANGUAGES, default=Language.SPANISH)


class MediaForm(Form):
    """One file at a time, so that a line that drops costs one file."""

    messages = words.PROBLEMS
    photo = FileField(_("Foto"))
    audio = FileField(_("Audio"))
    is_for_public = BooleanField(_("Acepto que cualquiera pueda oír mi voz. Si no lo marca, solo se publica el texto."))

    def upload(self) -> tuple[Medium, FileUpload] | None:
        for medium, sent in ((Medium.PHOTO, self.photo.data), (Medium.AUDIO, self.audio.data)):
            if sent and getattr(sent, "filename", ""):
                return medium, FileUpload(sent.filename or "", sent.read())
        return None


class VoiceForm(Form):
    messages = words.PROBLEMS
    text = text(_("Lo que dice el audio"), LONGEST["text"], required=False)


class SummaryForm(Form):
    """`seen` is the number of the summary that was on the page."""

    messages = words.PROBLEMS
    seen = HiddenField(default="0")
    text = text(_("Resumen en castellano"), LONGEST_SUMMARY, required=False)

    @property
    def seen_number(self) -> int:
        written = self.seen.data or ""
        return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0


class ObjectionForm(Form):
    messages = words.PROBLEMS
    objection = text(_("¿Qué está mal escrito?"), 1_000, required=False)


class WithdrawForm(Form):
    messages = words.PROBLEMS
    reason = RadioField(
        _("¿Por qué lo retira?"), choices=choices_of(words.TO_WITHDRAW), coerce=member_of(WithdrawalReason), validate_choice=False,
        validators=[Needed()],
    )  # fmt: skip
    note = text(_("Algo más para el equipo"), LONGEST_NOTE, required=False)


class RetireForm(Form):
    messages = words.PROBLEMS
    code = line(_("Código del otro aporte"), 40)
