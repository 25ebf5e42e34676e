"""The vote, its ballot paper, its signatures, its booths and what was shown of its turnout."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from app.budgeting import queries as budgeting
from app.budgeting.models import BudgetRound
from app.budgeting.rules.money import pots_of_territory
from app.budgeting.rules.tabs import RoundTab, Tab
from app.core.db import db
from app.processes.models import Process
from app.processes.rules.states import ProcessState
from app.projects.models import Project
from app.projects.rules import ProjectState
from app.voting.models import Ballot, Booth, Receipt, TokenRun, TurnoutStep, Vote, VoteApproval, VoteOption
from app.voting.rules import VoteState
from app.voting.rules.announcing import rule_of
from app.voting.rules.ballots import BallotRule, Option
from app.voting.rules.course import TAKING

_LOADS = (joinedload(Vote.round, innerjoin=True).joinedload(BudgetRound.process, innerjoin=True).joinedload(Process.space, innerjoin=True),)


def desk_vote(slug: str, vote: str) -> Vote | None:
    """A vote of a process by their slugs, drafts too; round, process and space loaded."""
    return db.session.scalar(
        select(Vote).join(Vote.round).join(BudgetRound.process).where(Process.slug == slug, Vote.slug == vote).options(*_LOADS)
    )


def public_vote(slug: str, vote: str) -> Vote | None:
    """As `desk_vote`, once it was announced, in a process that the public may see."""
    found = desk_vote(slug, vote)
    hidden = found is None or found.state is VoteState.DRAFT or found.round.process.state is ProcessState.DRAFT
    return None if hidden else found


def vote_by_id(vote_id: int) -> Vote | None:
    return db.session.scalar(select(Vote).where(Vote.id == vote_id).options(*_LOADS))


def votes_of(process_id: int, *, drafts: bool = False) -> Sequence[Vote]:
    """The votes of a process, the one that opens last first."""
    query = select(Vote).join(Vote.round).where(BudgetRound.process_id == process_id).options(*_LOADS)
    if not drafts:
        query = query.where(Vote.state != VoteState.DRAFT)
    return db.session.scalars(query.order_by(Vote.opens_at.desc(), Vote.id.desc())).all()


def open_votes(now: datetime) -> Sequence[Vote]:
    """Every vote that takes ballots at `now`, by the clock."""
    return db.session.scalars(
        select(Vote).where(Vote.state.in_(TAKING), Vote.opens_at <= now, Vote.closes_at > now).options(*_LOADS).order_by(Vote.id)
    ).all()


def admissible_projects(round_id: int) -> Sequence[Project]:
    """What may be put on a ballot: public, admissible, with a cost; by number."""
    return db.session.scalars(
        select(Project)
        .where(
            Project.round_id == round_id, Project.state == ProjectState.ADMISSIBLE, Project.is_public.is_(True),
            Project.cost_cents.is_not(None),
        )
        .order_by(Project.number)
    ).all()  # fmt: skip


def has_slug(round_id: int, slug: str) -> bool:
    return bool(db.session.scalar(select(exists().where(Vote.round_id == round_id, Vote.slug == slug))))


def options(vote_id: int) -> Sequence[VoteOption]:
    """The ballot paper by number; project, theme and territory loaded."""
    return db.session.scalars(
        select(VoteOption)
        .where(VoteOption.vote_id == vote_id)
        .options(joinedload(VoteOption.project).joinedload(Project.theme), joinedload(VoteOption.territory))
        .order_by(VoteOption.number)
    ).all()


def ballot_rule(vote: Vote) -> BallotRule:
    """What `validate_ballot` judges by."""
    rows = db.session.execute(select(VoteOption.number, VoteOption.cost_cents, VoteOption.ubigeo).where(VoteOption.vote_id == vote.id))
    paper = [Option(number, cost, ubigeo) for number, cost, ubigeo in rows]
    return rule_of(vote.kind, vote.fewest, vote.most, vote.points, vote.limit_cents, vote.rules, paper)


def has_ballots(vote_id: int) -> bool:
    """Whether the box has any: from then on the rules do not change."""
    return bool(db.session.scalar(select(exists().where(Ballot.vote_id == vote_id))))


def has_receipt(vote_id: int, code_sha256: str) -> bool:
    return bool(db.session.scalar(select(exists().where(Receipt.vote_id == vote_id, Receipt.code_sha256 == code_sha256))))


def approvals(vote: Vote) -> Sequence[VoteApproval]:
    """The signatures under the rules as they are now."""
    return db.session.scalars(
        select(VoteApproval)
        .where(VoteApproval.vote_id == vote.id, VoteApproval.sha256 == vote.rules_sha256)
        .order_by(VoteApproval.approved_at, VoteApproval.id)
    ).all()


def booths(vote_id: int) -> Sequence[Booth]:
    return db.session.scalars(select(Booth).where(Booth.vote_id == vote_id).order_by(Booth.number)).all()


def booth(vote_id: int, handle_hash: str) -> Booth | None:
    """The booth behind a secret address, while it is open."""
    return db.session.scalar(select(Booth).where(Booth.vote_id == vote_id, Booth.handle_hash == handle_hash, Booth.closed_at.is_(None)))


def token_runs(vote_id: int) -> Sequence[TokenRun]:
    return db.session.scalars(
        select(TokenRun).where(TokenRun.vote_id == vote_id).options(joinedload(TokenRun.territory)).order_by(TokenRun.number.desc())
    ).all()


def token_run(vote_id: int, number: int) -> TokenRun | None:
    return db.session.scalar(
        select(TokenRun)
        .where(TokenRun.vote_id == vote_id, TokenRun.number == number)
        .options(joinedload(TokenRun.territory), joinedload(TokenRun.vote).options(*_LOADS))
    )


def turnout_steps(vote_id: int) -> Sequence[TurnoutStep]:
    """What was shown of the turnout, oldest first."""
    return db.session.scalars(select(TurnoutStep).where(TurnoutStep.vote_id == vote_id).order_by(TurnoutStep.at)).all()


def newest_step(vote_id: int) -> TurnoutStep | None:
    return db.session.scalar(select(TurnoutStep).where(TurnoutStep.vote_id == vote_id).order_by(TurnoutStep.at.desc()).limit(1))


def round_tabs(round_: BudgetRound) -> list[RoundTab]:
    """The page of its votes, when one was announced."""
    is_public = db.session.scalar(select(exists().where(Vote.round_id == round_.id, Vote.state != VoteState.DRAFT)))
    return [RoundTab(Tab.VOTE, "voting.index")] if is_public else []


def voted_pots(round_id: int) -> dict[str, str]:
    """The pots of the ceiling that announced votes decide, each with the title of its vote."""
    found = db.session.scalars(
        select(Vote).where(Vote.round_id == round_id, Vote.state != VoteState.DRAFT).order_by(Vote.announced_at, Vote.id)
    ).all()
    round_ = budgeting.round_by_id(round_id) if found else None
    if round_ is None:
        return {}
    return {pot: vote.title for vote in found for pot in pots_of(vote, round_)}


def pots_of(vote: Vote, round_: BudgetRound) -> frozenset[str]:
    """The pots a vote decides: all when it is one list for everybody, otherwise those of the territories of its projects."""
    pots = budgeting.pots(round_)
    if not vote.is_by_territory:
        return frozenset(pots)
    places = db.session.scalars(select(VoteOption.ubigeo).where(VoteOption.vote_id == vote.id).distinct()).all()
    named = frozenset(pot for ubigeo in places if ubigeo for pot in pots_of_territory(pots, ubigeo))
    return named | (pots_of_territory(pots, "") if None in places else frozenset())


def round_facts(round_id: int) -> dict[str, Any]:
    """For the guards of the round: votes that were announced and whose count is not published yet, and what votes decide."""
    waiting = (VoteState.ANNOUNCED, VoteState.OPEN, VoteState.CLOSED, VoteState.COUNTED)
    found = db.session.scalar(select(func.count()).select_from(Vote).where(Vote.round_id == round_id, Vote.state.in_(waiting)))
    return {"open_votes": int(found or 0), "voted_pots": voted_pots(round_id)}
