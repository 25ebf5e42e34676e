"""Reading projects: one by its code, those of a round, lists, and where each came from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.accounts.models import Person
from app.activities.models import Activity
from app.budgeting import queries as rounds
from app.budgeting.models import BudgetRound
from app.budgeting.rules.money import pot_of
from app.budgeting.rules.states import RoundState
from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.text import fold
from app.core.web import PER_PAGE, Page
from app.processes.models import Opportunity, Process, Theme
from app.processes.rules.states import ProcessState
from app.projects.models import Evaluation, Project, ProjectChange, ProjectOrigin, ProjectVersion
from app.projects.rules import ProjectState
from app.projects.rules.evaluating import OPEN
from app.projects.rules.filters import ProjectFilters
from app.projects.rules.writing import SHOWN
from app.territories.models import Territory

PROJECT_SUBJECT = "project"
MOST_SUGGESTED = 20


def _whole() -> Select[Project]:
    return (
        select(Project)
        .join(Project.round)
        .join(BudgetRound.process)
        .options(
            contains_eager(Project.round).contains_eager(BudgetRound.process).joinedload(Process.space, innerjoin=True),
            joinedload(Project.theme),
            joinedload(Project.territory),
        )
    )


def project_by_code(codigo: str) -> Project | None:
    """In any state, round, process, space, theme and territory loaded: for staff."""
    return db.session.scalar(_whole().where(Project.code == codigo))


def public_project(codigo: str) -> Project | None:
    """One the public may read, loaded as `project_by_code`."""
    return db.session.scalar(_whole().where(Project.code == codigo, Project.is_public.is_(True), Process.state != ProcessState.DRAFT))


def project_by_id(project_id: int) -> Project | None:
    """Loaded as `project_by_code`, and read again from the database."""
    return db.session.scalar(_whole().where(Project.id == project_id).execution_options(populate_existing=True))


def locked(project_id: int) -> Project:
    """The project as it stands now, kept from others until the transaction ends; loaded as `project_by_code`."""
    db.session.execute(select(Project.id).where(Project.id == project_id).with_for_update())
    found = project_by_id(project_id)
    assert found is not None  # noqa: S101 - projects are never deleted
    return found


def lock_round(round_id: int) -> None:
    """Whoever numbers projects or versions of a round waits for the other."""
    db.session.execute(select(BudgetRound.id).where(BudgetRound.id == round_id).with_for_update())


def state_of_round(round_id: int) -> RoundState:
    """As it stands now in the database."""
    return db.session.execute(select(BudgetRound.state).where(BudgetRound.id == round_id)).scalar_one()


def last_number(round_id: int) -> int:
    return db.session.scalar(select(func.max(Project.number)).where(Project.round_id == round_id)) or 0


def projects_of(round_id: int, *, public_only: bool = True) -> Sequence[Project]:
    """The projects of a round by number, theme and territory loaded."""
    rows = select(Project).where(Project.round_id == round_id).options(joinedload(Project.theme), joinedload(Project.territory))
    if public_only:
        rows = rows.where(Project.is_public.is_(True))
    return db.session.scalars(rows.order_by(Project.number)).all()


def admissible(round_id: int) -> Sequence[Project]:
    """Those that may be prioritised, by number, theme and territory loaded."""
    return in_states(round_id, [ProjectState.ADMISSIBLE])


def in_states(round_id: int, states: Iterable[ProjectState]) -> Sequence[Project]:
    """Public projects of the round in any of these states, by number, theme and territory loaded."""
    return db.session.scalars(
        select(Project)
        .where(Project.round_id == round_id, Project.is_public.is_(True), Project.state.in_(list(states)))
        .options(joinedload(Project.theme), joinedload(Project.territory))
        .order_by(Project.number)
    ).all()


def with_pots(round_: BudgetRound, states: Iterable[ProjectState] = (ProjectState.ADMISSIBLE,)) -> list[tuple[Project, str]]:
    """The public projects in these states, each with the pot of the ceiling that pays for it."""
    found = rounds.pots(round_)
    return [(p, pot_of(found, p.ubigeo or "", p.theme.slug if p.theme else "")) for p in in_states(round_.id, states)]


def unassigned(round_id: int) -> Sequence[Project]:
    """Public projects that wait to be given to somebody to judge, by number: new ones, and those whose appeal was upheld."""
    open_one = exists().where(Evaluation.project_id == Project.id, Evaluation.state.in_(OPEN))
    waits = Project.state.in_([ProjectState.DRAFT, ProjectState.UNDER_EVALUATION])
    return db.session.scalars(
        select(Project).where(Project.round_id == round_id, Project.is_public.is_(True), waits, ~open_one).order_by(Project.number)
    ).all()


def conditions(round_id: int, filters: ProjectFilters, *, public_only: bool = True) -> list[ColumnElement[bool]]:
    """What the filters ask; every word typed must be there, accents forgiven."""
    asked: list[ColumnElement[bool]] = [Project.round_id == round_id]
    if public_only:
        asked.append(Project.is_public.is_(True))
    asked += [Project.folded.contains(word, autoescape=True) for word in fold(filters.q).split()]
    if filters.state is not None:
        asked.append(Project.state == filters.state)
    if filters.theme:
        asked.append(Project.theme_id.in_(select(Theme.id).where(Theme.slug == filters.theme)))
    if filters.territory:
        asked.append(Project.ubigeo.startswith(filters.territory, autoescape=True))
    return asked


def page_of(round_id: int, filters: ProjectFilters, number: int, *, public_only: bool = True) -> Page:
    """One page of 30, by number, theme and territory loaded: two statements."""
    asked = conditions(round_id, filters, public_only=public_only)
    rows = (
        select(Project)
        .where(*asked)
        .options(joinedload(Project.theme), joinedload(Project.territory))
        .order_by(Project.number)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )
    total = db.session.scalar(select(func.count(Project.id)).where(*asked)) or 0
    return Page(db.session.scalars(rows).all(), number, total)


def all_rows(round_id: int, filters: ProjectFilters | None = None) -> Iterator[Project]:
    """Every public project, by number, a few hundred in memory at a time: for files."""
    asked = conditions(round_id, filters or ProjectFilters())
    rows = select(Project).where(*asked).options(joinedload(Project.theme), joinedload(Project.territory)).order_by(Project.number)
    yield from db.session.scalars(rows.execution_options(yield_per=500))


@dataclass(frozen=True)
class Sums:
    """How many public projects a round has and what those with a cost add up to, in céntimos; how many there are in each state."""

    projects: int
    cost_cents: int
    by_state: dict[ProjectState, int]


def sums(round_id: int) -> Sums:
    rows = db.session.execute(
        select(Project.state, func.count(Project.id), func.coalesce(func.sum(Project.cost_cents), 0))
        .where(Project.round_id == round_id, Project.is_public.is_(True))
        .group_by(Project.state)
    ).all()
    counted = {state: number for state, number, _ in rows}
    standing = sum(int(cost or 0) for state, _, cost in rows if state is not ProjectState.MERGED)
    return Sums(sum(counted.values()), int(standing), {s: counted[s] for s in ProjectState if s in counted})


def territories_used(round_id: int) -> Sequence[Territory]:
    """Where the public projects of the round are, by name."""
    used = select(Project.ubigeo).where(Project.round_id == round_id, Project.is_public.is_(True), Project.ubigeo.is_not(None))
    return db.session.scalars(select(Territory).where(Territory.ubigeo.in_(used)).order_by(Territory.name, Territory.ubigeo)).all()


@dataclass(frozen=True)
class Origin:
    """A contribution a project came from. What is not public shows only its code. `workshop` is the slug of where it was said."""

    contribution_id: int
    code: str
    title: str
    is_public: bool
    workshop: str
    workshop_title: str
    linked_at: datetime


def origins(project_ids: Sequence[int]) -> dict[int, list[Origin]]:
    """The contributions of each project, by code: one statement."""
    rows = db.session.execute(
        select(
            ProjectOrigin.project_id, Contribution.id, Contribution.code, Contribution.title, Contribution.visibility,
            Opportunity.slug, Opportunity.title, ProjectOrigin.linked_at,
        )
        .join(Contribution, Contribution.id == ProjectOrigin.contribution_id)
        .outerjoin(Activity, Activity.id == Contribution.activity_id)
        .outerjoin(Opportunity, Opportunity.id == Activity.opportunity_id)
        .where(ProjectOrigin.project_id.in_(list(project_ids)))
        .order_by(Contribution.series, Contribution.number, Contribution.id)
    ).all()  # fmt: skip
    found: dict[int, list[Origin]] = {}
    for project_id, id_, code, title, visibility, slug, workshop, linked_at in rows:
        is_public = visibility is Visibility.PUBLIC
        found.setdefault(project_id, []).append(
            Origin(id_, code, title if is_public else "", is_public, slug or "", workshop or "", linked_at)
        )
    return found


def projects_of_contribution(contribution_id: int) -> Sequence[Project]:
    """The public projects that came from a contribution, by number, round and process loaded: for its story."""
    return db.session.scalars(
        select(Project)
        .join(ProjectOrigin, ProjectOrigin.project_id == Project.id)
        .where(ProjectOrigin.contribution_id == contribution_id, Project.is_public.is_(True))
        .options(joinedload(Project.round).joinedload(BudgetRound.process), joinedload(Project.territory), joinedload(Project.theme))
        .order_by(Project.number, Project.id)
    ).all()


def used_contributions(contribution_ids: Sequence[int]) -> dict[int, list[str]]:
    """The codes of the projects that each of these already gave."""
    rows = db.session.execute(
        select(ProjectOrigin.contribution_id, Project.code)
        .join(Project, Project.id == ProjectOrigin.project_id)
        .where(ProjectOrigin.contribution_id.in_(list(contribution_ids)))
        .order_by(Project.number)
    )
    found: dict[int, list[str]] = {}
    for contribution_id, code in rows:
        found.setdefault(contribution_id, []).append(code)
    return found


def contributions_by_code(process_id: int, codes: Sequence[str]) -> dict[str, Contribution]:
    """Contributions of that process, by code, any visibility."""
    rows = db.session.scalars(select(Contribution).where(Contribution.process_id == process_id, Contribution.code.in_(list(codes))))
    return {row.code: row for row in rows}


def merged_into(project: Project) -> Project | None:
    """The project that goes on in the place of a merged one."""
    return db.session.scalar(select(Project).where(Project.id == project.merged_into_id)) if project.merged_into_id else None


def merged_from(project_id: int) -> Sequence[Project]:
    """Those that were merged into it, by number."""
    return db.session.scalars(select(Project).where(Project.merged_into_id == project_id).order_by(Project.number)).all()


def changes(project_id: int, *, public_only: bool) -> Sequence[ProjectChange]:
    """What happened to it, oldest first."""
    rows = select(ProjectChange).where(ProjectChange.project_id == project_id)
    if public_only:
        rows = rows.where(ProjectChange.kind.in_(SHOWN))
    return db.session.scalars(rows.order_by(ProjectChange.id)).all()


def version(project_id: int, n: int) -> ProjectVersion | None:
    return db.session.get(ProjectVersion, (project_id, n))


def versions(project_id: int) -> Sequence[ProjectVersion]:
    """Every version, oldest first."""
    return db.session.scalars(select(ProjectVersion).where(ProjectVersion.project_id == project_id).order_by(ProjectVersion.n)).all()


def names_of(person_ids: Iterable[int | None]) -> dict[int, str]:
    """Names of people, for staff pages."""
    wanted = {i for i in person_ids if i is not None}
    other = aliased(Person)
    return {i: name for i, name in db.session.execute(select(other.id, other.name).where(other.id.in_(wanted)))}


def codes_of(project_ids: Iterable[int | None]) -> dict[int, str]:
    """The code of each, by id."""
    wanted = {i for i in project_ids if i is not None}
    return dict(db.session.execute(select(Project.id, Project.code).where(Project.id.in_(wanted))).tuples()) if wanted else {}
