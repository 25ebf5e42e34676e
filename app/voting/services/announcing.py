"""A vote from draft to announcement, signed by two people; and back, with a reason, only before it opens."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from app.audit import rules as audit_rules
from app.audit import services as audit
from app.budgeting import queries as budgeting
from app.budgeting.counting import report
from app.budgeting.counting.parameters import Completion, Order, Parameters, Rule, Utility
from app.budgeting.models import BudgetRound
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean_line, slug
from app.processes.models import Process
from app.projects.models import Project
from app.projects.queries import lock_round, marked_pots
from app.projects.rules import ProjectState
from app.projects.rules.phases import Doing, may
from app.voting import queries
from app.voting.models import Vote, VoteApproval, VoteOption
from app.voting.rules import Extent, VoteState
from app.voting.rules.announcing import (
    AnnouncingProblem,
    OnBallot,
    VoteDraft,
    printed_rules,
    problems_with,
    problems_with_announcing,
    problems_with_signing,
    problems_with_withdrawing,
)
from app.voting.rules.course import VoteProblem
from app.voting.rules.terms import Seat


def save_vote(round_: BudgetRound, draft: VoteDraft, *, vote: Vote | None = None, revision: int = 0, person_id: int, now: datetime) -> Vote:
    """Save a draft; the signatures it had fall. The caller commits. Raises RuleBroken, SomebodyWasFirst.

    A vote that was announced is not changed here, whatever state it is in; with a ballot in the box the database refuses too (B09).
    """
    if vote is not None:
        vote = _locked(vote)
        refuse_unless_draft(vote)
        if vote.revision != revision:
            raise SomebodyWasFirst(vote)
    projects = _projects(round_, draft)
    draft = replace(draft, title=clean_line(draft.title), seed_source=clean_line(draft.seed_source), sheet=_sheet(draft))
    paper = [OnBallot(p.number, p.code, p.title, p.cost_cents or 0, p.ubigeo) for p in projects]
    problems = problems_with(draft, paper)
    if vote is None:
        address = slug(draft.title)[:60]
        if address and queries.has_slug(round_.id, address):
            problems.append(Problem(AnnouncingProblem.SLUG_TAKEN, "title"))
    refuse_if_any(problems)
    if vote is None:
        vote = Vote(
            round_id=round_.id, slug=slug(draft.title)[:60] or "votacion", revision=0, created_by_id=person_id, created_at=now
        )  # fmt: skip
    else:
        vote.revision += 1
    _write(vote, draft, paper, round_)
    db.session.add(vote)
    db.session.flush()
    db.session.execute(delete(VoteApproval).where(VoteApproval.vote_id == vote.id))
    _print_paper(vote, projects)
    return vote


def sign(vote: Vote, seat: Seat, sha256: str, *, person_id: int, now: datetime) -> None:
    """Sign exactly the rules whose hash is `sha256`. The caller commits. Raises SomebodyWasFirst when they are others by now."""
    vote = _locked(vote)
    refuse_unless_draft(vote)
    if vote.rules_sha256 != sha256:
        raise SomebodyWasFirst(vote)
    signed = {approval.seat: approval.person_id for approval in queries.approvals(vote)}
    refuse_if_any(problems_with_signing(seat, signed, vote.created_by_id, person_id))
    db.session.add(VoteApproval(vote_id=vote.id, seat=seat, person_id=person_id, sha256=sha256, approved_at=now))
    try:
        db.session.flush()
    except IntegrityError as refusal:
        db.session.rollback()
        raise RuleBroken([Problem(AnnouncingProblem.SIGNED_ALREADY)]) from refusal


def announce(vote: Vote, *, person_id: int, now: datetime) -> None:
    """Publish the vote with its rules and their hash, once both have signed them. The caller commits. Raises RuleBroken."""
    vote = _locked(vote)
    refuse_unless_draft(vote)
    signed = {approval.seat: approval.person_id for approval in queries.approvals(vote)}
    lock_round(vote.round_id)  # a mark of the matrix being given waits, and then sees the vote
    round_ = budgeting.round_by_id(vote.round_id)
    assert round_ is not None  # noqa: S101 - a vote has its round
    refuse_if_any(
        problems_with_announcing(
            signed, vote.opens_at, now, is_round_ready=may(Doing.RANK, round_.state), pots=queries.pots_of(vote, round_),
            marked=marked_pots(round_), voted=queries.voted_pots(round_.id),
        )
    )  # fmt: skip
    vote.state, vote.announced_at = VoteState.ANNOUNCED, now
    db.session.flush()
    facts = {
        "rules_sha256": vote.rules_sha256, "opens_at": vote.opens_at, "closes_at": vote.closes_at, "kind": vote.kind.value,
        "options": len(vote.rules["options"]), "seed_source": vote.seed_source, "signatures": [seat.value for seat in Seat],
    }  # fmt: skip
    audit.record("voting.announce", "vote", reference(vote), facts, at=now, role="municipalidad")


def withdraw(vote: Vote, reason: str, *, person_id: int, now: datetime) -> None:
    """Take the announcement back to correct it, before the vote opens; the reason is public. The caller commits. Raises RuleBroken."""
    vote, reason = _locked(vote), clean_line(reason)
    refuse_if_any(
        problems_with_withdrawing(
            is_announced=vote.state is VoteState.ANNOUNCED, has_ballots=queries.has_ballots(vote.id), opens_at=vote.opens_at, reason=reason,
            now=now,
        )
    )  # fmt: skip
    vote.state, vote.announced_at = VoteState.DRAFT, None
    vote.revision += 1
    db.session.execute(delete(VoteApproval).where(VoteApproval.vote_id == vote.id))
    db.session.flush()
    facts = {"rules_sha256": vote.rules_sha256, "reason": reason}
    audit.record("voting.withdraw", "vote", reference(vote), facts, at=now, role="municipalidad")


def refuse_unless_draft(vote: Vote) -> None:
    """Raises RuleBroken: RULES_FROZEN once there is a ballot, NOT_A_DRAFT once it was announced."""
    if queries.has_ballots(vote.id):
        raise RuleBroken([Problem(VoteProblem.RULES_FROZEN)])
    if vote.state is not VoteState.DRAFT:
        raise RuleBroken([Problem(AnnouncingProblem.NOT_A_DRAFT)])


def reference(vote: Vote) -> str:
    """How the public register names a vote."""
    return f"{vote.round.process.slug}/{vote.slug}"


def rules_text(rules: dict[str, Any]) -> str:
    """The text that is published and hashed."""
    return str(audit_rules.canonical(rules))


def _projects(round_: BudgetRound, draft: VoteDraft) -> Sequence[Project]:
    found = db.session.scalars(
        select(Project)
        .where(
            Project.round_id == round_.id, Project.id.in_(draft.project_ids), Project.state == ProjectState.ADMISSIBLE,
            Project.is_public.is_(True), Project.cost_cents.is_not(None),
        )
        .order_by(Project.number)
    ).all()  # fmt: skip
    if len(found) != len(set(draft.project_ids)):
        raise RuleBroken([Problem(AnnouncingProblem.PROJECT_UNKNOWN, "projects")])
    return found


def _sheet(draft: VoteDraft) -> dict[str, Any]:
    """The sheet of the count; the seed is drawn after the vote, from the source announced.

    Shares rise by 1 % of the first one: with few voters and a large ceiling, by one sol it would take thousands of counts (decision 0025).
    """
    return report.sheet(
        Parameters(
            rule=Rule(draft.rule), completion=Completion(draft.completion), order=Order(draft.order),
            utility=Utility(draft.utility) if draft.utility else None, increment=Fraction(1, 100), increment_is_share=True,
            minimum_votes=draft.minimum_votes,
            threshold=Fraction(draft.threshold) if draft.threshold else None,
            conflicts=tuple(frozenset(str(number) for number in group) for group in draft.conflicts),
        )
    )  # fmt: skip


def _write(vote: Vote, draft: VoteDraft, paper: Sequence[OnBallot], round_: BudgetRound) -> None:
    ceilings = [
        {"part": c.part, "ubigeo": c.ubigeo, "theme": c.theme.slug if c.theme else None, "amount_cents": c.amount_cents}
        for c in budgeting.ceilings(round_.id)
    ]  # fmt: skip
    rules = printed_rules(draft, paper, slug=vote.slug, process=round_.process.slug, ceilings=ceilings, total_cents=round_.ceiling_cents)
    vote.title, vote.kind, vote.fewest, vote.most = draft.title, draft.kind, draft.fewest, draft.most
    vote.points, vote.limit_cents, vote.is_by_territory = draft.points, draft.limit_cents, draft.extent is not Extent.CITY
    vote.channels = [channel.value for channel in draft.channels]
    vote.opens_at, vote.closes_at, vote.seed_source = draft.opens_at, draft.closes_at, draft.seed_source
    vote.rules, vote.rules_sha256 = rules, hashlib.sha256(rules_text(rules).encode()).hexdigest()


def _print_paper(vote: Vote, projects: Sequence[Project]) -> None:
    """The options of a draft follow it; once announced nothing of them changes."""
    db.session.execute(delete(VoteOption).where(VoteOption.vote_id == vote.id))
    for project in projects:
        db.session.add(
            VoteOption(
                vote_id=vote.id, number=project.number, project_id=project.id, title=project.title, cost_cents=project.cost_cents or 0,
                ubigeo=project.ubigeo,
            )
        )  # fmt: skip
    db.session.flush()


def _locked(vote: Vote) -> Vote:
    """The vote as it stands, held until the transaction ends, with its round, process and space."""
    return db.session.scalars(
        select(Vote)
        .where(Vote.id == vote.id)
        .options(
            joinedload(Vote.round, innerjoin=True).joinedload(BudgetRound.process, innerjoin=True).joinedload(Process.space, innerjoin=True)
        )
        .with_for_update(of=Vote)
        .execution_options(populate_existing=True)
    ).one()
