"""Reading compliance: what the requirements of a process are found to be, what was attested, what the page said on each day."""

from app.compliance.queries.attestations import (
    OF_THE_SPACE,
    SUBJECT,
    AttestationRow,
    attestation_by_number,
    attestations,
    last_number,
    standing_of,
    subject_of,
)
from app.compliance.queries.facts import Records, forum_pages, gather
from app.compliance.queries.findings import Judgement, judge, judge_records
from app.compliance.queries.standing import (
    alarms_of,
    all_changes,
    changes,
    checked_on,
    facts_of,
    irm_result,
    last_checks,
    last_probe,
    latest_changes,
    open_alarms,
    profile,
    said_on,
)

__all__ = [
    "OF_THE_SPACE",
    "SUBJECT",
    "AttestationRow",
    "Judgement",
    "Records",
    "alarms_of",
    "all_changes",
    "attestation_by_number",
    "attestations",
    "changes",
    "checked_on",
    "facts_of",
    "forum_pages",
    "gather",
    "irm_result",
    "judge",
    "judge_records",
    "last_checks",
    "last_number",
    "last_probe",
    "latest_changes",
    "open_alarms",
    "profile",
    "said_on",
    "standing_of",
    "subject_of",
]
