"""No letter is lost (reliability.md R08): a real mail server with outages, workers killed without warning.

R08=full runs the whole of it (1,500 letters, 3 outages, 25 kills); otherwise 100 letters, 2 outages, 4 kills. Both also tell some
letters to wait and drop connections before and after a letter was kept.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.post.office import PostOffice
from scripts.post.trial import Troubles, Verdict, endure, judged
from tests.reliability.post_office import TWICE, Outbox, post_office


@dataclass(frozen=True)
class Size:
    letters: int
    troubles: Troubles
    patience_seconds: float


SIZE = (
    Size(1_500, Troubles(outages=3, kills=25, waits=3, drops_before=3, drops_after=3, outage_seconds=3.0), 900)
    if os.environ.get("R08") == "full"
    else Size(100, Troubles(outages=2, kills=4, waits=1, drops_before=1, drops_after=1, outage_seconds=0.5), 240)
)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    office = post_office()
    yield office
    office.close()


@pytest.mark.slow
def test_outages_and_kills_lose_nothing(tmp_path: Path, office: PostOffice, capsys: pytest.CaptureFixture[str]) -> None:
    outbox = Outbox(tmp_path, office.port, SIZE.letters)
    began = time.monotonic()
    try:
        endure(office, outbox, SIZE.letters, SIZE.troubles)
        outbox.wait_until("sent", SIZE.letters, SIZE.patience_seconds)
    finally:
        outbox.kill()
    found = judged(outbox.queued_ids(), office.letters)
    assert (found.written, found.lost, found.strange, found.shuffled) == (SIZE.letters, 0, 0, 0)
    assert found.repeated <= SIZE.troubles.most_repeated
    assert outbox.states() == {"sent": SIZE.letters}
    with capsys.disabled():
        seconds = time.monotonic() - began
        print(f"\nR08: {found.written} letters, {SIZE.troubles}: lost {found.lost}, repeated {found.repeated}, {seconds:.0f} s")


@pytest.mark.slow
def test_outages_alone_repeat_nothing(tmp_path: Path, office: PostOffice) -> None:
    outbox = Outbox(tmp_path, office.port, 2 * TWICE + 20)
    try:
        outbox.start()
        for _ in range(2):
            office.open()
            office.wait_for(len(office.letters) + 5)
            office.close()
            time.sleep(0.4)
        office.open()
        outbox.wait_until("sent", 2 * TWICE + 20, SIZE.patience_seconds)
    finally:
        outbox.kill()
    assert judged(outbox.queued_ids(), office.letters) == Verdict(2 * TWICE + 20, lost=0, repeated=0, strange=0, shuffled=0)


def test_a_letter_that_never_came_is_lost_and_one_that_came_again_is_repeated() -> None:
    written = {"ana": ["<1>", "<2>"], "luis": ["<3>"]}
    assert judged(written, [("ana", "<1>"), ("ana", "<1>"), ("luis", "<3>")]) == Verdict(3, lost=1, repeated=1, strange=0, shuffled=0)


def test_a_letter_nobody_wrote_is_strange_and_two_in_another_order_are_shuffled() -> None:
    arrived = [("ana", "<2>"), ("ana", "<1>"), ("ana", "<2>"), ("eva", "<9>")]
    assert judged({"ana": ["<1>", "<2>"]}, arrived) == Verdict(2, lost=0, repeated=1, strange=1, shuffled=1)


def test_the_road_has_every_trouble_but_the_first_outage_which_waits_at_the_door() -> None:
    troubles = Troubles(outages=3, kills=2, waits=1, drops_before=1, drops_after=1)
    assert sorted(troubles.in_order()) == ["drop_after", "drop_before", "kill", "kill", "outage", "outage", "wait"]
    assert troubles.in_order() == troubles.in_order() and troubles.most_repeated == 3
