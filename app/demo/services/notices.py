"""Who follows a process, and its notices in Quechua; what came to each follower waits in the outbox."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.accounts.models import Person
from app.core.db import db
from app.demo import importing
from app.follows import queries as follows_queries
from app.follows import services as follows
from app.follows.rules import Rhythm, Subject, SubjectKind
from app.notices import services as notices
from app.notices.rules import Medium, TextDraft
from app.processes.models import Process

if TYPE_CHECKING:
    from app.demo.services.load import Stage

FOLLOWED_SINCE = -45


def tell(stage: Stage, process: Process) -> None:
    """Followers before the acts they are told of: to be called when the schedule is public and nothing else happened yet."""
    file = f"{stage.cast['content']}/notices.toml"
    if not (importing.CONTENT / file).exists():
        return
    written, since = importing.read(file), stage.calendar.at(FOLLOWED_SINCE)
    for item in written["follower"]:
        for subject in _subjects(process, item):
            _follow(subject, item["address"], Rhythm(item["rhythm"]), since)
    for item in written["account"]:
        person = db.session.get_one(Person, stage.people[item["person"]])
        follows.follow_with_account(Subject(SubjectKind.PROCESS, process.slug), person_id=person.id, email=person.email, now=since)


def translate(stage: Stage, process: Process) -> None:
    """What a person of the secretariat wrote in Quechua."""
    file = f"{stage.cast['content']}/notices.toml"
    for item in importing.read(file)["text"] if (importing.CONTENT / file).exists() else ():
        draft = TextDraft(item["language"], item["text"])
        notices.save_text(process, Medium(item["medium"]), draft, person_id=stage.person("secretariat"), now=stage.now)


def deliver(now: datetime) -> None:
    """What the worker would have done by now: news are taken, and letters of what is due are in the outbox."""
    while follows.take_news(now):
        pass
    follows.write_digests(now)


def _subjects(process: Process, item: dict[str, Any]) -> list[Subject]:
    themes = [Subject(SubjectKind.THEME, f"{process.slug}/{theme}") for theme in item["themes"]]
    places = [Subject(SubjectKind.TERRITORY, ubigeo) for ubigeo in item["territories"]]
    return [*([Subject(SubjectKind.PROCESS, process.slug)] if item["process"] else []), *themes, *places]


def _follow(subject: Subject, address: str, rhythm: Rhythm, now: datetime) -> None:
    title = follows_queries.titles([subject])[subject]
    follows.ask_to_follow(subject, address, rhythm, title=title, now=now)
    follower = importing.known(follows_queries.follower_by_address(address))
    follow = importing.known(follows_queries.follow_of(follower.id, subject))
    follows.confirm(follows.confirmation_token(follow, follower.handle), now=now)
