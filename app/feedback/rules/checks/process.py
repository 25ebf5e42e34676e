"""The checks of a whole process: every question of domain.md 6.4 with how many answers pass it, and the numbers that must add up."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.feedback.rules.checks.codes import QUESTION_OF, Question
from app.feedback.rules.checks.findings import Check, Level

LEVELS: dict[Question, Level] = {
    Question.Q1: Level.STOP, Question.Q2: Level.STOP, Question.Q3: Level.STOP, Question.Q4: Level.STOP, Question.Q5: Level.WARN,
    Question.Q6: Level.STOP, Question.Q7: Level.WARN, Question.Q8: Level.WARN, Question.Q9: Level.ASK, Question.Q10: Level.STOP,
    Question.Q11: Level.STOP, Question.Q12: Level.STOP, Question.Q13: Level.WARN, Question.Q14: Level.STOP, Question.Q15: Level.STOP,
    Question.Q16: Level.WARN, Question.Q17: Level.WARN, Question.Q18: Level.ASK, Question.Q19: Level.STOP, Question.Q20: Level.STOP,
    Question.Q21: Level.WARN,
}  # fmt: skip
"""How much each question weighs: blocks, warns, or asks a person."""


@dataclass(frozen=True)
class Standing:
    """A question over a process: how many pass of how many it was asked of, and which do not, each with what was found.

    `passing` None: a person answers it, the machine only asks."""

    question: Question
    level: Level
    passing: int | None
    asked: int
    failing: Mapping[str, tuple[Check, ...]] = field(default_factory=dict)

    @property
    def is_met(self) -> bool:
        return not self.failing and (self.passing is None or self.passing == self.asked)


def by_question(found: Iterable[tuple[str, Sequence[Check]]]) -> dict[Question, Standing]:
    """The questions that are asked of each answer. `found`: code of the contribution, and what `checks` said of its answer.

    An answer fails a question when a stop or a warning belongs to it; Q9 and Q18 are for people, so none fails them.
    """
    asked = 0
    failing: dict[Question, dict[str, list[Check]]] = defaultdict(dict)
    for code, checks in found:
        asked += 1
        for check in checks:
            if check.level in (Level.STOP, Level.WARN):
                failing[QUESTION_OF[check.code]].setdefault(code, []).append(check)
    return {
        question: Standing(
            question, _weight(question, failing[question]), None if LEVELS[question] is Level.ASK else asked - len(failing[question]),
            asked, {code: tuple(checks) for code, checks in failing[question].items()},
        )
        for question in sorted(set(QUESTION_OF.values()), key=lambda q: q.number)
    }  # fmt: skip


def _weight(question: Question, failing: Mapping[str, Sequence[Check]]) -> Level:
    """How much it weighs here: a question that blocks only warns while nothing found is a stop, as in records loaded after the facts."""
    level = LEVELS[question]
    only_warns = bool(failing) and all(check.level is Level.WARN for checks in failing.values() for check in checks)
    return Level.WARN if level is Level.STOP and only_warns else level


def covered(received: Sequence[str], waiting: Sequence[str]) -> Standing:
    """Q1: every contribution has a final published answer. Codes received, and those that wait."""
    return Standing(Question.Q1, Level.STOP, len(received) - len(waiting), len(received), {code: () for code in waiting})


@dataclass(frozen=True)
class Counted:
    """A contribution as it is counted: once, by the outcome of its whole answer, however many ideas it held.

    `outcome` is "" while nothing is published."""

    code: str
    outcome: str
    sector: str
    region: str
    reason: str


@dataclass(frozen=True)
class Totals:
    """The same contributions counted in four ways (Q19). `wrong` names the counts that do not add up to what was received."""

    received: int
    by_outcome: Mapping[str, int]
    by_sector: Mapping[str, int]
    by_region: Mapping[str, int]
    by_reason: Mapping[str, int]
    wrong: tuple[str, ...] = ()


def totals(rows: Sequence[Counted], received: int, tally: Mapping[str, int]) -> Totals:
    """Count the rows and hold them against what was received (the codes given) and against the published numbers (`tally`)."""
    counts = {name: Counter(getattr(row, name) for row in rows) for name in ("outcome", "sector", "region", "reason")}
    wrong = [name for name, count in counts.items() if count.total() != received]
    published = {outcome: n for outcome, n in counts["outcome"].items() if outcome}
    if published != {outcome: n for outcome, n in tally.items() if n}:
        wrong.append("tally")
    if len({row.code for row in rows}) != len(rows):
        wrong.append("code")
    return Totals(received, counts["outcome"], counts["sector"], counts["region"], counts["reason"], tuple(wrong))


def reconciled(counted: Totals) -> Standing:
    """Q19: the sums by outcome, sector, region and reason are what was received, and the published numbers say the same."""
    return Standing(Question.Q19, Level.STOP, 5 - min(5, len(counted.wrong)), 5, {name: () for name in counted.wrong})


def criteria_in_time(published_at: datetime | None, inputs_opened_at: datetime | None) -> Standing:
    """Q16: the criteria were public before the first contribution could be made (BR-20)."""
    in_time = published_at is not None and (inputs_opened_at is None or published_at < inputs_opened_at)
    return Standing(Question.Q16, Level.WARN, int(in_time), 1, {} if in_time else {"criteria": ()})


def priorities_closed(voted: Sequence[str], closed: Iterable[str]) -> Standing:
    """Q17: whatever a workshop voted as a priority has a final answer, and so a commitment or a reason. Codes."""
    done = set(closed)
    return Standing(Question.Q17, Level.WARN, sum(code in done for code in voted), len(voted), {c: () for c in voted if c not in done})


def delivered(sent: Mapping[str, bool]) -> Standing:
    """Q21: each answered author got it: by e-mail that did not bounce, or on paper handed over. `sent`: code -> whether."""
    return Standing(Question.Q21, Level.WARN, sum(sent.values()), len(sent), {code: () for code, arrived in sent.items() if not arrived})
