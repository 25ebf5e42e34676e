"""The citizen's own contribution, without an account."""

from typing import Any

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.views.present import account_id, is_minor
from app.contributions import queries, services
from app.contributions.forms import OnlineForm
from app.contributions.rules.saving import DRAFT_LASTS
from app.contributions.views import bp
from app.core import arrival, clock, dates
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import public
from app.core.web import wants_fragment
from app.organisations import queries as organisations
from app.processes import queries as processes
from app.processes.rules.schedule import PhaseKind

HERE_ONLY = "camera=(), microphone=(), geolocation=(self), payment=(), usb=()"
"""The only page that may ask where somebody is, and only when they press the button."""


@bp.get("/procesos/<slug>/aportes/nuevo")
@public(load=processes.public_process_by_slug)
def new(process: Any) -> Response | str:
    standing = queries.input_standing(process, clock.now())
    if not standing.is_open:
        return render_template(
            "contributions/closed.html", process=process, space=process.space, standing=standing, feedback=_feedback(process)
        )
    form = form_of(process, None)
    form.theme_slug.data = request.args.get("tema", "")[:80]
    greet(form)
    return page_of(process, form, standing)


@bp.post("/procesos/<slug>/aportes/nuevo")
@public(load=processes.public_process_by_slug)
def create(process: Any) -> Response | tuple[Response, int]:
    now = clock.now()
    form = form_of(process, request.form)
    protect(form)
    place = place_of(process, form)
    if "mapa" in request.form:
        return map_of(process, form)
    if "buscar" in request.form:
        form.offer(place.choices)
        return page_of(process, form, queries.input_standing(process, now), searched=True, found=place.ubigeo)
    if "parecidos" in request.form:
        return page_of(process, form, queries.input_standing(process, now), compared=True)
    form.take_voice()
    is_placed = not form.place.data or bool(place.ubigeo)
    if form.validate() and is_placed:
        try:
            receipt = services.submit(
                form.draft(place.ubigeo), process, submission_key=form.submission_key.data, letter=letter_for(process), now=now,
                came=arrival.arrival(now), person_id=account_id(),
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            services.discard_draft(form.submission_key.data)
            if form.is_spoken:
                services.expect_voice(receipt.contribution)
            db.session.commit()
            return redirect(url_for("contributions.media" if form.is_spoken else "contributions.receipt", token=receipt.token), 303)
    else:  # everything there is to mend is said at once
        form.show(RuleBroken(form.unsaid(services.problems_of(form.draft(place.ubigeo), process, now, person_id=account_id()))))
        if not is_placed:
            form.refuse_place(place.choices)
    form.give_voice_back()
    return page_of(process, form, queries.input_standing(process, now)), 422


def form_of(process: Any, data: Any) -> OnlineForm:
    """The form with the lists of the process."""
    form = OnlineForm(data)
    form.prepare(
        processes.themes(process.id), queries.places_of_space(process.space), _("No sé cuál: que lo ubique el equipo"), _("Sin indicar")
    )
    offer_organisations(form)
    return form


def offer_organisations(form: OnlineForm) -> None:
    """Those that whoever is signed in may speak for."""
    form.speak_for(organisations.spoken_for(account_id(), clock.lima_day(clock.now())), _("En el mío, o de una organización sin verificar"))


def greet(form: OnlineForm) -> None:
    """Begin a form with what the account of whoever is signed in says."""
    if current_user.is_authenticated:
        form.know("" if is_minor() else current_user.name, current_user.email, current_user.pseudonym)
    protect(form)


def protect(form: OnlineForm) -> None:
    """Whatever was sent, somebody of 14 to 17 is named by a pseudonym and gives no place (P07)."""
    if is_minor():
        form.protect()


def map_of(process: Any, form: OnlineForm) -> Response:
    """The form with its map open, nearer or closed again, whatever is typed kept; only the map for the script that asks for it."""
    asked = request.form.get("mapa")
    picking = None if asked == "cerrar" else queries.picking(process.space, request.form.get("mapa_en", "") if asked == "acercar" else "")
    form.keep_place(queries.place_of(form.ubigeo.data or ""))
    if not wants_fragment():
        return page_of(process, form, queries.input_standing(process, clock.now()), picking=picking)
    return make_response(render_template("contributions/_place_map.html", form=form, picking=picking, has_map=True))


def place_of(process: Any, form: OnlineForm) -> queries.Place:
    """The place chosen from what a name may mean, else the one written, else the one on the short list."""
    if form.place.data:
        named = queries.place_named(form.place.data, process.space.ubigeo or "")
        chosen = next((p for p in named.choices if p.ubigeo == form.place_choice.data), None)
        return queries.Place(chosen.ubigeo, named.choices) if chosen else named
    known = queries.place_of(form.ubigeo.data or "")
    return queries.Place(known.ubigeo if known else "")


def page_of(
    process: Any, form: OnlineForm, standing: Any, *, searched: bool = False, found: str = "", compared: bool = False, draft: Any = None,
    picking: Any = None,
) -> Response:  # fmt: skip
    """The form as it stands. `compared`: with what others said, asked for without a script; `draft`: the one it was opened from;
    `picking`: the map, when it is open.
    """
    form.keep_place(queries.place_of(form.ubigeo.data or ""))
    themes = processes.themes(process.id)
    chosen = next((theme for theme in themes if theme.slug == form.theme_slug.data), None)
    place = queries.place_of(found) if found else None
    alike = queries.public_alike(process.id, form.text.data or "") if compared or draft else []
    response = make_response(render_template(
        "contributions/new.html", process=process, space=process.space, form=form, standing=standing, themes=themes, theme=chosen,
        searched=searched, found_place=place.full_name if place else "", feedback=_feedback(process), alike=alike, compared=compared,
        draft=draft, lasts_days=DRAFT_LASTS.days, is_minor=is_minor(), is_signed_in=current_user.is_authenticated,
        picking=picking, has_map=len(process.space.ubigeo or "") < 6,
    ))  # fmt: skip
    response.headers["Permissions-Policy"] = HERE_ONLY
    return response


def _feedback(process: Any) -> Any:
    """The phase in which answers are written, when the schedule has one."""
    return next((phase for phase in processes.phases(process.id) if phase.kind is PhaseKind.FEEDBACK), None)


def letter_for(process: Any) -> Any:
    feedback = _feedback(process)

    def letter(code: str, token: str) -> dict[str, str]:
        site = current_app.config["SITE_URL"]
        return {
            "code": code,
            "process": process.title,
            "link": site + url_for("contributions.receipt", token=token),
            "answers": site + url_for("feedback.index", slug=process.slug),
            "first_day": dates.long_date(feedback.opens_at) if feedback else "",
            "last_day": dates.long_date(feedback.closes_at) if feedback else "",
        }

    return letter
