"""Prioritising by a scoring matrix: published, frozen by the first mark, ranked once, and published with every aggregate."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import delete, insert

from app.audit import services as audit
from app.budgeting import queries as rounds
from app.budgeting.models import Agent, BudgetRound
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line
from app.projects import queries
from app.projects.models import MatrixMark, Project, ScoringMatrix
from app.projects.rules import ProjectState
from app.projects.rules import matrix as rules
from app.projects.rules.matrix import Candidate, Marker, MatrixDraft, MatrixProblem, MatrixState, Ranked
from app.projects.rules.phases import Doing, problems_with_phase
from app.projects.services.course import not_prioritise, prioritise
from app.projects.services.trail import TEAM


def save_matrix(round_: BudgetRound, draft: MatrixDraft, *, version: int, person_id: int, now: datetime) -> ScoringMatrix:
    """Write the matrix; over a published version, a new one. `version` is the one on the screen, 0 when there was none.

    The caller commits. Raises RuleBroken and SomebodyWasFirst.
    """
    queries.lock_round(round_.id)
    standing = queries.latest_matrix(round_.id)
    if (standing.version if standing else 0) != version:
        raise SomebodyWasFirst(standing)
    refuse_if_any(
        problems_with_phase(Doing.MATRIX, round_.state) or rules.problems_with_matrix(draft, standing.state if standing else None)
    )
    content = [{**c.as_json(), "name": clean_line(c.name)} for c in draft.criteria]
    if standing is None or standing.state is not MatrixState.DRAFT:
        standing = ScoringMatrix(round_id=round_.id, version=version + 1, criteria=content, saved_by_id=person_id, saved_at=now)
        db.session.add(standing)
    standing.criteria, standing.tie_rule, standing.minimum, standing.stops = content, clean(draft.tie_rule), draft.minimum, draft.stops
    standing.saved_by_id, standing.saved_at = person_id, now
    db.session.flush()
    return standing


def publish_matrix(round_: BudgetRound, *, person_id: int, now: datetime) -> ScoringMatrix:
    """Everybody may read by what projects will be ordered. The caller commits. Raises RuleBroken. `round_.process` is loaded."""
    queries.lock_round(round_.id)
    refuse_if_any(problems_with_phase(Doing.MATRIX, round_.state))
    found = queries.latest_matrix(round_.id)
    if found is None or found.state is not MatrixState.DRAFT:
        raise RuleBroken([Problem(MatrixProblem.FROZEN if found else MatrixProblem.EMPTY)])
    found.state, found.published_at = MatrixState.PUBLISHED, now
    db.session.flush()
    facts = {"version": found.version, "criteria": [f"{c['name']} {c['weight']}" for c in found.criteria]}
    audit.record("projects.publish-matrix", "budget-round", round_.process.slug, facts, at=now, role=TEAM)
    return found


def draft_of(found: ScoringMatrix) -> MatrixDraft:
    return MatrixDraft(rules.criteria_of(found.criteria), found.tie_rule, found.minimum, found.stops)


def mark(
    found: ScoringMatrix, project: Project, marks: Mapping[str, int], *, agent: Agent | None, person_id: int, now: datetime
) -> None:  # fmt: skip
    """What somebody of the team (or `agent`, who has vote) gives a project, all at once; replaced until the ranking. The first mark
    freezes the matrix. The caller commits. Raises RuleBroken."""
    queries.lock_round(found.round_id)  # a vote being announced waits, and then sees the mark
    current = queries.locked_matrix(found.id)
    refuse_if_any(problems_with_phase(Doing.RANK, queries.state_of_round(current.round_id)))
    marker = Marker.AGENTS if agent else Marker.TEAM
    criteria = rules.criteria_of(current.criteria)
    refuse_if_any(rules.problems_with_marking(current.state, criteria, marks, marker))
    if project.round_id != current.round_id or project.state is not ProjectState.ADMISSIBLE:
        raise RuleBroken([Problem(MatrixProblem.NOT_MARKABLE)])
    round_ = rounds.round_by_id(current.round_id)
    assert round_ is not None  # noqa: S101 - a matrix has its round
    part = next(part for p, part in queries.with_pots(round_) if p.id == project.id)
    if part in (voted := voted_pots(round_)):
        raise RuleBroken([Problem(MatrixProblem.BY_VOTE, None, {"vote": voted[part]})])
    if current.state is MatrixState.PUBLISHED:
        current.state, current.frozen_at = MatrixState.FROZEN, now
    giver = f"a{agent.id}" if agent else f"t{person_id}"
    own = [c.key for c in criteria if c.marker is marker]
    db.session.execute(
        delete(MatrixMark).where(MatrixMark.matrix_id == current.id, MatrixMark.project_id == project.id, MatrixMark.giver == giver)
    )
    rows = [
        {
            "matrix_id": current.id, "project_id": project.id, "giver": giver, "person_id": None if agent else person_id,
            "agent_id": agent.id if agent else None, "criterion": key, "mark": marks[key], "given_at": now,
        }
        for key in own
    ]  # fmt: skip
    db.session.execute(insert(MatrixMark), rows)
    db.session.flush()


def preview(round_: BudgetRound, found: ScoringMatrix, seed: str) -> list[Ranked]:
    """The ranking as it would be published now. Raises RuleBroken with what is missing."""
    candidates, given = candidates_of(round_), queries.tallies(found.id)
    criteria = rules.criteria_of(found.criteria)
    waiting = queries.projects_waiting(round_.id)
    is_all_voted = not candidates and bool(queries.admissible(round_.id))
    refuse_if_any(
        rules.problems_with_ranking(found.state, criteria, candidates, given, seed, waiting, is_all_voted=is_all_voted)
        or problems_with_phase(Doing.RANK, queries.state_of_round(round_.id))
    )
    return rules.ranking(draft_of(found), candidates, given, ceilings_of(round_), seed)


def publish_ranking(round_: BudgetRound, found: ScoringMatrix, seed: str, *, person_id: int, now: datetime) -> list[Ranked]:
    """The order, where the ceiling cuts it, and every aggregate that makes it; projects become chosen or not, with a written reason.

    The caller commits. Raises RuleBroken. `round_.process` is loaded.
    """
    queries.lock_round(round_.id)
    current = queries.locked_matrix(found.id)
    seed = clean_line(seed)
    lines = preview(round_, current, seed)
    current.state, current.seed, current.ranked_at = MatrixState.RANKED, seed, now
    current.ranking = _content(round_, current, lines)
    db.session.flush()
    facts = {"version": current.version, "seed": seed, "order": [f"{line.part} {line.place} {line.code} {line.fate}" for line in lines]}
    audit.record("projects.publish-ranking", "budget-round", round_.process.slug, facts, at=now, role=TEAM)
    by_code = {project.code: project for project in queries.admissible(round_.id)}
    source = f"Matriz de evaluación de {round_.process.title}"
    for line in lines:
        reason = _reason(line, lines)
        act = prioritise if line.is_in else not_prioritise
        act(by_code[line.code], source=source, reason=reason, person_id=person_id, now=now)
    return lines


def candidates_of(round_: BudgetRound) -> list[Candidate]:
    """The admissible projects whose ceiling no vote decides."""
    voted = voted_pots(round_)
    found = [Candidate(p.code, p.cost_cents or 0, part) for p, part in queries.with_pots(round_)]
    return [candidate for candidate in found if candidate.part not in voted]


def voted_pots(round_: BudgetRound) -> Mapping[str, str]:
    """The pots a vote decides and its title, as the floor of the votes tells."""
    told: Mapping[str, str] = current_app.extensions["minka.round_facts"](round_.id).get("voted_pots", {})
    return told


def ceilings_of(round_: BudgetRound) -> dict[str, int]:
    """What is left of each pot once those already chosen are paid; in céntimos."""
    left = rounds.pots(round_)
    for chosen, part in queries.with_pots(round_, (ProjectState.PRIORITISED, ProjectState.AGREED)):
        left[part] = max(0, left[part] - (chosen.cost_cents or 0))
    return left


def _content(round_: BudgetRound, found: ScoringMatrix, lines: list[Ranked]) -> dict[str, Any]:
    """All that is needed to do it again: exact numbers as fractions in text."""
    ceilings, parts = ceilings_of(round_), {line.part for line in lines}
    return {
        "ceilings": {part: ceilings[part] for part in sorted(parts)},
        "lines": [
            {
                "part": line.part, "place": line.place, "code": line.code, "total": str(line.total), "fate": line.fate.value,
                "left": line.left_cents, "means": {k: str(v) for k, v in line.means.items()}, "tied": list(line.tied),
            }
            for line in lines
        ],
        "tallies": [[t.code, t.key, t.total, t.marks] for t in queries.tallies(found.id)],
        "costs": {c.code: c.cost_cents for c in candidates_of(round_)},
    }  # fmt: skip


def _reason(line: Ranked, lines: list[Ranked]) -> str:
    """Why, in words that people who were not there understand."""
    total = f"{float(line.total):.2f}".replace(".", ",")
    among = sum(other.part == line.part for other in lines)
    if line.is_in:
        return f"Quedó en el puesto {line.place} de {among} con {total} puntos en la matriz de evaluación, y su costo cabe en el techo."
    last = [other for other in lines if other.part == line.part and other.is_in]
    chosen = f" El último priorizado tuvo {float(last[-1].total):.2f} puntos.".replace(".", ",", 1) if last else ""
    return (
        f"Quedó en el puesto {line.place} de {among} con {total} puntos en la matriz de evaluación que se publicó antes de calificar, y el "
        f"techo presupuestal no alcanzó para llegar hasta él.{chosen} Los puntajes de cada criterio están publicados."
    )
