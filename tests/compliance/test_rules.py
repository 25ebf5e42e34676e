"""The corners of the rest of the rules, attestations, alarms and profiles."""

from datetime import timedelta

import pytest

from app.compliance.rules import (
    alarms,
    attestations,
    council,
    forum_rules,
    hearings,
    inputs,
    local_end,
    local_inception,
    local_web,
    meetings,
    outreach,
    profiles,
    records,
    website,
)
from app.compliance.rules.attestations import ActKind, AttestationDraft, AttestationProblem, Method, Standing
from app.compliance.rules.findings import Advice, Requirement, Result, worst
from app.compliance.rules.inputs import ChannelFact, InputFacts
from app.compliance.rules.statements import Statement
from app.forum.rules.seats import Side
from app.spaces.rules import SpaceKind
from tests.compliance.judged import DAY, judged, met_on, schedule, signed

# --------------------------------------------------------------------------------------------------- the rest of the rows


def test_rules_that_are_missing_are_a_risk_before_a_process_runs_and_a_failure_once_it_does():
    judge = forum_rules.judge
    assert judge(forum_rules.ForumRulesFacts(), DAY("2027-01-01")).rule is Result.AT_RISK
    assert judge(forum_rules.ForumRulesFacts(has_started=True), DAY("2027-01-01")).rule is Result.NOT_MET
    standing = forum_rules.RulesFact(1, DAY("2026-01-01"), "a" * 64, "RM 001", "/foro/reglas", "Reglas")
    assert judge(forum_rules.ForumRulesFacts(standing, True), DAY("2027-01-01")).rule is Result.MET


@pytest.mark.parametrize(("days", "light"), [
    ((), Result.AT_RISK), ((True,), Result.MET), ((True, False), Result.AT_RISK), ((True, False, False), Result.NOT_MET),
    ((False, False, True), Result.MET),
])  # fmt: skip
def test_a_site_may_stumble_for_one_day_and_not_for_two(days, light):
    probes = tuple(website.ProbeFact(DAY("2027-01-01") + timedelta(days=n), ok, () if ok else ("/foro: 500",)) for n, ok in enumerate(days))
    found = website.judge(website.WebsiteFacts(probes, frozenset(website.CONTENTS)), DAY("2027-02-01"))
    assert (found.rule, found.goal) == (light, light)


def outreach_on(
    day: str, channel: str = "radio", sector: str = "citizen", ubigeo: str = "0801", language: str = "es"
) -> outreach.OutreachFact:
    return outreach.OutreachFact(1, DAY(day), channel, sector, ubigeo, language)


def test_one_action_in_time_meets_the_rule_and_an_action_too_late_none():
    window = {"opens_on": DAY("2027-03-01"), "closes_on": DAY("2027-03-30")}
    late = outreach.OutreachFacts((outreach_on("2027-04-02"),), **window)
    assert outreach.judge(late, DAY("2027-04-03")).rule is Result.NOT_MET
    one = outreach.judge(outreach.OutreachFacts((outreach_on("2027-03-02"),), **window), DAY("2027-04-03"))
    assert (one.rule, one.goal) == (Result.MET, Result.NOT_MET)
    many = (
        outreach_on("2027-03-02"),
        outreach_on("2027-03-03", "visit", "indigenous", "0801", "qu"),
        outreach_on("2027-03-04", "web", "academia"),
    )
    wide = outreach.OutreachFacts(many, **window, wants_outside_lima=True, wants_original_language=True)
    assert outreach.judge(wide, DAY("2027-04-03")).goal is Result.MET


def test_no_outreach_is_told_seven_days_before_opening():
    facts = outreach.OutreachFacts(opens_on=DAY("2027-03-08"), closes_on=DAY("2027-03-30"))
    assert alarms.due(outreach.judge(facts, DAY("2027-02-28")), DAY("2027-02-28")) == []
    assert len(alarms.due(outreach.judge(facts, DAY("2027-03-01")), DAY("2027-03-01"))) == 1


