"""What can be followed, found by its address."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.follows.rules import COUNTRY, Subject, SubjectKind
from app.processes import queries as processes
from app.processes.models import Process, Theme
from app.processes.rules.states import ProcessState
from app.spaces.models import Space
from app.territories import queries as territories
from app.territories.models import Territory


@dataclass(frozen=True)
class Target:
    """Something to follow, as pages name it. `args` are those of its address; `subject` None is the whole site."""

    subject: Subject | None
    title: str
    args: dict[str, Any]
    process: Process | None = None
    space: Space | None = None

    @property
    def kind(self) -> str:
        return self.subject.kind.value if self.subject else "site"

    @property
    def ref(self) -> str:
        return self.subject.ref if self.subject else ""


def target(*, slug: str = "", theme: str = "", ubigeo: str = "", code: str = "") -> Target | None:
    """What an address speaks of, if the public may see it; the whole site for no arguments."""
    if code:
        return _contribution(code)
    if ubigeo:
        place = territories.territory(ubigeo) if ubigeo != COUNTRY else None
        return Target(Subject(SubjectKind.TERRITORY, ubigeo), place.full_name, {"ubigeo": ubigeo}) if place else None
    if not slug:
        return Target(None, "", {})
    process = processes.public_process_by_slug(slug)
    if process is None:
        return None
    if not theme:
        return Target(Subject(SubjectKind.PROCESS, slug), process.title, {"slug": slug}, process, process.space)
    found = processes.theme(process.id, theme)
    if found is None:
        return None
    return Target(Subject(SubjectKind.THEME, f"{slug}/{theme}"), found.name, {"slug": slug, "theme": theme}, process, process.space)


def _contribution(code: str) -> Target | None:
    found = contributions.public_contribution_by_code(code)
    if found is None:
        return None
    title = f"{found.code}: {found.title}"
    return Target(Subject(SubjectKind.CONTRIBUTION, code), title, {"code": code}, found.process, found.process.space)


def titles(subjects: Iterable[Subject]) -> dict[Subject, str]:
    """How each is called, at most four statements; what is not public any more has no title and is absent."""
    refs: dict[SubjectKind, set[str]] = {}
    for subject in subjects:
        refs.setdefault(subject.kind, set()).add(subject.ref)
    slugs = refs.get(SubjectKind.PROCESS, set())
    themes = refs.get(SubjectKind.THEME, set())
    found: dict[Subject, str] = {}
    for slug, title in _all(select(Process.slug, Process.title).where(Process.slug.in_(slugs), Process.state != ProcessState.DRAFT), slugs):
        found[Subject(SubjectKind.PROCESS, slug)] = title
    of_themes = select(Process.slug, Theme.slug, Theme.name).join(Theme, Theme.process_id == Process.id)
    for slug, theme, name in _all(of_themes.where(Process.slug.in_({ref.partition("/")[0] for ref in themes})), themes):
        if f"{slug}/{theme}" in themes:
            found[Subject(SubjectKind.THEME, f"{slug}/{theme}")] = name
    places = refs.get(SubjectKind.TERRITORY, set())
    for ubigeo, name in _all(select(Territory.ubigeo, Territory.full_name).where(Territory.ubigeo.in_(places)), places):
        found[Subject(SubjectKind.TERRITORY, ubigeo)] = name
    codes = refs.get(SubjectKind.CONTRIBUTION, set())
    public = select(Contribution.code, Contribution.title).where(Contribution.code.in_(codes), Contribution.visibility == Visibility.PUBLIC)
    for code, title in _all(public, codes):
        found[Subject(SubjectKind.CONTRIBUTION, code)] = f"{code}: {title}"
    return found


def _all(statement: Any, wanted: set[str]) -> Iterable[Any]:
    return db.session.execute(statement).all() if wanted else ()
