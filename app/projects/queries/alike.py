"""What people asked for in nearly the same words, so that it becomes one project: groups, suggestions, what a project lacks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.contributions.models import Contribution
from app.core.db import db
from app.groups import queries as groups
from app.groups.models import ContributionGroup
from app.groups.queries import Alike
from app.processes.models import Process
from app.projects.models import ProjectOrigin
from app.projects.queries.projects import used_contributions

MOST_GATHERED, MOST_ASKED = 6, 8


@dataclass(frozen=True)
class Similar:
    """A contribution, and the codes of the projects it already gave."""

    code: str
    title: str
    text: str
    projects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gathering:
    """Contributions that say nearly the same. `reference` is that of a group somebody made ("G-03"), empty for a suggestion."""

    reference: str
    title: str
    percent: int
    members: tuple[Similar, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(member.code for member in self.members)


def gatherings(process: Process, most: int = MOST_GATHERED) -> list[Gathering]:
    """The groups of the process and, after them, what may be one: those with something that gave no project yet."""
    ids = db.session.scalars(
        select(ContributionGroup.id)
        .where(ContributionGroup.process_id == process.id, ContributionGroup.dissolved_at.is_(None))
        .order_by(ContributionGroup.number)
    ).all()
    made = groups.refs(list(ids))
    found = [Gathering(ref.reference, ref.title, 0, _similar(ref.codes)) for ref in (made[i] for i in ids if i in made)]
    suggested, _total = groups.suggestions(process, 1, most)
    found += [
        Gathering("", one.members[0].title, one.percent, _similar([m.code for m in one.members])) for one in suggested if one.group is None
    ]
    return [one for one in found if len(one.members) > 1 and any(not member.projects for member in one.members)][:most]


def _similar(codes: Sequence[str]) -> tuple[Similar, ...]:
    rows = db.session.execute(
        select(Contribution.id, Contribution.code, Contribution.title, Contribution.text)
        .where(Contribution.code.in_(list(codes)))
        .order_by(Contribution.code)
    ).all()
    used = used_contributions([row[0] for row in rows])
    return tuple(Similar(code, title, text, tuple(used.get(id_, ()))) for id_, code, title, text in rows)


def similar_to(project_id: int) -> tuple[Similar, ...]:
    """What says nearly the same as the contributions of a project, or is in a group with one of them, and is not among them."""
    own = db.session.scalars(
        select(Contribution)
        .join(ProjectOrigin, ProjectOrigin.contribution_id == Contribution.id)
        .where(ProjectOrigin.project_id == project_id)
        .order_by(Contribution.id)
    ).all()
    known = {contribution.code for contribution in own}
    codes = {code for ref in groups.group_of([c.id for c in own]).values() for code in ref.codes}
    alike: list[Alike] = [one for contribution in own[:MOST_ASKED] for one in groups.alike_to(contribution)]
    return _similar(sorted((codes | {one.code for one in alike}) - known)[:MOST_ASKED])
