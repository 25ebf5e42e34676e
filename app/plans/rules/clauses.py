"""How a part of the plan is pointed to: "2" the commitment, "2/solution" a field of it, "2.1" a milestone; and its anchor on the page."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_lowercase

from app.core.errors import Problem
from app.plans.rules.template import BY_CLAUSE, FIELDS, Kind
from app.plans.rules.versions import PlanText

_KEY = re.compile(r"(?P<commitment>[1-9]\d{0,3})(?:/(?P<field>[a-z-]{2,40})|\.(?P<milestone>[1-9]\d{0,2}))?")


class ClauseProblem(StrEnum):
    UNKNOWN = "clause-unknown"
    CONSULTATION_CLOSED = "consultation-closed"
    NOTHING_TO_CONSULT = "consultation-nothing"
    ALREADY_CONSULTED = "consultation-same-text"
    REASON_SHORT = "consultation-reason-short"


LETTERS = dict(zip((field.clause for field in FIELDS if field.clause), ascii_lowercase, strict=True))


@dataclass(frozen=True)
class Clause:
    """One part of the plan that can be commented, answered and traced. `label` is the field's name, empty for the whole commitment."""

    key: str
    commitment: int
    label: str
    text: str
    title: str = ""

    @property
    def anchor(self) -> str:
        return anchor(self.key)

    @property
    def sign(self) -> str:
        return sign(self.key)


def is_key(text: str) -> bool:
    """Whether `text` has the shape of a clause key; whether the plan has it is asked of the plan."""
    match = _KEY.fullmatch(text)
    return match is not None and (match["field"] is None or match["field"] in BY_CLAUSE)


def amendable(key: str) -> bool:
    """Whether another wording may be proposed for it: a written field of a commitment, never the whole of it nor a milestone."""
    return is_key(key) and "/" in key and BY_CLAUSE[key.partition("/")[2]].kind in (Kind.TEXT, Kind.LINE, Kind.LINES)


def commitment_of(key: str) -> int:
    """The commitment number of a key. Raises ValueError when it is none."""
    match = _KEY.fullmatch(key)
    if match is None:
        raise ValueError(key)
    return int(match["commitment"])


def anchor(key: str) -> str:
    """ "2/solution" -> "c2-solution", "2.1" -> "c2-1": an id for the page."""
    return "c" + re.sub(r"[/.]", "-", key)


def sign(key: str) -> str:
    """ "2/solution" -> "2h", "2.1" -> "2.1": the short number people read and say; a field has its letter in every commitment."""
    commitment, _, field = key.partition("/")
    return commitment + LETTERS[field] if field else key


def key_of(commitment: int | None, milestone: str | None, clause: str) -> str:
    """The finest part an answer points to: its clause, else its milestone, else its commitment; empty when it points nowhere."""
    if clause:
        return clause
    return milestone or (str(commitment) if commitment else "")


def clauses_of(plan: PlanText) -> tuple[Clause, ...]:
    """Every part of a plan in the order of its page; `label` is the template field's name or "milestone"."""
    found: list[Clause] = []
    for c in plan.commitments:
        title = c.fields.get("title", "")
        found.append(Clause(str(c.number), c.number, "", title, title))
        for field in FIELDS:
            if field.clause and c.fields.get(field.name):
                found.append(Clause(f"{c.number}/{field.clause}", c.number, field.name, c.fields[field.name], title))
        found += [Clause(m.number, c.number, "milestone", m.title, title) for m in c.milestones]
    return tuple(found)


def problems_with_comment(key: str, known: Collection[str], *, is_open: bool) -> tuple[Problem, ...]:
    """Why a comment of the consultation is not received: it is not open, or the draft has no such part."""
    if not is_open:
        return (Problem(ClauseProblem.CONSULTATION_CLOSED),)
    return () if key in known else (Problem(ClauseProblem.UNKNOWN, "clause"),)
