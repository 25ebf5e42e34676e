"""The second step of signing in: an application that shows codes, and ten codes on paper (S36)."""

import secrets
from datetime import datetime

import pyotp
from sqlalchemy import delete, func, insert, select, update

from app.accounts import queries
from app.accounts.models import Authenticator, Passkey, Person, RecoveryCode
from app.accounts.rules.codes import RECOVERY_CODES, digits, recovery
from app.accounts.rules.limits import Attempt
from app.accounts.rules.problems import AccountProblem
from app.accounts.services import letters, limiting, sessions
from app.accounts.services.sealing import keyed, seal, unseal
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any

ISSUER = "Minka"
STEP_SECONDS = 30
SKEW_STEPS = 1
SETUP_SECONDS = 1_800
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def propose_secret(person: Person) -> tuple[str, str, str]:
    """A new secret for an application, its address to scan, and the sealed form that the page sends back within half an hour."""
    secret = pyotp.random_base32()
    address = pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=ISSUER)
    return secret, address, seal(secret, f"setup:{person.id}")


def proposed_secret(person: Person, sealed: str) -> tuple[str, str, str] | None:
    """What `propose_secret` gave for the sealed form; None when it is too old or somebody else's."""
    secret = unseal(sealed, f"setup:{person.id}", seconds=SETUP_SECONDS)
    if secret is None:
        return None
    return secret, pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=ISSUER), sealed


def add_authenticator(person: Person, secret: str, typed: str, *, now: datetime, origin: str = "") -> list[str]:
    """Keep the application whose code was typed; new recovery codes come back, to be shown once.

    The caller commits either way. Raises RuleBroken.
    """
    limiting.refuse_too_many(Attempt.FACTOR, str(person.id), origin, AccountProblem.FACTOR_TOO_MANY, now=now, field="code")
    step = _step_of(secret, typed, now)
    if step is None:
        limiting.count(Attempt.FACTOR, str(person.id), origin, now=now)
        raise RuleBroken([Problem(AccountProblem.FACTOR_WRONG, "code")])
    sealed = seal(secret, f"authenticator:{person.id}")
    db.session.merge(Authenticator(person_id=person.id, sealed_secret=sealed, last_step=step, created_at=now))
    letters.tell(person, "factor-added", now=now)
    return new_recovery_codes(person, now=now)


def new_recovery_codes(person: Person, *, now: datetime) -> list[str]:
    """Ten new codes; the old ones are worth nothing. The caller commits."""
    codes = ["-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3)) for _ in range(RECOVERY_CODES)]
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    rows = [{"person_id": person.id, "code_hash": keyed(f"recovery:{person.id}", recovery(code))} for code in codes]
    db.session.execute(insert(RecoveryCode), rows)
    return codes


def pass_second_step(person: Person, typed: str, *, now: datetime, origin: str = "") -> None:
    """The code of the application or one of the paper, each good once. The caller commits either way. Raises RuleBroken."""
    limiting.refuse_too_many(Attempt.FACTOR, str(person.id), origin, AccountProblem.FACTOR_TOO_MANY, now=now, field="code")
    if _use_code(person, typed, now) or _use_recovery(person, typed, now):
        limiting.forgive(Attempt.FACTOR, str(person.id))
        return
    limiting.count(Attempt.FACTOR, str(person.id), origin, now=now)
    raise RuleBroken([Problem(AccountProblem.FACTOR_WRONG, "code")])


def remove_authenticator(person: Person, *, is_required: bool, now: datetime) -> None:
    """Forget the application; with no key left, the paper too. The caller commits. Raises RuleBroken for a required last one."""
    has_keys = bool(queries.passkeys_of(person.id))
    if is_required and not has_keys:
        refuse_if_any([Problem(AccountProblem.FACTOR_LAST)])
    db.session.execute(delete(Authenticator).where(Authenticator.person_id == person.id))
    _removed(person, has_any=has_keys, now=now)


def remove_passkey(person: Person, key: Passkey, *, is_required: bool, now: datetime) -> None:
    """As `remove_authenticator`, for one key."""
    others = db.session.scalar(select(func.count()).where(Passkey.person_id == person.id, Passkey.id != key.id))
    has_any = bool(others) or queries.authenticator_of(person.id) is not None
    if is_required and not has_any:
        refuse_if_any([Problem(AccountProblem.FACTOR_LAST)])
    db.session.delete(key)
    _removed(person, has_any=has_any, now=now)


def reset_factors(person: Person, *, detail: str, now: datetime) -> None:
    """Nothing of the second step stays: application, keys, paper; every session is closed and the person told. The caller commits."""
    for held in (Authenticator, Passkey, RecoveryCode):
        db.session.execute(delete(held).where(held.person_id == person.id))
    person.session_epoch += 1
    sessions.close_all(person.id, now=now)
    letters.tell(person, "factor-reset", now=now, detail=detail)


def _removed(person: Person, *, has_any: bool, now: datetime) -> None:
    if not has_any:
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    letters.tell(person, "factor-removed", now=now)


def _step_of(secret: str, typed: str, now: datetime) -> int | None:
    """Which 30-second step the typed code belongs to, one before or after now allowed; None when to none."""
    code, present = digits(typed), int(now.timestamp()) // STEP_SECONDS
    if len(code) != 6:
        return None
    generator = pyotp.TOTP(secret)
    near = range(present - SKEW_STEPS, present + SKEW_STEPS + 1)
    return next((step for step in near if secrets.compare_digest(generator.generate_otp(step), code)), None)


def _use_code(person: Person, typed: str, now: datetime) -> bool:
    held = queries.authenticator_of(person.id)
    secret = unseal(held.sealed_secret, f"authenticator:{person.id}") if held else None
    step = _step_of(secret, typed, now) if secret else None
    if step is None:
        return False
    used = db.session.execute(
        update(Authenticator).where(Authenticator.person_id == person.id, Authenticator.last_step < step).values(last_step=step),
        execution_options={"synchronize_session": False},
    )
    return bool(used.rowcount)  # type: ignore[attr-defined]


def _use_recovery(person: Person, typed: str, now: datetime) -> bool:
    code = recovery(typed)
    if not code:
        return False
    used = db.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person.id, RecoveryCode.code_hash == keyed(f"recovery:{person.id}", code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now),
        execution_options={"synchronize_session": False},
    )  # fmt: skip
    if used.rowcount:  # type: ignore[attr-defined]
        letters.tell(person, "recovery", now=now, detail=str(queries.recovery_codes_left(person.id)))
    return bool(used.rowcount)  # type: ignore[attr-defined]
