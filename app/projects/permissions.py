"""Who writes projects up, judges them, answers them and orders them (domain.md 13: the municipal team runs the budget's registry).

That the person who evaluates is not who approves, nor who decides the appeal, is a rule of each act, not of a role.
"""

from enum import StrEnum

from app.budgeting.permissions import is_agent, is_voting_agent
from app.core.permissions import Grants
from app.spaces.permissions import is_municipal, is_reviewer, is_secretariat, is_vigilance


class ProjectPermission(StrEnum):
    READ = "project:read"
    WRITE = "project:write"
    EVALUATE = "project:evaluate"
    APPROVE = "project:approve"
    DECIDE = "project:decide"
    RANK = "project:rank"
    MARK = "project:mark"
    APPEAL = "project:appeal"


GRANTS: Grants = {
    ProjectPermission.READ: [(is_municipal,), (is_secretariat,), (is_vigilance,), (is_reviewer,)],
    ProjectPermission.WRITE: [(is_municipal,)],
    ProjectPermission.EVALUATE: [(is_municipal,)],
    ProjectPermission.APPROVE: [(is_municipal,), (is_secretariat,)],
    ProjectPermission.DECIDE: [(is_municipal,), (is_secretariat,)],
    ProjectPermission.RANK: [(is_municipal,)],
    ProjectPermission.MARK: [(is_voting_agent,)],
    ProjectPermission.APPEAL: [(is_agent,)],
}
