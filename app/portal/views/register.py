"""Following the register by mail, and its proof with the texts that acts name."""

from __future__ import annotations

import tempfile
from typing import Any

from flask import Response, redirect, render_template, request, send_file, url_for

from app.audit import documents as proof
from app.audit import queries as register
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.guard import public
from app.core.web import not_modified, open_data, tagged
from app.portal import queries, services
from app.portal.forms import FollowForm
from app.portal.views import bp

LONGEST_REFERENCE = 80
IN_MEMORY = 4 * 1024 * 1024


@bp.get("/registro/prueba.zip")
@public()
def proof_bundle() -> Response:
    """The whole register with what proves it; `?ref=` adds the published texts of that process."""
    ref = request.args.get("ref", "").strip()[:LONGEST_REFERENCE]
    process = queries.process_of_reference(ref)
    standing = register.standing()
    same = not_modified("proof", standing, ref, process.public_revision if process else 0)
    if same:
        return same
    try:
        certificates = audit.certificates()
    except OSError:
        certificates = b""
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - send_file closes it
    texts = queries.named_texts(process) if process else []
    proof.write(file, certificates=certificates, texts=texts, now=clock.now())
    file.seek(0)
    name = f"prueba-{process.slug}.zip" if process else "prueba.zip"
    return tagged(open_data(send_file(file, mimetype="application/zip", as_attachment=True, download_name=name, etag=False)))


@bp.get("/registro/seguir")
@public()
def follow_register_form() -> str:
    return render_template("portal/follow.html", form=FollowForm(), is_asked=False)


@bp.post("/registro/seguir")
@public()
def follow_register() -> Any:
    form = FollowForm()
    if not form.validate():
        return render_template("portal/follow.html", form=form, is_asked=False), 422
    services.ask_to_follow_register(form.email.data or "", now=clock.now())
    db.session.commit()
    return redirect(url_for("portal.follow_asked"), 303)


@bp.get("/registro/seguir/gracias")
@public()
def follow_asked() -> str:
    return render_template("portal/follow.html", form=None, is_asked=True)


@bp.get("/registro/seguir/confirmar/<token>")
@public()
def confirm_form(token: str) -> str:
    return render_template("portal/follow_confirm.html", action="confirm", token=token, done=None)


@bp.post("/registro/seguir/confirmar/<token>")
@public()
def confirm(token: str) -> Any:
    is_known = services.confirm_following_register(token)
    db.session.commit()
    done = render_template("portal/follow_confirm.html", action="confirm", token=token, done=is_known)
    return done, 200 if is_known else 422


@bp.get("/registro/seguir/dejar/<token>")
@public()
def leave_form(token: str) -> str:
    return render_template("portal/follow_confirm.html", action="leave", token=token, done=None)


@bp.post("/registro/seguir/dejar/<token>")
@public()
def leave(token: str) -> str:
    services.stop_following_register(token)
    db.session.commit()
    return render_template("portal/follow_confirm.html", action="leave", token=token, done=True)
