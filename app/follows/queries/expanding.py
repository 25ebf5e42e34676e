"""From acts of the public register to news: what each is about, so that those who follow it are told."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.audit.models import AuditEntry
from app.contributions.models import Contribution
from app.core.db import db
from app.follows.rules import KINDS, NewsKind, Subject, SubjectKind, territories_around
from app.processes.models import Opportunity, Process

A_QUERY = 500
NEW_DATES = "processes.publish-schedule"


@dataclass(frozen=True)
class Told:
    """One act as news: the fields of `models.News`, and everything it is about."""

    seq: int
    action: str
    kind: NewsKind
    at: datetime
    process: Process
    contribution: Contribution | None
    opportunity: Opportunity | None
    amount: int
    detail: str
    subjects: frozenset[Subject]


@dataclass(frozen=True)
class _Act:
    entry: AuditEntry
    facts: Mapping[str, Any]
    at: datetime

    @property
    def codes(self) -> tuple[str, ...]:
        if self.entry.subject_kind == "contribution":
            return (self.entry.subject_ref,)
        return tuple(answer["code"] for answer in self.facts.get("answers", ()) if isinstance(answer, dict))

    @property
    def themes(self) -> set[str]:
        """Slugs of the themes it says it is about, beside those of what it names."""
        return set(self.facts.get("themes", ()))

    @property
    def slugs(self) -> tuple[str, str]:
        """The process and the activity it names; empty when it names none."""
        if self.entry.subject_kind in ("process", "activity"):
            process, _, activity = self.entry.subject_ref.partition("/")
            return process, activity
        return "", ""


def expanded(entries: Iterable[AuditEntry]) -> list[Told]:
    """The news among these acts, in order; four statements however many there are, and one more for each 500 contributions."""
    acts = [_read(entry) for entry in entries if entry.action in KINDS]
    if not acts:
        return []
    contributions = _contributions({code for act in acts for code in act.codes})
    processes = _processes({act.slugs[0] for act in acts if act.slugs[0]})
    opportunities = _opportunities(
        {act.slugs[0] for act in acts if act.slugs[1]} | {a.slugs[0] for a in acts if a.entry.action == NEW_DATES}
    )
    found = (_told(act, processes, contributions, opportunities) for act in acts)
    return [told for told in found if told is not None]


def _read(entry: AuditEntry) -> _Act:
    body = json.loads(entry.body)
    return _Act(entry, body["facts"], datetime.fromisoformat(body["at"]))


def _contributions(codes: set[str]) -> dict[str, Contribution]:
    wanted, found = sorted(codes), {}
    loads = (joinedload(Contribution.process).joinedload(Process.space), joinedload(Contribution.theme))
    for start in range(0, len(wanted), A_QUERY):
        rows = db.session.scalars(select(Contribution).where(Contribution.code.in_(wanted[start : start + A_QUERY])).options(*loads))
        found.update({row.code: row for row in rows})
    return found


def _processes(slugs: set[str]) -> dict[str, Process]:
    rows = db.session.scalars(select(Process).where(Process.slug.in_(slugs)).options(joinedload(Process.space)))
    return {row.slug: row for row in rows}


def _opportunities(slugs: set[str]) -> dict[tuple[str, str], Opportunity]:
    rows = db.session.execute(select(Process.slug, Opportunity).join(Opportunity.process).where(Process.slug.in_(slugs)))
    return {(slug, row.slug): row for slug, row in rows}


def _told(
    act: _Act, processes: Mapping[str, Process], contributions: Mapping[str, Contribution],
    opportunities: Mapping[tuple[str, str], Opportunity],
) -> Told | None:  # fmt: skip
    """None for an act about something that is not there any more."""
    about = [contributions[code] for code in act.codes if code in contributions]
    slug, activity = act.slugs
    process = processes.get(slug) if slug else (about[0].process if about else None)
    if process is None:
        return None
    opportunity = opportunities.get((slug, activity)) if activity else None
    places = [*(c.ubigeo for c in about), *act.facts.get("places", ()), process.space.ubigeo]
    places += [opportunity.ubigeo] if opportunity else []
    if act.entry.action == NEW_DATES:
        places += [o.ubigeo for (of, _), o in opportunities.items() if of == slug and not o.is_withdrawn]
    return Told(
        act.entry.seq, act.entry.action, KINDS[act.entry.action], act.at, process, about[0] if len(act.codes) == 1 and about else None,
        opportunity, _amount(act), str(act.facts.get("version") or ""), _subjects(process, about, act.themes, opportunity, places),
    )  # fmt: skip


def _amount(act: _Act) -> int:
    return len(act.codes) or int(act.facts.get("received") or act.facts.get("count") or 1)


def _subjects(
    process: Process, about: Sequence[Contribution], named: Collection[str], opportunity: Opportunity | None, places: Iterable[str | None]
) -> frozenset[Subject]:
    themes = {*named, *(c.theme.slug for c in about if c.theme)} | ({opportunity.theme} if opportunity and opportunity.theme else set())
    return frozenset(
        [
            Subject(SubjectKind.PROCESS, process.slug),
            *(Subject(SubjectKind.CONTRIBUTION, c.code) for c in about),
            *(Subject(SubjectKind.THEME, f"{process.slug}/{theme}") for theme in themes),
            *(around for place in set(places) for around in territories_around(place)),
        ]
    )
