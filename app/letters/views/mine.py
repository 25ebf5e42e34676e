"""Everything I said and every answer, on one private page; and the author's reply.

Three ways in. The link of a receipt shows what was sent with that receipt and nothing else: anybody can type somebody else's
e-mail in the public form. The link sent to an address shows everything under it. Whoever is signed in sees everything under the
e-mail of their account, which they have proved, and what they sent from it or claimed into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, url_for
from flask_babel import gettext
from flask_login import current_user

from app.contributions import messages as contributions_messages
from app.contributions import queries as contributions
from app.contributions import services as contributions_services
from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.core.guard import ask_to_sign_in, public
from app.core.web import carried_out, page_number, pager
from app.deliberation import messages as deliberation_words
from app.deliberation import queries as deliberation
from app.feedback.messages import OUTCOMES
from app.letters import messages, queries, services
from app.letters.forms import LinkForm, ReplyForm
from app.letters.rules.replies import ReplyKind, window
from app.letters.views import bp
from app.moderation import queries as moderation
from app.moderation.views.mine import told

if TYPE_CHECKING:
    from app.contributions.models import Contribution

ACCOUNT = "cuenta"
LONGEST_TOKEN = 100


@dataclass(frozen=True)
class Access:
    """What a private link opens: everything under an address, or (`contribution_id`) what one receipt is of."""

    token: str
    email: str = ""
    contribution_id: int | None = None
    person_id: int | None = None

    def finds(self, code: str) -> Contribution | None:
        """The contribution with that code, when this link may show it."""
        return queries.one_of(self.email, self.contribution_id, code, self.person_id)


def access_of(token: str) -> Access | None:
    """What the link opens; None when it opens nothing, or its time is over."""
    if token == ACCOUNT:
        signed_in = current_user.is_authenticated
        return Access(token, current_user.email, person_id=current_user.id) if signed_in else Access(token)
    if len(token) > LONGEST_TOKEN:
        return None
    if "." in token:
        author = contributions_services.address_of(token, clock.now())
        return Access(token, author.email) if author else None
    receipt = contributions.receipt_by_hash(contributions_services.receipt_hash(token))
    return Access(token, contribution_id=receipt.contribution_id) if receipt else None


def _needs_account(access: Access) -> bool:
    return access.token == ACCOUNT and access.person_id is None


def private(response: Response) -> Response:
    """Kept by no cache and no search engine; its address goes to no other site."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@bp.get("/mis-aportes")
@public()
def ask() -> Response:
    return _ask_page(LinkForm(formdata=None))


def _ask_page(form: LinkForm, status: int = 200, was_sent: bool = False) -> Response:
    page = render_template(
        "letters/ask.html", form=form, was_sent=was_sent, is_signed_in=current_user.is_authenticated, account=ACCOUNT
    )  # fmt: skip
    return private(make_response(page, status))


@bp.post("/mis-aportes")
@public()
def request_link() -> Response:
    """The same page and the same sentence whether anybody is known by the address or not."""
    form = LinkForm()
    if carried_out(form, lambda: services.request_link(form.email.data, now=clock.now())):
        db.session.commit()
        return _ask_page(form, was_sent=True)
    return _ask_page(form, 422)


@bp.get("/mis-aportes/<token>")
@public(load=access_of)
def mine(access: Access) -> Response:
    if _needs_account(access):
        return ask_to_sign_in()
    today, number = lima_day(clock.now()), page_number()
    page = (
        queries.said_as(access.contribution_id)
        if access.contribution_id is not None
        else queries.said_under(access.email, number, access.person_id)
    )
    return private(make_response(render_template(
        "letters/mine.html", access=access, page=page, entries=_entries(page, today),
        is_receipt=access.contribution_id is not None, outcomes=OUTCOMES, kinds=messages.SAID_KINDS, states=messages.STATES,
        roles=messages.ROLES, visibilities=contributions_messages.VISIBILITIES, flashes=get_flashed_messages(with_categories=True),
        pager_links=pager(page, lambda n: url_for("letters.mine", token=access.token, pagina=n if n > 1 else None)),
    )))  # fmt: skip


def _entries(page: Any, today: Any) -> list[dict[str, Any]]:
    """Every contribution of the page, with what moderation took from it and where to appeal."""
    acts: dict[int, list[Any]] = {}
    for act in moderation.own_appealable(contribution_ids=[said.contribution.id for said in page.rows]):
        acts.setdefault(act.contribution_id or 0, []).append(told(act))
    amendments = deliberation.amendment_states([said.contribution.id for said in page.rows])
    return [
        _entry(said, today)
        | {
            "acts": acts.get(said.contribution.id, []),
            "amendment": deliberation_words.STATES[amendments[said.contribution.id]] if said.contribution.id in amendments else "",
            "token": contributions_services.receipt_token(said.contribution.submission_key),
        }
        for said in page.rows
    ]


def _entry(said: Any, today: Any) -> dict[str, Any]:
    """A contribution as letters/mine.html shows it: `until` is the last day to reply, `may_reply` whether it is not over."""
    decision = said.decision
    until = window(decision.reply_until, decision.clarify_by) if decision else None
    waits = any(
        reply.version == decision.version and reply.outcome is None and reply.kind is not ReplyKind.ACCEPT for reply in said.replies
    )
    return {
        "contribution": said.contribution, "decision": decision, "replies": said.replies, "until": until,
        "may_reply": bool(until and today <= until and not waits), "is_over": bool(until and today > until),
        "receipt": contributions_services.receipt_token(said.contribution.submission_key),
    }  # fmt: skip


def to_reply(token: str, code: str) -> tuple[Access, Contribution | None] | None:
    """The link and the contribution it may show; None when it shows no such thing, no contribution when one must sign in first."""
    access = access_of(token)
    if access is None or _needs_account(access):
        return None if access is None else (access, None)
    contribution = access.finds(code)
    return None if contribution is None else (access, contribution)


@bp.get("/mis-aportes/<token>/<code>/replica")
@public(load=to_reply)
def reply_form(found: tuple[Access, Contribution | None]) -> Response:
    access, contribution = found
    if contribution is None:
        return ask_to_sign_in()
    return _reply_page(access, contribution, ReplyForm(formdata=None))


@bp.post("/mis-aportes/<token>/<code>/replica")
@public(load=to_reply)
def reply(found: tuple[Access, Contribution | None]) -> Response:
    access, contribution = found
    if contribution is None:
        return ask_to_sign_in()
    form, code = ReplyForm(), contribution.code
    if carried_out(
        form, lambda: services.take(contribution, form.draft(), services.Sender(person_id=access.person_id), now=clock.now()), undo=True
    ):
        db.session.commit()
        flash(gettext("Recibimos su réplica. Aquí verá qué le contesta el foro."), "good")
        return private(redirect(url_for("letters.mine", token=access.token), 303))  # type: ignore[arg-type]
    return _reply_page(access, access.finds(code) or contribution, form, 422)


def _reply_page(access: Access, contribution: Contribution, form: ReplyForm, status: int = 200) -> Response:
    today = lima_day(clock.now())
    (said,) = queries.said_as(contribution.id).rows
    return private(make_response(render_template(
        "letters/reply.html", access=access, contribution=contribution, process=contribution.process, space=contribution.process.space,
        entry=_entry(said, today), form=form, outcomes=OUTCOMES, notes=messages.KIND_NOTES,
    ), status))  # fmt: skip
