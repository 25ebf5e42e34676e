"""Which sets of requirements apply to a space: OGP's minimum requirements, those of OGP Local, those of municipal law."""

from collections.abc import Mapping
from enum import StrEnum

from app.compliance.rules.findings import Requirement
from app.spaces.rules import SpaceKind


class RequirementSet(StrEnum):
    OGP = "ogp-national"
    OGP_LOCAL = "ogp-local"
    MUNICIPAL = "municipal"


class Application(StrEnum):
    """How a set applies: judged for it, measuring itself by its own choice, or not at all."""

    REQUIRED = "required"
    VOLUNTARY = "voluntary"
    NONE = "none"


class ProfileProblem(StrEnum):
    NOTHING_APPLIES = "profile-nothing-applies"
    LAW_IS_NOT_VOLUNTARY = "profile-law-not-voluntary"


SETS: Mapping[RequirementSet, tuple[Requirement, ...]] = {
    RequirementSet.OGP: (
        Requirement.MEETINGS, Requirement.FORUM_RULES, Requirement.WEBSITE, Requirement.REPOSITORY, Requirement.NOTICE,
        Requirement.OUTREACH, Requirement.INPUTS, Requirement.RECORDS, Requirement.FEEDBACK, Requirement.IMPLEMENTATION,
    ),
    RequirementSet.OGP_LOCAL: (Requirement.LOCAL_WEB, Requirement.LOCAL_INCEPTION, Requirement.LOCAL_END),
    RequirementSet.MUNICIPAL: (Requirement.HEARINGS, Requirement.COUNCIL),
}  # fmt: skip
Profile = Mapping[RequirementSet, Application]


def default_profile(kind: SpaceKind) -> dict[RequirementSet, Application]:
    """What applies until somebody chooses: the national forum answers to OGP; a municipality to the law, and to OGP by its own choice."""
    is_municipal = kind in (SpaceKind.PROVINCE, SpaceKind.DISTRICT)
    return {
        RequirementSet.OGP: Application.REQUIRED if kind is SpaceKind.NATIONAL_FORUM else Application.VOLUNTARY,
        RequirementSet.OGP_LOCAL: Application.NONE,
        RequirementSet.MUNICIPAL: Application.REQUIRED if is_municipal else Application.NONE,
    }


def application_of(requirement: Requirement, profile: Profile) -> Application:
    chosen = next(of for of, members in SETS.items() if requirement in members)
    return profile.get(chosen, Application.NONE)


def set_of(requirement: Requirement) -> RequirementSet:
    return next(of for of, members in SETS.items() if requirement in members)


def problems_with(profile: Profile) -> tuple[ProfileProblem, ...]:
    """Something must apply; the law is not a matter of choice."""
    problems = []
    if all(application is Application.NONE for application in profile.values()):
        problems.append(ProfileProblem.NOTHING_APPLIES)
    if profile.get(RequirementSet.MUNICIPAL) is Application.VOLUNTARY:
        problems.append(ProfileProblem.LAW_IS_NOT_VOLUNTARY)
    return tuple(problems)
