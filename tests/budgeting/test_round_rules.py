"""The rules of a round, as tables of cases."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.budgeting.rules import calendar as calendars
from app.budgeting.rules import course, hearings, money, registering
from app.budgeting.rules.calendar import CalendarProblem, Entry, RoundActivity, RoundCalendar
from app.budgeting.rules.course import CourseProblem, RoundFacts
from app.budgeting.rules.documents import DocumentDraft, DocumentKind, DocumentProblem, problems_with_document
from app.budgeting.rules.hearings import HearingSeen, HearingStanding
from app.budgeting.rules.money import CeilingDraft, MoneyProblem, Part
from app.budgeting.rules.registering import AgentDraft, AgentProblem, RefusalReason
from app.budgeting.rules.states import AgentKind, AgentState, RoundState
from app.organisations.rules import Sector

TODAY = date(2027, 3, 20)
WHY = "El diagnóstico mostró otra cosa."
READY = RoundFacts(
    today=date(2028, 6, 1), fiscal_year=2028, documents=frozenset(DocumentKind), has_calendar=True,
    registration_ends_on=date(2027, 4, 1), results_workshop_ends_on=date(2027, 5, 1), voting_agents=3, technical_team=2,
    hearings_accounted=1, has_signed_act=True, has_committee=True,
)  # fmt: skip


def codes(problems: object) -> set[object]:
    return {problem.code for problem in problems}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("before", "after"), list(zip(course.ORDER, course.ORDER[1:], strict=False)))
def test_with_everything_in_place_each_step_is_taken(before, after):
    assert course.advance_problems(before, after, WHY, READY) == ()


@pytest.mark.parametrize("to", [state for state in RoundState if state is not RoundState.AGENTS_REGISTERED])
def test_no_state_is_skipped_or_taken_back(to):
    assert codes(course.advance_problems(RoundState.PREPARATION, to, WHY, READY)) == {CourseProblem.NOT_NEXT}


@pytest.mark.parametrize(
    ("to", "lacking", "problem"),
    [
        (RoundState.PREPARATION, {"documents": frozenset({DocumentKind.ORDINANCE})}, CourseProblem.REGULATION_MISSING),
        (RoundState.PREPARATION, {"has_calendar": False}, CourseProblem.CALENDAR_MISSING),
        (RoundState.AGENTS_REGISTERED, {"registration_ends_on": date(2028, 6, 1)}, CourseProblem.REGISTRATION_OPEN),
        (RoundState.AGENTS_REGISTERED, {"registration_ends_on": None}, CourseProblem.REGISTRATION_OPEN),
        (RoundState.AGENTS_REGISTERED, {"agents_waiting": 1}, CourseProblem.AGENTS_WAITING),
        (RoundState.AGENTS_REGISTERED, {"appeals_waiting": 1}, CourseProblem.APPEALS_WAITING),
        (RoundState.AGENTS_REGISTERED, {"voting_agents": 0}, CourseProblem.NO_VOTING_AGENTS),
        (RoundState.AGENTS_REGISTERED, {"technical_team": 0}, CourseProblem.NO_TECHNICAL_TEAM),
        (RoundState.CONCERTATION, {"documents": frozenset({DocumentKind.REGULATION})}, CourseProblem.DIAGNOSIS_MISSING),
        (RoundState.TECHNICAL_EVALUATION, {"results_workshop_ends_on": date(2028, 6, 1)}, CourseProblem.RESULTS_WORKSHOP_AHEAD),
        (RoundState.PRIORITISATION, {"projects_waiting": 4}, CourseProblem.PROJECTS_WAITING),
        (RoundState.COORDINATION, {"open_votes": 1}, CourseProblem.VOTE_OPEN),
        (RoundState.ACT_SIGNED, {"has_signed_act": False}, CourseProblem.ACT_MISSING),
        (RoundState.ACT_SIGNED, {"has_committee": False}, CourseProblem.COMMITTEE_MISSING),
        (RoundState.ACT_SIGNED, {"unanswered_dropped": 1}, CourseProblem.DROPPED_UNANSWERED),
        (RoundState.IN_OPENING_BUDGET, {"documents": frozenset()}, CourseProblem.OPENING_BUDGET_MISSING),
        (RoundState.EXECUTING, {"today": date(2027, 12, 31)}, CourseProblem.YEAR_NOT_BEGUN),
        (RoundState.ACCOUNTED, {"hearings_accounted": 0}, CourseProblem.HEARING_MISSING),
        (RoundState.CLOSED, {"unanswered_dropped": 1}, CourseProblem.DROPPED_UNANSWERED),
    ],
)
def test_a_step_says_the_one_thing_that_is_missing(to, lacking, problem):
    before = course.ORDER[course.ORDER.index(to) - 1]
    assert codes(course.advance_problems(before, to, WHY, replace(READY, **lacking))) == {problem}


def test_without_what_the_floors_above_tell_the_act_is_not_signed():
    facts = replace(READY, **{"has_signed_act": False, "has_committee": False}, **course.from_above({"nonsense": 1}))
    assert course.missing_for(RoundState.ACT_SIGNED, facts) != ()


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (RoundState.PREPARATION, False),
        (RoundState.AGENTS_REGISTERED, True),
        (RoundState.PRIORITISATION, True),
        (RoundState.ACT_SIGNED, False),
    ],
)  # fmt: skip
def test_nobody_votes_before_registration_closes(state, may):
    assert course.may_vote(state) is may


@pytest.mark.parametrize(
    ("parts", "shared"),
    [
        ((), 0),
        ((Part("080101", "", 40), Part("080102", "", 60)), 100),
        ((Part("", "agua", 70), Part("", "vias", 20)), 90),
        ((Part("080101", "", 40), Part("", "agua", 90)), 90),  # two ways of cutting the same whole: the larger, not the sum
        ((Part("080101", "", 40), Part("080101", "agua", 10)), 40),  # inside the part of its territory
        ((Part("080101", "agua", 10), Part("080102", "agua", 15)), 25),
    ],
)
def test_what_is_shared_out_counts_one_way_of_cutting_at_a_time(parts, shared):
    assert money.shared_out(parts) == shared


@pytest.mark.parametrize(
    ("cents", "parts", "problem"),
    [
        (0, (), MoneyProblem.CEILING_MISSING),
        (10**14, (), MoneyProblem.CEILING_TOO_LARGE),
        (100, (Part("080101", "", 60), Part("080102", "", 41)), MoneyProblem.PARTS_EXCEED),
        (100, (Part("", "agua", 101),), MoneyProblem.PARTS_EXCEED),
        (100, (Part("080101", "", 40), Part("080101", "agua", 41)), MoneyProblem.INSIDE_EXCEEDS),
        (100, (Part("", "agua", 40), Part("080101", "agua", 41)), MoneyProblem.INSIDE_EXCEEDS),
        (100, (Part("080101", "", 1), Part("080101", "", 2)), MoneyProblem.PART_REPEATED),
        (100, (Part("", "", 1),), MoneyProblem.PART_WITHOUT_PLACE),
        (100, (Part("080101", "", 0),), MoneyProblem.PART_EMPTY),
    ],
)
def test_parts_may_not_exceed_the_whole(cents, parts, problem):
    assert codes(money.problems_with_ceiling(CeilingDraft(cents, parts, WHY), is_first=False)) == {problem}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((), {"*": 100}),
        ((Part("080101", "", 60), Part("080102", "", 40)), {"080101": 60, "080102": 40, "*": 0}),
        ((Part("080101", "", 60), Part("080101", "agua", 25)), {"080101": 35, "080101/agua": 25, "*": 40}),
        ((Part("080101", "agua", 25),), {"080101/agua": 25, "*": 75}),
        ((Part("", "agua", 70), Part("", "vias", 20)), {"/agua": 70, "/vias": 20, "*": 10}),
        ((Part("080101", "", 60), Part("", "agua", 90)), {"080101": 60, "*": 40}),  # there a theme is a purpose, not a pot
    ],
)
def test_pots_do_not_overlap_and_add_up_to_the_whole(parts, expected):
    found = money.pots(100, parts)
    assert found == expected and sum(found.values()) == 100


@pytest.mark.parametrize(
    ("ubigeo", "theme", "pot"),
    [("080101", "agua", "080101/agua"), ("080101", "vias", "080101"), ("080103", "agua", "*"), ("", "agua", "*"), ("", "", "*")],
)
def test_the_narrowest_pot_pays(ubigeo, theme, pot):
    pots = money.pots(100, (Part("080101", "", 60), Part("080101", "agua", 25)))
    assert money.pot_of(pots, ubigeo, theme) == pot
    assert money.pots_of_territory(pots, "080101") == {"080101", "080101/agua"} and money.pots_of_territory(pots, "") == {"*"}
    assert money.pot_of(money.pots(100, (Part("", "agua", 70),)), "080101", "agua") == "/agua"


def test_any_parts_the_rule_accepts_are_shared_out_to_the_last_centimo():
    dice = random.Random(28056)
    accepted = 0
    for _n in range(400):
        keys = [(u, t) for u in ("", "080101", "080102") for t in ("", "agua", "vias") if (u or t) and dice.random() < 0.5]
        parts = tuple(Part(u, t, dice.randint(1, 60)) for u, t in keys)
        if not money.problems_with_ceiling(CeilingDraft(100, parts, WHY), is_first=False):
            accepted += 1
            pots = money.pots(100, parts)
            assert sum(pots.values()) == 100 and min(pots.values()) >= 0, parts
    assert accepted > 20


def test_parts_that_fill_the_whole_to_the_last_centimo_are_accepted():
    draft = CeilingDraft(100, (Part("080101", "", 60), Part("080102", "", 40), Part("", "agua", 100)), WHY)
    assert money.problems_with_ceiling(draft, is_first=False) == ()
    assert money.soles(123_456_789) == "S/\u00a01,234,567.89"


@pytest.mark.parametrize(
    ("changes", "has_file", "is_first", "problem"),
    [
        ({"title": " "}, True, True, DocumentProblem.TITLE_MISSING),
        ({"norm_number": ""}, True, True, DocumentProblem.NUMBER_MISSING),
        ({"dated_on": TODAY + timedelta(days=1)}, True, True, DocumentProblem.DATED_AHEAD),
        ({}, False, True, DocumentProblem.CONTENT_MISSING),
        ({"reason": "corto"}, True, False, DocumentProblem.REASON_MISSING),
    ],
)
def test_a_document_can_be_found_and_read(changes, has_file, is_first, problem):
    draft = replace(DocumentDraft(DocumentKind.ORDINANCE, "Ordenanza", "012-2026", TODAY, reason=WHY), **changes)
    assert codes(problems_with_document(draft, TODAY, has_file=has_file, is_first=is_first)) == {problem}


def _entry(activity: RoundActivity, first: int, last: int | None = None, title: str = "") -> Entry:
    return Entry(activity, TODAY + timedelta(days=first), TODAY + timedelta(days=first if last is None else last), title)


WHOLE = calendars.in_order(
    [
        _entry(RoundActivity.REGISTRATION, 20, 30), _entry(RoundActivity.RESULTS_WORKSHOP, 40), _entry(RoundActivity.LEVELS, 50),
        _entry(RoundActivity.ACT, 60),
    ]
)  # fmt: skip


def test_a_calendar_with_its_four_phases_is_accepted_and_survives_being_written():
    assert calendars.problems_with_calendar(WHOLE, None, "", TODAY) == ()
    assert calendars.from_json(calendars.to_json(WHOLE)) == WHOLE


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ([*WHOLE.entries[1:], _entry(RoundActivity.CALL, 5)], CalendarProblem.REGISTRATION_MISSING),
        (WHOLE.entries[:-1], CalendarProblem.EMPTY_PHASE),
        ([*WHOLE.entries[:-1], _entry(RoundActivity.ACT, 60, 59)], CalendarProblem.ENDS_BEFORE),
        ([*WHOLE.entries[:-1], _entry(RoundActivity.ACT, 45)], CalendarProblem.PHASES_CROSSED),
    ],
)
def test_a_calendar_says_what_it_lacks(entries, problem):
    assert codes(calendars.problems_with_calendar(RoundCalendar(tuple(entries)), None, "", TODAY)) == {problem}


def test_what_is_past_stays_as_it_was():
    later = TODAY + timedelta(days=35)
    moved = calendars.in_order([_entry(RoundActivity.REGISTRATION, 20, 33), *WHOLE.entries[1:]])
    assert codes(calendars.problems_with_calendar(moved, WHOLE, WHY, later)) == {CalendarProblem.PAST_CHANGED}
    assert calendars.problems_with_calendar(moved, WHOLE, WHY, TODAY) == ()


@pytest.mark.parametrize(("act", "today", "days"), [(70, 0, 60), (52, 0, 52), (70, 55, 5), (60, 0, None)])
def test_notice_is_counted_to_the_first_thing_that_changes(act, today, days):
    moved = calendars.in_order([*WHOLE.entries[:-1], _entry(RoundActivity.ACT, act)])
    assert calendars.notice_days(moved, WHOLE, TODAY + timedelta(days=today)) == days


def test_an_activity_taken_out_counts_as_a_change():
    without = RoundCalendar(WHOLE.entries[:1])
    assert calendars.notice_days(without, WHOLE, TODAY + timedelta(days=32)) == 8
    assert calendars.is_short(8) and not calendars.is_short(14) and not calendars.is_short(None)


DELEGATE = AgentDraft("Delia Huanca", AgentKind.CIVIL_SOCIETY, Sector.GRASSROOTS, "Junta", ubigeo="080102")
WINDOW = (TODAY - timedelta(days=1), TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("changes", "window", "problem"),
    [
        ({"name": ""}, WINDOW, AgentProblem.NAME_MISSING),
        ({"organisation": " "}, WINDOW, AgentProblem.ORGANISATION_MISSING),
        ({"ubigeo": ""}, WINDOW, AgentProblem.TERRITORY_MISSING),
        ({"knows_it_is_public": False}, WINDOW, AgentProblem.CONSENT_MISSING),
        ({"kind": AgentKind.TECHNICAL_TEAM}, WINDOW, AgentProblem.TEAM_BY_STAFF),
        ({}, None, AgentProblem.NO_CALENDAR),
        ({}, (TODAY + timedelta(days=1), TODAY + timedelta(days=2)), AgentProblem.NOT_OPEN_YET),
        ({}, (TODAY - timedelta(days=2), TODAY - timedelta(days=1)), AgentProblem.WINDOW_CLOSED),
    ],
)
def test_a_registration_is_complete_and_in_time(changes, window, problem):
    found = registering.registration_problems(replace(DELEGATE, **changes), window, TODAY, by_staff=False, email_is_good=True)
    assert problem in codes(found) and len(found) <= 2


def test_the_technical_team_has_no_window_and_no_vote():
    member = replace(DELEGATE, kind=AgentKind.TECHNICAL_TEAM, office="Ingeniera", ubigeo="")
    assert registering.registration_problems(member, None, TODAY, by_staff=True, email_is_good=True) == ()
    assert not registering.has_vote(AgentKind.TECHNICAL_TEAM) and registering.has_vote(AgentKind.CIVIL_SOCIETY)


def _ruling(**changes: object) -> set[object]:
    given = {"accredits": False, "reason_code": RefusalReason.LATE, "text": WHY, "is_own": False, "is_open": True} | changes
    return codes(registering.ruling_problems(AgentState.REGISTERED, **given))  # type: ignore[arg-type]


def test_nobody_is_refused_outside_the_list_or_without_an_explanation():
    assert _ruling() == set()
    assert _ruling(reason_code=None) == {AgentProblem.REASON_CODE_MISSING}
    assert _ruling(text="no") == {AgentProblem.REASON_MISSING}
    assert _ruling(is_own=True) == {AgentProblem.OWN_REGISTRATION}
    assert codes(
        registering.ruling_problems(AgentState.REFUSED, accredits=True, reason_code=None, text="", is_own=False, is_open=True)
    ) == {AgentProblem.NOT_WAITING}


@pytest.mark.parametrize(("days", "problems"), [(0, set()), (5, set()), (6, {AgentProblem.APPEAL_LATE})])
def test_an_appeal_has_the_days_of_the_round(days, problems):
    found = registering.appeal_problems(AgentState.REFUSED, TODAY, 5, WHY, TODAY + timedelta(days=days))
    assert codes(found) == problems


def test_who_refused_does_not_decide_the_appeal():
    found = registering.appeal_answer_problems(WHY, is_answered=False, decided_by_same=True, is_own=False)
    assert codes(found) == {AgentProblem.SAME_PERSON}


def _hearing(month: int, day: int, *, published: bool = True, cancelled: bool = False) -> HearingSeen:
    on = date(2026, month, day)
    return HearingSeen(on, None if cancelled else on, on + timedelta(days=9) if published else None, cancelled)


def test_hearings_of_may_and_october_leave_september_missing():
    """domain.md 4.3, the vector of PE-119A."""
    rows = hearings.standing_of_year(2026, [_hearing(5, 28), _hearing(10, 2)], date(2026, 10, 20))
    assert [row.standing for row in rows] == [HearingStanding.HELD, HearingStanding.MISSING]
    assert [row.standing for row in hearings.standing_of_year(2026, [], date(2026, 5, 31))] == [HearingStanding.AHEAD] * 2


def test_a_cancelled_hearing_accounts_for_nothing():
    rows = hearings.standing_of_year(2026, [_hearing(5, 28, cancelled=True)], date(2026, 6, 1))
    assert rows[0].standing is HearingStanding.MISSING


@pytest.mark.parametrize(
    ("hearing", "since", "counts"),
    [
        (_hearing(9, 10), date(2026, 9, 1), True),
        (_hearing(9, 10), None, False),
        (_hearing(9, 10), date(2026, 9, 11), False),
        (_hearing(9, 10, published=False), date(2026, 9, 1), False),
        (_hearing(9, 10, cancelled=True), date(2026, 9, 1), False),
    ],
)
def test_only_a_hearing_of_the_execution_with_public_minutes_accounts(hearing, since, counts):
    assert hearings.accounts_for(hearing, since) is counts
