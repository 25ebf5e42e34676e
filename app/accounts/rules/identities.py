"""When an identity of a provider may open an account (reliability.md S37)."""

from app.accounts.rules.problems import AccountProblem
from app.core.errors import Problem


def problems_with_linking(*, is_verified: bool, email: str, account: str) -> tuple[Problem, ...]:
    """Only by an address that the provider says it verified, and that is the account's own."""
    return () if is_verified and email == account else (Problem(AccountProblem.IDENTITY_UNVERIFIED),)
