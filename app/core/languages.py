"""The languages of the site: Spanish at its own addresses, the others under a prefix (`/en`, `/qu`) that every link keeps.

The address alone says the language, so a page stays the same for everybody who asks for it, and caches need no cookie.
"""

import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from babel import Locale
from babel.support import NullTranslations
from flask import Flask, request
from flask_babel import Domain, force_locale

SOURCE = "es"
KEY = "minka.language"
_BEFORE = "minka.language-before"
FOLDER = Path(__file__).resolve().parents[1] / "translations"
STAFF = "/mesa"
_PLAIN = "/:@!$&'()*+,;=~"
_spoken: ContextVar[str] = ContextVar("minka.language", default=SOURCE)


@dataclass(frozen=True)
class Language:
    """A language people can choose. `name` in itself; `reviewed_by` and `reviewed_on` are empty while no named person has reviewed it."""

    code: str
    name: str
    is_for_staff: bool
    reviewed_by: str = ""
    reviewed_on: date | None = None

    @property
    def is_draft(self) -> bool:
        return self.code != SOURCE and not (self.reviewed_by.strip() and self.reviewed_on)


@cache
def offered() -> dict[str, Language]:
    """By code, Spanish first; from app/translations/languages.toml, those that have a catalogue."""
    listed = tomllib.loads((FOLDER / "languages.toml").read_text(encoding="utf-8"))["language"]
    return {item["code"]: Language(**item) for item in listed if (FOLDER / item["code"] / "LC_MESSAGES" / "messages.po").exists()}


@cache
def locale_of(code: str) -> Locale:
    """Once each: reading a locale looks for its file."""
    return Locale.parse(code)


current = _spoken.get
"""The code of the language of this page or letter; Spanish where there is neither. A page asks seventy times."""


class Catalogues(Domain):
    """The sentences of each language. Spanish is the one they are written in: it needs no catalogue."""

    _written = NullTranslations()

    def get_translations(self) -> NullTranslations:
        return self._written if current() == SOURCE else super().get_translations()


def follow_address(app: Flask) -> None:
    """Each request speaks the language of its address, until it ends."""

    @app.before_request
    def _begin() -> None:
        request.environ[_BEFORE] = current()
        _spoken.set(request.environ.get(KEY, SOURCE))

    @app.teardown_request
    def _end(_problem: BaseException | None) -> None:
        _spoken.set(request.environ.pop(_BEFORE, current()))  # a token could not be reset where a stream ends in another thread


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Write in another language than the page's, as letters do; one that is not offered becomes Spanish."""
    spoken = code if code in offered() else SOURCE
    before = _spoken.set(spoken)
    try:
        with force_locale(spoken):
            yield
    finally:
        _spoken.reset(before)


def addresses() -> Sequence[str]:
    """The address of this same page in each language offered."""
    root = request.script_root
    if KEY in request.environ:
        root = root[: -len(request.environ[KEY]) - 1]
    rest = "/" + quote(request.path.lstrip("/"), safe=_PLAIN)
    query = f"?{quote(request.query_string, safe=_PLAIN + '?%')}" if request.query_string else ""
    return [f"{root}{'' if code == SOURCE else '/' + code}{rest}{query}" for code in offered()]


class LanguagePrefix:
    """WSGI: `/qu/procesos` is `/procesos` in Quechua. Staff pages exist only in the languages that cover them."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._prefixes = tuple(f"/{code}" for code in offered() if code != SOURCE)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        path: str = environ.get("PATH_INFO", "")
        for prefix in self._prefixes:
            if path.startswith(prefix) and path[len(prefix) : len(prefix) + 1] in ("", "/"):
                return self._in(prefix, path[len(prefix) :], environ, start_response)
        return self._app(environ, start_response)

    def _in(self, prefix: str, rest: str, environ: dict[str, Any], start_response: Any) -> Any:
        root = environ.get("SCRIPT_NAME", "")
        if not rest or (rest.startswith(STAFF) and not offered()[prefix[1:]].is_for_staff):
            where = quote((root + (rest or prefix + "/")).encode("latin-1"), safe=_PLAIN)
            start_response("302 Found", [("Location", where), ("Content-Length", "0"), ("Cache-Control", "no-cache")])
            return [b""]
        environ["SCRIPT_NAME"], environ["PATH_INFO"], environ[KEY] = root + prefix, rest, prefix[1:]
        return self._app(environ, start_response)
