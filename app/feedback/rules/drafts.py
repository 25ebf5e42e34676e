"""An answer as a value: everything the public will read, and the hash that signatures bind to."""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from app.contributions.rules.terms import Language
from app.feedback.rules.outcomes import Outcome, Reason

_TAG = "minka-answer:v1"


@dataclass(frozen=True)
class DecisionDraft:
    """The public content of a decision. People outside know commitments by number, milestones as "2.1", contributions by code
    and organisations by slug; so does the hash, which anyone can therefore compute again from the published JSON.

    `clause` is the key of a clause of the plan; `group` the codes of everyone this same text answers, in order, none when it
    answers one; `parts` the ideas answered one by one, none when the contribution was not split (rules.parts derives the rest).
    `summary` says the answer briefly in `summary_language`, that of the contribution when it is not Spanish (Q13).
    """

    outcome: Outcome | None = None
    reason_code: Reason | None = None
    text: str = ""
    what_changed: str = ""
    adopted_part: str = ""
    rejected_part: str = ""
    change_needed: str = ""
    reference: str = ""
    criterion: str = ""
    target_cycle: str = ""
    carry_over_owner: str = ""
    referred_to: str = ""
    referred_document: str = ""
    referred_on: date | None = None
    where_to_go: str = ""
    question: str = ""
    clarify_by: date | None = None
    fallback: Outcome | None = None
    request_record: str = ""
    merged_into: str = ""
    commitment: int | None = None
    milestone: str = ""
    organisation: str = ""
    correction_reason: str = ""
    clause: str = ""
    group: tuple[str, ...] = ()
    parts: "tuple[PartDraft, ...]" = ()
    summary: str = ""
    summary_language: Language | None = None

    @property
    def is_blank(self) -> bool:
        """Nothing was written yet."""
        return self == DecisionDraft(organisation=self.organisation, group=self.group)

    @property
    def prose(self) -> str:
        """Every sentence somebody wrote, a line each: what is searched for personal data."""
        own = [getattr(self, name) for name in WRITTEN if getattr(self, name)]
        return "\n".join([*own, *(part.idea for part in self.parts if part.idea)])


@dataclass(frozen=True)
class PartDraft:
    """The answer to one of several ideas that came under one code: what the person asked, and what is decided about it."""

    idea: str = ""
    outcome: Outcome | None = None
    reason_code: Reason | None = None
    text: str = ""
    what_changed: str = ""
    adopted_part: str = ""
    rejected_part: str = ""
    change_needed: str = ""
    reference: str = ""
    criterion: str = ""
    target_cycle: str = ""
    carry_over_owner: str = ""
    referred_to: str = ""
    referred_document: str = ""
    referred_on: date | None = None
    where_to_go: str = ""
    commitment: int | None = None
    milestone: str = ""
    clause: str = ""

    @property
    def is_blank(self) -> bool:
        return self == PartDraft()

    def as_draft(self, organisation: str = "", correction_reason: str = "") -> DecisionDraft:
        """The part as an answer by itself, to be judged by the rules of any answer; who answers is said once, by the whole."""
        return DecisionDraft(
            organisation=organisation, correction_reason=correction_reason,
            **{field.name: getattr(self, field.name) for field in fields(self) if field.name != "idea"},
        )  # fmt: skip


WRITTEN = (
    "text", "what_changed", "adopted_part", "rejected_part", "change_needed", "reference", "criterion", "target_cycle", "carry_over_owner",
    "referred_to", "referred_document", "where_to_go", "question", "request_record", "correction_reason", "summary",
)  # fmt: skip
PART_WRITTEN = tuple(name for name in WRITTEN if name in PartDraft.__dataclass_fields__)
"""The sentences a part has of its own, beside its idea."""


def signed_content(draft: DecisionDraft, code: str) -> dict[str, Any]:
    """What is signed, with plain values; empty parts are left out."""
    return {"contribution": code, **_filled(draft)}


def _filled(draft: "DecisionDraft | PartDraft") -> dict[str, Any]:
    found = {field.name: _plain(getattr(draft, field.name)) for field in fields(draft)}
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_filled(item) if isinstance(item, PartDraft) else item for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)


def content_sha256(draft: DecisionDraft, code: str) -> str:
    """SHA-256, hexadecimal, of the answer to the contribution `code`: canonical JSON (sorted keys, no spaces, UTF-8) after a tag."""
    body = json.dumps(signed_content(draft, code), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{_TAG}\0{body}".encode()).hexdigest()
