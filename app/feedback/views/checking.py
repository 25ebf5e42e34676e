"""The checks of many texts at once: which are stopped, and everything there is to say about those on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.core import clock
from app.core.clock import lima_day
from app.feedback import queries
from app.feedback.messages.checks import said
from app.feedback.rules.checks import Check, Facts, Level, checks, stops
from app.feedback.rules.drafts import DecisionDraft

if TYPE_CHECKING:
    from app.contributions.models import Contribution
    from app.processes.models import Process

COMPARED = 60
"""With how many other texts of the batch each shown one is compared: it says soon enough that all are alike."""


@dataclass(frozen=True)
class Findings:
    """What the checks know about a batch; `stopped` is how many of its texts something stops."""

    drafts: Mapping[int, DecisionDraft]
    facts: Mapping[int, Facts]
    stopped: int

    def shown(self, contribution_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
        """The checks of these texts in words, each compared with the others of the batch too."""
        others = {self.facts[id_].code: self.drafts[id_].text for id_ in [*contribution_ids, *list(self.drafts)[:COMPARED]]}
        found = {}
        for id_ in contribution_ids:
            own = self.facts[id_]
            seen = replace(own, others={code: text for code, text in others.items() if code != own.code})
            found[id_] = [_said(check) for check in checks(self.drafts[id_], seen) if check.level in (Level.STOP, Level.WARN)]
        return found


def checked(process: Process, contributions: Sequence[Contribution], drafts: Mapping[int, DecisionDraft]) -> Findings:
    """Judge the texts (by contribution id) as they will be when they are sent to review together."""
    judged = [c for c in contributions if c.id in drafts]
    facts = queries.facts_for(process, judged, drafts, today=lima_day(clock.now())) if judged else {}
    return Findings(drafts, facts, sum(bool(stops(drafts[c.id], facts[c.id])) for c in judged))


def _said(check: Check) -> dict[str, Any]:
    return {"level": str(check.level), "text": said(check)}
