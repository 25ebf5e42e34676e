"""Whether a text is easy to read (domain.md 6.4, Q8): an index, its longest sentences, its unexplained acronyms."""

import re
from collections.abc import Collection, Iterator
from fractions import Fraction

from app.feedback.rules.personal_data import fold
from app.feedback.rules.syllables import syllables

LONGEST_SENTENCE = 30
EASIEST_TO_REACH = 55
FEWEST_WORDS = 20

_URL = re.compile(r"https?://\S+|\S+@\S+")
_ABBREVIATION = re.compile(
    r"\b(?:arts?|inc|núm|nro|num|lit|pág|exp|res|sr|sra|dr|dra|ing|av|jr|urb|aprox|etc|d\. ?s|r\. ?m|n)\.(?=\s)", re.I
)
_SENTENCE = re.compile(r"(?<=[.!?;:…])[\"”»)]*\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ACRONYM = re.compile(r"(?<![\w/-])[A-ZÁÉÍÓÚÜÑ][A-ZÁÉÍÓÚÜÑ0-9]{1,9}(?![\w-])(?!\s*(?:N\.?\s?[º°]\s*)?\d)")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_EXPANDED_BEFORE = r"(?:[^\W\d_]+\s+){{1,12}}\(\s*{name}\s*\)"
_EXPANDED_AFTER = r"\b{name}\s*(?:\([^)]*[^\W\d_]{{4,}}|,\s+(?:el|la|los|las)\s+[^\W\d_]{{4,}}\s+[^\W\d_]+)"

KNOWN_ACRONYMS = frozenset({
    "DNI", "RUC", "UIT", "IGV", "UGEL", "SUNAT", "SUNARP", "SUNASS", "SUNEDU", "RENIEC", "ONPE", "JNE", "INEI", "INDECOPI", "ESSALUD",
    "SIS", "MINSA", "MINEDU", "MEF", "PCM", "OSCE", "OECE", "ONG", "PDF", "CSV", "QR", "WEB", "SMS", "USB", "TV", "COVID", "OMS", "ONU",
    "UNESCO", "UNICEF", "OEA", "OCDE", "PBI", "CUI", "SNIP", "NO", "SÍ", "SI", "DE", "LA", "EL", "LOS", "LAS", "DEL", "AL", "EN",
})  # fmt: skip
"""What people in Peru read every day without its long form, and small words that somebody may write in capitals."""


def sentences(text: str) -> list[str]:
    """The sentences of a text. Parted after a full stop, a question, an exclamation, a semicolon, a colon and a line; not inside an
    abbreviation ("art. 79") or an address."""
    held = _ABBREVIATION.sub(lambda found: found.group()[:-1] + "\u2024", _URL.sub("\u2025", text))
    return [part.replace("\u2024", ".").replace("\u2025", "…").strip() for part in _SENTENCE.split(held) if _WORD.search(part)]


def long_sentences(text: str, most: int = LONGEST_SENTENCE) -> list[tuple[int, str]]:
    """(words, sentence) of those with more than `most` words, the longest first."""
    found = [(len(sentence.split()), sentence) for sentence in sentences(text)]
    return sorted((pair for pair in found if pair[0] > most), key=lambda pair: (-pair[0], pair[1]))


def reading_ease(text: str) -> int | None:
    """The INFLESZ index, rounded down; None when the text has fewer than 20 words, too few to say anything.

    206.835 - 62.3 × syllables / words - words / sentences. The formula is that of F. Szigriszt Pazos (Sistemas predictivos de
    legibilidad del mensaje escrito, thesis, 1993), which corrects that of J. Fernández Huerta (Medidas sencillas de
    lecturabilidad, 1959); its scale is INFLESZ (I. Barrio-Cantalejo and others, An. Sist. Sanit. Navar. 31-2, 2008): under 40
    very hard, 40 to 55 rather hard, 55 to 65 normal, 65 to 80 rather easy, over 80 very easy. Numbers are not counted.
    """
    words = _WORD.findall(_URL.sub(" ", text))
    if len(words) < FEWEST_WORDS:
        return None
    sounds = sum(syllables(word) for word in words)
    index = Fraction(206_835, 1_000) - Fraction(623, 10) * Fraction(sounds, len(words)) - Fraction(len(words), len(sentences(text)) or 1)
    return index.numerator // index.denominator


def unexplained_acronyms(text: str, known: Collection[str] = ()) -> list[str]:
    """Acronyms whose long form is nowhere in the text, in their order. "Secretaría de Gestión Pública (SGP)" explains SGP, and so
    does "SGP (Secretaría de Gestión Pública)". Names of norms ("DS 206-2019"), numerals, whole lines in capitals and words of
    `known` are not counted."""
    bare = _URL.sub(" ", text)
    return [name for name in dict.fromkeys(acronyms(bare)) if not _is_known(name, known) and not _is_expanded(name, bare)]


def acronyms(text: str) -> Iterator[str]:
    """Every word in capitals that may stand for longer ones, in order; a line all in capitals holds none."""
    for line in text.split("\n"):
        if line != line.upper():
            yield from _ACRONYM.findall(line)


def _is_known(name: str, known: Collection[str]) -> bool:
    if name in KNOWN_ACRONYMS or name in known or _ROMAN.fullmatch(name):
        return True
    return any(character.isdigit() for character in name)


def _is_expanded(name: str, text: str) -> bool:
    quoted = re.escape(name)
    return bool(
        re.search(_EXPANDED_BEFORE.format(name=quoted), text)
        or re.search(_EXPANDED_AFTER.format(name=quoted), text)
        or _initials_stand(name, text)
    )


def _initials_stand(name: str, text: str) -> bool:
    """Whether a run of words that begin with the letters of the acronym stands somewhere: "Secretaría de Gestión Pública"."""
    starts = "".join(word[0] for word in _WORD.findall(text) if word[0].isupper() and word != name)
    return len(name) > 2 and fold(name) in fold(starts)
