"""Who prints paper forms and keys them in: those who bring contributions in for others (domain.md 13)."""

from enum import StrEnum

from app.core.permissions import Grants
from app.spaces.permissions import is_facilitator, is_municipal, is_secretariat


class PaperPermission(StrEnum):
    PRINT = "paper:print"
    KEY = "paper:key"


GRANTS: Grants = {
    PaperPermission.PRINT: [(is_secretariat,), (is_facilitator,), (is_municipal,)],
    PaperPermission.KEY: [(is_secretariat,), (is_facilitator,), (is_municipal,)],
}
