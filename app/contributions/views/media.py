"""Photos and audio: the author adds them from the receipt, a person of the team hears and types, the author confirms."""

from typing import Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from app.contributions import queries, services
from app.contributions.forms import EmptyForm, MediaForm, ObjectionForm, VoiceForm
from app.contributions.permissions import GRANTS, ContributionPermission
from app.contributions.rules import media as rules
from app.contributions.rules.media import MediaProblem, Medium
from app.contributions.rules.terms import Visibility
from app.contributions.views import bp
from app.contributions.views.capture import who
from app.contributions.views.receipts import private, receipt_of
from app.core import clock
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.core.guard import guarded, public
from app.core.web import carried_out
from app.evidence.rules import AttachmentKind
from app.evidence.views import served
from app.processes import queries as processes

URL, DESK = "/recibos/<token>/archivos", "/mesa/aportes/<code>/archivos"


def own_file(token: str, key: str) -> Any:
    """(receipt and token, file), or None when the link opens no such file."""
    found = receipt_of(token)
    file = queries.medium_of(found[0].contribution.id, key) if found else None
    return None if file is None else (found, file)


def desk_file(code: str, key: str) -> Any:
    """The file, when it is of that contribution: its scope decides who may open it."""
    said = queries.contribution_with_media(code)
    return queries.medium_of(said.id, key) if said else None


@bp.get(URL)
@public(load=receipt_of)
def media(found: Any) -> Response:
    return _page(found, MediaForm(None), ObjectionForm(None))


@bp.post(URL)
@public(load=receipt_of)
def add_media(found: Any) -> Response:
    form = MediaForm()
    sent = form.upload() if form.validate() else None
    try:
        if sent is None:
            raise RuleBroken([Problem(MediaProblem.NOTHING)])
        medium, upload = sent
        consent = medium is Medium.PHOTO or bool(form.is_for_public.data)
        services.add_file(found[0].contribution, medium, upload, is_for_public=consent, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _page(found, form, ObjectionForm(None), 422)
    return _done(found)


@bp.post(f"{URL}/<key>/quitar")
@public(load=own_file)
def take_media_back(pair: Any) -> Response:
    found, file = pair
    try:
        services.take_back(found[0].contribution, file, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        form = MediaForm(None)
        form.show(broken)
        return _page(found, form, ObjectionForm(None), 422)
    return _done(found)


@bp.get(f"{URL}/<key>")
@public(load=own_file)
def own_media(pair: Any) -> Response:
    return private(served(pair[1]))


@bp.post(f"{URL}/texto")
@public(load=receipt_of)
def settle_voice(found: Any) -> Response:
    """The author confirms what was typed of their audio, or says what is wrong with it."""
    form, said = ObjectionForm(), found[0].contribution
    try:
        if form.objection.data:
            services.object_to_voice(said, form.objection.data, now=clock.now())
        else:
            services.confirm_voice(said, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _page(found, MediaForm(None), form, 422)
    return _done(found)


def _done(found: Any) -> Response:
    db.session.commit()
    return private(redirect(url_for("contributions.media", token=found[1]), 303))  # type: ignore[arg-type]


def _page(found: Any, form: MediaForm, objection: ObjectionForm, status: int = 200) -> Response:
    token = found[1]
    said = receipt_of(token)[0].contribution  # after a rollback nothing is loaded any more
    files = queries.media_of(said.id)
    return private(make_response(render_template(
        "contributions/media.html", contribution=said, process=said.process, space=said.process.space, token=token, form=form,
        objection=objection, files=files, photos=_of_kind(files, AttachmentKind.PHOTO), audios=_of_kind(files, AttachmentKind.AUDIO),
        voice=queries.voice_text(said.id), is_open=said.visibility is Visibility.HELD, limits=rules, guard=EmptyForm(None),
    ), status))  # fmt: skip


def _of_kind(files: Any, kind: AttachmentKind) -> list[Any]:
    return [file for file in files if file.kind is kind]


@bp.get("/mesa/procesos/<slug>/audios")
@guarded(ContributionPermission.HEAR, GRANTS, load=processes.process_by_slug)
def voices(process: Any) -> str:
    """Audios whose text nobody has confirmed yet."""
    return render_template("contributions/voices.html", process=process, space=process.space, rows=queries.voices_to_type(process.id))


@bp.get(DESK)
@guarded(ContributionPermission.HEAR, GRANTS, load=queries.contribution_with_media)
def media_desk(said: Any) -> str:
    form = VoiceForm(None)
    voice = queries.voice_text(said.id)
    form.text.data = voice.text if voice else ""
    return _desk(said, form)


@bp.post(DESK)
@guarded(ContributionPermission.HEAR, GRANTS, load=queries.contribution_with_media)
def type_voice(said: Any) -> Any:
    form, code = VoiceForm(), said.code
    if carried_out(form, lambda: services.type_voice(said, form.text.data or "", person_id=who(), now=clock.now()), undo=True):
        db.session.commit()
        flash(_("Guardado. Su autor lo lee en su recibo y lo confirma."), "good")
        return redirect(url_for("contributions.media_desk", code=code), 303)
    return _desk(queries.contribution_with_media(code), form), 422


@bp.get(f"{DESK}/<key>")
@guarded(ContributionPermission.HEAR, GRANTS, load=desk_file)
def desk_media(file: Any) -> Response:
    return served(file)


def _desk(said: Any, form: VoiceForm) -> str:
    files = queries.media_of(said.id)
    return render_template(
        "contributions/media_desk.html", contribution=said, process=said.process, space=said.process.space, form=form,
        photos=_of_kind(files, AttachmentKind.PHOTO), audios=_of_kind(files, AttachmentKind.AUDIO), voice=queries.voice_text(said.id),
        is_open=said.visibility is Visibility.HELD, flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip
