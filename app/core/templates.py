"""How templates speak: compiled once for each language, with the sentences that never change already said.

A page has a hundred sentences. Asking the catalogue for each of them at every visit would cost more than its statements.
"""

from collections.abc import Callable, MutableMapping, Sequence
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, request
from flask.templating import Environment as FlaskEnvironment
from flask_babel import get_translations, gettext, pgettext
from jinja2 import Template, nodes, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from app.core import languages
from app.core.mold import Molds
from app.core.text import trusted


class Environment(FlaskEnvironment):
    """`unchanging`: globals that say the same, for the same words, at every visit in one language; called while compiling."""

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, cache_size=-1, **options)  # every template of the house, in every language
        self.unchanging: dict[str, Callable[..., str]] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """As one plain dict: every import compares them, name by name, with those of the page."""
        return {**self.globals, **(d or {})}

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> Template:
        kept: Any = self.cache
        key = languages.current(), name
        template: Template | None = kept.get(key)
        if template is None or (self.auto_reload and not template.is_up_to_date):
            template = kept[key] = self.loader.load(self, name, self.make_globals(globals))  # type: ignore[union-attr]
        return template

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        is_markup = self.autoescape(name) if callable(self.autoescape) else self.autoescape
        return _Said(self.unchanging).visit(tree) if name and is_markup else tree


class _Said(NodeTransformer):
    """Puts in the place of each call of something unchanging, with nothing but written words, what it says."""

    def __init__(self, unchanging: dict[str, Callable[..., str]]) -> None:
        self._unchanging = unchanging

    def visit_Call(self, call: nodes.Call) -> nodes.Expr:  # noqa: N802 - the name Jinja looks for
        self.generic_visit(call)
        says = self._unchanging.get(call.node.name) if isinstance(call.node, nodes.Name) else None
        is_plain = not (call.kwargs or call.dyn_args or call.dyn_kwargs) and all(isinstance(word, nodes.Const) for word in call.args)
        return nodes.Const(says(*[word.value for word in call.args]), lineno=call.lineno) if says and is_plain else call  # type: ignore[attr-defined]


def speak(app: Flask, env: Environment) -> None:
    """Give the templates of the application their words."""
    env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    static: str = app.extensions["minka.static"]

    def static_url(path: str) -> str:
        return static + path

    env.unchanging = {"_": _sentence, "static_url": static_url, "site_language": languages.current}
    env.globals.update(
        {**env.unchanging, "_": _said, "once": _once, "pgettext": pgettext, "languages_nav": _languages_nav},
    )


def _gettext(message: str) -> str:
    """Spanish is the language messages are written in: it needs no catalogue."""
    return message if languages.current() == languages.SOURCE else gettext(message)


@pass_eval_context
def _said(around: EvalContext, message: str, **variables: Any) -> str:
    """`_()` of templates: as Jinja's own, without its three calls inside each other."""
    said = _marked(_gettext(message)) if around.autoescape else _gettext(message)
    return said % variables if variables or "%" in message else said


def _sentence(message: str) -> Markup:
    """`_()` without variables, where what is printed is escaped."""
    said = _marked(_gettext(message))
    return said % {} if "%" in message else said


@lru_cache(maxsize=2_000)
def _marked(sentence: str) -> Markup:
    return trusted(sentence)


def _ngettext(one: str, many: str, count: int) -> str:
    if languages.current() == languages.SOURCE:
        return one if count == 1 else many
    said: str = get_translations().ungettext(one, many, count)  # not formatted: Jinja does that, with every variable
    return said


@lru_cache(maxsize=500)
def _drawn(macro: Callable[..., Markup], locale: str, *words: str) -> Markup:
    return macro(*words)


def _once(macro: Callable[..., Markup], *words: str) -> Markup:
    """In templates: what a macro that reads only its arguments draws, kept for all pages."""
    return _drawn(macro, languages.current(), *words)


def poured(template_name: str, draw: Callable[[Any, Any, Sequence[str]], str]) -> Molds:
    """The molds of what `draw(module of the template, kind, marks)` draws, in the language of the page (docs/decisions/0009)."""
    return _molds(current_app.jinja_env.get_template(template_name), draw)


@lru_cache(maxsize=100)
def _molds(template: Template, draw: Callable[[Any, Any, Sequence[str]], str]) -> Molds:
    """Kept as long as the compiled template: an edited one, and the one of another language, are others."""
    return Molds(lambda kind, marks: str(draw(template.module, kind, marks)))


def _languages_nav() -> Markup:
    """In layouts: the same page in each language; nothing on the answer to a form, which has no address of its own."""
    if request.method not in ("GET", "HEAD"):
        return trusted("")
    return poured("layouts/_languages.html", _draw_nav).pour(languages.current(), languages.addresses())


def _draw_nav(module: Any, here: str, hrefs: Sequence[str]) -> str:
    return str(module.nav(list(zip(languages.offered().values(), hrefs, strict=True)), here))
