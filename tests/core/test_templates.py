"""What templates say is said while compiling, in the language of the page; and what is poured is what the macro draws."""

import pytest
from flask import Flask

from app.core import languages
from app.core.templates import poured
from app.feedback.views.paging import Chip, chips_drawn


def compiled(app: Flask, source: str, name: str = "a.html") -> str:
    return app.jinja_env.compile(source, name, raw=True)


def test_written_words_are_part_of_the_compiled_page(app: Flask) -> None:
    code = compiled(app, '<p>{{ _("Procesos") }} {{ static_url("a.css") }} {{ site_language() }}</p>')
    assert f"<p>Procesos {app.extensions['minka.static']}a.css es</p>" in code
    assert "context.call" not in code


@pytest.mark.parametrize("source", ['{{ _("Procesos", n=1) }}', "{{ _(title) }}", '{{ _(*["Procesos"]) }}', '{{ url_for("portal.home") }}'])
def test_what_may_change_is_asked_at_each_visit(app: Flask, source: str) -> None:
    assert "context.call" in compiled(app, source)


def test_texts_that_are_no_markup_are_asked_at_each_visit(app: Flask) -> None:
    """A letter in plain text has no escaping, and what it prints is not marked as safe."""
    assert "context.call" in compiled(app, '{{ _("Procesos") }}', "a.txt")


def test_a_sentence_with_a_percent_sign_prints_one(app: Flask) -> None:
    assert "100 % seguro" in compiled(app, '{{ _("100 %% seguro") }}')


def test_each_language_has_its_own_compiled_page(app: Flask) -> None:
    pages = {}
    for code in languages.offered():
        with app.test_request_context("/"), languages.speaking(code):
            pages[code] = app.jinja_env.get_template("layouts/_chrome.html")
            assert app.jinja_env.get_template("layouts/_chrome.html") is pages[code]
    assert len(set(map(id, pages.values()))) == len(pages)


def test_one_request_after_another_speaks_the_language_of_its_address(app: Flask) -> None:
    client = app.test_client()
    with app.app_context():  # one context around several requests, as commands and tests do
        answers = [client.get(path).get_data(as_text=True) for path in ("/qu/ayuda", "/ayuda", "/en/ayuda", "/ayuda")]
        said = [answer.split('<html lang="')[1][:2] for answer in answers]
        assert said == ["qu", "es", "en", "es"]
        assert languages.current() == "es"


def test_chips_are_poured_as_the_macro_draws_them(app: Flask) -> None:
    """Counted or not, here or not, with words that try to be markup."""
    chips = [Chip("<b>A & B</b>", 0, "/x?a=1&b=2", True), Chip("C", None, '/"', False), Chip("D", 12, "", False)]
    with app.test_request_context("/"):
        macro = app.jinja_env.get_template("components/filter_chips.html").module.filter_chips  # type: ignore[attr-defined]
        for some in (chips, chips[:1], chips[::-1]):
            assert chips_drawn(some, 'Por "tema"') == macro(some, 'Por "tema"')
        assert chips_drawn([], "Por tema") == ""


def test_molds_are_kept_for_each_language(app: Flask) -> None:
    def draw(module, kind, marks):
        return "".join(marks)

    with app.test_request_context("/"):
        spanish = poured("components/filter_chips.html", draw)
        assert poured("components/filter_chips.html", draw) is spanish
        with languages.speaking("qu"):
            assert poured("components/filter_chips.html", draw) is not spanish
