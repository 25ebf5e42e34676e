"""What authors do from their receipt: change the text, withdraw it, retire it in favour of another."""

from typing import Any

from flask import Response, make_response, redirect, render_template, url_for

from app.contributions import messages, queries, services
from app.contributions.forms import RetireForm, WithdrawForm, WordsForm
from app.contributions.rules.own_acts import OwnStanding, problems_with_changing, problems_with_ending
from app.contributions.rules.terms import Language
from app.contributions.views import bp
from app.contributions.views.receipts import private, receipt_of
from app.core import clock
from app.core.db import db
from app.core.fields import sentence
from app.core.guard import public
from app.core.web import carried_out

URL = "/recibos/<token>"
PAGES = {
    "change": "contributions/own_change.html", "withdraw": "contributions/own_withdraw.html", "retire": "contributions/own_retire.html",
}  # fmt: skip


@bp.get(f"{URL}/cambiar")
@public(load=receipt_of)
def change_form(found: Any) -> Response:
    said = found[0].contribution
    form = WordsForm(None)
    form.text.data, form.title.data, form.language.data = said.text, said.title, said.language
    return _page("change", found, form, problems_with_changing)


@bp.post(f"{URL}/cambiar")
@public(load=receipt_of)
def change_words(found: Any) -> Response:
    form, said = WordsForm(), found[0].contribution
    if carried_out(
        form,
        lambda: services.change_words(
            said, title=form.title.data or "", text=form.text.data, language=form.language.data or Language.SPANISH, now=clock.now()
        ),
        undo=True,
    ):
        return _done(found)
    return _page("change", found, form, problems_with_changing, 422)


@bp.get(f"{URL}/retirar")
@public(load=receipt_of)
def withdraw_form(found: Any) -> Response:
    return _page("withdraw", found, WithdrawForm(None), problems_with_ending)


@bp.post(f"{URL}/retirar")
@public(load=receipt_of)
def withdraw(found: Any) -> Response:
    form = WithdrawForm()
    if carried_out(
        form, lambda: services.withdraw(found[0].contribution, form.reason.data, form.note.data or "", now=clock.now()), undo=True
    ):
        return _done(found)
    return _page("withdraw", found, form, problems_with_ending, 422)


@bp.get(f"{URL}/en-favor-de-otro")
@public(load=receipt_of)
def retire_form(found: Any) -> Response:
    return _page("retire", found, RetireForm(None), problems_with_ending)


@bp.post(f"{URL}/en-favor-de-otro")
@public(load=receipt_of)
def retire(found: Any) -> Response:
    form = RetireForm()
    if carried_out(form, lambda: services.retire(found[0].contribution, form.code.data, now=clock.now()), undo=True):
        return _done(found)
    return _page("retire", found, form, problems_with_ending, 422)


def _done(found: Any) -> Response:
    db.session.commit()
    return private(redirect(url_for("contributions.receipt", token=found[1]), 303))  # type: ignore[arg-type]


def _page(name: str, found: Any, form: Any, refusals: Any, status: int = 200) -> Response:
    """The form, or why it is too late for it; always with the way back to the receipt."""
    author, token = found[0], found[1]
    author = queries.receipt_by_hash(services.receipt_hash(token)) or author  # after a rollback nothing is loaded any more
    standing: OwnStanding = queries.own_standing(author.contribution)
    too_late = [sentence(messages.PROBLEMS, problem) for problem in refusals(standing)]
    return private(make_response(render_template(
        PAGES[name], contribution=author.contribution, process=author.contribution.process,
        space=author.contribution.process.space, form=form, token=token, too_late=too_late[0] if too_late else "",
        alike=queries.public_alike(author.contribution.process_id, author.contribution.text) if name == "retire" else [],
    ), status))  # fmt: skip
