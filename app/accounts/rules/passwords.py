"""Passwords (reliability.md S33): 12 to 128 characters of any kind, no composition rules, none that everybody tries first."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from app.accounts.rules.problems import AccountProblem
from app.core.errors import Problem
from app.core.text import fold

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 128
LEFT_WITHOUT_CONTEXT = 8
"""How many characters must remain once what anybody knows of the person and the site is taken away."""
SITE_WORDS = ("minka",)
ROWS = (
    "01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklñzxcvbnm", "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6", "147258369", "159753",
)  # fmt: skip
SHORTEST_RUN = 4
_WORDS = Path(__file__).with_name("common_words.txt")
_LOOKS = str.maketrans({"4": "a", "@": "a", "3": "e", "1": "i", "0": "o", "5": "s", "$": "s", "7": "t"})
_YEAR = re.compile(r"(19[3-9]|20[0-4])\d")


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
    """Whether it is one of those tried first: runs of keys, repetitions, well-known words, years, the person's own data, or letters
    of those written as digits ("P4ssw0rd")."""
    words = {fold(word) for text in (*SITE_WORDS, *known) for word in re.findall(r"[^\W_]{4,}", text)}
    plain = re.sub(r"[\W_]+", "", fold(password))
    if len(set(plain)) < 5 or len(_once(plain)) < LEFT_WITHOUT_CONTEXT:
        return True
    disguised = re.sub(r"[\W_]+", "", _without_runs(fold(password)).translate(_LOOKS))
    return any(_says_little(text, words) for text in {plain, disguised})


def _says_little(text: str, words: set[str]) -> bool:
    """Whether hardly anything is left once what everybody tries is taken away."""
    left = _without_runs(text)
    for word in sorted(common_words() | words, key=len, reverse=True):
        left = left.replace(word, "")
    left = _once(_YEAR.sub("", left))
    return len(left) < LEFT_WITHOUT_CONTEXT and len(re.sub(r"\d", "", left)) < LEFT_WITHOUT_CONTEXT // 2


def _once(text: str) -> str:
    """What is written several times in a row, once: "abcabcabc" is "abc"."""
    return re.sub(r"(.{1,16}?)\1+", r"\1", text)


def _without_runs(text: str) -> str:
    """The text without neighbouring keys or letters in a row, in either direction."""
    left, start = [], 0
    while start < len(text):
        end = start + SHORTEST_RUN
        if len(text) >= end and _is_run(text[start:end]):
            while end < len(text) and _is_run(text[start : end + 1]):
                end += 1
            start = end
        else:
            left.append(text[start])
            start += 1
    return "".join(left)


def _is_run(piece: str) -> bool:
    return any(piece in row or piece[::-1] in row for row in ROWS)


@cache
def common_words() -> frozenset[str]:
    """The words of the file beside this one, which says where they come from."""
    lines = _WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(fold(line) for line in lines if line and not line.startswith("#"))
