"""What anybody may check of themselves: whether they are marked as having voted, and whether their receipt's ballot is in the box."""

from typing import Any

from flask import render_template

from app.core import clock
from app.core.guard import public
from app.voting import queries, services
from app.voting.forms import ReceiptForm
from app.voting.rules import codes as letters
from app.voting.rules.terms import CodePurpose
from app.voting.views import bp, passes
from app.voting.views.doors import send_code
from app.voting.views.entrance import Answer, entrance
from app.voting.views.public import VOTE


@bp.get(f"{VOTE}/mi-marca")
@public(load=queries.public_vote)
def mark(vote: Any) -> Answer:
    """Ask whether one is marked: the counter to marks put for people who did not come (reliability.md 6.5)."""
    passes.private()
    return entrance(vote, for_mark=True)


@bp.post(f"{VOTE}/mi-marca")
@public(load=queries.public_vote)
def ask_mark(vote: Any) -> Answer:
    return send_code(vote, CodePurpose.MARK)


@bp.get(f"{VOTE}/comprobar")
@public(load=queries.public_vote)
def check(vote: Any) -> Answer:
    passes.private()
    return _page(vote, ReceiptForm(formdata=None), None)


@bp.post(f"{VOTE}/comprobar")
@public(load=queries.public_vote)
def check_receipt(vote: Any) -> Answer:
    """Whether the ballot of that receipt is in the box. The code travels in the form, so that no log keeps it."""
    passes.private()
    form = ReceiptForm()
    if not form.validate():
        return _page(vote, form, None), 422
    code = letters.read(form.receipt.data or "", letters.RECEIPT_LETTERS)
    return _page(vote, form, bool(code) and queries.has_receipt(vote.id, services.receipt_hash(code or "")))


def _page(vote: Any, form: Any, is_in: bool | None) -> str:
    process = vote.round.process
    return render_template(
        "voting/check.html", vote=vote, process=process, space=process.space, form=form, is_in=is_in,
        stage=vote.course.stage(clock.now()).value,
    )  # fmt: skip
