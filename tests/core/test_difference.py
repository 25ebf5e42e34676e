"""Both texts come back exactly from what is marked, people can read it, and no text makes it slow."""

import random
import time

import pytest

from app.core.difference import Mark, Part, difference
from tests.house.source import ROOT

KEPT, REMOVED, ADDED = Mark.KEPT, Mark.REMOVED, Mark.ADDED
BASE = "Una ficha pública por obra y visitas con acta, según directiva."


def texts(parts: tuple[Part, ...]) -> tuple[str, str]:
    return "".join(p.text for p in parts if p.mark is not ADDED), "".join(p.text for p in parts if p.mark is not REMOVED)


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("", "", []),
        (BASE, BASE, [(KEPT, BASE)]),
        ("", "Nuevo", [(ADDED, "Nuevo")]),
        ("Viejo", "", [(REMOVED, "Viejo")]),
        ("Hasta el 30 de junio", "Hasta el 31 de junio", [(KEPT, "Hasta el "), (REMOVED, "30"), (ADDED, "31"), (KEPT, " de junio")]),
        (
            BASE,
            BASE.replace(" y visitas", ", en castellano y quechua, y visitas"),
            [(KEPT, "Una ficha pública por obra"), (ADDED, ", en castellano y quechua,"), (KEPT, " y visitas con acta, según directiva.")],
        ),
        ("Sale. Queda igual.", "Queda igual. Entra.", [(REMOVED, "Sale. "), (KEPT, "Queda igual."), (ADDED, " Entra.")]),
    ],
)  # fmt: skip
def test_what_is_marked(before: str, after: str, parts: list[tuple[Mark, str]]) -> None:
    assert [tuple(part) for part in difference(before, after)] == parts


def test_another_sentence_is_read_as_one_change_not_as_confetti() -> None:
    """“el”, “de” and “cada” are in both by chance."""
    before, after = "El agua llega de noche a cada casa del barrio", "La municipalidad dice cada mes el costo de la obra"
    assert [p.mark for p in difference(before, after)] == [REMOVED, ADDED]


def test_both_texts_come_back_exactly_whatever_they_are() -> None:
    dice = random.Random(4)
    words = ["de", "la", "obra", "agua", "qillqa", "ñan", "S/ 480,000", "1.2", "«sí»", "\n", "\n\n", "  ", ". ", ", ", "á", "🙂", "<b>", ""]
    for _ in range(600):
        before = "".join(dice.choice(words) + dice.choice(["", " "]) for _ in range(dice.randrange(60)))
        kept = "".join(letter for letter in before if dice.random() > 0.1)
        after = kept + "".join(dice.choice(words) for _ in range(dice.randrange(6)))
        parts = difference(before, after)
        assert texts(parts) == (before, after)
        assert all(p.text for p in parts) and not any(a.mark is b.mark for a, b in zip(parts, parts[1:], strict=False))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("de " * 10_000, "de la " * 6_000), ("a b c " * 240, "a x b c " * 230), ("a. " * 5_000, "b. a. " * 4_000),
        ("a" * 20_000, "b" * 20_000),
    ],
    ids=["one word", "three words", "sentences", "letters"],
)  # fmt: skip
def test_no_text_makes_it_slow(before: str, after: str) -> None:
    began = time.process_time()
    assert texts(difference(before, after)) == (before, after)
    assert time.process_time() - began < 1


def test_a_long_text_with_many_changes_still_keeps_what_did_not_move() -> None:
    before = (ROOT / "LICENSE").read_text(encoding="utf-8")[:20_000]
    dice = random.Random(2)
    after = " ".join(word if dice.random() > 0.02 else "nuevo" for word in before.split(" "))
    began = time.process_time()
    removed = sum(len(part.text) for part in difference(before, after) if part.mark is REMOVED)
    assert removed < 0.08 * len(before) and time.process_time() - began < 1
