"""What a requirement is found to be: two lights, the facts they rest on, what a person must attest, what to do next (domain.md 4.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.compliance.rules.statements import Statement
from app.core.errors import Problem
from app.processes.rules.notice import Result

__all__ = ["Advice", "Finding", "Limit", "Proof", "Requirement", "Result", "by_limit", "not_yet", "retroactive", "worst"]
RULE_VERSION = "2026-11"
"""Changes when a rule here changes: attestations signed under another version no longer count (BR-35)."""


class Requirement(StrEnum):
    """The rows of domain.md 4.2; MR-1.1 and MR-4.1 in their two parts."""

    MEETINGS = "MR-1.1a"
    FORUM_RULES = "MR-1.1b"
    WEBSITE = "MR-2.1"
    REPOSITORY = "MR-2.2"
    NOTICE = "MR-3.1"
    OUTREACH = "MR-3.2"
    INPUTS = "MR-3.3"
    RECORDS = "MR-4.1a"
    FEEDBACK = "MR-4.1b"
    IMPLEMENTATION = "MR-5.1"
    LOCAL_WEB = "LR-web"
    LOCAL_INCEPTION = "LR-inception"
    LOCAL_END = "LR-eoc"
    HEARINGS = "PE-119A"
    COUNCIL = "PE-CCL"


class Advice(StrEnum):
    """What a finding says should be done, or why a light is not green; the sentences are in messages."""

    NOT_YET = "advice-not-yet"
    RETROACTIVE = "advice-retroactive"
    MEETING_GAP = "advice-meeting-gap"
    MEETING_DUE = "advice-meeting-due"
    NO_MEETINGS = "advice-no-meetings"
    ONE_SIDED_MEETINGS = "advice-one-sided-meetings"
    MINUTES_UNPUBLISHED = "advice-minutes-unpublished"
    NO_FORUM_RULES = "advice-no-forum-rules"
    FORUM_RULES_UNREACHABLE = "advice-forum-rules-unreachable"
    FORUM_RULES_WITHOUT_NORM = "advice-forum-rules-without-norm"
    NEVER_PROBED = "advice-never-probed"
    SITE_DOWN = "advice-site-down"
    SITE_LACKS = "advice-site-lacks"
    FEW_UPDATES = "advice-few-updates"
    SECOND_UPDATE = "advice-second-update"
    UPDATES_TOO_CLOSE = "advice-updates-too-close"
    SEMESTER_EMPTY = "advice-semester-empty"
    ROLLING_YEAR_SHORT = "advice-rolling-year-short"
    REPOSITORY_QUIET = "advice-repository-quiet"
    REPOSITORY_SILENT = "advice-repository-silent"
    NO_COCREATION_ITEM = "advice-no-cocreation-item"
    COMMITMENT_WITHOUT_EVIDENCE = "advice-commitment-without-evidence"
    BROKEN_LINKS = "advice-broken-links"
    SHORT_NOTICE = "advice-short-notice"
    NOTICE_AT_LIMIT = "advice-notice-at-limit"
    NOTICE_CHANGED = "advice-notice-changed"
    NOTICE_UNEXPLAINED = "advice-notice-unexplained"
    NOTICE_UNPUBLISHED = "advice-notice-unpublished"
    STARTED_EARLY = "advice-started-early"
    NO_OUTREACH = "advice-no-outreach"
    FEW_CHANNELS = "advice-few-channels"
    FEW_AUDIENCES = "advice-few-audiences"
    ONLY_LIMA = "advice-only-lima"
    ONLY_SPANISH = "advice-only-spanish"
    NO_CHANNEL = "advice-no-channel"
    ONE_SECTOR = "advice-one-sector"
    NO_INPUTS = "advice-no-inputs"
    SHORT_CHANNEL = "advice-short-channel"
    SHORT_REGISTRATION = "advice-short-registration"
    CHANNEL_SHORTENED = "advice-channel-shortened"
    RECORD_MISSING = "advice-record-missing"
    RECORD_POOR = "advice-record-poor"
    RECORD_LATE = "advice-record-late"
    NO_ANSWERS = "advice-no-answers"
    ANSWERS_MISSING = "advice-answers-missing"
    ANSWERS_LATE = "advice-answers-late"
    ANSWERS_EARLY = "advice-answers-early"
    PROJECTS_UNANSWERED = "advice-projects-unanswered"
    APPROVAL_NEAR = "advice-approval-near"
    REVIEWS_BEHIND = "advice-reviews-behind"
    REVIEW_YEAR_FAILED = "advice-review-year-failed"
    REVIEW_INCOMPLETE = "advice-review-incomplete"
    LOCAL_GAP = "advice-local-gap"
    LOCAL_UPDATE_DUE = "advice-local-update-due"
    INCEPTION_DUE = "advice-inception-due"
    INCEPTION_LATE = "advice-inception-late"
    END_REPORT_DUE = "advice-end-report-due"
    END_REPORT_LATE = "advice-end-report-late"
    HEARING_MISSED = "advice-hearing-missed"
    HEARING_DUE = "advice-hearing-due"
    HEARING_INCOMPLETE = "advice-hearing-incomplete"
    COUNCIL_SHORT = "advice-council-short"
    COUNCIL_DUE = "advice-council-due"
    CONTRADICTED = "advice-contradicted"
    ATTESTATION_EXPIRING = "advice-attestation-expiring"


@dataclass(frozen=True)
class Proof:
    """One piece of evidence as the page links it."""

    title: str
    url: str = ""
    on: date | None = None
    sha256: str = ""


@dataclass(frozen=True)
class Limit:
    """A day that matters and how many days before it people are told: 0 is the day itself."""

    on: date
    warn_days: tuple[int, ...]
    advice: Advice
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One requirement on one day. `rule` is the literal rule, `goal` the platform's stricter target; only `rule` is summed up.

    `facts` are plain JSON values without floats; `needs` what software cannot know; `next_limit` the first day still to be met.
    """

    id: Requirement
    rule: Result
    goal: Result
    facts: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[Statement, ...] = ()
    advice: tuple[Problem, ...] = ()
    next_limit: date | None = None
    limits: tuple[Limit, ...] = ()
    proofs: tuple[Proof, ...] = ()

    @property
    def is_not_yet(self) -> bool:
        """It will be measured, later."""
        return any(problem.code is Advice.NOT_YET for problem in self.advice)

    def says(self, advice: Advice) -> bool:
        return any(problem.code is advice for problem in self.advice)


