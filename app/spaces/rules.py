"""Kinds of space and the roles of domain.md 13."""

from enum import StrEnum

from app.core.errors import Problem


class SpaceKind(StrEnum):
    NATIONAL_FORUM = "national-forum"
    REGION = "region"
    PROVINCE = "province"
    DISTRICT = "district"


class Role(StrEnum):
    """Codes of domain.md 13; PUB and CIT are not held but follow from visiting and signing in."""

    FACILITATOR = "FAC"
    FORUM_GOVERNMENT = "FG"
    FORUM_CIVIL = "FC"
    SECRETARIAT = "SEC"
    ENTITY = "ENT"
    MODERATOR = "MOD"
    MUNICIPAL = "MUN"
    VIGILANCE = "CVC"
    ADMINISTRATOR = "ADM"
    REVIEWER = "IRM"


class SpaceProblem(StrEnum):
    SLUG_TAKEN = "space-slug-taken"
    ROLE_HELD = "role-held"
    NEEDS_ORGANISATION = "role-needs-organisation"
    ROLE_NOT_YOURS = "role-not-yours"
    LAST_ADMINISTRATOR = "last-administrator"
    FACTOR_OWN = "reset-factor-own"
    FACTOR_NONE = "reset-factor-none"
    FACTOR_ELSEWHERE = "reset-factor-elsewhere"
    DOCUMENT_MISSING = "reset-factor-document-missing"


FORUM_SEATS = frozenset({Role.FORUM_GOVERNMENT, Role.FORUM_CIVIL})
TEAM = frozenset({Role.MUNICIPAL})


def roles_appointed(*, any_role: bool, forum: bool, team: bool) -> frozenset[Role]:
    """Whom somebody may appoint: domain.md 13, "users, roles" (ADM anyone, SEC forum seats, MUN its own team)."""
    if any_role:
        return frozenset(Role)
    return (FORUM_SEATS if forum else frozenset()) | (TEAM if team else frozenset())


def appointment_problems(role: Role, *, holds_it: bool, has_organisation: bool, appoints: frozenset[Role]) -> tuple[Problem, ...]:
    """Why a person cannot be given `role` by somebody who appoints those of `appoints`."""
    problems = []
    if holds_it:
        problems.append(Problem(SpaceProblem.ROLE_HELD, "role"))
    if role is Role.ENTITY and not has_organisation:
        problems.append(Problem(SpaceProblem.NEEDS_ORGANISATION, "organisation"))
    if role not in appoints:
        problems.append(Problem(SpaceProblem.ROLE_NOT_YOURS, "role"))
    return tuple(problems)


def resetting_problems(*, is_own: bool, has_factor: bool, holds_elsewhere: bool, document: str) -> tuple[Problem, ...]:
    """Why a lost second step cannot be taken away: never one's own, and never by whom administers only part of what it opens."""
    if is_own:
        return (Problem(SpaceProblem.FACTOR_OWN),)
    if not has_factor:
        return (Problem(SpaceProblem.FACTOR_NONE),)
    if holds_elsewhere:
        return (Problem(SpaceProblem.FACTOR_ELSEWHERE),)
    return () if document else (Problem(SpaceProblem.DOCUMENT_MISSING, "document"),)
