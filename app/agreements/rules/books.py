"""The books of the act: every sol agreed is in one state and in one part of its way, and the sums say so exactly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.agreements.rules.execution import LineState


class Part(StrEnum):
    """How far each sol that was agreed has come, from its end backwards."""

    PAID = "paid"
    ACCRUED = "accrued"
    CERTIFIED = "certified"
    BUDGETED = "budgeted"
    NOT_BUDGETED = "not-budgeted"


@dataclass(frozen=True)
class Standing:
    """A line as it stands, in céntimos; None is unknown."""

    agreed_cents: int
    state: LineState = LineState.NOT_STARTED
    ubigeo: str = ""
    pia_cents: int | None = None
    pim_cents: int | None = None
    certified_cents: int | None = None
    accrued_cents: int | None = None
    paid_cents: int | None = None


@dataclass(frozen=True)
class Books:
    """Sums of lines, all in céntimos. `beyond` is what was budgeted over what was agreed: it is outside the parts."""

    agreed: int
    by_state: Mapping[LineState, int]
    by_part: Mapping[Part, int]
    by_territory: Mapping[str, int]
    counts: Mapping[LineState, int] = field(default_factory=dict)
    pia: int = 0
    pim: int = 0
    accrued: int = 0
    paid: int = 0
    beyond: int = 0

    @property
    def is_balanced(self) -> bool:
        """The last sol: each way of cutting what was agreed gives back what was agreed."""
        return all(sum(cut.values()) == self.agreed for cut in (self.by_state, self.by_part, self.by_territory))


def parts(line: Standing) -> dict[Part, int]:
    """What was agreed in a line, cut by how far it has come. What exceeds the agreement is not in it; an unknown amount is at least
    what came after it, and at most what came before."""
    narrow = 0
    levels = {}
    known = ((Part.PAID, line.paid_cents), (Part.ACCRUED, line.accrued_cents), (Part.CERTIFIED, line.certified_cents),
             (Part.BUDGETED, line.pim_cents if line.pim_cents is not None else line.pia_cents))  # fmt: skip
    for part, value in known:
        level = min(max(value or 0, narrow), line.agreed_cents)
        levels[part] = level - narrow
        narrow = level
    levels[Part.NOT_BUDGETED] = line.agreed_cents - narrow
    return levels


def sums(lines: Iterable[Standing]) -> Books:
    """The books of these lines."""
    rows: Sequence[Standing] = tuple(lines)
    by_state = dict.fromkeys(LineState, 0)
    counts = dict.fromkeys(LineState, 0)
    by_part = dict.fromkeys(Part, 0)
    by_territory: dict[str, int] = {}
    beyond = 0
    for row in rows:
        by_state[row.state] += row.agreed_cents
        counts[row.state] += 1
        by_territory[row.ubigeo] = by_territory.get(row.ubigeo, 0) + row.agreed_cents
        for part, amount in parts(row).items():
            by_part[part] += amount
        budget = row.pim_cents if row.pim_cents is not None else row.pia_cents or 0
        beyond += max(0, budget - row.agreed_cents)
    return Books(
        agreed=sum(row.agreed_cents for row in rows), by_state=by_state, by_part=by_part, by_territory=by_territory, counts=counts,
        pia=sum(row.pia_cents or 0 for row in rows), pim=sum(row.pim_cents or 0 for row in rows),
        accrued=sum(row.accrued_cents or 0 for row in rows), paid=sum(row.paid_cents or 0 for row in rows), beyond=beyond,
    )  # fmt: skip
