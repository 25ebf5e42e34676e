"""From contributions to projects: written, changed without losing anybody's text, made public, merged and split."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from app.budgeting.models import BudgetRound
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line, fold, to_html
from app.feedback.rules.outcomes import Outcome
from app.processes import queries as processes
from app.projects import queries
from app.projects.models import Project, ProjectOrigin, ProjectVersion
from app.projects.rules import ProjectState
from app.projects.rules import writing as rules
from app.projects.rules.answers import AnswerDraft
from app.projects.rules.phases import Doing, problems_with_phase
from app.projects.rules.writing import ChangeKind, ProjectDraft, ProjectProblem, Standing
from app.projects.services.answers import open_for
from app.projects.services.evaluating import annul_open
from app.projects.services.trail import note, register
from app.territories import queries as territories


def create(
    round_: BudgetRound, draft: ProjectDraft, codes: Sequence[str], *, person_id: int, now: datetime
) -> Project:  # fmt: skip
    """A project written up from contributions of the process, by their codes; not public yet. `round_.process` is loaded.

    The caller commits. Raises RuleBroken.
    """
    refuse_if_any(problems_with_phase(Doing.WRITE, round_.state))
    values = _values(round_, draft)
    found = _contributions(round_, codes)
    queries.lock_round(round_.id)
    number = queries.last_number(round_.id) + 1
    project = Project(
        round_id=round_.id, round=round_, number=number, code=f"{round_.process.code}-PR-{number:03d}", created_by_id=person_id,
        created_at=now, **values,
    )  # fmt: skip
    project.folded = _folded(project)
    db.session.add(project)
    db.session.flush()
    for contribution_id in found.values():
        db.session.add(ProjectOrigin(project_id=project.id, contribution_id=contribution_id, linked_by_id=person_id, linked_at=now))
    _keep_version(project, draft, person_id, now)
    note(project, ChangeKind.CREATED, person_id=person_id, now=now, contributions=list(found), cost=draft.cost_cents)
    return project


def edit(project: Project, draft: ProjectDraft, *, revision: int, reason: str, person_id: int, now: datetime) -> Project:
    """Save another version. `revision` is the one on the writer's screen. A change of cost is noted with before and after.

    The caller commits. Raises RuleBroken, and SomebodyWasFirst when somebody saved meanwhile.
    """
    current = queries.locked(project.id)
    if current.revision != revision:
        raise SomebodyWasFirst(current)
    refuse_if_any(_of_phase(current) or rules.problems_with_editing(current.state, is_public=current.is_public, reason=reason))
    values, before = _values(current.round, draft), draft_of(current)
    if draft == before:
        return current
    _write(current, values, draft, person_id, now)
    kept: dict[str, Any] = {"before": before.cost_cents, "after": draft.cost_cents}
    if before.cost_cents != draft.cost_cents:
        note(current, ChangeKind.COST_CHANGED, person_id=person_id, now=now, reason=clean(reason), **kept)
    else:
        changed = [name for name, value in draft.as_json().items() if value != before.as_json()[name]]
        note(current, ChangeKind.EDITED, person_id=person_id, now=now, reason=clean(reason), fields=changed)
    if current.is_public:
        register("edit", current, {"revision": current.revision, **kept}, now)
    return current


def publish(project: Project, *, person_id: int, now: datetime) -> Project:
    """Everybody may read it, and its story from here on. The caller commits. Raises RuleBroken."""
    current = queries.locked(project.id)
    known = queries.origins([current.id]).get(current.id, [])
    refuse_if_any(
        _of_phase(current) or rules.problems_with_publishing(is_public=current.is_public, origins=len(known), cost_cents=current.cost_cents)
    )
    current.is_public = True
    note(current, ChangeKind.PUBLISHED, person_id=person_id, now=now)
    register("publish", current, {"contributions": [o.code for o in known], "cost": current.cost_cents}, now)
    return current


def link_origins(project: Project, codes: Sequence[str], *, person_id: int, now: datetime) -> None:
    """Say that it also came from these contributions. The caller commits. Raises RuleBroken."""
    current = queries.locked(project.id)
    refuse_if_any(_of_phase(current))
    if current.state is ProjectState.MERGED:
        raise RuleBroken([Problem(ProjectProblem.NOT_EDITABLE)])
    found = _contributions(current.round, codes)
    if not found:
        raise RuleBroken([Problem(ProjectProblem.NO_ORIGIN, "codes")])
    known = {o.code for o in queries.origins([current.id]).get(current.id, [])}
    if known & set(found):
        raise RuleBroken([Problem(ProjectProblem.ORIGIN_REPEATED, "codes", {"code": sorted(known & set(found))[0]})])
    for contribution_id in found.values():
        db.session.add(ProjectOrigin(project_id=current.id, contribution_id=contribution_id, linked_by_id=person_id, linked_at=now))
    note(current, ChangeKind.ORIGIN_ADDED, person_id=person_id, now=now, contributions=list(found))


def unlink_origin(project: Project, code: str, reason: str, *, person_id: int, now: datetime) -> None:
    """It did not come from that contribution after all; the story keeps that it was said. The caller commits. Raises RuleBroken."""
    current = queries.locked(project.id)
    refuse_if_any(_of_phase(current))
    known = {o.code: o.contribution_id for o in queries.origins([current.id]).get(current.id, [])}
    if code not in known:
        raise RuleBroken([Problem(ProjectProblem.ORIGIN_UNKNOWN, None, {"code": code})])
    if current.is_public and len(known) == 1:
        raise RuleBroken([Problem(ProjectProblem.LAST_ORIGIN)])
    if len(reason.strip()) < rules.SHORTEST_REASON:
        raise RuleBroken([Problem(ProjectProblem.REASON_SHORT, "reason", {"shortest": rules.SHORTEST_REASON})])
    db.session.execute(delete(ProjectOrigin).where(ProjectOrigin.project_id == current.id, ProjectOrigin.contribution_id == known[code]))
    note(current, ChangeKind.ORIGIN_REMOVED, person_id=person_id, now=now, reason=clean(reason), contributions=[code])


def merge(project: Project, into: Project, reason: str, *, person_id: int, now: datetime) -> None:
    """`project` stops, keeping its number and a page that points on; what it came from goes to `into`. Its written answer is drafted,
    for another person to approve. The caller commits. Raises RuleBroken."""
    first, second = sorted((project.id, into.id))  # always in this order, so that two merges do not wait for each other
    held = {i: queries.locked(i) for i in dict.fromkeys((first, second))}
    one, target = held[project.id], held[into.id]
    refuse_if_any(
        _of_phase(one)
        or rules.problems_with_merge(Standing(one.id, one.round_id, one.state), Standing(target.id, target.round_id, target.state), reason)
    )
    annul_open(one, person_id=person_id, now=now)
    known = {o.contribution_id for o in queries.origins([target.id]).get(target.id, [])}
    moved = [o for o in queries.origins([one.id]).get(one.id, []) if o.contribution_id not in known]
    for origin in moved:
        db.session.add(ProjectOrigin(project_id=target.id, contribution_id=origin.contribution_id, linked_by_id=person_id, linked_at=now))
    one.state, one.merged_into_id, one.revision = ProjectState.MERGED, target.id, one.revision + 1
    said = clean(reason)
    note(one, ChangeKind.MERGED_INTO, person_id=person_id, now=now, reason=said, project=target.code)
    note(target, ChangeKind.ABSORBED, person_id=person_id, now=now, reason=said, project=one.code, contributions=[o.code for o in moved])
    open_for(one, AnswerDraft(Outcome.MERGED, text=said, merged_into=target.code), person_id=person_id, now=now)
    if one.is_public:
        register("merge", one, {"into": target.code}, now)


def split(
    project: Project, draft: ProjectDraft, *, remaining_cents: int | None, remaining_basis: str, revision: int, reason: str,
    person_id: int, now: datetime,
) -> Project:  # fmt: skip
    """Part of `project` becomes another, from the same contributions; what is left keeps its number and its cost is said again.

    The caller commits. Raises RuleBroken, and SomebodyWasFirst when somebody saved meanwhile.
    """
    current = queries.locked(project.id)
    if current.revision != revision:
        raise SomebodyWasFirst(current)
    refuse_if_any(_of_phase(current) or rules.problems_with_split(current.state, remaining_cents, remaining_basis, reason))
    codes = [o.code for o in queries.origins([current.id]).get(current.id, [])]
    made = create(current.round, draft, codes, person_id=person_id, now=now)
    before = draft_of(current)
    left = ProjectDraft(**{**before.as_json(), "cost_cents": remaining_cents, "cost_basis": clean(remaining_basis)})
    said = clean(reason)
    _write(current, _values(current.round, left), left, person_id, now)
    note(current, ChangeKind.SPLIT_OFF, person_id=person_id, now=now, reason=said, project=made.code, before=before.cost_cents,
         after=remaining_cents)  # fmt: skip
    note(made, ChangeKind.SPLIT_FROM, person_id=person_id, now=now, reason=said, project=current.code)
    if current.is_public:
        register("split", current, {"new": made.code, "before": before.cost_cents, "after": remaining_cents}, now)
    return made


def _of_phase(project: Project) -> tuple[Problem, ...]:
    return problems_with_phase(Doing.WRITE, project.round.state)


def draft_of(project: Project) -> ProjectDraft:
    """What a project says now; theme loaded."""
    return ProjectDraft(
        project.title, project.problem, project.result, project.description, project.theme.slug if project.theme else "",
        project.ubigeo or "", project.site, project.latitude, project.longitude, project.cost_cents, project.cost_basis,
        project.yearly_cost_cents, project.beneficiaries,
    )  # fmt: skip


def _values(round_: BudgetRound, draft: ProjectDraft) -> dict[str, Any]:
    themes = {theme.slug: theme for theme in processes.themes(round_.process_id)}
    place = territories.territory(draft.ubigeo) if draft.ubigeo else None
    within = round_.process.space.ubigeo or ""
    known = frozenset({place.ubigeo} if place and (within in ("", "00") or place.ubigeo.startswith(within)) else ())
    refuse_if_any(rules.problems_with_project(draft, themes=frozenset(themes), territories=known))
    return {
        "title": clean_line(draft.title), "problem": clean(draft.problem), "result": clean(draft.result),
        "description": clean(draft.description), "description_html": str(to_html(draft.description)),
        "theme": themes.get(draft.theme), "territory": place, "site": clean_line(draft.site), "latitude": draft.latitude,
        "longitude": draft.longitude, "cost_cents": draft.cost_cents, "cost_basis": clean(draft.cost_basis),
        "yearly_cost_cents": draft.yearly_cost_cents, "beneficiaries": clean_line(draft.beneficiaries),
    }  # fmt: skip


def _write(project: Project, values: dict[str, Any], draft: ProjectDraft, person_id: int, now: datetime) -> None:
    """The next version, if nobody wrote it meanwhile; the row is locked where the database can."""
    was = project.revision
    counted = db.session.execute(
        update(Project).where(Project.id == project.id, Project.revision == was).values(revision=was + 1),
        execution_options={"synchronize_session": False},
    )
    if counted.rowcount != 1:  # type: ignore[attr-defined]
        raise SomebodyWasFirst(queries.project_by_id(project.id))
    db.session.refresh(project, ["revision"])
    for name, value in values.items():
        setattr(project, name, value)
    project.folded = _folded(project)
    _keep_version(project, draft, person_id, now)


def _keep_version(project: Project, draft: ProjectDraft, person_id: int, now: datetime) -> None:
    content = draft.as_json()
    db.session.add(ProjectVersion(project_id=project.id, n=project.revision, content=content, saved_by_id=person_id, saved_at=now))
    db.session.flush()


def _folded(project: Project) -> str:
    place = project.territory.name if project.territory else ""
    return fold(" ".join([project.code, project.title, project.problem, project.description, project.site, place]))[:20_000]


def _contributions(round_: BudgetRound, codes: Sequence[str]) -> dict[str, int]:
    wanted = list(dict.fromkeys(clean_line(code).upper() for code in codes if code.strip()))
    found = queries.contributions_by_code(round_.process_id, wanted)
    missing = [code for code in wanted if code not in found]
    if missing:
        raise RuleBroken([Problem(ProjectProblem.ORIGIN_ELSEWHERE, "codes", {"code": missing[0][:40]})])
    return {code: found[code].id for code in wanted}
