"""Media, lengths and how long a text takes to read aloud."""

from app.activities.rules.outreach import OutreachChannel
from app.notices import rules
from app.notices.rules import Medium, NoticeProblem, TextDraft


def test_every_medium_counts_as_a_channel_of_outreach() -> None:
    assert {medium.channel for medium in Medium} == {OutreachChannel.POSTER, OutreachChannel.MESSAGES, OutreachChannel.RADIO}


def test_seconds_are_counted_at_the_pace_of_an_announcer() -> None:
    assert rules.seconds_to_read("") == 0
    assert rules.seconds_to_read("una") == 1
    assert rules.seconds_to_read("palabra " * 78) == 30
    assert rules.seconds_to_read("palabra " * 117) == 45


def test_a_text_in_an_unknown_language_or_without_end_is_refused() -> None:
    codes = [p.code for p in rules.problems_with(TextDraft("fr", "a" * 3_001))]
    assert codes == [NoticeProblem.LANGUAGE_UNKNOWN, NoticeProblem.TEXT_LONG]
    assert rules.problems_with(TextDraft("qu", "")) == ()
