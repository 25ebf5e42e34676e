"""Codes that people copy from paper and screen: Crockford's alphabet, with a last letter that tells a slip of the hand.

A printed code has 15 letters of 5 bits (75 bits) and a check letter; a receipt has 128 bits and a check letter (reliability.md 6.2, 6.3).
"""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_LETTERS, RECEIPT_LETTERS = 15, 26
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


def check_letter(letters: str) -> str:
    """Luhn's sum in base 32: one wrong letter, and almost every two swapped, are told."""
    total, factor = 0, 2
    for letter in reversed(letters):
        product = _VALUES[letter] * factor
        total += product // 32 + product % 32
        factor = 3 - factor
    return ALPHABET[-total % 32]


def written(random: bytes, letters: int) -> str:
    """The code that those random bytes make, with its check letter and without groups."""
    number = int.from_bytes(random, "big")
    code = "".join(ALPHABET[(number >> 5 * place) & 31] for place in range(letters))
    return code + check_letter(code)


def grouped(code: str) -> str:
    """In fours, as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def read(typed: str, letters: int) -> str | None:
    """The code as it was made, however it was typed; None when it is not one (length, letters or check letter)."""
    code = re.sub(r"[\s\-·.]", "", typed[:100].upper()).translate(_ALIKE)
    if len(code) != letters + 1 or any(letter not in _VALUES for letter in code):
        return None
    return code if check_letter(code[:-1]) == code[-1] else None
