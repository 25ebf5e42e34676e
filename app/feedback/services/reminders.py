"""Telling the people of an entity that what was assigned to them is due soon, or late: once each."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from flask import current_app

from app.assignments import queries as assignments
from app.assignments import services as assignments_services
from app.assignments.queries import Reminder
from app.assignments.rules import Moment, days_overdue
from app.core.clock import lima_day
from app.core.dates import long_date
from app.feedback import queries
from app.notifications import services as notifications
from app.processes.models import Process

MOST_CODES = 12


def remind(now: datetime) -> int:
    """Queue a letter to each person of each entity whose answers are due within three days, or overdue; the caller commits.

    One letter tells all the contributions of a process with the same day. An answer already in review or approved needs no
    reminder. How many letters were queued comes back; again the same day it is none.
    """
    today, letters = lima_day(now), 0
    due = assignments.reminders(today, apart_from=queries.written_contributions())
    up = assignments.parents() if due else {}
    by_id = queries.processes_by_id({reminder.process_id for reminder in due})
    for (process_id, organisation_id, due_on), group in groupby(due, key=lambda r: (r.process_id, r.organisation_id, r.due_on)):
        rows, process = list(group), by_id[process_id]
        moment = Moment.OVERDUE if due_on < today else Moment.SOON
        people = assignments.people_of(organisation_id, process.space_id, process_id, today, up)
        for person_id, name, email in people:
            letters += _queue(process, rows, moment, due_on, (person_id, name, email), today, now)
        assignments_services.remember_letters([row.assignment_id for row in rows], moment, now)
    return letters


def _queue(
    process: Process, rows: Sequence[Reminder], moment: Moment, due_on: date, person: tuple[int, str, str], today: date, now: datetime
) -> int:  # fmt: skip
    person_id, name, email = person
    site = current_app.config["SITE_URL"]
    letter = notifications.queue(
        "feedback.due", address=email, person_id=person_id, subject_kind="process", subject_id=process.id,
        content={
            "name": name, "process": process.title, "space": process.space.name, "count": len(rows), "due": long_date(due_on),
            "is_overdue": moment is Moment.OVERDUE, "days": days_overdue(due_on, today),
            "codes": [row.code for row in rows[:MOST_CODES]], "more": max(0, len(rows) - MOST_CODES),
            "link": f"{site}/mesa/procesos/{process.slug}/responder?asignados={queries.organisation_slug(rows[0].organisation_id)}",
        },
        dedupe_key=f"feedback.due:{moment}:{max(row.assignment_id for row in rows)}:{len(rows)}:{person_id}", at=now,
    )  # fmt: skip
    return 1 if letter else 0