CHANNEL = ChannelFact("Aportes en línea", DAY("2027-03-01"), DAY("2027-03-30"), is_online=True)


def test_two_sectors_in_a_closed_channel_meet_the_rule():
    facts = InputFacts((CHANNEL,), {"citizen": 40, "academia": 2})
    assert inputs.judge(facts, DAY("2027-02-28")).is_not_yet
    assert inputs.judge(facts, DAY("2027-03-20")).rule is Result.NOT_APPLICABLE
    assert inputs.judge(facts, DAY("2027-03-31")).rule is Result.MET


def test_one_sector_at_the_middle_is_a_risk_and_at_the_end_a_failure():
    facts = InputFacts((CHANNEL,), {"citizen": 40})
    assert inputs.judge(facts, DAY("2027-03-10")).rule is Result.NOT_APPLICABLE
    middle = inputs.judge(facts, DAY("2027-03-15"))
    assert (middle.rule, [a.advice for a in alarms.due(middle, DAY("2027-03-15"))]) == (Result.AT_RISK, [Advice.ONE_SECTOR])
    assert inputs.judge(facts, DAY("2027-03-31")).rule is Result.NOT_MET


def test_a_short_channel_fails_the_goal_unless_a_reason_is_written():
    short = ChannelFact("En línea", DAY("2027-03-01"), DAY("2027-03-10"), is_online=True)
    counted = {"citizen": 4, "academia": 2}
    assert inputs.judge(InputFacts((short,), counted), DAY("2027-03-31")).goal is Result.NOT_MET
    assert inputs.judge(InputFacts((short,), counted, has_reason=True), DAY("2027-03-31")).goal is Result.MET


def test_minutes_are_missed_after_five_working_days_and_the_holidays_do_not_count():
    held = records.RecordFact("Taller", DAY("2027-07-21"))  # the 23rd, 28th and 29th are holidays
    assert held.due_on == DAY("2027-08-02")
    facts = records.RecordFacts((held,), contributions=3)
    assert records.judge(facts, DAY("2027-08-02")).rule is Result.MET
    late = records.judge(facts, DAY("2027-08-03"))
    assert (late.rule, [a.advice for a in alarms.due(late, DAY("2027-08-03"))]) == (Result.AT_RISK, [Advice.RECORD_MISSING])


@pytest.mark.parametrize(("today", "light"), [("2027-05-01", Result.MET), ("2027-05-02", Result.NOT_MET)])
def test_the_local_page_may_rest_four_months(today, light):
    assert local_web.judge(local_web.LocalWebFacts((DAY("2026-09-01"), DAY("2027-01-01"))), DAY(today)).rule is light


@pytest.mark.parametrize(("assessed", "today", "light"), [
    (None, "2027-02-27", Result.AT_RISK), (None, "2027-03-01", Result.NOT_MET), ("2027-02-28", "2027-06-01", Result.MET),
    ("2027-03-01", "2027-06-01", Result.NOT_MET),
])  # fmt: skip
def test_the_inception_assessment_has_two_months(assessed, today, light):
    facts = local_inception.InceptionFacts(DAY("2026-12-31"), DAY(assessed) if assessed else None)
    found = local_inception.judge(facts, DAY(today))
    assert found.rule is light


def test_each_finished_commitment_has_a_month_for_its_report():
    done = (local_end.EndFact(1, DAY("2027-01-31"), DAY("2027-02-20")), local_end.EndFact(2, DAY("2027-01-31")))
    assert local_end.judge(local_end.EndFacts(done), DAY("2027-02-28")).rule is Result.AT_RISK
    lost = local_end.judge(local_end.EndFacts(done), DAY("2027-03-01"))
    assert (lost.rule, [row["result"] for row in lost.facts["commitments"]]) == (Result.NOT_MET, ["cumple_con_evidencia", "no_cumple"])


