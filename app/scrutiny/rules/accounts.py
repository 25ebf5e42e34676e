"""How the money of one voter was used under Equal Shares, from the published steps alone: nothing about anybody is needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.budgeting.counting.contest import Fate


@dataclass(frozen=True)
class Account:
    """In soles: the share, what each project took of it in the order bought, and what stayed."""

    share: Fraction
    paid: tuple[tuple[str, Fraction], ...]

    @property
    def left(self) -> Fraction:
        return self.share - sum((amount for _, amount in self.paid), Fraction(0))


def account(report: Mapping[str, Any], points: Mapping[str, int]) -> Account | None:
    """Of somebody who gave these points (1 for each project marked). None when the result did not come from shares."""
    if not has_shares(report):
        return None
    share = Fraction(report["share"])
    money, paid = share, []
    for step in _bought(report["steps"]):
        given = points.get(step["project_id"], 0) if report["utility"] == "points" else int(points.get(step["project_id"], 0) > 0)
        if given > 0:
            amount = min(money, Fraction(step["price"]) * given)
            money -= amount
            paid.append((step["project_id"], amount))
    return Account(share, tuple(paid))


def has_shares(report: Mapping[str, Any]) -> bool:
    """Whether each voter had a share in the result that stands."""
    comparison = report.get("comparison")
    return "share" in report and not (comparison and comparison["kept"] == "greedy")


def _bought(steps: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [step for step in steps if step["fate"] == Fate.WON and "price" in step]