_WORST_FIRST = (Result.NOT_MET, Result.AT_RISK, Result.NEEDS_ATTESTATION, Result.MET, Result.NOT_APPLICABLE)


def worst(*results: Result) -> Result:
    """The gravest of several lights."""
    return next(result for result in _WORST_FIRST if result in results)


def not_yet(requirement: Requirement, since: str, **facts: Any) -> Finding:
    """A requirement that begins to count later; `since` says from when, as a code of messages."""
    problem = Problem(Advice.NOT_YET, values={"since": since})
    return Finding(requirement, Result.NOT_APPLICABLE, Result.NOT_APPLICABLE, facts, advice=(problem,))


def retroactive(requirement: Requirement, **facts: Any) -> Finding:
    """A record loaded after the facts never counts as compliance (BR-36)."""
    return Finding(requirement, Result.NOT_APPLICABLE, Result.NOT_APPLICABLE, facts, advice=(Problem(Advice.RETROACTIVE),))


def by_limit(done_on: date | None, limit: date, today: date, near: int, due: Advice, late: Advice) -> tuple[Result, tuple[Problem, ...]]:
    """Done by the limit; not done but still possible; or too late, whether it was done afterwards or not."""
    if done_on is not None and done_on <= limit:
        return Result.MET, ()
    if done_on is not None or today > limit:
        return Result.NOT_MET, (Problem(late, values={"limit": limit}),)
    near_now = (limit - today).days <= near
    return Result.AT_RISK, (Problem(due, values={"limit": limit}),) if near_now else ()
