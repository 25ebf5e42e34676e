"""The scrutiny on the desk, step by step: tables, close, seed, count, signatures."""

from collections.abc import Callable
from typing import Any

from flask import flash, get_flashed_messages, redirect, render_template, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded
from app.scrutiny import messages, queries, services
from app.scrutiny.forms import DestroyForm, SeedForm
from app.scrutiny.permissions import GRANTS, ScrutinyPermission
from app.scrutiny.rules import books
from app.scrutiny.rules.acts import Act, Key, last_day_to_complain
from app.scrutiny.services.closing import mark_scrubbed
from app.scrutiny.views import bp

URL = "/mesa/procesos/<slug>/votaciones/<vote>/escrutinio"


def who() -> int:
    return current_actor().person_id or 0


@bp.get(URL)
@guarded(ScrutinyPermission.READ, GRANTS, load=queries.staff_vote)
def desk(vote: Any) -> str:
    return page(vote)


@bp.post(f"{URL}/cerrar")
@guarded(ScrutinyPermission.CLOSE, GRANTS, load=queries.staff_vote)
def close(vote: Any) -> Any:
    slug, name = vote.round.process.slug, vote.slug

    def done(is_closed: bool) -> str:
        return _scrubbed(slug, name) if is_closed else _("Su firma quedó puesta. La urna se cierra con la firma de otra persona.")

    return _act(vote, lambda: services.close(vote, person_id=who(), now=clock.now()), done)


@bp.post(f"{URL}/borrar-orden")
@guarded(ScrutinyPermission.CLOSE, GRANTS, load=queries.staff_vote)
def scrub(vote: Any) -> Any:
    if vote.closed_at is None:
        return _refused(vote.round.process.slug, vote.slug, _("Primero hay que cerrar la urna, entre dos personas."))
    return _back(vote, _scrubbed(vote.round.process.slug, vote.slug))


def _scrubbed(slug: str, name: str) -> str:
    """After the commit of the close: the file without the old rows. The vote is read again, because the connection was given back."""
    db.session.rollback()
    if not services.scrub():
        return _("La urna está cerrada. Falta terminar de borrar el orden en que se votó: alguien estaba leyendo. Use el botón de abajo.")
    vote = queries.staff_vote(slug, name)
    if vote is not None:
        mark_scrubbed(vote, now=clock.now())
        db.session.commit()
    return _("La urna está cerrada y el orden en que se votó ya no está en la base de datos.")


@bp.post(f"{URL}/semilla")
@guarded(ScrutinyPermission.READ_SEED, GRANTS, load=queries.staff_vote)
def read_seed(vote: Any) -> Any:
    form, slug, name = SeedForm(), vote.round.process.slug, vote.slug
    if form.validate():
        try:
            is_set = services.read_seed(vote, form.seed.data or "", person_id=who(), now=clock.now())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            said = _("Las dos lecturas son iguales: la semilla está escrita.") if is_set else _(
                "Su lectura quedó guardada. Falta que otra persona lea la fuente y escriba lo mismo."
            )  # fmt: skip
            return _back_to(slug, name, said)
    return page(queries.staff_vote(slug, name), seed=form), 422


@bp.post(f"{URL}/semilla/borrar")
@guarded(ScrutinyPermission.READ_SEED, GRANTS, load=queries.staff_vote)
def discard_reading(vote: Any) -> Any:
    return _act(
        vote, lambda: services.discard_reading(vote, person_id=who(), now=clock.now()),
        lambda _none: _("La primera lectura se borró. Empiecen otra vez; en el registro público queda escrito."),
    )  # fmt: skip


@bp.post(f"{URL}/contar")
@guarded(ScrutinyPermission.COUNT, GRANTS, load=queries.staff_vote)
def count(vote: Any) -> Any:
    def done(row: Any) -> str:
        if row.agrees:
            return _("Contado dos veces, con dos programas: los mismos ganadores. Ya pueden firmar los dos sectores.")
        if row.agrees is None:
            return _("Contado. El segundo conteo quedó en la cola: el paso 4 dirá cuando termine.")
        return _("Contado, pero el segundo programa no coincide: mire el paso 4.")

    return _act(vote, lambda: services.count(vote, person_id=who(), now=clock.now()), done)


@bp.post(f"{URL}/firmar-gobierno")
@guarded(ScrutinyPermission.SIGN_FOR_GOVERNMENT, GRANTS, load=queries.staff_vote)
def sign_for_government(vote: Any) -> Any:
    return _sign(vote, Key.GOVERNMENT)


