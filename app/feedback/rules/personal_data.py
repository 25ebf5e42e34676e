"""What must not leak in a text the public reads (domain.md 6.4, Q14)."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

_DOCUMENT_WORDS = (
    r"(?:expediente|exp\.?|oficio|informe|resoluci[oó]n|carta|memorando|c[oó]digo|cui|snip|ruc|registro|n\.?\s?[º°o]\.?|s/\.?)"
)
_DNI_NAMED = re.compile(r"\bd\.?\s?n\.?\s?i\.?\W{0,6}(?:n\W{0,4})?\d{8}\b", re.IGNORECASE)
_EIGHT_DIGITS = re.compile(r"(?<![\d./-])\d{8}(?![\d/]|[.-]\d)")
_AFTER_DOCUMENT_WORD = re.compile(_DOCUMENT_WORDS + r"[^\d\n]{0,16}$", re.IGNORECASE)
_MOBILE = re.compile(r"(?<![\d./-])(?:\+?51[ -]?)?9\d{2}[ .-]?\d{3}[ .-]?\d{3}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_URL = re.compile(r"https?://\S+")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]")
_WORD = re.compile(r"[^\W\d_]+")
_PARTICLES = frozenset({"de", "la", "del", "los", "las", "y"})
_PUBLIC_DOMAINS = (".gob.pe", ".gov", ".mil.pe", ".edu.pe")


class LeakKind(StrEnum):
    DNI = "dni"
    PHONE = "phone"
    EMAIL = "email"
    SURNAME = "surname"


@dataclass(frozen=True)
class Leak:
    """What was found, as it is written in the text."""

    kind: LeakKind
    found: str


def fold(text: str) -> str:
    """Lower case without accents."""
    lowered = text.lower()  # thousands of answers are folded at once: the marks are taken out without a loop of our own
    return lowered if lowered.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", lowered))


def surnames(name: str) -> frozenset[str]:
    """The folded surnames of a full name: the last two of three or more words, the last of two."""
    words = [fold(w) for w in _WORD.findall(name) if fold(w) not in _PARTICLES]
    if len(words) < 2:
        return frozenset()
    return frozenset(words[-2:] if len(words) > 2 else words[-1:])


def leaks(text: str, *, hidden_name: str = "", public_words: Collection[str] = (), official: Collection[str] = ()) -> tuple[Leak, ...]:
    """Identity documents, mobile telephones, private addresses, and the surnames of `hidden_name`.

    Numbers that follow a word like "expediente" are documents of an office; `official` addresses belong to institutions.
    A surname is looked for with its capital letter, and forgiven when it is one of `public_words` (folded): the name of a
    place, or a word the person's own published contribution uses.
    """
    bare = _URL.sub(" ", text)
    found = [Leak(LeakKind.DNI, match.group()) for match in _DNI_NAMED.finditer(bare)]
    if not found:
        found += [
            Leak(LeakKind.DNI, match.group()) for match in _EIGHT_DIGITS.finditer(bare)
            if not _AFTER_DOCUMENT_WORD.search(bare[max(0, match.start() - 40) : match.start()])
        ]  # fmt: skip
    found += [Leak(LeakKind.PHONE, m.group()) for m in _MOBILE.finditer(bare) if not _is_official(m.group(), official)]
    found += [
        Leak(LeakKind.EMAIL, m.group()) for m in _EMAIL.finditer(bare)
        if not m.group(1).lower().endswith(_PUBLIC_DOMAINS) and not _is_official(m.group(), official)
    ]  # fmt: skip
    hidden = {s for s in surnames(hidden_name) if len(s) > 2 and s not in public_words}
    if hidden:
        named = dict.fromkeys(w for w in _WORD.findall(bare) if w[0].isupper() and fold(w) in hidden)
        found += [Leak(LeakKind.SURNAME, word) for word in named]
    return tuple(found)


def _is_official(found: str, official: Collection[str]) -> bool:
    squeezed = re.sub(r"[ .-]", "", found).lower()
    return any(squeezed in re.sub(r"[ .-]", "", address).lower() for address in official)


def words_of(*texts: str) -> frozenset[str]:
    """The folded words of texts that are public already."""
    return frozenset(fold(word) for text in texts for word in _WORD.findall(text))
