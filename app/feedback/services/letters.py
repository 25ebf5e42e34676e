"""The letter with the answer: to each author who left an e-mail, whole, in the same transaction that publishes it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.contributions import services as contributions
from app.contributions.models import Authorship
from app.core.clock import lima_day
from app.core.dates import long_date
from app.core.db import db
from app.feedback import queries
from app.feedback.models import Decision
from app.feedback.rules.checks import REPLY_WINDOW
from app.feedback.rules.drafts import DecisionDraft, PartDraft
from app.feedback.rules.outcomes import DecisionState
from app.notifications import services as notifications
from app.notifications.services import NewLetter
from app.processes.models import Process

KIND = "feedback.answered"
LINK_LASTS = timedelta(days=120)
"""How long the private link of a letter opens: the window to reply, what the forum answers, and time to read it again."""
_SAID = (
    "what_changed", "adopted_part", "rejected_part", "change_needed", "reference", "target_cycle", "carry_over_owner", "referred_to",
    "referred_document", "where_to_go", "question", "text",
)  # fmt: skip


def write_letters(process: Process, chosen: Sequence[Decision], drafts: Mapping[int, DecisionDraft], now: datetime) -> int:
    """To each author of `chosen` who left an e-mail, the answer whole; how many were queued comes back. The caller commits.

    `drafts` are the answers by contribution id; `process.space` is loaded. One letter for each version of an answer, however
    often this is called; the same few statements for one answer or a thousand.
    """
    by_contribution = {d.contribution_id: d for d in chosen}
    authors = db.session.execute(
        select(Authorship.contribution_id, Authorship.email)
        .where(Authorship.contribution_id.in_(list(by_contribution)), Authorship.email != "")
        .order_by(Authorship.contribution_id)
    ).all()
    told = [by_contribution[contribution_id] for contribution_id, _ in authors]
    until = lima_day(now) + REPLY_WINDOW
    contents = letter_contents(process, told, drafts, {d.id: until for d in told})
    site, link_until = current_app.config["SITE_URL"], now + LINK_LASTS
    letters = []
    for contribution_id, email in authors:
        decision = by_contribution[contribution_id]
        token = contributions.address_token(decision.contribution.code, email, until=link_until)
        mine = {"mine_link": f"{site}/mis-aportes/{token}", "mine_until": long_date(lima_day(link_until))}
        letters.append(NewLetter(email, "contribution", contribution_id, {**contents[decision.id], **mine}, letter_key(decision.id)))
    return notifications.queue_many(KIND, letters, at=now)


def letter_key(decision_id: int) -> str:
    """What makes the letter of one version of an answer one: its key in the outbox."""
    return f"{KIND}:{decision_id}"


def letter_contents(
    process: Process, decisions: Sequence[Decision], drafts: Mapping[int, DecisionDraft], until: Mapping[int, date | None]
) -> dict[int, dict[str, Any]]:
    """What the letter of each decision says, by decision id, in plain values: the same on e-mail and on paper.

    `drafts` by contribution id; `until`, the last day to reply, by decision id. At most three statements.
    """
    before = _previous(decisions)
    return {d.id: _content(process, d, drafts[d.contribution_id], before.get(d.contribution_id), until.get(d.id)) for d in decisions}


def _previous(decisions: Sequence[Decision]) -> dict[int, Decision]:
    """The published version that each correction replaces, by contribution id."""
    corrected = {d.contribution_id: d.version for d in decisions if d.version > 1}
    if not corrected:
        return {}
    found: dict[int, int] = {}
    for decision_id, contribution_id, version in db.session.execute(
        select(Decision.id, Decision.contribution_id, Decision.version)
        .where(Decision.contribution_id.in_(list(corrected)), Decision.state == DecisionState.PUBLISHED)
        .order_by(Decision.contribution_id, Decision.version)
    ):
        if version < corrected[contribution_id]:
            found[contribution_id] = decision_id
    return {d.contribution_id: d for d in queries.decisions_by_id(list(found.values()))}


def _content(process: Process, decision: Decision, draft: DecisionDraft, before: Decision | None, until: date | None) -> dict[str, Any]:
    contribution = decision.contribution
    site = current_app.config["SITE_URL"]
    return {
        **_decided(decision, draft),
        "code": contribution.code, "title": contribution.title, "process": process.title, "space": process.space.name,
        "said": contribution.text, "said_language": str(contribution.language), "version": decision.version,
        "parts": [_part(part) for part in draft.parts], "group": list(draft.group),
        "summary": draft.summary, "summary_language": str(draft.summary_language or ""),
        "correction_reason": draft.correction_reason, "changes": _changes(decision, draft, before) if before else [],
        "reply_until": long_date(until), "reply_to": process.space.contact, "link": f"{site}/aportes/{contribution.code}/respuesta",
        "merged_link": f"{site}/aportes/{draft.merged_into}/respuesta" if draft.merged_into else "",
    }  # fmt: skip


def _decided(decision: Decision, draft: DecisionDraft) -> dict[str, Any]:
    """The decision with its references in words; outcomes and reasons stay codes, worded by the templates."""
    return {name: getattr(draft, name) for name in _SAID} | {
        "outcome": str(draft.outcome or ""), "fallback": str(draft.fallback or ""), "merged_into": draft.merged_into,
        "referred_on": long_date(draft.referred_on), "clarify_by": long_date(draft.clarify_by),
        "commitment": f"{decision.commitment.number}. {decision.commitment.title}" if decision.commitment else "",
        "organisation": decision.organisation.name if decision.organisation else "",
    }  # fmt: skip


def _part(part: PartDraft) -> dict[str, Any]:
    return {name: getattr(part, name) for name in _SAID if hasattr(part, name)} | {
        "idea": part.idea, "outcome": str(part.outcome or ""), "referred_on": long_date(part.referred_on),
        "commitment": f"{part.commitment}, {part.milestone}".rstrip(", ") if part.commitment else "",
    }  # fmt: skip


def _changes(decision: Decision, draft: DecisionDraft, before: Decision) -> list[dict[str, str]]:
    """What this version says that the one before did not, part by part; `part` is a name the templates word."""
    old, new = _decided(before, queries.draft_of(before)), _decided(decision, draft)
    return [{"part": name, "before": str(old[name]), "after": str(new[name])} for name in new if old[name] != new[name]]
