"""The books of a vote: what must be equal before anything is published (reliability.md 6.2 to 6.4, B08)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.errors import Problem
from app.scrutiny.rules.acts import ScrutinyProblem
from app.scrutiny.rules.tables import TableBooks, table_problems
from app.voting.rules import Channel


@dataclass(frozen=True)
class Tokens:
    """Printed codes: all that were issued are used, void or unused."""

    issued: int = 0
    used: int = 0
    void: int = 0
    unused: int = 0


@dataclass(frozen=True)
class Books:
    """`marks` are the people marked as having voted, by channel; `ballots` all papers in the box, those of the tables included when they
    were poured into it (`poured`); `tables` what each table says of itself."""

    on_roll: int
    marks: Mapping[Channel, int]
    ballots: int
    receipts: int
    poured: int = 0
    tokens: Tokens = Tokens()
    tables: Sequence[TableBooks] = field(default=())

    @property
    def voted(self) -> int:
        return sum(self.marks.values())

    @property
    def voted_here(self) -> int:
        """Ballots there should be: one for each mark on the web or in a booth, one for each printed code that was used.

        A code is marked on the roll when it is handed out against a signature; whoever did not use it left no ballot.
        """
        return self.marks.get(Channel.WEB, 0) + self.marks.get(Channel.BOOTH, 0) + self.tokens.used

    @property
    def signatures(self) -> int:
        return sum(table.signatures for table in self.tables)

    @property
    def cast_here(self) -> int:
        return self.ballots - self.poured


def problems(books: Books) -> tuple[Problem, ...]:
    """Every equation that does not hold, with its difference."""
    found = []
    if books.cast_here != books.voted_here:
        found.append(_unequal(ScrutinyProblem.BOOKS_MARKS, marks=books.voted_here, ballots=books.cast_here))
    if books.cast_here != books.receipts:
        found.append(_unequal(ScrutinyProblem.BOOKS_RECEIPTS, receipts=books.receipts, ballots=books.cast_here))
    tokens = books.tokens
    handed = books.marks.get(Channel.TOKEN, 0)
    if handed < tokens.used:
        found.append(_unequal(ScrutinyProblem.BOOKS_HANDED, handed=handed, used=tokens.used))
    if tokens.issued != tokens.used + tokens.void + tokens.unused:
        found.append(
            _unequal(ScrutinyProblem.BOOKS_TOKENS, issued=tokens.issued, parts=tokens.used + tokens.void + tokens.unused)
        )  # fmt: skip
    paper = books.marks.get(Channel.PAPER, 0)
    if paper != books.signatures:
        found.append(_unequal(ScrutinyProblem.BOOKS_TABLE, table="", marks=paper, signatures=books.signatures))
    for table in books.tables:
        found += table_problems(table)
    return tuple(found)


def _unequal(code: ScrutinyProblem, **values: int | str) -> Problem:
    pair = [value for value in values.values() if isinstance(value, int)]
    return Problem(code, None, {**values, "difference": abs(pair[0] - pair[1])})
