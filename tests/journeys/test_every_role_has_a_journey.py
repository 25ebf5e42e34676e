"""Who of domain.md 13 is followed through a real browser, and where; nobody may be missing."""

from importlib import import_module

import pytest

from app.spaces.rules import Role

PUBLIC, CITIZEN = "PUB", "CIT"
JOURNEYS = {
    PUBLIC: ("test_a_citizen_contributes", "test_a_double_click_makes_one_contribution_that_is_public_after_a_look"),
    CITIZEN: ("test_a_comment_is_moderated", "test_what_is_hidden_by_mistake_comes_back_by_an_appeal"),
    Role.FACILITATOR: ("test_from_workshop_to_published_answer", "test_ines_captures_on_a_phone_while_the_signal_comes_and_goes"),
    Role.FORUM_GOVERNMENT: ("test_two_sectors_agree", "test_an_objection_holds_the_answer_until_its_text_says_what_was_missing"),
    Role.FORUM_CIVIL: ("test_two_sectors_agree", "test_a_dissent_is_published_beside_the_answer_it_did_not_stop"),
    Role.SECRETARIAT: ("test_from_workshop_to_published_answer", "test_sara_publishes_a_schedule_that_felix_approved"),
    Role.ENTITY: ("test_an_entity_answers", "test_ana_is_told_while_she_writes_what_stops_her_answer_and_what_would_better_it"),
    Role.MODERATOR: ("test_a_comment_is_moderated", "test_what_is_hidden_by_mistake_comes_back_by_an_appeal"),
    Role.MUNICIPAL: ("test_who_manages_helps_and_reviews", "test_the_town_hall_writes_down_what_a_workshop_said"),
    Role.ADMINISTRATOR: ("test_who_manages_helps_and_reviews", "test_the_administrator_appoints_and_ends_and_opens_no_content"),
    Role.VIGILANCE: ("test_an_act_is_signed_and_watched", "test_each_signs_with_their_account_and_the_committee_is_answered"),
    Role.REVIEWER: ("test_who_manages_helps_and_reviews", "test_the_reviewer_reads_the_facts_and_finds_nothing_to_press"),
}


def test_nobody_is_missing() -> None:
    assert set(JOURNEYS) == {PUBLIC, CITIZEN, *Role}


@pytest.mark.parametrize(("module", "name"), sorted(set(JOURNEYS.values())))
def test_the_journey_is_there(module: str, name: str) -> None:
    assert callable(getattr(import_module(f"tests.journeys.{module}"), name))
