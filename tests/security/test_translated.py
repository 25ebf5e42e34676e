"""What anybody can open is whole in every language that is offered: no sentence falls back to Spanish."""

import pytest
from babel.support import Translations
from flask import Flask

from app.core import languages
from scripts import i18n
from tests.cast import ROSA
from tests.security.rich import RichWorld
from tests.security.walk import READING, WRITING, client_of, doors

MESSAGE = str | tuple[str, str]


def _listen(monkeypatch: pytest.MonkeyPatch, code: str) -> set[MESSAGE]:
    """The sentences asked for that have no translation. A compiled plural falls back to its id, so those are read as they were written."""
    missed: set[MESSAGE] = set()
    plurals = {message.id for message in i18n.read(i18n.path_of(code), code) if isinstance(message.id, tuple) and not all(message.string)}
    plain, plural = Translations.gettext, Translations.ngettext

    def gettext(self: Translations, message: str) -> str:
        if self.domain == "messages" and not self._catalog.get(message):  # form libraries have a catalogue of their own
            missed.add(message)
        return plain(self, message)

    def ngettext(self: Translations, one: str, many: str, count: int) -> str:
        if (one, many) in plurals:
            missed.add((one, many))
        return plural(self, one, many, count)

    for name, function in (("gettext", gettext), ("ugettext", gettext), ("ngettext", ngettext), ("ungettext", ngettext)):
        monkeypatch.setattr(Translations, name, function)
    return missed


@pytest.mark.parametrize("code", [code for code in languages.offered() if code != languages.SOURCE])
def test_public_pages_and_refused_forms_are_whole(app: Flask, rich: RichWorld, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    missed = _listen(monkeypatch, code)
    monkeypatch.setattr(app.jinja_env, "unchanging", {})  # templates ask for a sentence when they show it, not when they are compiled
    monkeypatch.setattr(app.jinja_env, "cache", {})
    for method in (READING, WRITING):
        for door in doors(app, rich, method):
            if app.view_functions[door.endpoint].access.permission is None:  # type: ignore[attr-defined]
                app.test_client().open(f"/{code}{door.path(app)}", method=method, data={} if method == WRITING else None)
    assert missed == set()


@pytest.mark.parametrize("code", [code for code in languages.offered() if code != languages.SOURCE])
def test_pages_and_refused_forms_of_ones_own_account_are_whole(
    app: Flask, rich: RichWorld, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """What a citizen sees signed in: everything under /mi-cuenta, and the public pages that answer an account differently."""
    missed = _listen(monkeypatch, code)
    monkeypatch.setattr(app.jinja_env, "unchanging", {})
    monkeypatch.setattr(app.jinja_env, "cache", {})
    for method in (READING, WRITING):
        for door in doors(app, rich, method):
            if not door.rule.rule.startswith(languages.STAFF):
                client = client_of(app, rich, ROSA)
                client.open(f"/{code}{door.path(app)}", method=method, data={} if method == WRITING else None)
    assert missed == set()
