"""The test vectors of domain.md 4.3, exactly, and the corners of those rules."""

from datetime import timedelta

import pytest

from app.compliance.rules import (
    alarms,
    attestations,
    calendar,
    feedback,
    hearings,
    implementation,
    meetings,
    repository,
)
from app.compliance.rules.feedback import FeedbackFacts
from app.compliance.rules.findings import Advice, Result
from app.compliance.rules.meetings import MeetingFact, MeetingFacts
from app.compliance.rules.repository import RepositoryFacts, UpdateFact, UpdateKind
from tests.compliance.judged import DAY, judged, met_on, schedule, signed

# ------------------------------------------------------------------------------------------------ domain.md 4.3, MR-3.1


def test_notice_of_exactly_14_days_is_met_and_at_the_limit():
    found = judged(("2027-03-01T23:59", schedule("2027-03-15T08:00"), ""))
    assert (found.rule, found.facts["days"]) == (Result.MET, 14)
    assert "limite" in found.facts["flags"]
    assert found.says(Advice.NOTICE_AT_LIMIT)
    assert signed(found, DAY("2027-03-20")).rule is Result.MET


def test_notice_of_13_days_is_not_met_though_only_two_minutes_are_missing():
    found = judged(("2027-03-02T00:01", schedule("2027-03-15T08:00"), ""))
    assert (found.rule, found.facts["days"]) == (Result.NOT_MET, 13)


def test_notice_counts_from_the_first_complete_version():
    found = judged(
        ("2027-03-01T10:00", schedule("2027-03-15T08:00", is_complete=False), ""), ("2027-03-05T10:00", schedule("2027-03-15T08:00"), "")
    )
    assert (found.rule, found.facts["days"], found.facts["counted_from_version"]) == (Result.NOT_MET, 10, 2)


def test_a_start_moved_closer_is_at_risk_and_must_be_explained():
    found = judged(("2027-02-01T10:00", schedule("2027-03-15T08:00"), ""), ("2027-03-10T10:00", schedule("2027-03-12T08:00"), ""))
    assert (found.rule, found.facts["days"], found.facts["start_on"]) == (Result.AT_RISK, 39, "2027-03-12")
    assert found.facts["short_change_version"] == 2
    assert found.says(Advice.NOTICE_UNEXPLAINED)
    assert [alarm.advice for alarm in alarms.due(found, DAY("2027-03-10"))] == [Advice.NOTICE_CHANGED]


def test_an_explanation_answers_the_demand_for_one():
    found = judged(
        ("2027-02-01T10:00", schedule("2027-03-15T08:00"), ""),
        ("2027-03-10T10:00", schedule("2027-03-12T08:00"), "El local cierra por obras desde el 13 de marzo."),
    )
    assert found.rule is Result.AT_RISK
    assert not found.says(Advice.NOTICE_UNEXPLAINED)


# ------------------------------------------------------------------------------------------------ domain.md 4.3, MR-1.1a


def test_six_months_from_31_august_end_on_28_february():
    found = meetings.judge(met_on("2026-08-31", "2027-02-28"), DAY("2027-02-28"))
    assert (found.rule, found.goal) == (Result.MET, Result.MET)
    assert calendar.add_months(DAY("2026-08-31"), 6) == DAY("2027-02-28")
    assert found.next_limit == DAY("2027-08-28")


def test_one_day_more_is_a_gap():
    found = meetings.judge(met_on("2026-08-31", "2027-03-01"), DAY("2027-03-01"))
    assert found.rule is Result.NOT_MET
    assert found.facts["gaps"] == [{"from": "2026-08-31", "to": "2027-03-01"}]


def test_the_gap_from_the_last_meeting_to_today_counts_too():
    assert meetings.judge(met_on("2026-08-31"), DAY("2027-02-28")).rule is Result.MET
    assert meetings.judge(met_on("2026-08-31"), DAY("2027-03-01")).rule is Result.NOT_MET


def test_meetings_of_one_side_or_without_minutes_serve_the_rule_and_not_the_goal():
    alone = meetings.judge(met_on("2026-08-31", "2027-02-01", non_government=0), DAY("2027-02-28"))
    assert (alone.rule, alone.goal) == (Result.MET, Result.AT_RISK)
    assert alone.says(Advice.ONE_SIDED_MEETINGS)


