"""No letter is lost (reliability.md R08): a real mail server with outages, workers killed without warning.

R08=full runs the whole of it (1,500 letters, 3 outages, 25 kills); otherwise 150 letters, 2 outages, 4 kills.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.reliability.post_office import TWICE, Outbox, PostOffice

SEED = 20270320


@dataclass(frozen=True)
class Size:
    letters: int
    outages: int
    kills: int
    outage_seconds: float
    patience_seconds: float


SIZE = Size(1_500, 3, 25, 3.0, 900) if os.environ.get("R08") == "full" else Size(150, 2, 4, 1.0, 240)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    office = PostOffice()
    yield office
    office.close()


def _judge(office: PostOffice, outbox: Outbox, *, kills: int) -> tuple[int, int]:
    """Lost and repeated letters; every repetition carries the Message-ID of the first."""
    queued = outbox.queued_ids()
    written = {message_id for ids in queued.values() for message_id in ids}
    arrived = Counter(message_id for _, message_id in office.letters)
    assert set(arrived) <= written, "a letter nobody wrote"
    lost, repeated = len(written - set(arrived)), sum(arrived.values()) - len(arrived)
    for address, ids in queued.items():
        first_time = list(dict.fromkeys(message_id for to, message_id in office.letters if to == address))
        assert first_time == ids, f"{address} got letters in another order"
    assert lost == 0
    assert repeated <= kills
    return lost, repeated


@pytest.mark.slow
def test_outages_and_kills_lose_nothing(tmp_path: Path, office: PostOffice, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(SEED)
    outbox = Outbox(tmp_path, office.port, SIZE.letters)
    began = time.monotonic()
    troubles = ["outage"] * (SIZE.outages - 1) + ["kill"] * SIZE.kills
    chance.shuffle(troubles)
    gap = max(1, (SIZE.letters - 10) // (len(troubles) + 1))
    try:
        outbox.start()  # the first outage: the server is closed when the worker starts
        time.sleep(SIZE.outage_seconds)
        office.open()
        for n, trouble in enumerate(troubles, start=1):
            office.wait_for(n * gap)
            if trouble == "outage":
                office.close()
                time.sleep(SIZE.outage_seconds)
                office.open()
            elif n % 2:  # in the gap that cannot be closed: the server has the letter, the worker does not know
                assert outbox.worker is not None
                office.doom(outbox.worker)
                outbox.kill()
                outbox.start()
            else:
                time.sleep(chance.uniform(0.0, 0.2))
                outbox.kill()
                outbox.start()
        outbox.wait_until_sent(SIZE.letters, SIZE.patience_seconds)
    finally:
        outbox.kill()
    lost, repeated = _judge(office, outbox, kills=SIZE.kills)
    assert outbox.states() == {"sent": SIZE.letters}
    with capsys.disabled():
        seconds = time.monotonic() - began
        print(
            f"\nR08: {SIZE.letters} letters, {SIZE.outages} outages, {SIZE.kills} kills: lost {lost}, repeated {repeated}, {seconds:.0f} s"
        )  # fmt: skip


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
        outbox.wait_until_sent(2 * TWICE + 20, SIZE.patience_seconds)
    finally:
        outbox.kill()
    assert _judge(office, outbox, kills=0) == (0, 0)