@pytest.mark.parametrize(("sessions", "today", "light"), [
    ((), "2027-05-31", Result.NOT_APPLICABLE), ((), "2027-06-01", Result.AT_RISK), (("2027-02-01", "2027-08-01"), "2027-09-01", Result.MET),
    (("2027-02-01",), "2027-11-01", Result.AT_RISK), (("2026-02-01",), "2028-01-01", Result.NOT_MET),
])  # fmt: skip
def test_the_council_sits_twice_a_year(sessions, today, light):
    held = tuple(hearings.HearingFact(DAY(day)) for day in sessions)
    assert council.judge(council.CouncilFacts(held), DAY(today)).rule is light


# ------------------------------------------------------------------------------------------------------------ attestations

DONE = meetings.judge(met_on("2026-08-31", "2027-02-28"), DAY("2027-02-28"))


def test_facts_wait_for_every_statement_they_need():
    assert signed(DONE, DAY("2027-02-28"), Statement.MEMBERS_INDEPENDENT).rule is Result.NEEDS_ATTESTATION
    assert signed(DONE, DAY("2027-02-28")).rule is Result.MET


def test_a_statement_the_other_sector_contradicts_does_not_count_until_one_nobody_contradicts_is_signed():
    today = DAY("2027-02-28")
    disputed = [Standing(s, Side.GOVERNMENT, today, is_contradicted=s is Statement.MEETINGS_HELD) for s in DONE.needs]
    found = attestations.settle(DONE, attestations.in_force(disputed, today))
    assert found.rule is Result.NEEDS_ATTESTATION
    assert found.says(Advice.CONTRADICTED)
    mended = [*disputed, Standing(Statement.MEETINGS_HELD, Side.NON_GOVERNMENT, today)]
    assert attestations.settle(DONE, attestations.in_force(mended, today)).rule is Result.MET


@pytest.mark.parametrize(("today", "counts"), [("2027-08-31", True), ("2027-09-01", False)])
def test_an_attestation_counts_for_twelve_months(today, counts):
    assert Standing(Statement.OFFICIAL_SITE, Side.GOVERNMENT, DAY("2026-08-31")).is_in_force(DAY(today)) is counts


def test_an_attestation_of_another_version_of_the_rules_no_longer_counts():
    assert not Standing(Statement.OFFICIAL_SITE, Side.GOVERNMENT, DAY("2026-08-31"), "2020-01").is_in_force(DAY("2026-09-01"))


def test_words_about_one_workshop_count_only_when_together_they_are_about_all():
    today = DAY("2027-02-28")
    one = Standing(Statement.FAITHFUL_CAPTURE, Side.GOVERNMENT, today, about="taller-1")
    two = Standing(Statement.FAITHFUL_CAPTURE, Side.NON_GOVERNMENT, today, about="taller-2")
    assert attestations.whole([one], {"taller-1", "taller-2"}, today) == []
    assert attestations.whole([one, two], {"taller-1", "taller-2"}, today) == [one, two]


def test_what_fails_by_its_facts_no_signature_mends():
    failed = meetings.judge(met_on("2026-08-31", "2027-03-01"), DAY("2027-03-01"))
    assert signed(failed, DAY("2027-03-01")).rule is Result.NOT_MET


@pytest.mark.parametrize(("changes", "code"), [
    ({"text": "Sí."}, AttestationProblem.TEXT_SHORT), ({"post": " "}, AttestationProblem.POST_MISSING),
    ({"about": "9"}, AttestationProblem.ABOUT_UNKNOWN), ({"happened_on": DAY("2027-03-02")}, AttestationProblem.DAY_IN_FUTURE),
])  # fmt: skip
def test_an_attestation_says_enough_to_be_believed(changes, code):
    values = {
        "statement": Statement.LIST_COMPLETE,
        "text": "Revisé la mesa de partes y el correo.",
        "post": "Secretaria",
        "method": Method.DOCUMENTS,
    }
    assert not attestations.problems_with(AttestationDraft(**values), today=DAY("2027-03-01"), abouts=("1",), stands=False)
    broken = attestations.problems_with(AttestationDraft(**{**values, **changes}), today=DAY("2027-03-01"), abouts=("1",), stands=False)
    assert [problem.code for problem in broken] == [code]