@pytest.mark.parametrize(
    ("today", "told"), [("2026-12-29", 0), ("2026-12-30", 60), ("2027-01-29", 30), ("2027-02-20", 15), ("2027-02-26", 3)]
)
def test_the_secretariat_is_warned_60_30_15_and_3_days_before(today, told):
    found = meetings.judge(met_on("2026-08-31"), DAY(today))
    assert [alarm.threshold for alarm in alarms.due(found, DAY(today))] == ([told] if told else [])


def test_the_meeting_before_the_window_still_counts_for_its_first_gap():
    facts = MeetingFacts(met_on("2025-01-01", "2026-08-31", "2027-02-28").meetings, since=DAY("2026-10-01"))
    found = meetings.judge(facts, DAY("2027-03-01"))
    assert (found.rule, len(found.facts["meetings"])) == (Result.MET, 2)


# ------------------------------------------------------------------------------------------------ domain.md 4.3, MR-2.2


def test_two_updates_a_day_apart_meet_the_rule_and_not_the_goal():
    found = repository.judge(RepositoryFacts((UpdateFact(DAY("2026-01-05")), UpdateFact(DAY("2026-01-06")))), DAY("2026-12-31"))
    assert (found.rule, found.goal) == (Result.MET, Result.NOT_MET)
    assert found.says(Advice.UPDATES_TOO_CLOSE)
    assert found.says(Advice.SEMESTER_EMPTY)
    assert found.facts["flags"] == ["debil"]


def test_a_year_with_one_update_is_lost_when_it_ends():
    facts = RepositoryFacts((UpdateFact(DAY("2026-02-05")),))
    assert repository.judge(facts, DAY("2026-06-30")).rule is Result.AT_RISK
    assert repository.judge(facts, DAY("2026-12-31")).rule is Result.AT_RISK
    assert repository.judge(facts, DAY("2027-01-01")).rule is Result.NOT_MET


def test_updates_well_spread_meet_both():
    facts = RepositoryFacts((UpdateFact(DAY("2026-03-05")), UpdateFact(DAY("2026-09-01")), UpdateFact(DAY("2026-11-20"))))
    found = repository.judge(facts, DAY("2026-12-31"))
    assert (found.rule, found.goal, found.facts["flags"]) == (Result.MET, Result.MET, [])


@pytest.mark.parametrize(
    ("days", "told"), [(89, []), (90, [Advice.REPOSITORY_QUIET]), (149, [Advice.REPOSITORY_QUIET]), (150, [Advice.REPOSITORY_SILENT])]
)
def test_a_quiet_repository_is_told_at_90_days_and_again_at_150(days, told):
    facts = RepositoryFacts((UpdateFact(DAY("2026-01-05")), UpdateFact(DAY("2026-03-20"))))
    today = DAY("2026-03-20") + timedelta(days=days)
    assert [alarm.advice for alarm in alarms.due(repository.judge(facts, today), today)] == told


def test_commitments_need_evidence_once_the_plan_is_carried_out():
    updates = (UpdateFact(DAY("2026-03-05")), UpdateFact(DAY("2026-09-01"), UpdateKind.IMPLEMENTATION))
    found = repository.judge(RepositoryFacts(updates, is_implementing=True, without_evidence=(3,)), DAY("2026-12-31"))
    assert (found.rule, found.goal) == (Result.MET, Result.AT_RISK)
    assert found.says(Advice.COMMITMENT_WITHOUT_EVIDENCE)


# ------------------------------------------------------------------------------------------------ domain.md 4.3, MR-4.1b


def test_every_contribution_answered_before_approval_meets_both_once_attested():
    facts = FeedbackFacts(120, 2, 118, closes_on=DAY("2027-04-01"), approved_on=DAY("2027-06-01"), first_on=DAY("2027-04-20"))
    found = feedback.judge(facts, DAY("2027-06-02"))
    assert (found.goal, found.facts["coverage_percent"]) == (Result.MET, 100)
    assert signed(found, DAY("2027-06-02")).rule is Result.MET
    assert attestations.settle(found, {}).rule is Result.NEEDS_ATTESTATION


def test_one_contribution_unanswered_needs_a_person_for_the_rule_and_fails_the_goal_at_approval():
    facts = FeedbackFacts(120, 0, 119, missing=("PA7-C-0042",), closes_on=DAY("2027-04-01"), approved_on=DAY("2027-06-01"))
    found = feedback.judge(facts, DAY("2027-06-02"))
    assert (found.rule, found.goal) == (Result.NEEDS_ATTESTATION, Result.NOT_MET)
    assert found.facts["missing_codes"] == ["PA7-C-0042"]
    assert next(p for p in found.advice if p.code is Advice.ANSWERS_MISSING).values["codes"] == "PA7-C-0042"
    assert signed(found, DAY("2027-06-02")).rule is Result.MET


