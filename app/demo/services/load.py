"""People, spaces and the order in which a space's story is told."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.accounts import queries as accounts_queries
from app.accounts import services as accounts
from app.accounts.models import Person
from app.audit import services as audit
from app.core.clock import lima_day
from app.core.db import db
from app.demo import importing
from app.demo.services import (
    agreement,
    answers,
    assignments,
    budgeting,
    calls,
    contributions,
    deliberation,
    evaluation,
    groups,
    intake,
    letters,
    notices,
    processes,
    requirements,
    voting,
    workshops,
)
from app.organisations import queries as organisations_queries
from app.organisations import services as organisations
from app.organisations.rules import Sector
from app.plans import services as plans
from app.spaces import queries as spaces_queries
from app.spaces import services as spaces
from app.spaces.models import Space
from app.spaces.rules import Role, SpaceKind
from app.territories import services as territories

FOUNDED_DAYS_AGO = 400


@dataclass
class Stage:
    """What a space's story needs at hand: the calendar, who is who, and what was made so far."""

    calendar: importing.Calendar
    content: importing.Content
    space: Space
    cast: dict[str, str]
    people: dict[str, int]
    now: datetime
    codes: dict[str, str] = field(default_factory=dict)

    def person(self, key: str) -> int:
        """The id of a person by key, or by the part they play here ("secretariat", "civil", …)."""
        return self.people[self.cast.get(key, key)]


def load(now: datetime) -> list[str]:
    """Make what is missing of the demo; returns the slugs of the spaces made now. The caller commits."""
    territories.load_peru()
    made: list[str] = []
    written = importing.read("spaces.toml")["space"]
    missing = [item for item in written if spaces_queries.space_by_slug(item["slug"]) is None]
    if not missing:
        return made
    plans.load_library(now)
    people = _people(now)
    for item in missing:
        content = importing.content_of(item["content"])
        _organisations(content, now)
        space = spaces.create_space(
            item["slug"],
            SpaceKind(item["kind"]),
            item["name"],
            ubigeo=item["ubigeo"],
            contact=item["contact"],
            now=_founded(item, now),
        )
        _roles(space, people, _founded(item, now))
        stage = Stage(importing.Calendar(lima_day(now)), content, space, item, people, now)
        _tell(stage)
        made.append(item["slug"])
    notices.deliver(now)
    audit.daily_checkpoint(now)
    audit.check_register(now)
    return made


def _people(now: datetime) -> dict[str, int]:
    written = importing.read(importing.PEOPLE)
    made = {}
    for item in written["person"]:
        person = accounts_queries.person_by_email(item["email"]) or accounts.create_person(
            item["email"], item["name"], written["password"], now=now - timedelta(days=FOUNDED_DAYS_AGO)
        )
        made[item["key"]] = person.id
    return made


def _organisations(content: importing.Content, now: datetime) -> None:
    for item in sorted(content.organisations, key=lambda o: bool(o.get("parent"))):
        if organisations_queries.organisation_by_slug(item["slug"]) is None:
            parent = organisations_queries.organisation_by_slug(item.get("parent") or "")
            organisations.create_organisation(
                item["name"], Sector(item["sector"]), of_slug=item["slug"], parent=parent, summary=item.get("summary", ""), now=now
            )


def _founded(item: dict[str, str | int], now: datetime) -> datetime:
    return now - timedelta(days=int(item.get("founded_days_ago", FOUNDED_DAYS_AGO)))


def _roles(space: Space, people: dict[str, int], founded: datetime) -> None:
    for item in importing.read(importing.PEOPLE)["person"]:
        for role in item.get("roles", []):
            if role["space"] == space.slug:
                person = importing.known(db.session.get(Person, people[item["key"]]))
                spaces.appoint(
                    space,
                    person,
                    Role(role["role"]),
                    appointed_by="Acta de instalación del espacio",
                    organisation=organisations_queries.organisation_by_slug(role.get("organisation", "")),
                    appoints=frozenset(Role),
                    now=founded,
                )


def _tell(stage: Stage) -> None:
    calls.tell(stage)
    process = processes.tell(stage)
    notices.tell(stage, process)
    contributions.tell(stage, process)
    deliberation.tell(stage, process)
    groups.tell(stage, process)
    evaluation.tell(stage, process)
    assignments.tell(stage, process)
    answers.tell(stage, process)
    letters.tell(stage, process)
    agreement.tell(stage)
    requirements.tell(stage, process)
    workshops.tell(stage, process)
    intake.tell(stage, process)
    notices.translate(stage, process)
    budgeting.tell(stage)
    voting.tell_open(stage)
