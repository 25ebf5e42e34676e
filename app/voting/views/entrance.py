"""Where one says who one is, whatever one comes for; and how an answer to that looks."""

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from app.core import clock
from app.voting.forms import CodeForm, DocumentForm, TokenForm
from app.voting.rules.terms import CodePurpose
from app.voting.views import shown

Answer = Response | str | tuple[str, int]


def origin() -> str:
    return request.remote_addr or ""


def code_page(vote: Any, form: CodeForm, status: int = 200, *, purpose: CodePurpose = CodePurpose.VOTE) -> tuple[str, int]:
    vote = shown.again(vote.id)
    process = vote.round.process
    offers = purpose is CodePurpose.VOTE and bool(vote.rules.get("reminders"))
    page = render_template(
        "voting/code.html", vote=vote, process=process, space=process.space, form=form, offers_reminder=offers,
        secrecy=shown.beyond(vote, "secreto"),
    )  # fmt: skip
    return page, status


def entrance(
    vote: Any, *, document: Any = None, token: Any = None, carried: str = "", status: int = 200, said: str = "", for_mark: bool = False
) -> tuple[str, int]:
    """Where one says who one is. `carried` is what was marked before the time was over."""
    document, token = document or DocumentForm(formdata=None), token or TokenForm(formdata=None, prefix="")
    document.carried.data = token.carried.data = carried
    vote = shown.again(vote.id)
    process = vote.round.process
    page = render_template(
        "voting/mark_door.html" if for_mark else "voting/door.html", vote=vote, process=process, space=process.space, document=document,
        token=token, has={name: True for name in vote.channels}, stage=vote.course.stage(clock.now()).value, said=said, carried=carried,
        secrecy=shown.beyond(vote, "secreto"),
    )  # fmt: skip
    return page, status