def test_no_answer_before_approval_is_not_met_and_answers_afterwards_are_shown_late():
    facts = FeedbackFacts(10, 0, 10, late=10, closes_on=DAY("2027-04-01"), approved_on=DAY("2027-06-01"))
    found = feedback.judge(facts, DAY("2027-07-01"))
    assert (found.rule, found.goal) == (Result.NOT_MET, Result.NOT_MET)
    assert found.says(Advice.ANSWERS_LATE)


@pytest.mark.parametrize(("left", "told"), [(16, []), (15, [15]), (8, [15]), (7, [7]), (2, [3])])
def test_waiting_answers_are_told_from_15_days_before_approval(left, told):
    approval = DAY("2027-06-01")
    today = approval - timedelta(days=left)
    found = feedback.judge(FeedbackFacts(10, 0, 4, closes_on=DAY("2027-04-01"), approval_on=approval), today)
    assert [alarm.threshold for alarm in alarms.due(found, today)] == told
    assert found.says(Advice.APPROVAL_NEAR) is bool(told)


# ------------------------------------------------------------------------------------- domain.md 4.3, MR-5.1 and PE-119A


def reviews(*days: str, **facts: object) -> tuple[MeetingFact, ...]:
    known = {
        "government": 2,
        "non_government": 3,
        "civil_society": 2,
        "has_results": True,
        "has_comments": True,
        "is_review": True,
        **facts,
    }
    return tuple(MeetingFact(n, DAY(day), minutes_on=DAY(day), **known) for n, day in enumerate(days, start=1))  # type: ignore[arg-type]


def test_two_meetings_in_the_first_year_of_the_plan_meet_it():
    found = implementation.judge(
        implementation.ImplementationFacts(reviews("2026-06-10", "2026-11-20"), DAY("2026-01-01")), DAY("2026-12-31")
    )
    assert (found.rule, found.goal) == (Result.MET, Result.MET)
    assert found.facts["years"] == [{"first": "2026-01-01", "last": "2026-12-31", "meetings": 2, "result": "cumple_con_evidencia"}]


@pytest.mark.parametrize("lacking", [{"civil_society": 0}, {"has_results": False}, {"has_comments": False}, {"is_review": False}])
def test_a_meeting_without_society_results_or_comments_does_not_count(lacking):
    facts = implementation.ImplementationFacts((*reviews("2026-06-10"), *reviews("2026-11-20", **lacking)), DAY("2026-01-01"))
    assert implementation.judge(facts, DAY("2027-01-01")).rule is Result.NOT_MET


@pytest.mark.parametrize(("today", "held", "is_behind"), [
    ("2026-04-30", (), False), ("2026-05-01", (), True), ("2026-09-01", ("2026-03-01",), False), ("2026-12-01", ("2026-03-01",), True),
])  # fmt: skip
def test_being_behind_is_told_in_months_4_8_and_11(today, held, is_behind):
    found = implementation.judge(implementation.ImplementationFacts(reviews(*held), DAY("2026-01-01")), DAY(today))
    assert bool(alarms.due(found, DAY(today))) is is_behind
    assert (found.rule is Result.AT_RISK) is is_behind


def test_a_hearing_in_october_is_not_the_one_of_september():
    held = (hearings.HearingFact(DAY("2026-05-28")), hearings.HearingFact(DAY("2026-10-02")))
    found = hearings.judge(hearings.HearingFacts(held), DAY("2026-10-03"))
    assert found.rule is Result.NOT_MET
    assert found.facts["slots"] == [
        {"year": 2026, "month": 5, "result": "cumple_con_evidencia"}, {"year": 2026, "month": 9, "result": "no_cumple"},
    ]  # fmt: skip
    assert [p.values for p in found.advice if p.code is Advice.HEARING_MISSED] == [{"month": 9, "year": 2026}]


def test_a_hearing_is_told_30_days_before_its_month_begins():
    facts = hearings.HearingFacts(since=DAY("2027-01-01"))
    assert alarms.due(hearings.judge(facts, DAY("2027-03-31")), DAY("2027-03-31")) == []
    assert [a.advice for a in alarms.due(hearings.judge(facts, DAY("2027-04-01")), DAY("2027-04-01"))] == [Advice.HEARING_DUE]
