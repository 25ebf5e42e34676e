"""Recording the election of the committee, and who comes when somebody leaves."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Person
from app.agreements import queries as agreements
from app.audit import services as audit
from app.budgeting.models import Agent, BudgetRound
from app.budgeting.rules import AgentKind
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line
from app.processes import services as processes
from app.spaces import services as spaces
from app.spaces.models import RoleAssignment
from app.spaces.rules import Role
from app.vigilance import queries
from app.vigilance.models import Candidate, Member, VigilanceCommittee
from app.vigilance.rules import committees as rules
from app.vigilance.rules.committees import CommitteeProblem, Count, ElectionDraft, MemberRole
from app.vigilance.rules.reports import sha256

TEAM = "equipo técnico municipal"


def record_election(round_: BudgetRound, draft: ElectionDraft, *, person_id: int, now: datetime) -> VigilanceCommittee:
    """Record what the assembly voted: candidates with their votes, who was elected, and their term. Members with an account hold the
    role of the committee in this process until the term ends. `round_.process.space` is loaded; the caller commits. Raises RuleBroken."""
    today = lima_day(now)
    db.session.execute(select(BudgetRound.id).where(BudgetRound.id == round_.id).with_for_update())
    agents = {agent.number: agent for agent in agreements.accredited(round_.id)}
    eligible = {number for number, agent in agents.items() if agent.kind is not AgentKind.TECHNICAL_TEAM}
    voting = sum(agent.has_vote for agent in agents.values())
    has_one = queries.sitting(round_.id, today) is not None
    refuse_if_any(
        rules.problems_with_election(
            draft, accredited=eligible, voting=voting, minimum=round_.vigilance_minimum, has_committee=has_one, today=today
        )
    )
    counted = rules.count(draft)
    assert draft.held_on is not None  # noqa: S101 - the rule refused it
    last = queries.committee_of(round_.id)
    ends = rules.ends_on(draft.held_on, round_.vigilance_months)
    content = _content(round_, draft, counted, agents, ends)
    committee = VigilanceCommittee(
        round_id=round_.id, number=(last.number if last else 0) + 1, held_on=draft.held_on, place=clean_line(draft.place),
        ballot=draft.ballot, voters=draft.voters, votes_each=draft.votes_each, seats=draft.seats, tie=clean(draft.tie),
        starts_on=draft.held_on, ends_on=ends, content=content, sha256=sha256(content), recorded_by_id=person_id, recorded_at=now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(committee)
    except IntegrityError as lost:  # uq_vigilance_committee_number
        raise RuleBroken([Problem(CommitteeProblem.IN_FORCE)]) from lost
    committee.round = round_
    for place, candidacy in enumerate(counted.order, start=1):
        elected = candidacy.number in counted.elected
        row = Candidate(
            committee_id=committee.id, agent_id=agents[candidacy.number].id, place=place, votes=candidacy.votes, is_elected=elected
        )
        db.session.add(row)
    for number, role in zip(counted.elected, rules.roles_in_order(len(counted.elected)), strict=True):
        _seat(committee, agents[number], role, draft.held_on, now)
    db.session.flush()
    facts = {"number": committee.number, "seats": draft.seats, "candidates": len(draft.candidates), "sha256": committee.sha256}
    audit.record("vigilance.elect", "process", round_.process.slug, facts, at=now, role=TEAM)
    processes.touch_public(round_.process_id)
    return committee


def _content(round_: BudgetRound, draft: ElectionDraft, counted: Count, agents: dict[int, Agent], ends: date) -> dict[str, Any]:
    assert draft.held_on is not None  # noqa: S101 - the rule refused it
    return {
        "process": round_.process.slug, "fiscal_year": round_.fiscal_year, "held_on": draft.held_on.isoformat(), "place": draft.place,
        "ballot": draft.ballot.value, "voters": draft.voters, "votes_each": draft.votes_each, "seats": draft.seats, "tie": draft.tie,
        "until": ends.isoformat(),
        "candidates": [
            {"agent": c.number, "name": agents[c.number].name, "votes": c.votes, "elected": c.number in counted.elected}
            for c in counted.order
        ],
    }  # fmt: skip


def _seat(committee: VigilanceCommittee, agent: Agent, role: MemberRole, starts: date, now: datetime) -> Member:
    member = Member(committee_id=committee.id, agent_id=agent.id, role=role, starts_on=starts)
    db.session.add(member)
    member.agent, member.committee = agent, committee
    if agent.person_id is not None:
        member.assignment_id = _role_of(committee, agent.person_id, now).id
    return member


def _role_of(committee: VigilanceCommittee, person_id: int, now: datetime) -> RoleAssignment:
    """The role CVC, only in this process, until the last day of the term."""
    round_ = committee.round
    person = db.session.get(Person, person_id)
    assert person is not None  # noqa: S101 - the key of the agent points to it
    held = db.session.scalar(
        select(RoleAssignment).where(
            RoleAssignment.person_id == person_id, RoleAssignment.process_id == round_.process_id, RoleAssignment.role == Role.VIGILANCE,
            RoleAssignment.ends_on >= lima_day(now),
        )
    )  # fmt: skip
    assignment = held or spaces.appoint(
        round_.process.space, person, Role.VIGILANCE, appointed_by=f"Acta de elección del comité de vigilancia {committee.number}",
        process_id=round_.process_id, appoints=frozenset({Role.VIGILANCE}), now=now,
    )  # fmt: skip
    assignment.ends_on = committee.ends_on
    return assignment


def replace_member(member: Member, agent: Agent | None, reason: str, *, person_id: int, now: datetime) -> Member:
    """Somebody leaves with a public reason and another accredited agent comes, with the same role until the same day.

    `member.committee.round.process.space` is loaded. The caller commits. Raises RuleBroken.
    """
    committee, today = member.committee, lima_day(now)
    db.session.execute(select(VigilanceCommittee.id).where(VigilanceCommittee.id == committee.id).with_for_update())
    db.session.refresh(member, ["left_on"])
    sitting = {row.agent_id for row in queries.members(committee.id)}
    accredited = {row.id for row in agreements.accredited(committee.round_id)}
    refuse_if_any(
        rules.problems_with_replacing(
            reason, is_member=member.left_on is None, is_accredited=agent is not None and agent.id in accredited,
            already_member=agent is not None and agent.id in sitting,
        )
    )  # fmt: skip
    assert agent is not None  # noqa: S101 - the rule refused it
    member.left_on, member.left_reason = today, clean(reason)
    if member.assignment_id is not None:
        assignment = db.session.get(RoleAssignment, member.assignment_id)
        if assignment is not None:
            assignment.ends_on = today - timedelta(days=1)
    db.session.flush()
    try:
        with db.session.begin_nested():
            made = _seat(committee, agent, member.role, today, now)
            db.session.flush()
    except IntegrityError as lost:  # uq_vigilance_member_sitting
        raise RuleBroken([Problem(CommitteeProblem.CANDIDATE_REPEATED, "agent")]) from lost
    facts = {"number": committee.number, "leaves": member.agent.number, "comes": agent.number}
    audit.record("vigilance.replace-member", "process", committee.round.process.slug, facts, at=now, role=TEAM)
    processes.touch_public(committee.round.process_id)
    return made
