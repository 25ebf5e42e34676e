"""The 48 hours of an incident, and what may be noted of it. Pure rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.incidents.rules import (
    Affected,
    Clock,
    IncidentAct,
    IncidentDraft,
    IncidentProblem,
    acting_problems,
    clock_of,
    problems_with,
    telling_problems,
)

KNOWN = datetime(2027, 3, 20, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)
WHOLE = IncidentDraft(KNOWN, "Se perdió una computadora con listas.", "Nombres y correos de inscritos.", "", Affected.ACCOUNTS)
WORDS = "Con el trámite 123 de la Autoridad."


@pytest.mark.parametrize(
    ("told", "now", "stands"),
    [
        (None, KNOWN + 48 * HOUR, Clock.RUNNING),
        (None, KNOWN + 48 * HOUR + timedelta(seconds=1), Clock.OVERDUE),
        (KNOWN + 48 * HOUR, KNOWN + 90 * HOUR, Clock.IN_TIME),
        (KNOWN + 48 * HOUR + timedelta(seconds=1), KNOWN + 90 * HOUR, Clock.LATE),
    ],
)
def test_the_authority_is_told_within_48_hours_of_knowing(told, now, stands):
    assert clock_of(KNOWN, told, now) is stands


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"happened": "poco"}, IncidentProblem.TEXT_SHORT),
        ({"noticed_at": None}, IncidentProblem.TIME_MISSING),
        ({"noticed_at": KNOWN + 2 * HOUR}, IncidentProblem.IN_THE_FUTURE),
        ({"affected": None}, IncidentProblem.AFFECTED_MISSING),
        ({"affected": Affected.PROCESS}, IncidentProblem.PROCESS_MISSING),
    ],
)
def test_what_an_incident_must_say(change, problem):
    assert problems_with(WHOLE, KNOWN + HOUR) == ()
    assert [p.code for p in problems_with(replace(WHOLE, **change), KNOWN + HOUR)] == [problem]


@pytest.mark.parametrize(
    ("act", "done", "people", "problem"),
    [
        (IncidentAct.TOLD_AUTHORITY, set(), 5, None),
        (IncidentAct.TOLD_AUTHORITY, {IncidentAct.TOLD_AUTHORITY}, 5, IncidentProblem.DONE_ALREADY),
        (IncidentAct.TOLD_PEOPLE, set(), 0, IncidentProblem.NOBODY_TO_TELL),
        (IncidentAct.CLOSED, {IncidentAct.TOLD_AUTHORITY}, 5, IncidentProblem.NOT_TOLD),
        (IncidentAct.CLOSED, {IncidentAct.TOLD_AUTHORITY}, 0, None),
        (IncidentAct.CLOSED, {IncidentAct.TOLD_AUTHORITY, IncidentAct.TOLD_PEOPLE}, 5, None),
        (IncidentAct.NOTED, {IncidentAct.CLOSED}, 5, IncidentProblem.CLOSED),
        (IncidentAct.NOTED, {IncidentAct.NOTED}, 5, None),
    ],
)
def test_an_incident_closes_only_once_everybody_knows(act, done, people, problem):
    found = [p.code for p in acting_problems(act, frozenset(done), people=people, note=WORDS)]
    assert found == ([problem] if problem else [])


def test_nobody_is_told_before_it_was_known_nor_tomorrow():
    assert telling_problems(KNOWN, KNOWN, KNOWN) == ()
    assert telling_problems(KNOWN - HOUR, KNOWN, KNOWN)[0].code is IncidentProblem.BEFORE_KNOWN
    assert telling_problems(KNOWN + HOUR, KNOWN, KNOWN)[0].code is IncidentProblem.IN_THE_FUTURE
    assert telling_problems(None, KNOWN, KNOWN)[0].code is IncidentProblem.TIME_MISSING