def test_a_report_needs_its_day_its_commitment_and_its_document():
    draft = AttestationDraft(Statement.END_REPORT_DONE, "El informe final se presentó en la sesión.", "Secretaria", Method.DOCUMENTS)
    codes = {problem.code for problem in attestations.problems_with(draft, today=DAY("2027-03-01"), abouts=("1",), stands=False)}
    assert codes == {AttestationProblem.DAY_MISSING, AttestationProblem.FILE_MISSING, AttestationProblem.ABOUT_MISSING}


@pytest.mark.parametrize(("kind", "side", "is_signer", "code"), [
    (ActKind.CONTRADICT, Side.GOVERNMENT, False, AttestationProblem.SAME_SIDE), (ActKind.CONTRADICT, Side.NON_GOVERNMENT, False, None),
    (ActKind.CO_SIGN, Side.GOVERNMENT, True, AttestationProblem.OWN_ATTESTATION), (ActKind.CO_SIGN, Side.GOVERNMENT, False, None),
])  # fmt: skip
def test_only_the_other_sector_contradicts_and_nobody_co_signs_their_own_words(kind, side, is_signer, code):
    found = attestations.problems_with_act(
        kind, "La sesión no tuvo quórum: estuve presente.", is_standing=True, side=side, signed_by=Side.GOVERNMENT, is_signer=is_signer,
        has_acted=False,
    )  # fmt: skip
    assert [problem.code for problem in found] == ([code] if code else [])


# ---------------------------------------------------------------------------------------------------------------- the rest


def test_the_same_warning_has_the_same_name_and_a_nearer_one_another():
    found = meetings.judge(met_on("2026-08-31"), DAY("2027-01-29"))
    later = meetings.judge(met_on("2026-08-31"), DAY("2027-02-14"))
    first, same = (alarms.due(found, DAY(day))[0].key for day in ("2027-01-29", "2027-02-10"))
    nearer = alarms.due(later, DAY("2027-02-14"))[0].key
    assert first == same != nearer


def test_an_alarm_always_carries_its_limit():
    found = meetings.judge(met_on("2026-08-31"), DAY("2027-02-26"))
    assert alarms.due(found, DAY("2027-02-26"))[0].values["limit"] == DAY("2027-02-28")


def test_every_requirement_belongs_to_one_set():
    listed = [requirement for members in profiles.SETS.values() for requirement in members]
    assert sorted(listed) == sorted(Requirement)


def test_the_law_applies_to_municipalities_and_ogp_to_the_national_forum():
    national, district = profiles.default_profile(SpaceKind.NATIONAL_FORUM), profiles.default_profile(SpaceKind.DISTRICT)
    assert profiles.application_of(Requirement.NOTICE, national) is profiles.Application.REQUIRED
    assert profiles.application_of(Requirement.HEARINGS, national) is profiles.Application.NONE
    assert profiles.application_of(Requirement.NOTICE, district) is profiles.Application.VOLUNTARY
    assert profiles.application_of(Requirement.HEARINGS, district) is profiles.Application.REQUIRED
    assert profiles.problems_with({**district, profiles.RequirementSet.MUNICIPAL: profiles.Application.VOLUNTARY})


def test_the_gravest_light_wins():
    assert worst(Result.MET, Result.AT_RISK, Result.NOT_APPLICABLE) is Result.AT_RISK
    assert worst(Result.MET, Result.NOT_MET) is Result.NOT_MET


def test_no_finding_holds_a_float_and_all_facts_are_plain():
    import json

    for finding in (DONE, judged(("2027-03-01T23:59", schedule("2027-03-15T08:00"), ""))):
        assert "." not in json.dumps({k: v for k, v in finding.facts.items() if isinstance(v, int | float)})
        json.dumps(dict(finding.facts))
