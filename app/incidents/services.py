"""Keeping the register of incidents: writing one down, noting what was done, telling whom it touches."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean
from app.incidents import queries
from app.incidents.models import Incident, IncidentAct
from app.incidents.rules import Affected, Clock, IncidentDraft, IncidentProblem, acting_problems, clock_of, problems_with, telling_problems
from app.incidents.rules import IncidentAct as Act
from app.notifications import services as notifications
from app.notifications.services import NewLetter
from app.processes import queries as processes
from app.spaces.models import Space

ROLE = "ADM"


def record(space: Space, draft: IncidentDraft, *, person_id: int, now: datetime) -> Incident:
    """Write an incident down under the next number of its space; the 48 hours count from when it was known.

    The public register learns that there is one, not what it is. The caller commits. Raises RuleBroken.
    """
    process = processes.process_by_slug(draft.process_slug) if draft.affected is Affected.PROCESS else None
    if process is not None and process.space_id != space.id:
        process = None
    problems = list(problems_with(draft, now))
    if draft.affected is Affected.PROCESS and draft.process_slug and process is None:
        problems.append(Problem(IncidentProblem.PROCESS_MISSING, "process_slug"))
    refuse_if_any(problems)
    made = Incident(
        space=space, space_id=space.id, number=queries.last_number(space.id) + 1, noticed_at=draft.noticed_at,
        happened=clean(draft.happened),
        data_kinds=clean(draft.data_kinds), measures=clean(draft.measures), affected=draft.affected,
        process_id=process.id if process else None, process=process, recorded_by_id=person_id, recorded_at=now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(made)
            db.session.flush()
    except IntegrityError:  # two at once: the second sends it again, nothing of it is lost
        raise RuleBroken([Problem(IncidentProblem.DONE_ALREADY)]) from None
    audit.record("incidents.record", "space", space.slug, {"number": made.number}, at=now, role=ROLE)
    return made


def note(incident: Incident, act: Act, words: str, *, person_id: int, now: datetime, done_at: datetime | None = None) -> IncidentAct:
    """Note what was learnt or done. `done_at` is when the authority was told. The caller commits. Raises RuleBroken."""
    words, people = clean(words), len(queries.addresses(incident))
    done = frozenset(row.act for row in queries.acts_of(incident.id))
    problems = list(acting_problems(act, done, people=people, note=words))
    if act is Act.TOLD_AUTHORITY:
        problems += telling_problems(done_at, incident.noticed_at, now)
    refuse_if_any(problems)
    row = IncidentAct(
        incident_id=incident.id, act=act, note=words, people=people if act is Act.TOLD_PEOPLE else 0, done_at=done_at or now,
        done_by_id=person_id, noted_at=now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError:
        raise RuleBroken([Problem(IncidentProblem.DONE_ALREADY)]) from None
    if act is not Act.NOTED:
        facts: dict[str, object] = {"number": incident.number}
        if act is Act.TOLD_AUTHORITY:
            facts["within_48_hours"] = clock_of(incident.noticed_at, row.done_at, now) is Clock.IN_TIME
        audit.record(f"incidents.{act}", "space", incident.space.slug, facts, at=now, role=ROLE)
    return row


def tell_people(incident: Incident, words: str, *, person_id: int, now: datetime) -> int:
    """Send the letter to everybody the incident touches, once; how many. The caller commits. Raises RuleBroken."""
    note(incident, Act.TOLD_PEOPLE, words, person_id=person_id, now=now)
    content = {"space": incident.space.name, "words": clean(words), "contact": incident.space.contact}
    letters = [
        NewLetter(address, "incident", incident.id, content, f"incidents.told:{incident.id}:{address}")
        for address in queries.addresses(incident)
    ]
    return notifications.queue_many("incidents.told", letters, at=now)
