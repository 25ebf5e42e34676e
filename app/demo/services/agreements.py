"""What became of the chosen projects: the committee that watches, and the act that was signed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.accounts import services as accounts
from app.agreements import queries, services
from app.agreements.models import ActLine, AgreementAct
from app.agreements.rules.acts import ActDraft, FundingSource, LineDraft
from app.budgeting.models import BudgetRound
from app.budgeting.rules import AgentKind
from app.core.clock import lima_day
from app.demo import importing
from app.demo.importing import known
from app.demo.services import round_answers
from app.demo.services.execution import picture
from app.evidence.rules import FileUpload
from app.organisations import queries as organisations
from app.projects import queries as projects
from app.projects import services as project_services
from app.projects.rules import ProjectState
from app.projects.rules.answers import AnswerState
from app.vigilance import services as vigilance
from app.vigilance.rules.committees import Ballot, Candidacy, ElectionDraft

if TYPE_CHECKING:
    from app.demo.services.load import Stage

TEAM, OTHER = "tomas", "yeni"


def tell(stage: Stage, round_: BudgetRound) -> None:
    """Elect and sign; nothing while no project was chosen. The caller commits."""
    if not any(p.state is ProjectState.PRIORITISED for p in projects.projects_of(round_.id)):
        return
    written = importing.read(f"{stage.space.slug}/agreements.toml")
    _answer(stage, round_, written)
    round_answers.tell(stage, round_, written["answers_day"] + 1, writer=TEAM, organisation=written["act"]["unit"])
    _elect(stage, round_, written["election"])
    _sign(stage, round_, written["act"])


def _answer(stage: Stage, round_: BudgetRound, written: dict[str, Any]) -> None:
    """What was not chosen has its written answer, approved by whoever did not write it."""
    waiting = projects.open_answers(round_.id, AnswerState.REVIEW)
    by = stage.person(OTHER)
    mine = [answer for answer in waiting if by not in answer.writer_ids]
    if mine:
        project_services.approve_answers(mine, person_id=by, now=stage.calendar.at(written["answers_day"], "17:00"))


def _elect(stage: Stage, round_: BudgetRound, item: dict[str, Any]) -> None:
    agents = [a for a in queries.accredited(round_.id) if a.kind is AgentKind.CIVIL_SOCIETY]
    stood = sorted(agents, key=lambda a: (a.person_id is None, a.number))[: len(item["votes"])]
    for agent in stood[: round_.vigilance_minimum]:
        if agent.person_id is None:
            email = f"{item.get('accounts', 'vigilante')}{agent.number}@demo.example.pe"
            agent.person_id = _account(email, agent.name, stage.calendar.at(item["day"], "09:00"))
    votes = tuple(Candidacy(agent.number, n) for agent, n in zip(stood, item["votes"], strict=False))
    now = stage.calendar.at(item["day"], "12:30")
    draft = ElectionDraft(lima_day(now), item["place"], Ballot.SHOW_OF_HANDS, item["voters"], 1, round_.vigilance_minimum, votes)
    vigilance.record_election(round_, draft, person_id=stage.person(TEAM), now=now)


def _account(email: str, name: str, now: datetime) -> int:
    """An account for who will watch, so that findings can be approved one by one."""
    password = importing.read(importing.PEOPLE)["password"]
    return accounts.create_person(email, name, password, now=now).id


def _sign(stage: Stage, round_: BudgetRound, item: dict[str, Any]) -> AgreementAct | None:
    """The act is signed by the municipality with an account and by the assembly on a sheet; None when a guard refuses it."""
    now, team = stage.calendar.at(item["day"], "13:00"), stage.person(TEAM)
    told = {**projects.round_facts(round_.id), "has_committee": True}
    if told["unanswered_dropped"]:
        return None
    act = services.draft(round_, person_id=team, now=now)
    agents = queries.accredited(round_.id)
    council = [a for a in agents if a.kind is AgentKind.COORDINATION_COUNCIL]
    needed = len(agents) * 2 // 3
    head = ActDraft(lima_day(now), item["place"], item["preamble"], min(1, len(council)), max(1, min(needed, len(agents) - len(council))))
    services.save_head(act, head, revision=act.revision, now=now)
    for line in queries.lines_of(act.id):
        _fill(stage, line, item)
    act = queries.locked(act.id)
    services.open_for_signatures(act, told, revision=act.revision, person_id=team, now=now)
    act = queries.locked(act.id)
    services.sign(act, act.sha256, agent=None, post=item["post"], name=item["mayor"], person_id=team, now=now)
    sheet = FileUpload("hoja-de-firmas.png", picture(("#f7f3ec", "#857e73", "#1d3f86")))
    services.sign_sheet(act, act.sha256, agents, sheet, person_id=team, now=now)
    return services.publish(act, told, person_id=team, now=stage.calendar.at(item["day"], "18:00"))


def _fill(stage: Stage, line: ActLine, item: dict[str, Any]) -> None:
    """With the commitments written for its project."""
    said = known(next((own for own in item["line"] if line.code.endswith(f"-PR-{own['project']:03d}")), None))
    unit = organisations.organisation_by_slug(said.get("unit", item["unit"]))
    due = stage.calendar.day(said["due_day"])
    draft = LineDraft(
        line.number, line.code, line.title, line.amount_cents, FundingSource.DETERMINED, unit.name if unit else item["unit"],
        said["entity_commits"], said["agents_commit"], due, line.ubigeo or "",
    )  # fmt: skip
    services.save_line(line, draft, unit, revision=line.act.revision)
