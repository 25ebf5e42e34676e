"""Registering and accrediting participating agents: who may, until when, refused for which reasons, and the appeal (domain.md 9.1)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.budgeting.rules.documents import SHORTEST_REASON
from app.budgeting.rules.states import AgentKind, AgentState, RoundState
from app.core.errors import Problem
from app.organisations.rules import Sector

MOST_IN_A_FILE = 500


class RefusalReason(StrEnum):
    """The published list: no agent is refused for anything else."""

    NO_DOCUMENT = "no-document"
    DOCUMENT_NOT_VALID = "document-not-valid"
    OTHER_TERRITORY = "other-territory"
    ORGANISATION_HAS_DELEGATE = "organisation-has-delegate"
    LATE = "late"
    NOT_AN_ORGANISATION = "not-an-organisation"
    INCOMPATIBLE_OFFICE = "incompatible-office"


class Sex(StrEnum):
    """Told or not, and only counted: it is in no list."""

    WOMAN = "woman"
    MAN = "man"
    UNSAID = "unsaid"


class Way(StrEnum):
    """How the registration came."""

    WEB = "web"
    WINDOW = "window"
    FILE = "file"


class Ruling(StrEnum):
    """What was decided about an agent; rows that add up, never overwritten."""

    ACCREDITED = "accredited"
    REFUSED = "refused"
    APPEAL_UPHELD = "appeal-upheld"
    APPEAL_DISMISSED = "appeal-dismissed"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


class AgentProblem(StrEnum):
    NAME_MISSING = "agent-name-missing"
    ORGANISATION_MISSING = "agent-organisation-missing"
    TERRITORY_MISSING = "agent-territory-missing"
    EMAIL_WRONG = "agent-email-wrong"
    OFFICE_MISSING = "agent-office-missing"
    TEAM_BY_STAFF = "agent-team-by-staff"
    CONSENT_MISSING = "agent-consent-missing"
    NOT_OPEN_YET = "agent-not-open-yet"
    WINDOW_CLOSED = "agent-window-closed"
    NO_CALENDAR = "agent-no-calendar"
    REPEATED = "agent-repeated"
    NUMBER_TAKEN = "agent-number-taken"
    NOT_WAITING = "agent-not-waiting"
    OWN_REGISTRATION = "agent-own-registration"
    REASON_CODE_MISSING = "agent-reason-code-missing"
    REASON_MISSING = "agent-reason-missing"
    NOT_REFUSED = "agent-not-refused"
    APPEAL_LATE = "agent-appeal-late"
    APPEAL_SHORT = "agent-appeal-short"
    APPEAL_REPEATED = "agent-appeal-repeated"
    APPEAL_ANSWERED = "agent-appeal-answered"
    SAME_PERSON = "agent-same-person"
    GONE = "agent-gone"
    NO_ALTERNATE = "agent-no-alternate"
    FILE_EMPTY = "agent-file-empty"
    FILE_TOO_LONG = "agent-file-too-long"
    FILE_COLUMN = "agent-file-column"
    FILE_KIND = "agent-file-kind"
    FILE_SECTOR = "agent-file-sector"
    FILE_TERRITORY = "agent-file-territory"
    FILE_UNREADABLE = "agent-file-unreadable"


@dataclass(frozen=True)
class AgentDraft:
    """A registration. The name, the organisation, the territory and the kind are public by the office; the rest is not."""

    name: str
    kind: AgentKind
    sector: Sector
    organisation: str = ""
    office: str = ""
    ubigeo: str = ""
    email: str = ""
    phone: str = ""
    sex: Sex = Sex.UNSAID
    alternate: str = ""
    knows_it_is_public: bool = True


def registration_problems(
    draft: AgentDraft, window: tuple[date, date] | None, today: date, *, by_staff: bool, email_is_good: bool
) -> tuple[Problem, ...]:
    """Complete, by somebody who knows that the name will be public, and inside the days of the calendar.

    The technical team is named by the municipality, not registered: it has no window (Instructivo 001-2010-EF/76.01, domain.md 9.1).
    """
    is_team = draft.kind is AgentKind.TECHNICAL_TEAM
    problems = [] if is_team and by_staff else list(_window_problems(window, today))
    if is_team and not by_staff:
        problems.append(Problem(AgentProblem.TEAM_BY_STAFF, "kind"))
    if not draft.name.strip():
        problems.append(Problem(AgentProblem.NAME_MISSING, "name"))
    if not draft.organisation.strip():
        problems.append(Problem(AgentProblem.ORGANISATION_MISSING, "organisation"))
    if is_team and not draft.office.strip():
        problems.append(Problem(AgentProblem.OFFICE_MISSING, "office"))
    if not draft.ubigeo and not is_team:
        problems.append(Problem(AgentProblem.TERRITORY_MISSING, "territory"))
    if draft.email and not email_is_good:
        problems.append(Problem(AgentProblem.EMAIL_WRONG, "email"))
    if not draft.knows_it_is_public:
        problems.append(Problem(AgentProblem.CONSENT_MISSING, "consent"))
    return tuple(problems)


def _window_problems(window: tuple[date, date] | None, today: date) -> tuple[Problem, ...]:
    if window is None:
        return (Problem(AgentProblem.NO_CALENDAR),)
    if today < window[0]:
        return (Problem(AgentProblem.NOT_OPEN_YET, None, {"day": window[0]}),)
    if today > window[1]:
        return (Problem(AgentProblem.WINDOW_CLOSED, None, {"day": window[1]}),)
    return ()


def is_open(window: tuple[date, date] | None, today: date) -> bool:
    return not _window_problems(window, today)


def has_vote(kind: AgentKind) -> bool:
    """The technical team speaks and does not vote (domain.md 9.1)."""
    return kind is not AgentKind.TECHNICAL_TEAM


def ruling_problems(
    state: AgentState, *, accredits: bool, reason_code: RefusalReason | None, text: str, is_own: bool, is_open: bool
) -> tuple[Problem, ...]:
    """A registration is decided once, by somebody else, and refused only for a reason of the published list, explained."""
    if state is not AgentState.REGISTERED:
        return (Problem(AgentProblem.NOT_WAITING),)
    problems = []
    if is_own:
        problems.append(Problem(AgentProblem.OWN_REGISTRATION))
    if not is_open:
        problems.append(Problem(AgentProblem.GONE))
    if not accredits and reason_code is None:
        problems.append(Problem(AgentProblem.REASON_CODE_MISSING, "reason_code"))
    if not accredits and len(text.strip()) < SHORTEST_REASON:
        problems.append(Problem(AgentProblem.REASON_MISSING, "text", {"shortest": SHORTEST_REASON}))
    return tuple(problems)


def last_day_to_appeal(decided_on: date, appeal_days: int) -> date:
    return decided_on + timedelta(days=appeal_days)


def appeal_problems(state: AgentState, decided_on: date | None, appeal_days: int, text: str, today: date) -> tuple[Problem, ...]:
    """Against a refusal, within the days of the round, saying why."""
    if state is not AgentState.REFUSED or decided_on is None:
        return (Problem(AgentProblem.NOT_REFUSED),)
    last = last_day_to_appeal(decided_on, appeal_days)
    if today > last:
        return (Problem(AgentProblem.APPEAL_LATE, None, {"day": last}),)
    if len(text.strip()) < SHORTEST_REASON:
        return (Problem(AgentProblem.APPEAL_SHORT, "text", {"shortest": SHORTEST_REASON}),)
    return ()


def appeal_answer_problems(text: str, *, is_answered: bool, decided_by_same: bool, is_own: bool) -> tuple[Problem, ...]:
    """Decided by a person who did not refuse it and whom it does not concern, with reasons."""
    problems = []
    if is_answered:
        problems.append(Problem(AgentProblem.APPEAL_ANSWERED))
    if decided_by_same:
        problems.append(Problem(AgentProblem.SAME_PERSON))
    if is_own:
        problems.append(Problem(AgentProblem.OWN_REGISTRATION))
    if len(text.strip()) < SHORTEST_REASON:
        problems.append(Problem(AgentProblem.REASON_MISSING, "text", {"shortest": SHORTEST_REASON}))
    return tuple(problems)


def leaving_problems(state: AgentState, reason: str, *, is_own: bool) -> tuple[Problem, ...]:
    """Who withdraws says nothing if they do not want to; who is withdrawn by the municipality is told why, and so is everybody."""
    if state not in (AgentState.REGISTERED, AgentState.ACCREDITED):
        return (Problem(AgentProblem.GONE),)
    if not is_own and len(reason.strip()) < SHORTEST_REASON:
        return (Problem(AgentProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}),)
    return ()


def replacing_problems(state: AgentState, name: str, reason: str) -> tuple[Problem, ...]:
    """An accredited agent gives way to the alternate, with a reason."""
    problems = []
    if state is not AgentState.ACCREDITED:
        problems.append(Problem(AgentProblem.GONE))
    if not name.strip():
        problems.append(Problem(AgentProblem.NO_ALTERNATE, "name"))
    if len(reason.strip()) < SHORTEST_REASON:
        problems.append(Problem(AgentProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}))
    return tuple(problems)


def is_running(state: RoundState) -> bool:
    """Agents come and go until the act is signed."""
    order = list(RoundState)
    return order.index(state) < order.index(RoundState.ACT_SIGNED)
