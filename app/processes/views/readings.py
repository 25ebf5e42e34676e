"""Easy-to-read versions: the public page, and the desk page where they are written and published."""

from typing import Any

from flask import Response, abort, flash, make_response, render_template, request
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import guarded, public
from app.core.web import not_modified, tagged
from app.processes import messages, queries, services
from app.processes.forms import ReadingForm
from app.processes.permissions import GRANTS, ProcessPermission
from app.processes.rules.readings import LONGEST_SENTENCE_WORDS, ReadingLanguage, long_sentences
from app.processes.views import bp
from app.processes.views.contents import Answer, back, desk, person_id


@bp.get("/procesos/<slug>/lectura-facil")
@public(load=queries.public_process_by_slug)
def reading(process: Any) -> Response:
    """`?lengua=qu`; without it, the first there is. 404 while there is none."""
    asked = request.args.get("lengua", "")
    same = not_modified("reading", process.id, process.public_revision, asked)
    if same:
        return tagged(same)
    known = queries.readings(process.id)
    chosen = next((one for language, one in known.items() if language == asked), None) or next(iter(known.values()), None)
    if chosen is None:
        abort(404)
    return tagged(
        make_response(
            render_template(
                "processes/reading.html", process=process, space=process.space, reading=chosen, known=known,
                names=messages.READING_LANGUAGES, nav_here="processes",
            )
        )
    )  # fmt: skip


@bp.get("/mesa/procesos/<slug>/lectura-facil")
@guarded(ProcessPermission.EDIT, GRANTS, load=queries.process_by_slug)
def edit_reading(process: Any) -> Answer:
    asked = request.args.get("lengua", "")
    language = ReadingLanguage(asked) if asked in set(ReadingLanguage) else ReadingLanguage.SPANISH
    current = queries.readings(process.id).get(language)
    form = ReadingForm(formdata=None, language=language.value, text=current.text if current else "")
    return _page(process, form)


@bp.post("/mesa/procesos/<slug>/lectura-facil")
@guarded(ProcessPermission.EDIT, GRANTS, load=queries.process_by_slug)
def publish_reading(process: Any) -> Answer:
    form = ReadingForm()
    if form.validate():
        try:
            services.publish_reading(process, form.draft(), person_id=person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        except SomebodyWasFirst:
            form.text.errors = [_("Otra persona publicó esta versión mientras usted escribía. Compare y vuelva a publicar.")]
            process = queries.process_by_slug(process.slug)
        else:
            db.session.commit()
            flash(_("La versión de lectura fácil es pública."), "good")
            return back("processes.edit_reading", slug=process.slug)
    return _page(process, form, 422)


def _page(process: Any, form: ReadingForm, status: int = 200) -> Answer:
    return desk(
        "processes/edit_reading.html", status, process=process, space=process.space, form=form, known=queries.readings(process.id),
        names=messages.READING_LANGUAGES, long=long_sentences(form.text.data or ""), longest=LONGEST_SENTENCE_WORDS,
    )  # fmt: skip
