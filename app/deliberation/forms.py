"""What people type in the deliberation: shape only; what it means is judged by rules."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.contributions import messages as contribution_words
from app.contributions.forms import Needed, new_key
from app.contributions.rules.drafts import LONGEST as LONGEST_FIELDS
from app.contributions.rules.drafts import is_key
from app.contributions.rules.terms import Language, NameConsent
from app.core.fields import ArrivingForm, Form, line, text
from app.deliberation import messages as words
from app.deliberation.rules.comments import LONGEST_POST, LONGEST_TEXT, CommentDraft, CommentProblem, Side


def _member(kind: type[StrEnum]) -> Callable[[Any], StrEnum | None]:
    return lambda value: next((member for member in kind if member.value == value), None)


class CommentForm(ArrivingForm):
    """A comment of somebody who signed in."""

    messages = words.PROBLEMS
    submission_key = HiddenField(default=new_key)
    side = RadioField(
        _("Qué aporta"), choices=[SelectChoice(side.value, name) for side, name in words.SIDES.items()], coerce=_member(Side),
        validate_choice=False, validators=[Needed()],
    )  # fmt: skip
    text = text(_("Su comentario"), LONGEST_TEXT)
    consent = RadioField(
        _("¿Cómo quiere que aparezca su nombre?"),
        choices=[SelectChoice(consent.value, name) for consent, name in contribution_words.CONSENTS.items()], coerce=_member(NameConsent),
        validate_choice=False, validators=[Needed()], default=NameConsent.INITIALS,
    )  # fmt: skip
    pseudonym = line(_("Seudónimo"), LONGEST_FIELDS["pseudonym"], required=False)
    language = SelectField(
        _("Lengua en que lo escribe"), choices=[SelectChoice(known.value, name) for known, name in contribution_words.LANGUAGES.items()],
        coerce=_member(Language), validate_choice=False, default=Language.SPANISH,
    )  # fmt: skip

    def draft(self) -> CommentDraft:
        return CommentDraft(
            self.side.data, self.text.data or "", self.consent.data, self.pseudonym.data or "", self.language.data or Language.SPANISH
        )

    def protect(self, pseudonym: str) -> None:
        """Who is 14 to 17 appears by the pseudonym of their account, whatever was sent (P07)."""
        self.consent.data, self.pseudonym.data = NameConsent.PSEUDONYM, pseudonym

    def validate_submission_key(self, field: Any) -> None:
        if not is_key(field.data or ""):
            field.data = new_key()
            raise ValidationError(str(self.messages[CommentProblem.KEY_MALFORMED]))


class SupportForm(Form):
    """Supporting and taking it back have no fields; the form says what a rule refused."""

    messages = words.PROBLEMS


class AnswerForm(Form):
    """What an official says to a comment."""

    messages = words.PROBLEMS
    post = line(_("Su cargo, como se publica"), LONGEST_POST)
    text = text(_("Respuesta"), LONGEST_TEXT)
