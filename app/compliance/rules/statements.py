"""What only a person can attest, requirement by requirement (domain.md 4.2, second column)."""

from enum import StrEnum


class Statement(StrEnum):
    MEETINGS_HELD = "meetings-held"
    MEMBERS_INDEPENDENT = "members-independent"
    RULES_IN_FORCE = "rules-in-force"
    OFFICIAL_SITE = "official-site"
    DOCUMENTS_COMPLETE = "documents-complete"
    PROCESS_START = "process-start"
    NO_EARLIER_ACTIVITY = "no-earlier-activity"
    OUTREACH_DONE = "outreach-done"
    PERIOD_APPROPRIATE = "period-appropriate"
    FAITHFUL_CAPTURE = "faithful-capture"
    LIST_COMPLETE = "list-complete"
    REASONS_TRUE = "reasons-true"
    REVIEWS_HELD = "reviews-held"
    LOCAL_OFFICIAL_SITE = "local-official-site"
    INCEPTION_DONE = "inception-done"
    END_REPORT_DONE = "end-report-done"
    HEARINGS_HELD = "hearings-held"
    COUNCIL_QUORUM = "council-quorum"


OF_THE_SPACE = frozenset(
    {
        Statement.MEETINGS_HELD, Statement.MEMBERS_INDEPENDENT, Statement.RULES_IN_FORCE, Statement.OFFICIAL_SITE,
        Statement.LOCAL_OFFICIAL_SITE, Statement.HEARINGS_HELD, Statement.COUNCIL_QUORUM,
    }
)  # fmt: skip
"""Said once for every process of the space; the rest is said of one process."""
DATED = frozenset({Statement.INCEPTION_DONE, Statement.END_REPORT_DONE})
"""They say on which day something was done, with the document that shows it."""
ABOUT_A_COMMITMENT = frozenset({Statement.END_REPORT_DONE})
OF_A_WORKSHOP = frozenset({Statement.FAITHFUL_CAPTURE})
"""A facilitator may sign them for a workshop of their own (domain.md 13)."""
