"""The schedule as a value: what it holds, how it is written, and when its phases are open."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class PhaseKind(StrEnum):
    """CEPAL's five phases of Peru's fifth plan with an explicit feedback phase before approval (domain.md 7, BR-09)."""

    PREPARATION = "preparation"
    PROBLEMS = "problems"
    COCREATION = "cocreation"
    FEEDBACK = "feedback"
    VALIDATION = "validation"
    APPROVAL = "approval"


class OpportunityKind(StrEnum):
    WORKSHOP = "workshop"
    ASSEMBLY = "assembly"
    MEETING = "meeting"
    CONSULTATION = "consultation"
    ONLINE = "online"
    WINDOW = "window"


@dataclass(frozen=True)
class PhaseSpan:
    """A phase and its instants, both inclusive."""

    kind: PhaseKind
    title: str
    summary: str
    opens_at: datetime
    closes_at: datetime

    def is_open(self, now: datetime) -> bool:
        return self.opens_at <= now <= self.closes_at


@dataclass(frozen=True)
class OpportunityPlan:
    """An opportunity to take part; `starts_at` None while it has no date. `slug` is what links its versions."""

    slug: str
    kind: OpportunityKind
    title: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    theme: str = ""
    place: str = ""
    url: str = ""
    ubigeo: str = ""
    language: str = "es"
    who_can_join: str = ""
    how_to_register: str = ""
    contact: str = ""
    capacity: int = 0
    accessibility: str = ""
    agenda: str = ""


@dataclass(frozen=True)
class Schedule:
    """What is published: when the process starts, its phases in order, its opportunities by date."""

    start_at: datetime | None = None
    phases: tuple[PhaseSpan, ...] = ()
    opportunities: tuple[OpportunityPlan, ...] = field(default=())

    def is_open(self, kind: PhaseKind, now: datetime) -> bool:
        return any(phase.kind is kind and phase.is_open(now) for phase in self.phases)

    def phase(self, kind: PhaseKind) -> PhaseSpan | None:
        return next((phase for phase in self.phases if phase.kind is kind), None)

    def opportunity(self, slug: str) -> OpportunityPlan | None:
        return next((o for o in self.opportunities if o.slug == slug), None)


def to_json(schedule: Schedule) -> str:
    """Canonical JSON: the text that is hashed, approved, published and compared."""
    return json.dumps(_plain(asdict(schedule)), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(content: str) -> Schedule:
    data = json.loads(content)
    return Schedule(
        start_at=_instant(data["start_at"]),
        phases=tuple(_phase(item) for item in data["phases"]),
        opportunities=tuple(_opportunity(item) for item in data["opportunities"]),
    )


def sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _phase(item: Mapping[str, Any]) -> PhaseSpan:
    return PhaseSpan(
        kind=PhaseKind(item["kind"]), title=item["title"], summary=item["summary"],
        opens_at=datetime.fromisoformat(item["opens_at"]), closes_at=datetime.fromisoformat(item["closes_at"]),
    )  # fmt: skip


def _opportunity(item: Mapping[str, Any]) -> OpportunityPlan:
    values = dict(item)
    values["kind"] = OpportunityKind(values["kind"])
    values["starts_at"], values["ends_at"] = _instant(values["starts_at"]), _instant(values["ends_at"])
    return OpportunityPlan(**values)
