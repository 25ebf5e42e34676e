"""Addresses that people write: of this site, or with https:// in full; anything else would not be a link."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length, Optional, Regexp

from app.core.fields import no_nul
from app.core.text import clean_line

_LINK = re.compile(r"(?:https?://[^\s/\\]\S*|/(?![/\\])\S*)$", re.IGNORECASE)


def link(label: Any) -> StringField:
    """A line that holds an address, or nothing."""
    is_link = Regexp(_LINK, message=_l("Escriba la dirección completa, con https:// al comienzo."))
    return StringField(label, validators=[Optional(), Length(max=500), no_nul, is_link], filters=[clean_line])
