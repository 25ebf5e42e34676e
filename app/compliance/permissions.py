"""Who attests, contradicts, chooses what applies and notes what the IRM published (domain.md 13, rows "attestation" and "checks")."""

from enum import StrEnum
from typing import Any

from app.core.permissions import Actor, Grants, Predicate
from app.forum.rules.seats import Side
from app.spaces.permissions import (
    is_administrator,
    is_entity,
    is_facilitator,
    is_forum_civil,
    is_forum_government,
    is_municipal,
    is_reviewer,
    is_secretariat,
    is_vigilance,
)
from app.spaces.rules import Role

_CIVIL = (Role.FORUM_CIVIL, Role.VIGILANCE)
_GOVERNMENT = (Role.FORUM_GOVERNMENT, Role.SECRETARIAT, Role.ENTITY, Role.MUNICIPAL, Role.FACILITATOR)


class CompliancePermission(StrEnum):
    READ = "compliance:read"
    CHOOSE = "compliance:choose"
    RECORD_IRM = "compliance:record-irm"


class AttestationPermission(StrEnum):
    SIGN = "attestation:sign"
    CO_SIGN = "attestation:co-sign"
    CONTRADICT = "attestation:contradict"
    WITHDRAW = "attestation:withdraw"


def side_of(actor: Actor, subject: Any) -> Side:
    """The sector a person signs for in the subject's scope: whoever holds a role of the government side signs for it."""
    roles = {held.role for held in actor.roles if held.covers(subject.scope)}
    return Side.NON_GOVERNMENT if roles & set(_CIVIL) and not roles & set(_GOVERNMENT) else Side.GOVERNMENT


def signs_for_workshops_only(actor: Actor, subject: Any) -> bool:
    """Holds no other signing role than that of facilitator: attests only what happened at workshops of their own."""
    roles = {held.role for held in actor.roles if held.covers(subject.scope)}
    return not roles & ({*_GOVERNMENT, *_CIVIL} - {Role.FACILITATOR})


def is_of_government(actor: Actor, subject: Any) -> bool:
    return bool(subject.attestation.side is Side.GOVERNMENT)


def is_of_society(actor: Actor, subject: Any) -> bool:
    return bool(subject.attestation.side is Side.NON_GOVERNMENT)


def signed_it(actor: Actor, subject: Any) -> bool:
    return bool(subject.attestation.signer_id == actor.person_id)


_SIGNERS: list[tuple[Predicate, ...]] = [
    (is_forum_government,),
    (is_forum_civil,),
    (is_secretariat,),
    (is_entity,),
    (is_municipal,),
    (is_vigilance,),
]
GRANTS: Grants = {
    CompliancePermission.READ: [*_SIGNERS, (is_facilitator,), (is_administrator,), (is_reviewer,)],
    CompliancePermission.CHOOSE: [(is_secretariat,), (is_municipal,)],
    CompliancePermission.RECORD_IRM: [(is_secretariat,)],
    AttestationPermission.SIGN: [*_SIGNERS, (is_facilitator,)],
    AttestationPermission.CO_SIGN: [*_SIGNERS],
    AttestationPermission.CONTRADICT: [(is_forum_civil, is_of_government), (is_forum_government, is_of_society)],
    AttestationPermission.WITHDRAW: [(*row, signed_it) for row in [*_SIGNERS, (is_facilitator,)]],
}  # fmt: skip