@bp.post(f"{URL}/firmar-sociedad-civil")
@guarded(ScrutinyPermission.SIGN_FOR_NON_GOVERNMENT, GRANTS, load=queries.staff_vote)
def sign_for_non_government(vote: Any) -> Any:
    return _sign(vote, Key.NON_GOVERNMENT)


@bp.post(f"{URL}/llave")
@guarded(ScrutinyPermission.DESTROY_KEY, GRANTS, load=queries.staff_vote)
def destroy_key(vote: Any) -> Any:
    """One of the two signatures under the end of the key; the second one destroys it, after the commit that says so."""
    form, slug, name = DestroyForm(), vote.round.process.slug, vote.slug
    confirms = form.validate() and bool(form.confirms.data)
    try:
        is_ordered = services.order_destruction(vote, confirms=confirms, person_id=who(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        if not any(problem.field for problem in broken.problems):
            return _refused(slug, name, " ".join(messages.problem(problem) for problem in broken.problems))
        form.show(broken)
        return page(queries.staff_vote(slug, name), destroying=form), 422
    db.session.commit()
    if is_ordered:
        return _finish_destroying(slug, name)
    return _back_to(slug, name, _("Su firma quedó puesta. La llave se destruye con la firma de otra persona."))


@bp.post(f"{URL}/llave/terminar")
@guarded(ScrutinyPermission.DESTROY_KEY, GRANTS, load=queries.staff_vote)
def finish_destroying(vote: Any) -> Any:
    """When the server stopped between the second signature and the end of the file."""
    return _finish_destroying(vote.round.process.slug, vote.slug)


def _finish_destroying(slug: str, name: str) -> Any:
    vote = queries.staff_vote(slug, name)
    if vote is None or not services.destroy_key(vote, now=clock.now()):
        return _refused(slug, name, _("Faltan las firmas de dos personas para destruir la llave."))
    db.session.commit()
    return _back_to(slug, name, _("La llave está destruida y el registro público lo dice. El padrón ya no nombra a nadie."))


def _sign(vote: Any, key: Key) -> Any:
    row = queries.count_of(vote.id)
    if row is None:
        return _refused(vote.round.process.slug, vote.slug, _("Todavía no hay un conteo que firmar. Cuente primero."))

    def sign() -> bool:
        return services.sign(
            vote, row, key, source=messages.source(vote.title), reasons=messages.reasons(row.result), person_id=who(), now=clock.now()
        )

    return _act(
        vote, sign, lambda is_public: _("El resultado está publicado.") if is_public else _("Firmado. Falta la firma del otro sector.")
    )


def _act(vote: Any, do: Callable[[], Any], said: Callable[[Any], str]) -> Any:
    """One act of a button: done, committed and told; or refused in words, on the same page."""
    slug, name = vote.round.process.slug, vote.slug
    try:
        outcome = do()
    except RuleBroken as broken:
        db.session.rollback()
        return _refused(slug, name, " ".join(messages.problem(problem) for problem in broken.problems))
    db.session.commit()
    return _back_to(slug, name, said(outcome))


def _refused(slug: str, name: str, sentence: str) -> tuple[str, int]:
    return page(queries.staff_vote(slug, name), refused=sentence), 422


def _back(vote: Any, said: str) -> Any:
    return _back_to(vote.round.process.slug, vote.slug, said)


def _back_to(slug: str, name: str, said: str) -> Any:
    flash(said, "good")
    return redirect(url_for("scrutiny.desk", slug=slug, vote=name), 303)


def page(vote: Any, *, refused: str = "", seed: SeedForm | None = None, destroying: DestroyForm | None = None) -> str:
    """Where the scrutiny stands; nothing of the result but after both signatures."""
    closing, row = queries.closing_of(vote.id), queries.count_of(vote.id)
    now = clock.now()
    found = queries.books_of(vote.id) if closing else None
    return render_template(
        "scrutiny/desk.html", vote=vote, process=vote.round.process, space=vote.round.process.space, refused=refused,
        seed_form=seed or SeedForm(None), destroying=destroying or DestroyForm(None),
        last_day=_last_day(vote, row), names=messages, closing=closing, count=row, now=now, is_over=now >= vote.closes_at,
        today=lima_day(now),
        tables=queries.tables(vote.id), books=found, unbalanced=[messages.problem(p) for p in books.problems(found)] if found else [],
        signed={act.value: [(s.key, s.person_id == who(), s.signed_at) for s in queries.signatures(vote.id, act)] for act in Act},
        flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


def _last_day(vote: Any, count: Any) -> Any:
    """Until when one may complain; None before the publication."""
    if count is None or count.published_at is None:
        return None
    return last_day_to_complain(lima_day(count.published_at), vote.round.appeal_days)
