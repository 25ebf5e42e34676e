"""Attesting, choosing what applies, the daily check and the daily visit."""

from app.compliance.services.attesting import act, attest
from app.compliance.services.checking import check, check_all, raise_alarms, sha256_of
from app.compliance.services.choosing import choose_profile, record_irm_result
from app.compliance.services.packs import PackBusy, pack_of
from app.compliance.services.probing import Found, Visit, keep_visit, pages_of, visit, visits_due

__all__ = [
    "Found",
    "PackBusy",
    "Visit",
    "act",
    "attest",
    "check",
    "check_all",
    "choose_profile",
    "keep_visit",
    "pack_of",
    "pages_of",
    "raise_alarms",
    "record_irm_result",
    "sha256_of",
    "visit",
    "visits_due",
]
