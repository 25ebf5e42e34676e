"""Reading groups: one, lists of them, who is in them, and what may belong together."""

from app.groups.queries.alike import Alike, Suggestion, alike_to, suggestions
from app.groups.queries.groups import (
    GroupRef,
    GroupRow,
    MemberRow,
    candidates,
    group_by_number,
    group_of,
    groupers,
    groups_page,
    locked_group,
    members,
    refs,
    to_review,
)

__all__ = [
    "Alike", "GroupRef", "GroupRow", "MemberRow", "Suggestion", "alike_to", "candidates", "group_by_number", "group_of", "groupers",
    "groups_page", "locked_group", "members", "refs", "suggestions",
    "to_review",
]  # fmt: skip
