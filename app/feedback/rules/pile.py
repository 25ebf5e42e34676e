"""The pile of somebody who answers: how it is narrowed, as it stands in the query string."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.contributions.rules.filters import ContributionFilters
from app.feedback.rules.outcomes import Outcome

UNASSIGNED = "sin-asignar"
_SLUG = re.compile(r"[a-z0-9-]{1,80}")


class PileState(StrEnum):
    """Where an answer stands, in the words of the query string."""

    UNANSWERED = "sin-responder"
    DRAFT = "borrador"
    RETURNED = "devueltas"
    REVIEW = "revision"
    APPROVED = "aprobadas"
    PUBLISHED = "publicadas"
    ALL = "todas"


@dataclass(frozen=True)
class PileFilters:
    """`said` narrows by what was said; `state` by where the answer stands; `mine` to what the person wrote in; `assigned` to what an
    organisation (its slug) and its units are to answer, or to what nobody was assigned (`UNASSIGNED`)."""

    said: ContributionFilters = ContributionFilters()
    state: PileState = PileState.UNANSWERED
    mine: bool = False
    assigned: str = ""

    @classmethod
    def parse(cls, args: Mapping[str, str]) -> "PileFilters":
        """From the query string (estado, mias=si, asignados and those of ContributionFilters); nonsense is ignored."""
        try:
            state = PileState(args.get("estado", ""))
        except ValueError:
            state = PileState.UNANSWERED
        assigned = args.get("asignados", "")
        return cls(ContributionFilters.parse(args), state, args.get("mias") == "si", assigned if _SLUG.fullmatch(assigned) else "")

    def arguments(self) -> dict[str, str]:
        """The query string that gives these filters back."""
        given = dict(self.said.arguments())
        if self.state is not PileState.UNANSWERED:
            given["estado"] = str(self.state)
        if self.mine:
            given["mias"] = "si"
        if self.assigned:
            given["asignados"] = self.assigned
        return given

    @property
    def is_by_due_date(self) -> bool:
        """Whose pile it is has days to answer by: the first due comes first."""
        return bool(self.assigned) and self.assigned != UNASSIGNED

    def at(self, state: PileState) -> "PileFilters":
        return replace(self, state=state)


@dataclass(frozen=True)
class AnswerFilters:
    """What the public list of answers is narrowed to."""

    q: str = ""
    theme: str = ""
    outcome: Outcome | None = None

    @classmethod
    def parse(cls, args: Mapping[str, str]) -> "AnswerFilters":
        """From the query string (q, tema, resultado); nonsense is ignored."""
        if not args:
            return cls()
        said = ContributionFilters.parse(args)
        return cls(said.q, said.theme, Outcome(said.outcome) if said.outcome in set(Outcome) else None)

    def arguments(self) -> dict[str, str]:
        given = {"q": self.q, "tema": self.theme, "resultado": str(self.outcome or "")}
        return {name: value for name, value in given.items() if value}

    @property
    def is_empty(self) -> bool:
        return self == AnswerFilters()


def is_late(deadline: datetime | None, now: datetime) -> bool:
    """Whether what still waits is past the end of the feedback phase."""
    return deadline is not None and now > deadline
