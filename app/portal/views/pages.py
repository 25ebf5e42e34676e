"""Pages that explain: help, privacy, accessibility."""

from flask import current_app, render_template

from app.core.guard import public
from app.feedback import messages as feedback_messages
from app.feedback.rules.outcomes import Outcome
from app.portal import messages
from app.portal.views import bp
from app.spaces import queries as spaces


@bp.get("/ayuda")
@public()
def help() -> str:
    meanings = [(feedback_messages.OUTCOMES[outcome], messages.MEANINGS[outcome]) for outcome in Outcome]
    return render_template("portal/help.html", meanings=meanings)


@bp.get("/privacidad")
@public()
def privacy() -> str:
    return render_template(
        "portal/privacy.html", officer=current_app.config["DATA_OFFICER"], officer_email=current_app.config["DATA_OFFICER_EMAIL"],
        contacts=[space for space in spaces.spaces() if space.contact],
    )  # fmt: skip


@bp.get("/accesibilidad")
@public()
def accessibility() -> str:
    return render_template("portal/accessibility.html")
