"""Reading a vote for its scrutiny: its options and what was announced of it."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from app.budgeting.counting.election import CITYWIDE
from app.budgeting.models import BudgetRound
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.processes.models import Process
from app.processes.rules.states import ProcessState
from app.scrutiny.rules.acts import ScrutinyProblem
from app.scrutiny.rules.elections import Contest, Option
from app.scrutiny.rules.tables import Entry
from app.voting.models import Vote, VoteOption
from app.voting.rules import Extent, VoteState


def _votes() -> Select[Vote]:
    return (
        select(Vote)
        .join(Vote.round)
        .join(BudgetRound.process)
        .options(contains_eager(Vote.round).contains_eager(BudgetRound.process).joinedload(Process.space, innerjoin=True))
    )


def staff_vote(slug: str, vote: str) -> Vote | None:
    """A vote that was announced, its round, process and space loaded: for staff."""
    return db.session.scalar(_votes().where(Process.slug == slug, Vote.slug == vote, Vote.state != VoteState.DRAFT))


def vote_by_id(vote_id: int) -> Vote | None:
    """Round, process and space loaded."""
    return db.session.scalar(_votes().where(Vote.id == vote_id))


def public_vote(slug: str, vote: str) -> Vote | None:
    """The same, where the public may see its process."""
    return db.session.scalar(
        _votes().where(Process.slug == slug, Vote.slug == vote, Vote.state != VoteState.DRAFT, Process.state != ProcessState.DRAFT)
    )


def counted_vote(slug: str, vote: str) -> Vote | None:
    """A vote whose box is closed: what of it may be public then, and not before."""
    found = public_vote(slug, vote)
    return found if found and found.state in (VoteState.CLOSED, VoteState.COUNTED, VoteState.PUBLISHED) else None


def published_vote(slug: str, vote: str) -> Vote | None:
    """A vote whose result both sectors signed. Until then nothing but turnout is told to anybody (B12)."""
    found = public_vote(slug, vote)
    return found if found and found.state is VoteState.PUBLISHED else None


def options(vote_id: int) -> Sequence[VoteOption]:
    """By number, projects and territories loaded."""
    return db.session.scalars(
        select(VoteOption)
        .where(VoteOption.vote_id == vote_id)
        .options(joinedload(VoteOption.project, innerjoin=True), joinedload(VoteOption.territory))
        .order_by(VoteOption.number)
    ).all()


def contest_of(vote: Vote) -> Contest:
    """What was announced, as the count needs it. Raises RuleBroken when a territory with projects has no ceiling."""
    found = options(vote.id)
    by_territory = _is_by_territory(vote)
    zones = {option.ubigeo or CITYWIDE for option in found} if by_territory else {CITYWIDE}
    return Contest(
        vote.title, vote.round.process.space.name, vote.round.fiscal_year, vote.kind, vote.fewest, vote.most, vote.points,
        vote.limit_cents, vote.opens_at, vote.closes_at, by_territory, _ceilings(vote, zones),
        tuple(Option(o.number, o.title, o.cost_cents, o.ubigeo) for o in found),
    )  # fmt: skip


def _is_by_territory(vote: Vote) -> bool:
    return vote.is_by_territory or vote.rules.get("extent", Extent.CITY) != Extent.CITY


def _ceilings(vote: Vote, zones: set[str]) -> dict[str, int]:
    """Céntimos of each zone. A list for everybody shares out the total; beside lists of territories, what no territory was promised,
    on the ballot or decided in another way."""
    total = int(vote.rules.get("total_cents") or vote.round.ceiling_cents)
    stated = {str(c["ubigeo"]): int(c["amount_cents"]) for c in vote.rules.get("ceilings", ()) if c.get("ubigeo") and not c.get("theme")}
    found = {zone: stated[zone] for zone in zones if zone in stated}
    for zone in sorted(zones - set(found) - {CITYWIDE}):
        raise RuleBroken([Problem(ScrutinyProblem.CEILING_MISSING, None, {"territory": zone})])
    if CITYWIDE in zones:
        found[CITYWIDE] = total if zones == {CITYWIDE} and not _is_by_territory(vote) else max(0, total - sum(stated.values()))
    return found


def entry_asked(vote: Vote) -> str:
    """ "ballots" where the organiser wants every paper keyed though totals would do."""
    return Entry.BALLOTS if vote.rules.get("paper") == Entry.BALLOTS else ""
