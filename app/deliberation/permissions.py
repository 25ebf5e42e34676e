"""Who answers what citizens ask, with name and post; commenting and supporting is for anyone signed in (domain.md 13)."""

from enum import StrEnum

from app.core.permissions import Grants
from app.spaces.permissions import is_entity, is_forum_government, is_municipal, is_secretariat


class DeliberationPermission(StrEnum):
    ANSWER = "deliberation:answer"


GRANTS: Grants = {DeliberationPermission.ANSWER: [(is_entity,), (is_secretariat,), (is_municipal,), (is_forum_government,)]}
