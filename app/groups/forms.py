"""Forms of the groups: which contributions, under what title, why one leaves."""

import re
from itertools import chain

from flask import request
from flask_babel import lazy_gettext
from wtforms import IntegerField

from app.core.fields import Form, line
from app.core.fields import text as paragraph
from app.groups.messages import PROBLEMS
from app.groups.rules.groups import MOST_MEMBERS

_BETWEEN = re.compile(r"[\s,;]+")


class GroupForm(Form):
    """A group being made or retitled, contributions entering or leaving one: each route reads what is its own."""

    messages = PROBLEMS
    revision = IntegerField(default=0)
    title = line(lazy_gettext("Qué piden, en una línea"), 200, required=False)
    rationale = paragraph(lazy_gettext("Por qué van juntos"), 2_000, required=False)
    codes = line(lazy_gettext("Códigos, separados por comas"), 8_000, required=False)
    reason = line(lazy_gettext("Por qué"), 500, required=False)

    def chosen(self) -> list[str]:
        """The codes ticked in the list and those written, each once."""
        written = chain(request.form.getlist("codigo"), _BETWEEN.split(self.codes.data or ""))
        return list(dict.fromkeys(code.upper()[:40] for code in written if code))[: MOST_MEMBERS + 1]
