"""Who convenes a committee, who judges, who reads how it goes (domain.md 13). Marks are read by whoever gave them, and by nobody else."""

from enum import StrEnum
from typing import Any

from app.core.permissions import Actor, Grants
from app.spaces.permissions import is_forum_civil, is_forum_government, is_municipal, is_reviewer, is_secretariat
from app.spaces.rules import Role

JUDGING = frozenset(
    {Role.SECRETARIAT, Role.MUNICIPAL, Role.FORUM_GOVERNMENT, Role.FORUM_CIVIL, Role.ENTITY, Role.FACILITATOR, Role.VIGILANCE}
)
"""Roles of the space whose holders may sit in a committee: who administers, moderates or reviews does not judge."""


class EvaluationPermission(StrEnum):
    READ = "evaluation:read"
    MANAGE = "evaluation:manage"
    SCORE = "evaluation:score"
    PUBLISH = "evaluation:publish"


def is_member(actor: Actor, subject: Any) -> bool:
    """The subject names its members: only they judge, each for themselves."""
    return actor.person_id is not None and actor.person_id in getattr(subject, "member_person_ids", ())


GRANTS: Grants = {
    EvaluationPermission.READ: [
        (is_secretariat,), (is_municipal,), (is_forum_government,), (is_forum_civil,), (is_reviewer,), (is_member,),
    ],
    EvaluationPermission.MANAGE: [(is_secretariat,), (is_municipal,)],
    EvaluationPermission.SCORE: [(is_member,)],
    EvaluationPermission.PUBLISH: [(is_secretariat,), (is_municipal,)],
}  # fmt: skip
