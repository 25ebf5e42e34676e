"""The plan as a value: what is published and hashed, and what differs between two of its versions."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from app.plans.rules.template import FIELDS


class VersionKind(StrEnum):
    CONSULTATION = "consultation"
    APPROVED = "approved"
    MODIFIED = "modified"


@dataclass(frozen=True)
class MilestoneText:
    number: str
    title: str
    starts_on: str = ""
    due_on: str = ""
    responsible: str = ""
    expected_output: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class CommitmentText:
    """`fields` holds what is filled of the template, by field name, as people read it."""

    number: int
    is_withdrawn: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    milestones: tuple[MilestoneText, ...] = ()


@dataclass(frozen=True)
class PlanText:
    """Everything of a plan that the public reads. Days are ISO text, money is céntimos as text."""

    title: str
    summary: str = ""
    starts_on: str = ""
    ends_on: str = ""
    commitments: tuple[CommitmentText, ...] = ()

    def commitment(self, number: int) -> CommitmentText | None:
        return next((c for c in self.commitments if c.number == number), None)


class Part(StrEnum):
    """What of a plan a row of a difference is about."""

    PLAN = "plan"
    COMMITMENT = "commitment"
    MILESTONE = "milestone"


@dataclass(frozen=True)
class Difference:
    """One field that says something else; `key` is "" for the plan, "2" or "2.1". None before: it was not there; None after: taken out."""

    part: Part
    key: str
    title: str
    field: str
    before: str | None
    after: str | None


HEADING = ("title", "summary", "starts_on", "ends_on")
STEP = ("title", "starts_on", "due_on", "responsible", "expected_output", "evidence")


def to_json(plan: PlanText) -> str:
    """Canonical JSON: the text that is hashed, published and compared."""
    return json.dumps(asdict(plan), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(content: str) -> PlanText:
    data = json.loads(content)
    return PlanText(**{**data, "commitments": tuple(_commitment(item) for item in data["commitments"])})


def _commitment(item: Mapping[str, Any]) -> CommitmentText:
    return CommitmentText(item["number"], item["is_withdrawn"], dict(item["fields"]), tuple(MilestoneText(**m) for m in item["milestones"]))


def sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def difference(before: PlanText | None, after: PlanText) -> tuple[Difference, ...]:
    """The heading first, then commitments by number, each with its milestones; nothing for what did not change."""
    old = before or PlanText("")
    rows = [
        Difference(Part.PLAN, "", after.title, name, getattr(old, name) or None, getattr(after, name) or None)
        for name in HEADING
        if getattr(old, name) != getattr(after, name)
    ]
    for number in sorted({c.number for c in (*old.commitments, *after.commitments)}):
        rows += _of_commitment(old.commitment(number), after.commitment(number))
    return tuple(rows)


def _of_commitment(old: CommitmentText | None, new: CommitmentText | None) -> Iterator[Difference]:
    present = new or old
    if present is None:
        return
    key, title = str(present.number), present.fields.get("title", "")
    if old is None or new is None or old.is_withdrawn != new.is_withdrawn:
        is_there = new is not None and not new.is_withdrawn
        yield Difference(Part.COMMITMENT, key, title, "whole", None if is_there else title, title if is_there else None)
        if old is None or new is None:
            return
    for name in (f.name for f in FIELDS):
        before, after = old.fields.get(name), new.fields.get(name)
        if before != after:
            yield Difference(Part.COMMITMENT, key, title, name, before, after)
    yield from _of_milestones(old, new)


def _of_milestones(old: CommitmentText, new: CommitmentText) -> Iterator[Difference]:
    before, after = {m.number: m for m in old.milestones}, {m.number: m for m in new.milestones}
    for number in sorted({*before, *after}, key=lambda n: [int(x) if x.isdigit() else 0 for x in n.split(".")]):
        one, other = before.get(number), after.get(number)
        title = (other or one).title if other or one else ""  # type: ignore[union-attr]
        if one is None or other is None:
            yield Difference(Part.MILESTONE, number, title, "whole", title if one else None, title if other else None)
            continue
        for name in STEP:
            if getattr(one, name) != getattr(other, name):
                yield Difference(Part.MILESTONE, number, title, name, getattr(one, name) or None, getattr(other, name) or None)
