"""Writing the act: a line for each prioritised project, put to signature whole."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.agreements import queries
from app.agreements.models import ActLine, ActText, AgreementAct
from app.agreements.queries.acts import head_of, last_text
from app.agreements.rules import acts as rules
from app.agreements.rules.acts import ActDraft, ActProblem, ActState, LineDraft
from app.audit import services as audit
from app.budgeting.models import BudgetRound
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line
from app.feedback.rules.outcomes import Outcome, Reason
from app.organisations.models import Organisation
from app.projects import queries as projects
from app.projects import services as project_services
from app.projects.models import Project, ProjectAnswer
from app.projects.rules import ProjectState
from app.projects.rules.phases import Doing, problems_with_phase

TEAM = "equipo técnico municipal"


def draft(round_: BudgetRound, *, person_id: int, now: datetime) -> AgreementAct:
    """The first act of a round, with a line for each prioritised project. The caller commits. Raises RuleBroken."""
    if queries.open_act(round_.id) is not None or queries.standing_act(round_.id) is not None:
        raise RuleBroken([Problem(ActProblem.ALREADY_OPEN)])
    refuse_if_any(problems_with_phase(Doing.AGREE, round_.state))
    chosen = [p for p in projects.projects_of(round_.id) if p.state is ProjectState.PRIORITISED]
    if not chosen:
        raise RuleBroken([Problem(ActProblem.NOTHING_PRIORITISED)])
    agents = queries.accredited(round_.id)
    act = AgreementAct(
        round_id=round_.id, version=1, agents_needed=rules.quorum_offered(sum(a.has_vote for a in agents)), created_by_id=person_id,
        created_at=now,
    )  # fmt: skip
    _insert(act)
    for number, project in enumerate(sorted(chosen, key=lambda p: p.number), start=1):
        db.session.add(_line(act.id, number, project))
    db.session.flush()
    return act


def correct(act: AgreementAct, reason: str, *, person_id: int, now: datetime) -> AgreementAct:
    """A new version of a published act, to be signed again: its lines, and those of what was prioritised since. What is public stays
    until the correction is signed. The caller commits. Raises RuleBroken."""
    standing = queries.locked(act.id)
    if standing.state is not ActState.PUBLISHED or queries.open_act(standing.round_id) is not None:
        raise RuleBroken([Problem(ActProblem.ALREADY_OPEN)])
    refuse_if_any(problems_with_phase(Doing.AGREE, standing.round.state))
    if len(reason.strip()) < rules.SHORTEST_REASON:
        raise RuleBroken([Problem(ActProblem.NO_CORRECTION_REASON, "reason", {"shortest": rules.SHORTEST_REASON})])
    made = AgreementAct(
        round_id=standing.round_id, version=standing.version + 1, held_on=standing.held_on, place=standing.place,
        preamble=standing.preamble, council_needed=standing.council_needed, agents_needed=standing.agents_needed, reason=clean(reason),
        created_by_id=person_id, created_at=now,
    )  # fmt: skip
    _insert(made)
    alive = {p.id: p for p in projects.projects_of(standing.round_id) if p.state in (ProjectState.AGREED, ProjectState.PRIORITISED)}
    number = 0
    for line in queries.lines_of(standing.id):
        if alive.pop(line.project_id, None) is not None:
            number += 1
            copied = _line(made.id, number, line.project)
            for name in ("title", "ubigeo", "amount_cents", "source", "unit_id", "entity_commits", "agents_commit", "due_on"):
                setattr(copied, name, getattr(line, name))
            db.session.add(copied)
    for project in sorted(alive.values(), key=lambda p: p.number):
        number += 1
        db.session.add(_line(made.id, number, project))
    db.session.flush()
    return made


def _insert(act: AgreementAct) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(act)
    except IntegrityError as lost:  # uq_agreement_act_open, uq_agreement_act_version
        raise RuleBroken([Problem(ActProblem.ALREADY_OPEN)]) from lost


def _line(act_id: int, number: int, project: Project) -> ActLine:
    return ActLine(
        act_id=act_id, number=number, project_id=project.id, code=project.code, title=project.title, ubigeo=project.ubigeo,
        amount_cents=project.cost_cents or 1,
    )  # fmt: skip


def _drafted(act: AgreementAct, revision: int) -> AgreementAct:
    current = queries.locked(act.id)
    if current.state is not ActState.DRAFT:
        raise RuleBroken([Problem(ActProblem.NOT_A_DRAFT)])
    if current.revision != revision:
        raise SomebodyWasFirst(current)
    return current


def save_head(act: AgreementAct, wanted: ActDraft, *, revision: int, now: datetime) -> AgreementAct:
    """What heads the act. The caller commits. Raises RuleBroken, and SomebodyWasFirst when `revision` is not the one that stands."""
    current = _drafted(act, revision)
    voting = queries.accredited(current.round_id)
    council = sum(a.kind == "coordination-council" for a in voting)
    agents = sum(a.kind != "coordination-council" for a in voting)
    is_correction = current.version > 1
    refuse_if_any(rules.problems_with_head(wanted, is_correction=is_correction, today=lima_day(now), council=council, agents=agents))
    current.held_on, current.place, current.preamble = wanted.held_on, clean_line(wanted.place), clean(wanted.preamble)
    current.council_needed, current.agents_needed = wanted.council_needed, wanted.agents_needed
    current.reason = clean(wanted.reason) if is_correction else ""
    current.revision += 1
    db.session.flush()
    return current


def save_line(line: ActLine, wanted: LineDraft, unit: Organisation | None, *, revision: int) -> ActLine:
    """One line of a draft. The caller commits. Raises RuleBroken and SomebodyWasFirst."""
    current = _drafted(line.act, revision)
    refuse_if_any(rules.problems_with_line(wanted, held_on=current.held_on))
    line.amount_cents, line.source, line.unit_id = wanted.amount_cents or 1, wanted.source, unit.id if unit else None
    line.entity_commits, line.agents_commit, line.due_on = clean(wanted.entity_commits), clean(wanted.agents_commit), wanted.due_on
    current.revision += 1
    db.session.flush()
    return line


def leave_out(
    line: ActLine, outcome: Outcome, reason_code: Reason | None, text: str, *, revision: int, person_id: int, now: datetime, **details: Any
) -> ProjectAnswer:  # fmt: skip
    """A prioritised project does not enter the act: it is dropped with a written answer, which a second person approves and publishes
    before the act can be signed (domain.md 11). The other lines are numbered again. The caller commits. Raises RuleBroken."""
    current = _drafted(line.act, revision)
    answer = project_services.drop(line.project, outcome, reason_code, text, person_id=person_id, now=now, **details)
    db.session.delete(line)
    db.session.flush()
    for number, other in enumerate(queries.lines_of(current.id), start=1):
        if other.number != number:
            other.number = number
            db.session.flush()
    current.revision += 1
    db.session.flush()
    return answer


def open_for_signatures(act: AgreementAct, told: Mapping[str, Any], *, revision: int, person_id: int, now: datetime) -> ActText:
    """Put the text to signature: from here on each signature is of exactly these words. `told` are the facts of the round from every
    floor (`minka.round_facts`). The caller commits. Raises RuleBroken and SomebodyWasFirst."""
    current = _drafted(act, revision)
    lines = [queries.draft_of(line) for line in queries.lines_of(current.id)]
    head, round_ = head_of(current), current.round
    facts = queries.act_facts(round_, told, lima_day(now))
    problems = [*_of_head(current, head, now), *rules.problems_with_opening(current.state, head, lines, facts)]
    refuse_if_any(problems)
    content = rules.content(round_.process.slug, round_.fiscal_year, current.version, head, lines, round_.ceiling_cents)
    text = ActText(
        act_id=current.id, n=last_text(current.id) + 1, content=content, sha256=rules.sha256(content), opened_by_id=person_id, opened_at=now
    )
    db.session.add(text)
    current.state, current.sha256, current.opened_at = ActState.SIGNING, text.sha256, now
    current.revision += 1
    db.session.flush()
    facts_said = {"version": current.version, "sha256": text.sha256, "lines": len(lines), "total_cents": content["total_cents"]}
    audit.record("agreements.open-act", "process", round_.process.slug, facts_said, at=now, role=TEAM)
    return text


def _of_head(act: AgreementAct, head: ActDraft, now: datetime) -> list[Problem]:
    voting = queries.accredited(act.round_id)
    council = sum(a.kind == "coordination-council" for a in voting)
    found = rules.problems_with_head(
        head, is_correction=act.version > 1, today=lima_day(now), council=council, agents=len(voting) - council
    )
    return [Problem(p.code, None, p.values) for p in found]


def reopen(act: AgreementAct, *, revision: int, now: datetime) -> AgreementAct:
    """Back to be written: the signatures given are of the other text, and stay with it. The caller commits. Raises RuleBroken."""
    current = queries.locked(act.id)
    if current.state is not ActState.SIGNING:
        raise RuleBroken([Problem(ActProblem.NOT_OPEN)])
    if current.revision != revision:
        raise SomebodyWasFirst(current)
    current.state, current.sha256 = ActState.DRAFT, ""
    current.revision += 1
    db.session.flush()
    audit.record("agreements.reopen-act", "process", current.round.process.slug, {"version": current.version}, at=now, role=TEAM)
    return current
