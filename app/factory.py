"""Puts the house together. The only file that knows every package."""

import hashlib
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask, Request, Response, current_app, g, get_flashed_messages, render_template, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_babel import Babel, gettext
from flask_compress import Compress
from flask_login import LoginManager, current_user
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from htmx_flask import Htmx
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from app.accounts.views.present import as_allowed, person_of
from app.budgeting.views.tabs import tabs_of_round
from app.core import assets, dates, difference, languages, rooms, security, storage, templates
from app.core.cache import FragmentCache
from app.core.cli import settings_command
from app.core.clock import lima_day, now
from app.core.db import REPLICA, close_reader, db, engine_options, make_durable
from app.core.guard import current_actor, may, public
from app.core.permissions import NOBODY, Actor
from app.core.text import trusted
from app.core.web import json_response
from app.demo.importing import demo_people
from app.feedback import queries as feedback_queries
from app.projects import queries as projects_queries
from app.spaces import queries as spaces_queries
from config import ROOT, Config

PACKAGES = (
    "audit", "evidence", "notifications", "accounts", "organisations", "territories", "spaces", "forum", "calls", "processes",
    "activities", "notices", "contributions", "deliberation", "moderation", "evaluation", "plans", "assignments", "groups", "paper",
    "feedback", "letters", "budgeting", "projects", "voting", "scrutiny", "agreements", "vigilance", "compliance",
    "portal", "desk", "opendata", "reports", "follows", "privacy", "directory", "incidents", "demo",
)  # fmt: skip
_PLAIN = frozenset((str, int))
BUDGETS = ("budgeting", "projects", "voting", "scrutiny", "agreements", "vigilance")
ERRORS = (400, 403, 404, 405, 409, 413, 415, 429, 500, 503)


@lru_cache(maxsize=5_000)
def _path(app: "Minka", root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return app.address(endpoint, dict(values))


class Signing(SecureCookieSessionInterface):
    """Makes what signs the sessions once: Flask would at every request, those that never read a session included."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Who brings no cookie has no session: nothing to look for."""
        return super().open_session(app, request) if "HTTP_COOKIE" in request.environ else self.session_class()

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        made: URLSafeTimedSerializer | None = app.extensions.get("minka.signing")
        if made is None:
            made = app.extensions["minka.signing"] = super().get_signing_serializer(app)
        return made


class Forms(CSRFProtect):
    """Asks first what every reader passes by; Flask-WTF looks up the view before the method."""

    def protect(self, apply_exemptions: bool = False) -> None:
        if request.method in current_app.config["WTF_CSRF_METHODS"]:
            super().protect(apply_exemptions)


class Minka(Flask):
    """Remembers the paths it has made: a page asks for the same fifteen, and the router composes each anew."""

    session_interface = Signing()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Nothing here is asynchronous, and Flask asks it of twenty functions at every request."""
        return func

    def url_for(
        self, endpoint: str, *, _anchor: Any = None, _method: Any = None, _scheme: Any = None, _external: Any = None, **values: Any
    ) -> str:
        """As Flask's. What is not a plain path of this site inside a request is left to it."""
        is_path = _anchor is _method is _scheme is _external is None  # `flask.url_for` names the four at every call
        if is_path and request and endpoint[0] != "." and _PLAIN.issuperset(map(type, values.values())):
            return _path(self, request.script_root, endpoint, tuple(values.items()))
        return super().url_for(endpoint, _anchor=_anchor, _method=_method, _scheme=_scheme, _external=_external, **values)

    def address(self, endpoint: str, values: dict[str, Any]) -> str:
        return super().url_for(endpoint, **values)


def create_app(config: Config | None = None) -> Flask:
    """The application, ready to serve. Raises SettingsRefused when the environment asks for something unsafe."""
    app = Minka(__name__, static_folder=None, template_folder=str(ROOT / "templates"))
    app.jinja_environment = templates.Environment
    settings = config or Config()
    app.config.from_object(settings)
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.SQLALCHEMY_DATABASE_URI)
    if settings.DATABASE_REPLICA_URL:
        replica = settings.DATABASE_REPLICA_URL
        app.config["SQLALCHEMY_BINDS"] = {REPLICA: {"url": replica, **engine_options(replica)}}
    _extensions(app)
    _static(app, settings)
    _rooms(app)
    _templates(app)
    _errors(app)
    _health(app)
    languages.follow_address(app)
    app.wsgi_app = languages.LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    security.protect(app)
    if settings.TRUSTED_PROXIES:
        hops = settings.TRUSTED_PROXIES
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app


def _extensions(app: Flask) -> None:
    Htmx(app)
    db.init_app(app)
    app.teardown_appcontext(close_reader)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    Forms(app)
    Compress(app)
    babel = Babel(
        app,
        locale_selector=lambda: languages.locale_of(languages.current()),
        default_translation_directories=str(ROOT / "app" / "translations"),
    )
    babel.domain_instance = languages.Catalogues()
    login = LoginManager()
    login.init_app(app, add_context_processor=False)  # it would read the session for every page, public ones too
    login.user_loader(person_of)
    app.extensions["minka.cache"] = FragmentCache(app.config["REDIS_URL"])
    app.extensions["minka.actor"] = _actor
    app.extensions["minka.process_facts"] = lambda process_id: {"waiting": feedback_queries.coverage(process_id).waiting}
    app.extensions["minka.round_tabs"] = lambda round_: rooms.chained(rooms.tellers(BUDGETS, "queries", "round_tabs"), round_)
    app.extensions["minka.round_facts"] = lambda round_id: rooms.merged(rooms.tellers(BUDGETS, "queries", "round_facts"), round_id)
    app.extensions["minka.chosen_projects"] = projects_queries.chosen_codes
    app.extensions["minka.project_story"] = lambda project: rooms.chained(rooms.tellers(BUDGETS, "views", "project_story"), project)
    app.extensions["minka.demo-people"] = demo_people
    with app.app_context():
        for engine in db.engines.values():
            make_durable(engine)


