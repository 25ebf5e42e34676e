"""How much of what was received has an answer (domain.md 4.2, MR-4.1b; Q1, Q19)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.feedback.rules.outcomes import Outcome


@dataclass(frozen=True)
class Coverage:
    """Numbers that reconcile: received = answered + withdrawn + waiting. A question to the author is not an answer yet."""

    received: int
    by_outcome: Mapping[Outcome, int] = field(default_factory=dict)

    @property
    def withdrawn(self) -> int:
        return self.by_outcome.get(Outcome.WITHDRAWN, 0)

    @cached_property
    def answered(self) -> int:
        return sum(n for outcome, n in self.by_outcome.items() if outcome.is_final and outcome is not Outcome.WITHDRAWN)

    @cached_property
    def published(self) -> int:
        """Current answers of any kind: what the public list holds."""
        return sum(self.by_outcome.values())

    @property
    def expected(self) -> int:
        """What coverage is counted of."""
        return self.received - self.withdrawn

    @property
    def waiting(self) -> int:
        return self.expected - self.answered

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 only when nothing waits."""
        return 100 * self.answered // self.expected if self.expected else 100
