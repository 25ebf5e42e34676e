"""A trial of letters: troubles one after another while they are delivered, and then the count of what was lost and what came twice."""

import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scripts.post.office import PostOffice
from scripts.post.postman import Postman


@dataclass(frozen=True)
class Troubles:
    """How much of each: the server closed (the first time before the worker starts), letters told to wait, connections dropped before and
    after a letter was kept, workers killed (every second one between the server's taking a letter and the worker's learning so)."""

    outages: int
    kills: int
    waits: int = 0
    drops_before: int = 0
    drops_after: int = 0
    outage_seconds: float = 1.0
    seed: int = 20270320

    @property
    def most_repeated(self) -> int:
        """How many letters may come twice: nobody can know whether a letter whose answer never came was kept (RFC 5321 6.1)."""
        return self.kills + self.drops_after

    def in_order(self) -> list[str]:
        """The troubles of the road, shuffled the same way every time."""
        names = ["outage"] * (self.outages - 1) + ["kill"] * self.kills + ["wait"] * self.waits
        names += ["drop_before"] * self.drops_before + ["drop_after"] * self.drops_after
        random.Random(self.seed).shuffle(names)
        return names


@dataclass(frozen=True)
class Verdict:
    """`lost`: written and never taken by the server; `repeated`: taken more than once, the further times counted; `strange`: taken and
    never written, by Message-ID; `shuffled`: addresses whose letters came in another order than they were written in."""

    written: int
    lost: int
    repeated: int
    strange: int
    shuffled: int


def judged(written: Mapping[str, Sequence[str]], arrived: Sequence[tuple[str, str]]) -> Verdict:
    """`written`: the Message-IDs queued for each address, in order; `arrived`: address and Message-ID of what the server took, in order."""
    known = {message_id for ids in written.values() for message_id in ids}
    taken = Counter(message_id for _, message_id in arrived)
    first_times: dict[str, list[str]] = {}
    for address, message_id in dict.fromkeys(arrived):
        first_times.setdefault(address, []).append(message_id)
    shuffled = 0
    for address, ids in written.items():
        came = first_times.get(address, [])
        shuffled += came != [message_id for message_id in ids if message_id in came]
    return Verdict(len(known), len(known - set(taken)), taken.total() - len(taken), len(set(taken) - known), shuffled)


def endure(office: PostOffice, postman: Postman, letters: int, troubles: Troubles) -> None:
    """Start the worker before a closed server, then meet each trouble while letters go out; returns when the last trouble is over."""
    chance, road = random.Random(troubles.seed), troubles.in_order()
    gap = max(1, (letters - 10) // (len(road) + 1))
    postman.start()
    time.sleep(troubles.outage_seconds)
    office.open()
    for n, trouble in enumerate(road, start=1):
        office.wait_for(n * gap)
        if trouble == "outage":
            office.close()
            time.sleep(troubles.outage_seconds)
            office.open()
        elif trouble == "kill":
            _kill(office, postman, chance, is_in_the_gap=bool(n % 2))
        else:
            setattr(office.moods, trouble, getattr(office.moods, trouble) + 1)


def _kill(office: PostOffice, postman: Postman, chance: random.Random, *, is_in_the_gap: bool) -> None:
    """In the gap that cannot be closed (the server has the letter, the worker does not know), or at any moment."""
    if is_in_the_gap and postman.worker is not None:
        office.doom(postman.worker)
    else:
        time.sleep(chance.uniform(0.0, 0.2))
    postman.kill()
    postman.start()
