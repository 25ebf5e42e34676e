"""A ballot as it was typed: kept as typed, whatever is wrong with it. It knows no person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import Problem
from app.core.fields import sentence
from app.voting.messages import PROBLEMS
from app.voting.rules import BallotKind
from app.voting.rules.ballots import MARKED, BallotProblem, BallotRule, Choices, cost_of, ranked, validate_ballot

LONGEST = 6
MARK, POINTS, RANK, BLANK = "opcion", "puntos-", "lugar-", "blanco"


@dataclass
class BallotForm:
    """`typed` is what was written beside each project: "1" for a mark, points, or a place."""

    rule: BallotRule
    typed: dict[int, str] = field(default_factory=dict)
    is_blank: bool = False
    errors: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, rule: BallotRule, data: Any) -> "BallotForm":
        """From a form's fields (a MultiDict)."""
        typed: dict[int, str] = {}
        if rule.kind in (BallotKind.APPROVAL, BallotKind.KNAPSACK):
            typed = {int(text): "1" for text in data.getlist(MARK) if text.isascii() and text.isdigit() and len(text) <= LONGEST}
        else:
            prefix = RANK if rule.kind is BallotKind.ORDINAL else POINTS
            for name, value in data.items():
                number = name.removeprefix(prefix)
                if name.startswith(prefix) and number.isascii() and number.isdigit() and len(number) <= LONGEST and value.strip():
                    typed[int(number)] = value.strip()[:LONGEST]
        return cls(rule, typed, data.get(BLANK) == "1")

    @classmethod
    def carried(cls, rule: BallotRule, told: Mapping[str, Any]) -> "BallotForm":
        """From what was signed and sent along."""
        return cls(rule, {int(number): str(text) for number, text in told.get("typed", {}).items()}, bool(told.get("blank")))

    def told(self) -> dict[str, Any]:
        """To be signed and sent along: the selection, and nothing else."""
        return {"typed": {str(number): text for number, text in self.typed.items()}, "blank": self.is_blank}

    @property
    def choices(self) -> Choices:
        numbers = self._numbers()
        if self.rule.kind is BallotKind.ORDINAL:
            return ranked(numbers)[0]
        return [[number, 1 if self.rule.kind in MARKED else points] for number, points in sorted(numbers.items())]

    @property
    def numbers(self) -> set[int]:
        """The projects with something written beside them."""
        return set(self._numbers())

    @property
    def spent_cents(self) -> int:
        return cost_of(self.rule, list(self._numbers()))

    @property
    def points_given(self) -> int:
        return sum(value for value in self._numbers().values() if value > 0)

    def judge(self, ubigeo: str | None) -> bool:
        """Whether it may be put in the box; the sentences go to `errors`."""
        problems: list[Problem] = []
        if any(_number(text) is None for text in self.typed.values()):
            problems.append(Problem(BallotProblem.NOT_A_NUMBER))
        if self.rule.kind is BallotKind.ORDINAL:
            problems += ranked(self._numbers())[1]
        problems += validate_ballot(self.rule, self.choices, ubigeo, is_blank=self.is_blank)
        self.errors = list(dict.fromkeys(sentence(PROBLEMS, problem) for problem in problems))
        return not problems

    def _numbers(self) -> dict[int, int]:
        """What is written, where it is a number other than zero: zero is the same as nothing."""
        read = {number: _number(text) for number, text in self.typed.items()}
        return {number: value for number, value in read.items() if value}


def _number(text: str) -> int | None:
    sign, digits = text[:1] == "-", text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        return None
    return -int(digits) if sign else int(digits)
