"""The capture sheet on a device without signal: the copy that stays there, the worker that keeps it, and who is signed in."""

import json
from pathlib import Path
from typing import Any

from flask import Response, current_app, jsonify, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from app.contributions.permissions import GRANTS, ContributionPermission
from app.contributions.views import bp
from app.contributions.views.capture import URL, prepared, sheet_of, sheet_page, who
from app.core.guard import current_actor, guarded, public
from app.core.web import not_modified, tagged

SCOPE = "/mesa/procesos/"  # the worker may keep sheets, and nothing above them
ASSETS = (
    "css/public.css", "css/desk.css", "vendor/figtree/figtree.woff2", "vendor/htmx-2.0.11.min.js", "img/favicon.svg",
    "js/htmx-setup.js", "js/stay.js", "js/capture/main.js", "js/capture/store.js", "js/capture/send.js", "js/capture/copies.js",
    "js/capture/drawing.js", "js/capture/ready.js",
)  # fmt: skip


@bp.get(f"{URL}/equipo")
@guarded(ContributionPermission.CAPTURE, GRANTS, load=sheet_of)
def capture_kept(opportunity: Any) -> str:
    """The sheet as it stays on the device: without what others said and without a token."""
    return sheet_page(opportunity, prepared(opportunity, None), is_kept=True)


@bp.get(f"{URL}/sesion")
@guarded(ContributionPermission.CAPTURE, GRANTS, load=sheet_of)
def capture_session(opportunity: Any) -> Response:
    """Who is signed in now, and a token that is good now: a sheet open since the morning has an old one."""
    return jsonify(person=str(who()), name=current_actor().name, csrf=generate_csrf())


@bp.get("/procesos/<slug>/actividades/<activity>/captura.webmanifest")
@public(load=sheet_of)
def capture_manifest(opportunity: Any) -> Response:
    """What a device needs to install the sheet as an application of its own; it says nothing that is not public."""
    address = url_for("contributions.capture", slug=opportunity.process.slug, activity=opportunity.slug)
    icon = {"src": current_app.extensions["minka.static"] + "img/favicon.svg", "sizes": "any", "type": "image/svg+xml"}
    content = {
        "name": _("Hoja de captura: %(activity)s", activity=opportunity.title), "short_name": _("Captura"), "lang": "es", "id": address,
        "start_url": address, "scope": address, "display": "standalone", "background_color": "#f7f3ec", "theme_color": "#122a5c",
        "icons": [{**icon, "purpose": "any"}],
    }  # fmt: skip
    return Response(json.dumps(content, ensure_ascii=False), mimetype="application/manifest+json")


@bp.get("/captura-sin-senal")
@public()
def capture_worker() -> Response:
    """The script that keeps sheets on a device; its bytes change with every release, so that browsers take the new one."""
    build = current_app.extensions["minka.build"]
    same = not_modified("capture-worker", build)
    if same is None:
        at = current_app.extensions["minka.static"]
        script = (Path(current_app.config["DATA_DIR"]) / at.strip("/") / "js" / "capture" / "worker.js").read_text(encoding="utf-8")
        assets = json.dumps([at + name for name in ASSETS])
        same = tagged(Response(f'"use strict";\nconst BUILD = "{build}", ASSETS = {assets};\n{script}', mimetype="text/javascript"))
    same.headers["Service-Worker-Allowed"] = SCOPE
    return same
