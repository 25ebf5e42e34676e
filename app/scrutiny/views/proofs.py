"""What proves a vote to whoever cast it: the list of receipts, and what of the secret is true and what is not."""

from typing import Any

from flask import Response, make_response, render_template, request

from app.core.guard import public
from app.scrutiny import messages, queries
from app.scrutiny.rules.secrecy import TOLD
from app.scrutiny.views import bp
from app.scrutiny.views.results import URL, around
from app.voting.rules import codes
from app.voting.services.casting import receipt_hash


@bp.get(f"{URL}/constancias")
@public(load=queries.counted_vote)
def receipts(vote: Any) -> str:
    """ "¿Está mi voto en la urna?": the page; the code is sent by POST, so that no address and no log keeps it."""
    return _receipts(vote)


@bp.post(f"{URL}/constancias")
@public(load=queries.counted_vote)
def check_receipt(vote: Any) -> Response:
    """Says whether that ballot is in the box: never which one."""
    typed = request.form.get("code", "")[:100]
    code = codes.read(typed, codes.RECEIPT_LETTERS)
    is_there = queries.has_receipt(vote.id, receipt_hash(code)) if code else None
    return make_response(_receipts(vote, typed=typed, is_asked=True, is_readable=code is not None, is_there=is_there), 200 if code else 422)


@bp.get(f"{URL}/constancias.txt")
@public(load=queries.counted_vote)
def receipts_list(vote: Any) -> Response:
    """Every SHA-256, one a line, sorted: the order tells nothing, and nothing here leads to a choice."""
    return Response("\n".join(queries.receipts(vote.id)) + "\n", mimetype="text/plain")


@bp.get(f"{URL}/secreto")
@public(load=queries.public_vote)
def secrecy(vote: Any) -> str:
    statements = [
        {"id": statement.value, "question": messages.SECRECY[statement][0], "said": messages.SECRECY[statement][1],
         "answer": messages.ANSWERS[told.answer], "kind": told.answer.value, "tests": told.tests}
        for statement, told in TOLD.items()
    ]  # fmt: skip
    return render_template("scrutiny/secrecy.html", **around(vote), statements=statements)


def _receipts(vote: Any, **asked: Any) -> str:
    closing = queries.closing_of(vote.id)
    return render_template("scrutiny/receipts.html", **around(vote), closing=closing, **{"is_asked": False, "typed": "", **asked})
