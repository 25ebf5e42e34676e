"""The right to reply: taking a reply, looking at its words, closing it, and saying what changed because of it."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.contributions import services as contributions
from app.contributions.models import Contribution
from app.contributions.rules.privacy import personal_data
from app.contributions.rules.terms import Channel, Visibility
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean
from app.feedback.models import Decision
from app.feedback.rules.personal_data import leaks
from app.letters import queries
from app.letters.models import Reply, ReplyChange, ReplyOutcome, ReplyReview
from app.letters.rules import replies as rules
from app.letters.rules.replies import ReplyDraft, ReplyKind, ReplyProblem, ReplyState
from app.notifications import services as notifications
from app.processes import services as processes
from app.spaces.rules import Role

AUTHOR, TEAM = "autor", "equipo, a nombre del autor"


@dataclass(frozen=True)
class Sender:
    """Who brings a reply: the author by a private link or signed in, or somebody of the team who writes it down for them."""

    channel: Channel = Channel.WEB
    given_on: date | None = None
    person_id: int | None = None
    recorded_by_id: int | None = None


def take(contribution: Contribution, draft: ReplyDraft, sender: Sender, *, now: datetime) -> Reply:
    """Store the author's reply to the answer that stands; the caller commits.

    The same words sent again while the reply is open give the reply that is there. What a person wrote is held until somebody
    looks at it; an acceptance without words, and what the team writes down without personal data, is public at once. The public
    register and the secretariat are told. `contribution.process.space` is loaded. Raises RuleBroken (domain.md BR-30).
    """
    draft = replace(draft, text=clean(draft.text))
    db.session.execute(select(Contribution.id).where(Contribution.id == contribution.id).with_for_update())
    decision_id, answer = queries.answer_facts(contribution)
    standing = queries.open_reply(decision_id) if decision_id else None
    if standing is not None and (standing.kind, standing.text) == (draft.kind, draft.text):
        return standing
    today = lima_day(now)
    problems = list(rules.problems_with(draft, answer, on=sender.given_on or today))
    if sender.recorded_by_id is not None:
        problems += rules.problems_with_record(sender.channel, sender.given_on, answer, today=today)
    refuse_if_any(problems)
    assert decision_id is not None and draft.kind is not None  # noqa: S101 - problems_with has just said so
    reply = _store(contribution, decision_id, draft, sender, now)
    _told(contribution, reply, now)
    return reply


def _store(contribution: Contribution, decision_id: int, draft: ReplyDraft, sender: Sender, now: datetime) -> Reply:
    assert draft.kind is not None  # noqa: S101 - judged by `take`
    reply = Reply(
        process_id=contribution.process_id, contribution_id=contribution.id, contribution=contribution, decision_id=decision_id,
        number=queries.last_number(contribution.id) + 1, kind=draft.kind, text=draft.text, state=rules.first_state(draft.kind),
        visibility=_first_visibility(draft, sender), channel=sender.channel, given_on=sender.given_on or lima_day(now), received_at=now,
        person_id=sender.person_id, recorded_by_id=sender.recorded_by_id,
    )  # fmt: skip
    db.session.add(reply)
    try:
        db.session.flush()
    except IntegrityError:  # uq_reply_open or uq_reply_number: another one was first
        db.session.rollback()
        raise RuleBroken([Problem(ReplyProblem.OPEN_ALREADY)]) from None
    return reply


def _first_visibility(draft: ReplyDraft, sender: Sender) -> Visibility:
    if not draft.text:
        return Visibility.PUBLIC
    was_read = sender.recorded_by_id is not None and not personal_data(draft.text)
    return Visibility.PUBLIC if was_read else Visibility.HELD


def _told(contribution: Contribution, reply: Reply, now: datetime) -> None:
    facts: dict[str, Any] = {"kind": str(reply.kind), "number": reply.number}
    if reply.text and reply.visibility is Visibility.PUBLIC:
        facts["text_sha256"] = _sha256(reply.text)
    audit.record("letters.reply", "contribution", contribution.code, facts, at=now, role=TEAM if reply.recorded_by_id else AUTHOR)
    _count(contribution)
    if reply.kind is ReplyKind.ACCEPT:
        return
    process = contribution.process
    content = {
        "code": contribution.code, "number": reply.number, "kind": str(reply.kind), "title": contribution.title, "process": process.title,
        "space": process.space.name, "link": f"{_site()}/mesa/aportes/{contribution.code}/replicas/{reply.number}",
    }  # fmt: skip
    for address, person_id in queries.secretariat_addresses(process, lima_day(now)):
        notifications.queue(
            "letters.reply-received", address=address, person_id=person_id, subject_kind="contribution", subject_id=contribution.id,
            content=content, dedupe_key=f"letters.reply-received:{reply.id}:{person_id}", at=now,
        )  # fmt: skip


def settle(reply: Reply, outcome: ReplyState | None, text: str, *, role: Role, person_id: int, now: datetime) -> None:
    """Close an open reply with an answer, or noting it for a reason; the caller commits.

    `role` is what the public reads. The author with an e-mail gets a letter. `reply.contribution.process.space` is loaded.
    Raises RuleBroken: the words are too short or hold personal data, or somebody closed it first.
    """
    text = clean(text)
    problems = list(rules.problems_with_outcome(reply.state, outcome, text))
    found = leaks(text, official=(reply.contribution.process.space.contact,))
    if found:
        problems.append(Problem(ReplyProblem.PERSONAL_DATA, "text", {"found": found[0].found}))
    refuse_if_any(problems)
    assert outcome is not None  # noqa: S101 - problems_with_outcome has just said so
    closed = db.session.execute(
        update(Reply).where(Reply.id == reply.id, Reply.state == ReplyState.OPEN).values(state=outcome),
        execution_options={"synchronize_session": False},
    )
    if closed.rowcount != 1:  # type: ignore[attr-defined]
        db.session.rollback()
        raise RuleBroken([Problem(ReplyProblem.NOT_OPEN)])
    db.session.add(ReplyOutcome(reply_id=reply.id, state=outcome, text=text, role=role, person_id=person_id, at=now))
    db.session.flush()
    db.session.refresh(reply, ["state"])
    facts = {"number": reply.number, "outcome": str(outcome), "text_sha256": _sha256(text)}
    audit.record("letters.settle-reply", "contribution", reply.contribution.code, facts, at=now, role=str(role))
    _count(reply.contribution)
    _write_to_author(reply, outcome, text, role, now)


def _write_to_author(reply: Reply, outcome: ReplyState, text: str, role: Role, now: datetime) -> None:
    contribution = reply.contribution
    address = queries.author_address(contribution.id)
    if address:
        content = {
            "code": contribution.code, "number": reply.number, "said": reply.text, "outcome": str(outcome), "text": text, "role": str(role),
            "process": contribution.process.title, "space": contribution.process.space.name, "contact": contribution.process.space.contact,
            "link": f"{_site()}/aportes/{contribution.code}/replicas#replica-{reply.number}",
        }  # fmt: skip
        notifications.queue(
            "letters.reply-settled", address=address, subject_kind="contribution", subject_id=contribution.id, content=content,
            dedupe_key=f"letters.reply-settled:{reply.id}", at=now,
        )  # fmt: skip


def let_read(reply: Reply, *, person_id: int, now: datetime, role: str) -> None:
    """The public may read the words of a reply from now on; the caller commits. Raises RuleBroken when it may already."""
    refuse_if_any([Problem(ReplyProblem.NOT_HELD)] if reply.visibility is Visibility.PUBLIC else [])
    _look(reply, Visibility.PUBLIC, "", person_id, now)
    facts = {"number": reply.number, "text_sha256": _sha256(reply.text)}
    audit.record("letters.publish-reply", "contribution", reply.contribution.code, facts, at=now, role=role)


def hide(reply: Reply, reason: str, *, person_id: int, now: datetime) -> None:
    """Keep the words of a reply from the public, and say why; it still must be answered or noted. The caller commits. Raises RuleBroken."""
    reason = clean(reason)
    refuse_if_any(rules.problems_with_hiding(reply.visibility, reason))
    _look(reply, Visibility.HIDDEN, reason, person_id, now)
    facts = {"number": reply.number, "reason_sha256": _sha256(reason)}
    audit.record("letters.hide-reply", "contribution", reply.contribution.code, facts, at=now, role="moderación")


def _look(reply: Reply, visibility: Visibility, reason: str, person_id: int, now: datetime) -> None:
    reply.visibility = visibility
    db.session.add(ReplyReview(reply_id=reply.id, visibility=visibility, reason=reason, person_id=person_id, at=now))
    db.session.flush()
    processes.touch_public(reply.process_id)


def link_change(reply: Reply, decision: Decision | None, *, person_id: int, now: datetime, role: str) -> None:
    """Say that a newer published version of the answer came of this reply; the caller commits. Raises RuleBroken."""
    if decision is None or decision.id not in {d.id for d in queries.corrections_after(reply)}:
        raise RuleBroken([Problem(ReplyProblem.NO_CORRECTION, "version")])
    db.session.add(ReplyChange(reply_id=reply.id, decision_id=decision.id, linked_by_id=person_id, linked_at=now))
    try:
        db.session.flush()
    except IntegrityError:  # pk_reply_change
        db.session.rollback()
        raise RuleBroken([Problem(ReplyProblem.LINKED_ALREADY, "version")]) from None
    facts = {"number": reply.number, "version": decision.version}
    audit.record("letters.link-change", "contribution", reply.contribution.code, facts, at=now, role=role)
    processes.touch_public(reply.process_id)


def _count(contribution: Contribution) -> None:
    replies, still_open = queries.how_many(contribution.id)
    contributions.mark_replies(contribution.id, replies=replies, open_replies=still_open)
    processes.touch_public(contribution.process_id)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _site() -> str:
    return str(current_app.config["SITE_URL"])
