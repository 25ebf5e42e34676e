"""Settings that would be unsafe are refused before the first request (S57); cookies say what they may be used for (S15)."""

import pytest

from app.factory import create_app
from config import SETTINGS, SHORTEST_SECRET, Config, SettingsRefused
from tests.conftest import SECRET


@pytest.mark.parametrize("secret", ["", "x", "x" * (SHORTEST_SECRET - 1)])
def test_a_short_secret_is_refused_with_a_sentence_that_helps(secret: str) -> None:
    with pytest.raises(SettingsRefused, match="secrets.token_urlsafe"):
        Config({"SECRET_KEY": secret})


def test_no_setting_has_a_secret_by_default() -> None:
    assert [s.name for s in SETTINGS if s.name in {"SECRET_KEY", "MAIL_URL", "DATABASE_URL", "REDIS_URL"} and s.default] == []


def test_defaults_are_those_of_production() -> None:
    config = Config({"SECRET_KEY": SECRET})
    assert not config.TESTING and not getattr(config, "DEBUG", False) and not config.DEMO


def test_over_tls_the_cookie_is_bound_to_the_host(tmp_path) -> None:  # noqa: ANN001 - pytest's Path
    app = create_app(Config({"SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path), "SITE_URL": "https://minka.example.pe"}))
    cookie = app.test_client().get("/ingresar", base_url="https://minka.example.pe").headers["Set-Cookie"]
    assert cookie.startswith("__Host-")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain=" not in cookie


def test_the_site_answers_only_to_its_own_name(tmp_path) -> None:  # noqa: ANN001 - pytest's Path
    app = create_app(Config({"SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path), "SITE_URL": "https://minka.example.pe"}))
    assert app.test_client().get("/ingresar", base_url="https://otra.example.pe").status_code == 400
