"""Each step of the rehearsal with what it took: seconds on the clock, what the site needed to answer, and its statements."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from scripts.real_input.visitor import Meter


@dataclass
class Step:
    """What a step has to say besides what it took. `statements` are those of the whole rehearsal so far."""

    statements: Sequence[str]
    said: list[str] = field(default_factory=list)

    def say(self, *sentences: str) -> None:
        self.said += sentences


class Diary:
    """Prints the steps as they end. `statements` grows by one with each statement the site sends to its database."""

    def __init__(self, meter: Meter, statements: Sequence[str], tell: bool = True) -> None:
        self.meter, self.statements, self.tell = meter, statements, tell
        self.began = time.perf_counter()

    @contextmanager
    def step(self, title: str) -> Iterator[Step]:
        here, began = Step(self.statements), time.perf_counter()
        requests, seconds, statements = self.meter.requests, self.meter.seconds, len(self.statements)
        yield here
        took = [f"{time.perf_counter() - began:.1f} s"]
        if self.meter.requests > requests:
            took.append(
                f"{self.meter.requests - requests} peticiones a las páginas en {self.meter.seconds - seconds:.1f} s "
                f"con {len(self.statements) - statements} sentencias SQL"
            )
        self.print(f"\n{title} ({'; '.join(took)})", *(f"  {sentence}" for sentence in here.said))

    def print(self, *lines: str) -> None:
        if self.tell:
            print(*lines, sep="\n", flush=True)

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.began
