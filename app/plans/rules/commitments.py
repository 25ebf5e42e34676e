"""A commitment: its states (domain.md 11), what it must say to take each step, and its milestones (domain.md 8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.errors import Problem
from app.plans.rules.plan import PlanProblem

SHORTEST_DESCRIPTION = 40
SHORTEST_REASON = 20


class CommitmentState(StrEnum):
    IDEA = "idea"
    DRAFTED = "drafted"
    VALIDATED_BY_ENTITY = "validated-by-entity"
    VALIDATED_BY_FORUM = "validated-by-forum"
    ADOPTED = "adopted"
    IN_EXECUTION = "in-execution"
    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"


S = CommitmentState


class ChallengeArea(StrEnum):
    """The ten areas of the Open Gov Challenge (domain.md 3.6)."""

    ACCESS_TO_INFORMATION = "access-to-information"
    ANTI_CORRUPTION = "anti-corruption"
    CIVIC_SPACE = "civic-space"
    CLIMATE = "climate-and-environment"
    DIGITAL_GOVERNANCE = "digital-governance"
    FISCAL_OPENNESS = "fiscal-openness"
    GENDER_AND_INCLUSION = "gender-and-inclusion"
    JUSTICE = "justice"
    MEDIA_FREEDOM = "media-freedom"
    PUBLIC_PARTICIPATION = "public-participation"


class CommitmentProblem(StrEnum):
    NOT_A_STEP = "commitment-not-a-step"
    INCOMPLETE = "commitment-incomplete"
    PERSONAL_CONTACT = "commitment-personal-contact"
    DATES_REVERSED = "commitment-dates-reversed"
    BUDGET_MALFORMED = "commitment-budget-malformed"
    SDG_MALFORMED = "commitment-sdg-malformed"
    REASON_SHORT = "commitment-reason-short"
    NOTHING_CHANGES = "commitment-nothing-changes"
    CHANGE_OPEN = "commitment-change-open"
    CHANGE_SIGNED = "commitment-change-signed"
    CHANGE_SAME_PERSON = "commitment-change-same-person"
    CHANGE_SETTLED = "commitment-change-settled"
    CHANGE_STALE = "commitment-change-stale"


STEPS: Mapping[CommitmentState, tuple[CommitmentState, ...]] = {
    S.IDEA: (S.DRAFTED,),
    S.DRAFTED: (S.VALIDATED_BY_ENTITY,),
    S.VALIDATED_BY_ENTITY: (S.VALIDATED_BY_FORUM, S.DRAFTED),
    S.VALIDATED_BY_FORUM: (S.ADOPTED, S.DRAFTED),
    S.ADOPTED: (S.IN_EXECUTION, S.WITHDRAWN),
    S.IN_EXECUTION: (S.CONCLUDED, S.WITHDRAWN),
    S.CONCLUDED: (),
    S.WITHDRAWN: (),
}
IN_FORCE = frozenset({S.ADOPTED, S.IN_EXECUTION, S.CONCLUDED})


@dataclass(frozen=True)
class CommitmentDraft:
    """What opens a commitment. `description` is Markdown; `organisation` and `theme` are slugs; `number` None asks for the next one."""

    title: str
    description: str
    organisation: str = ""
    theme: str = ""
    number: int | None = None


@dataclass(frozen=True)
class MilestoneDraft:
    """Something observable on a day. `evidence` says what will prove it."""

    title: str
    due_on: date | None
    responsible: str = ""
    expected_output: str = ""
    starts_on: date | None = None
    evidence: str = ""


@dataclass(frozen=True)
class CommitmentFacts:
    """What a step asks: which fields of the template are still empty, and why the lead entity may not own it."""

    missing: tuple[str, ...] = ()
    not_ready: tuple[Problem, ...] = ()


def problems_with_commitment(draft: CommitmentDraft) -> tuple[Problem, ...]:
    """A commitment has a title, says what will be done, and somebody is responsible."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem(PlanProblem.COMMITMENT_NO_TITLE, "title"))
    if len(draft.description.strip()) < SHORTEST_DESCRIPTION:
        problems.append(Problem(PlanProblem.COMMITMENT_SHORT, "description", {"shortest": SHORTEST_DESCRIPTION}))
    if not draft.organisation:
        problems.append(Problem(PlanProblem.COMMITMENT_NO_ORGANISATION, "organisation"))
    return tuple(problems)


def problems_with_milestone(draft: MilestoneDraft) -> tuple[Problem, ...]:
    """A milestone can be checked: it has a name and a day, and does not end before it starts."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem(PlanProblem.MILESTONE_NO_TITLE, "title"))
    if draft.due_on is None:
        problems.append(Problem(PlanProblem.MILESTONE_NO_DATE, "due_on"))
    elif draft.starts_on and draft.due_on < draft.starts_on:
        problems.append(Problem(PlanProblem.MILESTONE_DATES_REVERSED, "due_on"))
    return tuple(problems)


def problems_with_step(state: CommitmentState, to: CommitmentState, facts: CommitmentFacts) -> tuple[Problem, ...]:
    """Why a commitment may not go from `state` to `to`.

    Nothing is validated half written, nor for an entity that is not ready (BR-23 to BR-25).
    """
    if to not in STEPS[state]:
        return (Problem(CommitmentProblem.NOT_A_STEP, None, {"state": state, "to": to}),)
    if to is S.DRAFTED and state is not S.IDEA:
        return ()  # going back to be written again asks nothing
    problems = [Problem(CommitmentProblem.INCOMPLETE, None, {"missing": facts.missing})] if facts.missing else []
    if to is S.VALIDATED_BY_ENTITY:
        problems += facts.not_ready
    return tuple(problems)


def after_edit(state: CommitmentState) -> CommitmentState:
    """Where a draft stands once its text changed: what was validated was another text."""
    return S.DRAFTED if state in (S.VALIDATED_BY_ENTITY, S.VALIDATED_BY_FORUM) else state