def _actor() -> Actor:
    if not current_user.is_authenticated:
        return NOBODY
    return as_allowed(spaces_queries.actor_for(current_user, lima_day(now())))


def _static(app: Flask, settings: Config) -> None:
    folder = settings.DATA_DIR / "static"
    name = assets.build(ROOT / "static", folder)
    app.extensions["minka.static"] = f"/static/{name}/"
    app.extensions["minka.build"] = hashlib.sha256((name + _code_digest()).encode()).hexdigest()[:10]
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=str(folder / name), prefix=f"static/{name}/", max_age=31_536_000,
        immutable_file_test=lambda path, url: True,
    )  # fmt: skip


def _code_digest() -> str:
    """Changes with the templates and the catalogues, so that a new release is never answered with 304."""
    total = hashlib.sha256()
    for path in [
        *sorted(Path(ROOT / "templates").rglob("*.html")),
        *sorted(languages.FOLDER.rglob("*.po")),
        languages.FOLDER / "languages.toml",
    ]:
        total.update(path.read_bytes())
    return total.hexdigest()


def _rooms(app: Flask) -> None:
    app.extensions["minka.jobs"], app.extensions["minka.long_jobs"] = [], []
    for package in PACKAGES:
        for room in ("models", "views", "cli"):
            if rooms.has_room(package, room):
                module = import_module(f"app.{package}.{room}")
                if room == "views":
                    app.register_blueprint(module.bp)
                if room == "cli":
                    for group in getattr(module, "COMMANDS", ()):
                        app.cli.add_command(group)
                    app.extensions["minka.jobs"] += getattr(module, "JOBS", [])
                    app.extensions["minka.long_jobs"] += getattr(module, "LONG_JOBS", [])
    app.cli.add_command(settings_command)


def _templates(app: Flask) -> None:
    templates.speak(app, app.jinja_env)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["trusted"] = trusted
    app.jinja_env.globals.update(
        long_date=dates.long_date,
        short_date=dates.short_date,
        long_instant=dates.long_instant,
        hour=dates.hour,
        span=dates.span,
        rfc3339=dates.rfc3339,
        difference=difference.shown,
        may=_may,
        tabs_of_round=tabs_of_round,
        is_demo=app.config["DEMO"],
        site_url=app.config["SITE_URL"],
    )

    @app.context_processor
    def _who() -> dict[str, Any]:
        if not g.get("private"):
            return {}
        return {"current_actor_name": current_actor().name, "flashes": get_flashed_messages(with_categories=True)}


def _may(permission_name: str, subject: Any) -> bool:
    """In templates: `may("feedback:decide", contribution)`. Raises KeyError for a permission nobody declared."""
    permission, grants = _permissions()[permission_name]
    return may(permission, grants, subject)


@cache
def _permissions() -> dict[str, tuple[Any, Any]]:
    """Every permission by name, with the table that grants it."""
    tables = [
        import_module(f"app.{package}.permissions").GRANTS for package in PACKAGES if (ROOT / "app" / package / "permissions.py").exists()
    ]
    return {str(permission): (permission, grants) for grants in tables for permission in grants}


def _errors(app: Flask) -> None:
    def show(error: HTTPException) -> tuple[str, int] | Response:
        code = error.code or 500
        if isinstance(error, SecurityError):  # a Host that is not ours: no address can be made for a page
            return Response(gettext("Este sitio no atiende con ese nombre."), code, mimetype="text/plain")
        if error.response is not None:
            return error.response  # type: ignore[return-value]
        return render_template(f"errors/{code if code in ERRORS else 400}.html", problem=error.description), code

    app.register_error_handler(HTTPException, show)

    @app.errorhandler(Exception)
    def _broken(error: Exception) -> tuple[str, int]:
        if app.testing:
            raise error
        db.session.rollback()
        app.logger.exception("unexpected error in %s", request.endpoint)
        return render_template("errors/500.html", problem=""), 500

    @app.errorhandler(OperationalError)
    def _busy(error: OperationalError) -> tuple[str, int, dict[str, str]]:
        db.session.rollback()
        app.logger.error("database not answering in %s: %s", request.endpoint, error.orig)
        return render_template("errors/503.html", problem=gettext("La base de datos no responde.")), 503, {"Retry-After": "5"}

    @app.teardown_appcontext
    def _let_go(_error: BaseException | None) -> None:
        """Before the extension's own: a connection that dies after its last statement does not undo an answer already made."""
        try:
            db.session.remove()
        except OperationalError as error:
            app.logger.error("connection lost after the answer: %s", error.orig)


def _health(app: Flask) -> None:
    @app.get("/healthz")
    @public()
    def healthz() -> Response:
        try:
            db.session.execute(text("SELECT 1"))
            answering = storage.is_answering()
        except OperationalError:
            answering = False
        response = json_response({"status": "ok" if answering else "unavailable"})
        response.status_code = 200 if answering else 503
        return response
