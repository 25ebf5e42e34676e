"""What every request does before it reaches a page: as little as it can, and the same as the libraries would."""

import pytest
from babel.support import Translations
from flask import Flask, session, url_for
from flask_babel import get_translations

from app import factory
from app.core import languages


def test_an_address_made_in_python_is_kept_like_one_made_in_a_template(app: Flask) -> None:
    with app.test_request_context("/"):
        first = url_for("feedback.index", slug="plan")
        kept = factory._path.cache_info().hits
        assert url_for("feedback.index", slug="plan") == app.url_for("feedback.index", slug="plan") == first == "/procesos/plan/respuestas"
        assert factory._path.cache_info().hits == kept + 2


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"_external": True}, "http://localhost/procesos/plan/respuestas"),
        ({"_anchor": "abajo"}, "/procesos/plan/respuestas#abajo"),
        ({"pagina": None}, "/procesos/plan/respuestas"),
    ],
)
def test_an_address_that_is_more_than_a_path_is_left_to_flask(app: Flask, more: dict[str, object], expected: str) -> None:
    with app.test_request_context("/"):
        kept = factory._path.cache_info()
        assert url_for("feedback.index", slug="plan", **more) == expected  # type: ignore[arg-type]
        assert factory._path.cache_info() == kept


def test_who_brings_no_cookie_has_an_empty_session_that_can_be_written(app: Flask) -> None:
    with app.test_request_context("/"):
        assert not session
        session["a"] = 1
        assert session.modified


def test_spanish_asks_no_catalogue_and_the_others_do(app: Flask) -> None:
    with app.test_request_context("/"):
        assert not isinstance(get_translations(), Translations)
        with languages.speaking("en"):
            assert isinstance(get_translations(), Translations)
        assert not isinstance(get_translations(), Translations)
