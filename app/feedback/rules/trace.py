"""The trace matrix: how it is narrowed, as it stands in the query string, and what counts as having entered the plan."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from app.feedback.rules.outcomes import Outcome
from app.organisations.rules import Sector
from app.plans.rules.clauses import is_key

Kind = TypeVar("Kind", bound=StrEnum)
_SLUG = re.compile(r"[a-z0-9-]{1,80}")
_UBIGEO = re.compile(r"\d{2}(\d{2}){0,2}")
IN_THE_PLAN = (Outcome.ADOPTED, Outcome.ADOPTED_PARTIALLY, Outcome.ALREADY_COVERED)


class View(StrEnum):
    """From which side the matrix is read."""

    CONTRIBUTIONS = "aportes"
    CLAUSES = "clausulas"


@dataclass(frozen=True)
class TraceFilters:
    """`clause` is a key ("2", "2/solution", "2.1"): a commitment takes in its parts. `place` is a UBIGEO or the beginning of one."""

    view: View = View.CONTRIBUTIONS
    clause: str = ""
    theme: str = ""
    sector: Sector | None = None
    place: str = ""
    outcome: Outcome | None = None

    @classmethod
    def parse(cls, args: Mapping[str, str]) -> "TraceFilters":
        """From the query string (vista, clausula, tema, sector, lugar, resultado); nonsense is ignored."""
        clause, theme, place = args.get("clausula", "")[:80], args.get("tema", ""), args.get("lugar", "")
        return cls(
            view=View.CLAUSES if args.get("vista") == View.CLAUSES else View.CONTRIBUTIONS, clause=clause if is_key(clause) else "",
            theme=theme if _SLUG.fullmatch(theme) else "", sector=_member(Sector, args.get("sector")),
            place=place if _UBIGEO.fullmatch(place) else "", outcome=_member(Outcome, args.get("resultado")),
        )  # fmt: skip

    def arguments(self) -> dict[str, str]:
        """The query string that gives these filters back."""
        given = {
            "vista": str(self.view) if self.view is not View.CONTRIBUTIONS else "", "clausula": self.clause, "tema": self.theme,
            "sector": str(self.sector or ""), "lugar": self.place, "resultado": str(self.outcome or ""),
        }  # fmt: skip
        return {name: value for name, value in given.items() if value}

    @property
    def is_narrow(self) -> bool:
        return bool(self.clause or self.theme or self.sector or self.place or self.outcome)


def _member(kind: type[Kind], text: str | None) -> Kind | None:
    return next((member for member in kind if member.value == text), None)
