"""Opening an account: who may, and what is needed (reliability.md P01, P07). Ages are bands: nobody is asked for a birthday."""

from dataclasses import dataclass
from enum import StrEnum

from app.accounts.rules.passwords import password_problems
from app.accounts.rules.problems import AccountProblem
from app.core.errors import Problem
from app.core.text import fold

NOTICE_VERSION = "2026-11"
"""The notice on personal data a person reads when opening an account; kept with the consent."""
ERASED_NAME = "Participante retirado"


class AgeBand(StrEnum):
    CHILD = "child"
    TEENAGER = "teenager"
    ADULT = "adult"


class ConsentPurpose(StrEnum):
    ACCOUNT = "account"


@dataclass(frozen=True)
class AccountDraft:
    """What a new account holds; texts already cleaned. `password` empty means: always by a code sent to the address."""

    name: str
    age: AgeBand | None
    accepts_notice: bool
    pseudonym: str = ""
    password: str = ""


def problems_with(draft: AccountDraft, email: str) -> tuple[Problem, ...]:
    """Everything that keeps the account from being opened."""
    if draft.age is AgeBand.CHILD:
        return (Problem(AccountProblem.TOO_YOUNG, "age"),)
    problems = [] if draft.name else [Problem(AccountProblem.NAME_MISSING, "name")]
    if draft.age is None:
        problems.append(Problem(AccountProblem.AGE_MISSING, "age"))
    problems += pseudonym_problems(draft.pseudonym, draft.name, draft.age)
    if not draft.accepts_notice:
        problems.append(Problem(AccountProblem.NOTICE_NOT_ACCEPTED, "accepts_notice"))
    if draft.password:
        problems += password_problems(draft.password, (draft.name, email.partition("@")[0]))
    return tuple(problems)


def pseudonym_problems(pseudonym: str, name: str, age: AgeBand | None) -> list[Problem]:
    """Who is 14 to 17 is always named by a pseudonym, and it may not be the name itself (P07)."""
    if age is AgeBand.TEENAGER and not pseudonym:
        return [Problem(AccountProblem.PSEUDONYM_MISSING, "pseudonym")]
    if pseudonym and fold(pseudonym) == fold(name):
        return [Problem(AccountProblem.PSEUDONYM_IS_NAME, "pseudonym")]
    return []
