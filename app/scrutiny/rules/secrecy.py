"""What the product says about the secret of the vote, each statement with the tests that try to prove it false (B17)."""

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    NO = "no"
    YES = "yes"
    IT_DEPENDS = "it-depends"


class Statement(StrEnum):
    """One row of the threat model (reliability.md 6.5)."""

    THE_PUBLIC = "the-public"
    SMALL_GROUPS = "small-groups"
    THE_ORGANISER = "the-organiser"
    THE_ROLL = "the-roll"
    SERVER_DURING = "server-during"
    SERVER_AFTER = "server-after"
    NO_EARLY_RESULTS = "no-early-results"
    RECEIPT = "receipt"
    STUFFING = "stuffing"
    PAPER = "paper"
    BESIDE = "beside"
    DEVICE = "device"
    FIT = "fit"


@dataclass(frozen=True)
class Told:
    """`tests` name the functions that try it, as `tests/…::function`. A limit of the world has the test that it is printed."""

    answer: Answer
    tests: tuple[str, ...]


_LINKS, _BOX, _OUT = "tests/scrutiny/test_relinking.py", "tests/scrutiny/test_closing.py", "tests/scrutiny/test_outputs.py"
_PRINTED = "tests/scrutiny/test_secrecy_page.py::test_the_limits_of_the_world_are_printed"
TOLD = {
    Statement.THE_PUBLIC: Told(Answer.NO, (f"{_OUT}::test_nothing_that_leads_to_a_ballot_is_in_any_output",)),
    Statement.SMALL_GROUPS: Told(Answer.IT_DEPENDS, (
        "tests/scrutiny/test_rules.py::test_small_and_unanimous_territories_go_up_into_a_larger_group",
        "tests/scrutiny/test_rules.py::test_no_hidden_territory_can_be_worked_out_by_subtraction",
    )),
    Statement.THE_ORGANISER: Told(Answer.NO, (f"{_OUT}::test_no_page_of_the_desk_shows_a_ballot_beside_a_person",)),
    Statement.THE_ROLL: Told(Answer.NO, (
        f"{_BOX}::test_no_key_joins_the_roll_the_box_and_the_receipts",
        "tests/scrutiny/test_roll_keys.py::test_without_its_key_the_roll_tells_nobody_who_is_on_it",
    )),
    Statement.SERVER_DURING: Told(Answer.YES, (
        f"{_LINKS}::test_postgresql_links_every_ballot_before_the_close_and_none_after",
        f"{_LINKS}::test_sqlite_links_every_ballot_before_the_close_and_none_after",
    )),
    Statement.SERVER_AFTER: Told(Answer.IT_DEPENDS, (
        f"{_LINKS}::test_postgresql_links_every_ballot_before_the_close_and_none_after",
        f"{_LINKS}::test_sqlite_links_every_ballot_before_the_close_and_none_after",
    )),
    Statement.NO_EARLY_RESULTS: Told(Answer.NO, (f"{_OUT}::test_no_route_tells_a_result_before_it_is_published",)),
    Statement.RECEIPT: Told(Answer.NO, ("tests/scrutiny/test_receipts.py::test_a_receipt_proves_inclusion_and_nothing_about_the_choice",)),
    Statement.STUFFING: Told(Answer.IT_DEPENDS, (f"{_BOX}::test_a_ballot_too_many_stops_the_publication",)),
    Statement.PAPER: Told(Answer.NO, (
        "tests/scrutiny/test_tables.py::test_the_same_clerk_never_keys_a_table_twice",
        "tests/scrutiny/test_tables.py::test_two_sheets_that_differ_wait_for_a_third_person",
    )),
    Statement.BESIDE: Told(Answer.YES, (_PRINTED,)),
    Statement.DEVICE: Told(Answer.YES, (_PRINTED,)),
    Statement.FIT: Told(Answer.IT_DEPENDS, (_PRINTED,)),
}  # fmt: skip
