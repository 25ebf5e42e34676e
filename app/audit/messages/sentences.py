"""Acts of the register in plain words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.audit.messages.acts import ACTIONS, FACTS, SUBJECTS
from app.audit.messages.values import ROLES, VALUES
from app.core.dates import long_instant

LONGEST_VALUE = 160


def action_name(action: str) -> str:
    """What the act is called, capitalised."""
    return str(ACTIONS.get(action, action.replace(".", ": ").replace("-", " ")))


def sentence(action: str, subject_kind: str, role: str) -> str:
    """ "Secretaría: publicó el cronograma (proceso)." """
    words = action_name(action)
    kind = str(SUBJECTS.get(subject_kind, subject_kind))
    if role:
        who = str(ROLES.get(role, role))
        return _("%(role)s: %(act)s (%(kind)s)", role=who[:1].upper() + who[1:], act=words[:1].lower() + words[1:], kind=kind)
    return _("%(act)s (%(kind)s)", act=words, kind=kind)


def fact_rows(facts: Mapping[str, Any]) -> list[dict[str, str]]:
    """The facts of an entry as rows: name and value in words."""
    return [{"label": str(FACTS.get(name, name.replace("_", " "))).capitalize(), "value": _value(value)} for name, value in facts.items()]


def summary(facts: Mapping[str, Any]) -> str:
    """The plain facts of an act in one line: no fingerprints, no lists."""
    shown = [
        _("%(name)s: %(value)s", name=FACTS.get(name, name.replace("_", " ")), value=_value(value))
        for name, value in facts.items()
        if value not in (None, "", False) and not isinstance(value, (list, tuple, Mapping)) and "sha256" not in name
    ]
    line = "; ".join(shown)
    return f"{line[:1].upper()}{line[1:]}." if line else ""


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    if value is None:
        return _("no consta")
    if isinstance(value, Mapping):
        return ", ".join(f"{FACTS.get(key, key)}: {_value(item)}" for key, item in value.items())
    if isinstance(value, (list, tuple)):
        text = "; ".join(_value(item) for item in value)
        return text if len(text) <= LONGEST_VALUE else _("%(count)s en total", count=len(value))
    return str(VALUES[value]) if value in VALUES else _instant(str(value))


def _instant(text: str) -> str:
    """An instant in words, any other text as it is."""
    try:
        return long_instant(datetime.fromisoformat(text)) if "T" in text else text
    except ValueError:
        return text
