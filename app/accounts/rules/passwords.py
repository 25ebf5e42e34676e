"""Passwords (reliability.md S33): 12 to 128 characters of any kind, no composition rules, none that everybody tries first."""

import re
from collections.abc import Iterable

from app.accounts.rules.problems import AccountProblem
from app.core.errors import Problem

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 128
LEFT_WITHOUT_CONTEXT = 8
"""How many characters must remain once what anybody knows of the person and the site is taken away."""
SITE_WORDS = ("minka",)
ROWS = (
    "01234567890123456789", "9876543210987654321", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklñzxcvbnm",
    "qwertyuiopasdfghjklzxcvbnm",
)  # fmt: skip
COMMON = (
    "password", "contraseña", "contrasena", "clave", "secreto", "iloveyou", "teamo", "tequiero", "bienvenido", "welcome", "admin",
    "administrador", "usuario", "letmein", "dragon", "futbol", "alianza", "universitario", "peru", "lima", "cusco", "arequipa",
    "municipalidad",
)  # fmt: skip


def password_problems(password: str, known: Iterable[str] = ()) -> list[Problem]:
    """What is wrong with a new password; `known` is what anybody knows of the person (name, address)."""
    if len(password) < SHORTEST_PASSWORD:
        return [Problem(AccountProblem.PASSWORD_SHORT, "password", {"shortest": SHORTEST_PASSWORD})]
    if len(password) > LONGEST_PASSWORD:
        return [Problem(AccountProblem.PASSWORD_LONG, "password", {"longest": LONGEST_PASSWORD})]
    if is_common(password, known):
        return [Problem(AccountProblem.PASSWORD_COMMON, "password")]
    return []


def is_common(password: str, known: Iterable[str] = ()) -> bool:
    """Whether it is one of those tried first: a row of keys, few different characters, well-known words, the person's own data."""
    bare = re.sub(r"[\W_]+", "", password.lower())
    if len(set(bare)) < 5 or any(bare[:10] in row for row in ROWS):
        return True
    words = [word for text in (*SITE_WORDS, *known) for word in re.findall(r"[^\W_]{4,}", text.lower())]
    for word in sorted({*COMMON, *words}, key=len, reverse=True):
        bare = bare.replace(word, "")
    return len(bare) < LEFT_WITHOUT_CONTEXT and len(re.sub(r"\d", "", bare)) < LEFT_WITHOUT_CONTEXT // 2
