"""A text in another language; noting that a notice went out."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from app.activities.forms import OutreachForm
from app.activities.rules.outreach import OutreachDraft
from app.core.fields import Form, text
from app.notices.messages import LANGUAGE_NAMES, PROBLEMS
from app.notices.rules import LONGEST_TEXT, Medium, TextDraft
from app.organisations.rules import Sector


class TextForm(Form):
    """What a notice says in another language."""

    messages = PROBLEMS
    language = SelectField(_l("Lengua"), choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()])
    text = text(_l("Texto en esa lengua"), LONGEST_TEXT, required=False)

    def draft(self) -> TextDraft:
        return TextDraft(self.language.data, self.text.data or "")


class SentForm(OutreachForm):
    """That a notice went out: as any action of outreach, its medium known."""

    channel = None

    def draft_for(self, medium: Medium) -> OutreachDraft:
        return OutreachDraft(
            done_on=self["done_on"].data, title=self.title.data or "", channel=medium.channel, sector=Sector(self.sector.data),
            message=self.message.data or "", ubigeo=self.ubigeo.data or "", language=self.language.data, reach=self.reach.data,
        )  # fmt: skip
