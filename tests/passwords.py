"""Passwords of the cast, judged in earnest the first time: argon2 is slow on purpose, and the suite signs in thousands of times."""

from functools import cache
from typing import Any

from argon2 import PasswordHasher

from app.accounts import services as accounts


class Remembering(PasswordHasher):
    """Says yes at once to a password it already recognised for the same hash. A wrong one is judged in earnest every time."""

    _recognised: set[tuple[Any, Any]] = set()

    def verify(self, hash: Any, password: Any) -> Any:
        if (hash, password) not in self._recognised:
            super().verify(hash, password)
            self._recognised.add((hash, password))
        return True


@cache
def hash_of(password: str) -> str:
    """The same hash for everybody who has that password in a test."""
    return accounts.hash_password(password)
