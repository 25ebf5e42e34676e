"""An answer as a value: everything the public will read, and the hash that signatures bind to."""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from app.feedback.rules.outcomes import Outcome, Reason

_TAG = "minka-answer:v1"


@dataclass(frozen=True)
class DecisionDraft:
    """The public content of a decision. People outside know commitments by number, milestones as "2.1", contributions by code
    and organisations by slug; so does the hash, which anyone can therefore compute again from the published JSON."""

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

    @property
    def is_blank(self) -> bool:
        """Nothing was written yet."""
        return self == DecisionDraft(organisation=self.organisation)

    @property
    def prose(self) -> str:
        """Every sentence somebody wrote, a line each: what is searched for personal data."""
        return "\n".join(getattr(self, name) for name in WRITTEN if getattr(self, name))


WRITTEN = (
    "text", "what_changed", "adopted_part", "rejected_part", "change_needed", "reference", "criterion", "target_cycle", "carry_over_owner",
    "referred_to", "referred_document", "where_to_go", "question", "request_record", "correction_reason",
)  # fmt: skip


def signed_content(draft: DecisionDraft, code: str) -> dict[str, Any]:
    """What is signed, with plain values; empty parts are left out."""
    content: dict[str, Any] = {"contribution": code}
    for field in fields(draft):
        value = getattr(draft, field.name)
        if value not in (None, ""):
            content[field.name] = value.isoformat() if isinstance(value, date) else value if isinstance(value, int) else str(value)
    return content


def content_sha256(draft: DecisionDraft, code: str) -> str:
    """SHA-256, hexadecimal, of the answer to the contribution `code`: canonical JSON (sorted keys, no spaces, UTF-8) after a tag."""
    body = json.dumps(signed_content(draft, code), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{_TAG}\0{body}".encode()).hexdigest()
