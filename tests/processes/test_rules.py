"""Notice (domain.md 4.3), publication, differences, drafting and states: pure, no fixtures."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from app.core.clock import lima_instant
from app.processes.rules import drafting, notice
from app.processes.rules import schedule as schedules
from app.processes.rules.completeness import Missing, is_complete, missing_from
from app.processes.rules.difference import difference
from app.processes.rules.drafts import (
    CriterionDraft,
    ProcessDraft,
    ProcessProblem,
    problems_with_criteria,
    problems_with_criterion,
    problems_with_process,
)
from app.processes.rules.notice import NoticeFlag, Publication, Result, earliest_start, notice_given
from app.processes.rules.publication import Change, ScheduleProblem, is_short_notice, moves, problems_with_publication
from app.processes.rules.schedule import OpportunityKind, OpportunityPlan, PhaseKind, Schedule
from app.processes.rules.states import Influence, ProcessKind, ProcessState
from app.processes.rules.transitions import ProcessFacts, StateProblem, next_states, problems_with_step
from tests.world import NOON, START, sample_schedule


def at(day: str, hour: str = "09:00") -> datetime:
    return lima_instant(date.fromisoformat(day), time.fromisoformat(hour))


PLAN = OpportunityPlan(
    "taller",
    OpportunityKind.WORKSHOP,
    "Taller",
    at("2027-03-15", "08:00"),
    at("2027-03-15", "12:00"),
    place="Local comunal",
    who_can_join="Toda persona.",
    how_to_register="En la puerta.",
    contact="foro@example.pe",
)


def announced(start: str, *plans: OpportunityPlan) -> Schedule:
    return Schedule(start_at=at(start, "08:00"), opportunities=plans or (PLAN,))


def published(n: int, day: str, hour: str, schedule: Schedule, reason: str = "") -> Publication:
    return Publication(n, at(day, hour), schedule, reason)


# ------------------------------------------------------------------------------------------------- notice: domain.md 4.3


def test_fourteen_days_is_met_at_the_limit_with_the_exact_hours() -> None:
    found = notice_given([published(1, "2027-03-01", "23:59", announced("2027-03-15"))], now=NOON)
    assert (found.rule, found.days, found.flags) == (Result.MET, 14, {NoticeFlag.LIMIT})
    assert (found.hours, found.minutes) == (320, 1)
    assert found.goal is Result.NOT_MET


def test_thirteen_days_is_not_met_although_two_minutes_later() -> None:
    found = notice_given([published(1, "2027-03-02", "00:01", announced("2027-03-15"))], now=NOON)
    assert (found.rule, found.days) == (Result.NOT_MET, 13)


def test_an_incomplete_first_version_does_not_count() -> None:
    incomplete = announced("2027-03-15", replace(PLAN, how_to_register=""))
    found = notice_given(
        [published(1, "2027-03-01", "09:00", incomplete), published(2, "2027-03-05", "09:00", announced("2027-03-15"))], now=NOON
    )
    assert (found.rule, found.days, found.counted_from) == (Result.NOT_MET, 10, 2)


def test_moving_the_start_closer_keeps_the_first_notice_but_is_at_risk_and_must_be_explained() -> None:
    history = [published(1, "2027-02-01", "09:00", announced("2027-03-15")), published(2, "2027-03-10", "09:00", announced("2027-03-12"))]
    found = notice_given(history, now=NOON)
    assert (found.rule, found.days, found.counted_from, found.short_change) == (Result.AT_RISK, 39, 1, 2)
    assert NoticeFlag.SHORT_CHANGE in found.flags
    assert not found.is_explained
    explained = notice_given([history[0], replace(history[1], reason="El local cerró.")], now=NOON)
    assert explained.is_explained and explained.explanation == "El local cerró." and explained.rule is Result.AT_RISK


def test_moving_the_start_away_is_not_at_risk() -> None:
    history = [published(1, "2027-02-01", "09:00", announced("2027-03-15")), published(2, "2027-03-10", "09:00", announced("2027-03-20"))]
    assert notice_given(history, now=NOON).rule is Result.MET


def test_a_start_moved_closer_and_then_a_little_away_is_still_closer_than_announced() -> None:
    history = [
        published(1, "2027-02-01", "09:00", announced("2027-03-15")),
        published(2, "2027-03-09", "09:00", announced("2027-03-11")),
        published(3, "2027-03-10", "09:00", announced("2027-03-12")),
        published(4, "2027-03-11", "09:00", announced("2027-03-12")),
    ]
    found = notice_given(history, now=NOON)
    assert (found.rule, found.short_change) == (Result.AT_RISK, 3)


def test_what_really_happened_counts_and_an_early_start_is_at_risk() -> None:
    found = notice_given([published(1, "2027-02-01", "09:00", announced("2027-03-15"))], now=NOON, recorded_start=at("2027-03-10"))
    assert (found.rule, found.days) == (Result.AT_RISK, 37)
    assert NoticeFlag.STARTED_EARLY in found.flags


def test_the_target_is_twenty_one_days() -> None:
    assert notice_given([published(1, "2027-02-22", "09:00", announced("2027-03-15"))], now=NOON).goal is Result.MET
    assert notice_given([published(1, "2027-02-23", "09:00", announced("2027-03-15"))], now=NOON).goal is Result.NOT_MET


def test_without_a_publication_it_is_recoverable_until_fourteen_days_no_longer_fit() -> None:
    assert notice_given([], now=NOON).rule is Result.AT_RISK
    assert notice_given([], now=NOON, recorded_start=NOON).rule is Result.NOT_MET


def test_a_retroactive_process_never_counts_as_timely() -> None:
    found = notice_given([published(1, "2027-01-01", "09:00", announced("2027-03-15"))], now=NOON, is_retroactive=True)
    assert found.rule is Result.NOT_APPLICABLE and NoticeFlag.RETROACTIVE in found.flags


@pytest.mark.parametrize(("today", "first"), [(date(2027, 3, 1), date(2027, 3, 15)), (date(2028, 2, 20), date(2028, 3, 5))])
def test_the_earliest_start_is_fourteen_whole_days_away(today: date, first: date) -> None:
    assert earliest_start(today) == first


def test_a_day_begins_at_midnight_in_lima_not_in_london() -> None:
    late_evening = datetime.fromisoformat("2027-03-02T04:59:00+00:00")  # 23:59 of 1 March in Lima
    assert notice.notice_days(late_evening, at("2027-03-15", "00:00")) == 14


# ------------------------------------------------------------------------------------------------- completeness and publication


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"starts_at": None}, Missing.START),
        ({"ends_at": None}, Missing.END),
        ({"place": " "}, Missing.PLACE_OR_LINK),
        ({"who_can_join": ""}, Missing.WHO_CAN_JOIN),
        ({"how_to_register": ""}, Missing.HOW_TO_REGISTER),
        ({"contact": ""}, Missing.CONTACT),
    ],
)
def test_an_opportunity_must_say_everything_needed_to_take_part(change: dict, missing: Missing) -> None:
    assert missing_from(replace(PLAN, **change)) == (missing,)
    assert not is_complete(announced("2027-03-15", replace(PLAN, **change)))


def test_a_link_serves_instead_of_a_place() -> None:
    assert missing_from(replace(PLAN, place="", url="https://example.pe")) == ()


def codes(problems: list) -> list:
    return [problem.code for problem in problems]


FIRST_DAY = lima_instant(START - timedelta(days=14), time(23, 59))


def test_a_whole_schedule_may_be_published_fourteen_days_before() -> None:
    assert problems_with_publication(sample_schedule(), previous=None, reason="", now=FIRST_DAY) == []


def test_a_start_thirteen_days_away_is_refused_saying_which_date_would_be_possible() -> None:
    problems = problems_with_publication(sample_schedule(), previous=None, reason="", now=FIRST_DAY + timedelta(minutes=2))
    assert codes(problems) == [ScheduleProblem.START_TOO_SOON]
    assert problems[0].values == {"days": 13, "earliest": START + timedelta(days=1)}


def test_a_retroactive_process_may_be_published_with_past_dates() -> None:
    assert problems_with_publication(sample_schedule(), previous=None, reason="", now=NOON, is_retroactive=True) == []


def test_an_empty_schedule_lacks_everything() -> None:
    found = codes(problems_with_publication(Schedule(), previous=None, reason="", now=NOON))
    assert found == [ScheduleProblem.NO_START, ScheduleProblem.NO_PHASES, ScheduleProblem.NO_OPPORTUNITIES]


def test_feedback_must_be_a_phase_of_its_own_before_approval() -> None:
    without = drafting.without_phase(sample_schedule(), PhaseKind.FEEDBACK)
    assert codes(problems_with_publication(without, previous=None, reason="", now=FIRST_DAY)) == [ScheduleProblem.NO_FEEDBACK_PHASE]
    feedback, approval = sample_schedule().phase(PhaseKind.FEEDBACK), sample_schedule().phase(PhaseKind.APPROVAL)
    assert feedback and approval
    overlapping = drafting.with_phase(sample_schedule(), replace(approval, opens_at=feedback.opens_at, closes_at=feedback.closes_at))
    found = codes(problems_with_publication(overlapping, previous=None, reason="", now=FIRST_DAY))
    assert ScheduleProblem.PHASES_OUT_OF_ORDER in found
    longer = drafting.with_phase(sample_schedule(), replace(feedback, closes_at=approval.opens_at))
    assert ScheduleProblem.PHASE_OVERLAP in codes(problems_with_publication(longer, previous=None, reason="", now=FIRST_DAY))


def test_nothing_may_begin_before_the_start() -> None:
    early = drafting.with_opportunity(sample_schedule(), replace(PLAN, starts_at=lima_instant(START - timedelta(days=1), time(10))))
    assert codes(problems_with_publication(early, previous=None, reason="", now=FIRST_DAY)) == [ScheduleProblem.OPPORTUNITY_BEFORE_START]


def test_a_later_version_needs_a_change_and_a_reason_but_is_not_refused_for_being_soon() -> None:
    old = sample_schedule()
    soon = drafting.with_start(old, old.start_at and old.start_at + timedelta(days=1))
    soon = drafting.with_opportunity(
        drafting.without_opportunity(soon, "aportes-en-linea"), replace(PLAN, starts_at=soon.start_at, ends_at=soon.start_at)
    )
    assert codes(problems_with_publication(old, previous=old, reason="x" * 30, now=NOON)) == [ScheduleProblem.NOTHING_CHANGED]
    assert codes(problems_with_publication(soon, previous=old, reason="corta", now=NOON)) == [ScheduleProblem.REASON_MISSING]
    assert problems_with_publication(soon, previous=old, reason="El local cerró por lluvias.", now=NOON) == []


# ------------------------------------------------------------------------------------------------- what moves


def moved(change: dict, now: datetime, slug: str = "taller-ccorca"):
    old = sample_schedule()
    plan = old.opportunity(slug)
    assert plan
    return moves(old, drafting.with_opportunity(old, replace(plan, **change)), now)


TALLER = START + timedelta(days=9)


@pytest.mark.parametrize(
    ("days_before", "change", "is_short"),
    [
        (20, {"place": "Otro local"}, False),
        (13, {"place": "Otro local"}, True),
        (14, {"place": "Otro local"}, False),
        (13, {"contact": "otro@example.pe"}, False),
        (5, {"starts_at": lima_instant(TALLER + timedelta(days=40), time(10))}, True),
        (20, {"starts_at": lima_instant(TALLER - timedelta(days=7), time(10))}, True),
        (-3, {"place": "Donde fue en verdad"}, False),
    ],
)
def test_moving_something_with_fewer_than_fourteen_days_is_short_notice(days_before: int, change: dict, is_short: bool) -> None:
    now = lima_instant(TALLER - timedelta(days=days_before), time(12))
    assert is_short_notice(moved(change, now)) is is_short


def test_cancelling_and_adding_are_moves() -> None:
    old = sample_schedule()
    now = lima_instant(TALLER - timedelta(days=3), time(12))
    (gone,) = moves(old, drafting.without_opportunity(old, "taller-ccorca"), now)
    assert (gone.change, gone.is_short, gone.days) == (Change.CANCELLED, True, 3)
    (added,) = moves(drafting.without_opportunity(old, "taller-ccorca"), old, now)
    assert (added.change, added.is_short) == (Change.ADDED, True)


def test_cancelling_what_is_under_way_is_short_notice() -> None:
    old = sample_schedule()
    now = lima_instant(START + timedelta(days=5), time(12))
    assert is_short_notice(moves(old, drafting.without_opportunity(old, "aportes-en-linea"), now))


def test_a_first_publication_moves_nothing() -> None:
    assert moves(None, sample_schedule(), NOON) == ()


# ------------------------------------------------------------------------------------------------- differences and drafting


def test_differences_name_the_field_and_both_values() -> None:
    old = sample_schedule()
    plan = old.opportunity("taller-ccorca")
    assert plan
    new = drafting.with_opportunity(old, replace(plan, place="Otro local", contact="otro@example.pe"))
    assert [(row.title, row.field, row.before, row.after) for row in difference(old, new)] == [
        ("Taller de Ccorca", "place", "Local comunal, Ccorca", "Otro local"),
        ("Taller de Ccorca", "contact", "foro@example.pe", "otro@example.pe"),
    ]


def test_what_is_added_or_taken_out_is_one_row() -> None:
    old = sample_schedule()
    new = drafting.without_opportunity(drafting.without_phase(old, PhaseKind.VALIDATION), "taller-ccorca")
    rows = difference(old, new)
    assert [(row.key, row.field, row.after) for row in rows] == [("validation", "whole", None), ("taller-ccorca", "whole", None)]
    assert [(row.key, row.before) for row in difference(new, old)] == [("validation", None), ("taller-ccorca", None)]
    assert difference(old, old) == ()


def test_the_same_content_has_the_same_hash_in_whatever_order_it_was_written() -> None:
    old = sample_schedule()
    shuffled = Schedule(old.start_at, tuple(reversed(old.phases)), tuple(reversed(old.opportunities)))
    assert schedules.to_json(drafting.ordered(shuffled)) == schedules.to_json(drafting.ordered(old))
    assert schedules.from_json(schedules.to_json(old)) == old


def test_the_template_gives_six_phases_that_may_be_published() -> None:
    texts = {kind: (kind.value, "Qué pasa.") for kind in PhaseKind}
    filled = drafting.with_template(replace(sample_schedule(), phases=()), START, texts)
    assert [phase.kind for phase in filled.phases] == list(PhaseKind)
    assert problems_with_publication(filled, previous=None, reason="", now=FIRST_DAY) == []


def test_a_slug_is_never_used_twice() -> None:
    assert drafting.free_slug("taller", {"otro"}) == "taller"
    assert drafting.free_slug("taller", {"taller", "taller-2"}) == "taller-3"


# ------------------------------------------------------------------------------------------------- drafts and states

DRAFT = ProcessDraft("Plan", "plan-2027", "PL27", ProcessKind.OGP_LOCAL, "Un plan.", Influence.CONSULT)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, None),
        ({"title": " "}, ProcessProblem.TITLE_MISSING),
        ({"summary": ""}, ProcessProblem.SUMMARY_MISSING),
        ({"code": "p"}, ProcessProblem.CODE_SHAPE),
        ({"code": "DEMASIADO"}, ProcessProblem.CODE_SHAPE),
        ({"slug": "Con Espacio"}, ProcessProblem.SLUG_SHAPE),
        ({"slug": "-a"}, ProcessProblem.SLUG_SHAPE),
    ],
)
def test_a_process_has_a_title_a_summary_a_code_and_an_address(change: dict, problem: ProcessProblem | None) -> None:
    assert codes(problems_with_process(replace(DRAFT, **change))) == ([problem] if problem else [])


def test_weights_add_up_to_a_hundred() -> None:
    assert problems_with_criteria([60, 40]) == []
    assert codes(problems_with_criteria([60, 30])) == [ProcessProblem.CRITERIA_WEIGHTS]
    assert codes(problems_with_criteria([])) == [ProcessProblem.CRITERIA_MISSING]
    assert codes(problems_with_criterion(CriterionDraft("", 0))) == [ProcessProblem.CRITERION_NAME_MISSING, ProcessProblem.CRITERION_WEIGHT]


S = ProcessState


@pytest.mark.parametrize(
    ("state", "to", "facts", "problem"),
    [
        (S.DRAFT, S.SCHEDULED, ProcessFacts(), StateProblem.SCHEDULE_NOT_PUBLISHED),
        (S.DRAFT, S.SCHEDULED, ProcessFacts(has_published_schedule=True), None),
        (S.SCHEDULED, S.RUNNING, ProcessFacts(), StateProblem.START_NOT_RECORDED),
        (S.RUNNING, S.INPUTS_CLOSED, ProcessFacts(), None),
        (S.RUNNING, S.APPROVED, ProcessFacts(waiting=0), StateProblem.NOT_A_STEP),
        (S.DELIBERATION, S.FEEDBACK, ProcessFacts(unassigned=3), StateProblem.NOT_ASSIGNED),
        (S.FEEDBACK, S.ANSWERED, ProcessFacts(), StateProblem.ANSWERS_UNKNOWN),
        (S.FEEDBACK, S.ANSWERED, ProcessFacts(waiting=1), StateProblem.ANSWERS_WAITING),
        (S.FEEDBACK, S.ANSWERED, ProcessFacts(waiting=1, has_override=True), StateProblem.ANSWERS_WAITING),
        (S.FEEDBACK, S.ANSWERED, ProcessFacts(waiting=0), None),
        (S.PLAN_DRAFTED, S.APPROVED, ProcessFacts(waiting=1), StateProblem.ANSWERS_WAITING),
        (S.PLAN_DRAFTED, S.APPROVED, ProcessFacts(waiting=1, has_override=True), None),
        (S.PUBLIC_VALIDATION, S.DELIBERATION, ProcessFacts(), None),
        (S.CLOSED, S.CANCELLED, ProcessFacts(), StateProblem.NOT_A_STEP),
        (S.DRAFT, S.CANCELLED, ProcessFacts(), StateProblem.NOT_A_STEP),
        (S.SUSPENDED, S.RUNNING, ProcessFacts(suspended_from=S.RUNNING), None),
        (S.SUSPENDED, S.FEEDBACK, ProcessFacts(suspended_from=S.RUNNING), StateProblem.NOT_A_STEP),
    ],
)
def test_each_step_has_its_guard(state: S, to: S, facts: ProcessFacts, problem: StateProblem | None) -> None:
    assert codes(problems_with_step(state, to, facts, reason="Una razón que cualquiera puede leer.")) == ([problem] if problem else [])


def test_suspending_and_cancelling_need_a_public_reason() -> None:
    assert codes(problems_with_step(S.RUNNING, S.SUSPENDED, ProcessFacts(), reason="porque sí")) == [StateProblem.STATE_REASON_MISSING]
    assert S.CANCELLED in next_states(S.RUNNING, ProcessFacts())
    assert next_states(S.CANCELLED, ProcessFacts()) == ()
