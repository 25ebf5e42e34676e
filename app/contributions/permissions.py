"""Who brings contributions in for others, and who reads those that are not public (domain.md 13)."""

from enum import StrEnum

from app.core.permissions import Grants
from app.spaces.permissions import is_facilitator, is_moderator, is_municipal, is_secretariat


class ContributionPermission(StrEnum):
    CAPTURE = "contribution:capture"
    IMPORT = "contribution:import"
    ASSIST = "contribution:assist"
    SUMMARISE = "contribution:summarise"
    HEAR = "contribution:hear"


GRANTS: Grants = {
    ContributionPermission.CAPTURE: [(is_facilitator,), (is_secretariat,), (is_municipal,)],
    ContributionPermission.ASSIST: [(is_facilitator,), (is_secretariat,), (is_municipal,)],
    ContributionPermission.SUMMARISE: [(is_facilitator,), (is_moderator,), (is_secretariat,)],
    ContributionPermission.HEAR: [(is_facilitator,), (is_secretariat,), (is_municipal,), (is_moderator,)],
    ContributionPermission.IMPORT: [(is_secretariat,), (is_facilitator,), (is_municipal,)],
}
