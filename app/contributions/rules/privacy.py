"""Finding what identifies or reaches a person in a text that will be public (domain.md 6.4, Q14)."""

import re
from dataclasses import dataclass
from enum import StrEnum


class PersonalDatum(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    DNI = "dni"


@dataclass(frozen=True)
class Hint:
    """Something that looks like personal data: what kind, and the words as written."""

    kind: PersonalDatum
    words: str


_MOBILE = r"(?<![\d.,])(?:\(?\+?51\)?[\s.-]?)?9\d{2}[\s.-]?\d{3}[\s.-]?\d{3}(?![\d]|[.,]\d)"
_LANDLINE = r"\(0\d{1,2}\)[\s-]?\d{3}[\s-]?\d{3,4}(?!\d)"
_PATTERNS = (
    (PersonalDatum.EMAIL, re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")),
    (PersonalDatum.PHONE, re.compile(f"{_MOBILE}|{_LANDLINE}")),
    (PersonalDatum.DNI, re.compile(r"(?<![\d.,/-])(?<!S/)(?<!S/ )(?<!S/\. )\d{8}(?![\d/-]|[.,]\d)")),
)


def personal_data(*texts: str) -> tuple[Hint, ...]:
    """What looks like an e-mail, a telephone or an identity number, in the order of the kinds; a person decides."""
    found = [Hint(kind, match.group().strip()) for text in texts for kind, pattern in _PATTERNS for match in pattern.finditer(text)]
    return tuple(dict.fromkeys(sorted(found, key=lambda hint: list(PersonalDatum).index(hint.kind))))
