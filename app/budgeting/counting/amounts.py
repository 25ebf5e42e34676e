"""Numbers as files write them: exact in, exact out, and never a float."""

import re
from fractions import Fraction

LARGEST_COST = 10**15
LARGEST_POINTS = 10**9
_NUMBER = re.compile(r"[+-]?(\d{1,18}(\.\d{0,12})?|\.\d{1,12})([eE][+-]?\d{1,2})?")


def number(written: str) -> Fraction | None:
    """The exact value of "1250", "2532645.83" or "1e6"; None when it is not a number. A decimal comma is read as a point."""
    text = written.strip().replace(",", ".")
    return Fraction(text) if _NUMBER.fullmatch(text) else None


def exact(value: Fraction | int) -> str:
    """Written as "1234", "1234.5", or "3700/3" when no decimal says it all."""
    value = Fraction(value)
    places = 0
    while places <= 12 and (value * 10**places).denominator != 1:
        places += 1
    if places > 12:
        return f"{value.numerator}/{value.denominator}"
    return _decimal(value, places)


def money(value: Fraction | int) -> str:
    """Written as "1234.50": two decimals, a half rounded to the even céntimo. For people; `exact` is what is compared."""
    return _decimal(Fraction(round(Fraction(value) * 100), 100), 2)


def _decimal(value: Fraction, places: int) -> str:
    scaled = int(value * 10**places)
    sign, digits = "-" if scaled < 0 else "", str(abs(scaled)).rjust(places + 1, "0")
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
