"""Rows of a workshop, pasted lines, files of many contributions."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from app.contributions import messages as words
from app.contributions.forms.authored import AuthoredForm, new_key, select_of
from app.contributions.rules.drafts import LONGEST, ContributionDraft
from app.contributions.rules.pasting import PastedLine
from app.contributions.rules.terms import Channel, Language, NameConsent
from app.core.fields import Form, line, text
from app.core.text import clean, clean_line
from app.organisations.rules import Sector

MOST_PASTED = 60_000


class RowForm(AuthoredForm):
    """One contribution said in a workshop; `before` is the text that was on the page when a correction began."""

    before = HiddenField(default="", filters=[clean])
    text = text(_("Qué dijo"), LONGEST["text"])
    speaker = line(_("Quién habló"), LONGEST["speaker"], required=False)
    organisation = line(_("Organización, si habló por una"), LONGEST["organisation"], required=False)
    consent = select_of(_("Cómo aparece su nombre"), NameConsent, words.CONSENTS_OF_OTHERS, default=NameConsent.INITIALS)
    language = select_of(_("Habló en"), Language, words.LANGUAGES, default=Language.SPANISH)
    sector = select_of(_("Sector"), Sector, words.SECTORS, _("Ciudadanía, o sociedad civil"))

    def draft(self, ubigeo: str) -> ContributionDraft:
        return ContributionDraft(
            text=self.text.data or "", speaker=self.speaker.data or "", organisation=self.organisation.data or "", sector=self.sector.data,
            ubigeo=ubigeo, language=self.language.data or Language.SPANISH, theme_slug=self.theme_slug.data or "",
            channel=Channel.WORKSHOP, consent=self.consent.data,
        )  # fmt: skip

    def fill(self, draft: ContributionDraft) -> None:
        """Show a captured row to be corrected."""
        for name in ("text", "speaker", "organisation", "sector", "ubigeo", "language", "theme_slug", "consent"):
            self[name].data = getattr(draft, name)

    @property
    def is_left_out(self) -> bool:
        """A row of a pasted sheet that was emptied is not meant to be saved."""
        return not (self.text.data or "").strip()


class PasteForm(Form):
    pasted = text(_("Aportes, uno por línea"), MOST_PASTED)


class UploadForm(Form):
    """A file to import, and how it is read."""

    messages = words.PROBLEMS
    file = FileField(_("Archivo CSV o XLSX"), validators=[FileRequired(_("Elija el archivo."))])
    activity = SelectField(_("Taller"), choices=[], validate_choice=False, filters=[clean_line])
    map_name = SelectField(_("Cómo se lee"), choices=[], validate_choice=False, filters=[clean_line])
    create_themes = BooleanField(_("Crear los temas que el proceso todavía no tiene"))

    def prepare(self, opportunities: Sequence[Any], maps: Sequence[Any], no_workshop: Any, template: Any) -> None:
        self.activity.choices = [SelectChoice("", no_workshop), *(SelectChoice(o.slug, o.title) for o in opportunities)]
        self.map_name.choices = [SelectChoice("", template), *(SelectChoice(m.name, m.name) for m in maps)]


class EmptyForm(Form):
    """Only the guard against forged requests."""


def new_row(index: int, pasted: PastedLine) -> RowForm:
    """One row of a pasted sheet before it is saved; who is not named appears as anonymous until somebody says otherwise."""
    consent = NameConsent.INITIALS if pasted.speaker else NameConsent.ANONYMOUS
    given = {"text": pasted.text, "speaker": pasted.speaker, "organisation": pasted.organisation, "consent": consent}
    return RowForm(None, prefix=_prefix(index), data={**given, "submission_key": new_key()}, meta={"csrf": False})


def pasted_row(index: int, data: Mapping[str, Any]) -> RowForm:
    """The same row as it came back."""
    return RowForm(data, prefix=_prefix(index), meta={"csrf": False})


def _prefix(index: int) -> str:
    return f"fila{index}-"


def chosen_texts(data: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Fields named `prefix` and something, cleaned; empty ones left out."""
    return {name.removeprefix(prefix): clean(value)[:400] for name, value in data.items() if name.startswith(prefix) and value.strip()}
