"""Molds: the same markup as the macro for every shape, and nothing in a value can become markup."""

from itertools import product

import pytest
from flask import Flask

from app.core import mold
from app.core.mold import Mold, Molds
from app.feedback.views.cards import Card, Place, drawn, words

HOSTILE = (
    '<script>alert("1")</script>',
    "m0123456789abcdefn0m",
    "%s %(title)s 100 % {0}",
    "a\x1fb",
    "&amp; ' \" <",
    "\\1 \\g<0>",
)


def plain(marks):
    return f'<p title="{marks[0]}">{marks[1]}{" 100 % " if marks[1] else ""}</p><b>{marks[0]}</b>'


def cards():
    """Every part there or not, and none, one or two places."""
    places = ([], [Place("Compromiso <1>", "/plan#1")], [Place("Norma & ley", ""), Place("C-2", "/aportes/C-2")])
    for lang, quote, why, waiting, reply, more, where in product(("", "qu"), *[("", "x <y>")] * 5, places):
        yield Card(
            "adopted", "Acogido", lang, where, "C-1", "C-1", "/aportes/C-1", "Título & más", "Taller 1", quote, "Se hará 100 %.", why,
            "Gerencia", "2027-05-14", "viernes 14 de mayo de 2027", waiting, reply, reply and "Replicar", more,
        )  # fmt: skip


@pytest.fixture()
def macro(app: Flask):
    with app.test_request_context("/"):
        yield app.jinja_env.get_template("components/answer_card.html").module.answer_card


def test_a_card_poured_is_the_card_drawn_for_every_shape(macro) -> None:
    every = list(cards())
    for card, poured in zip(every, drawn(every, level=2), strict=True):
        assert poured == macro(card, words("es").labels, 2)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_come_out_as_the_macro_escapes_them(macro, hostile: str) -> None:
    for card in list(cards())[::17]:
        texts = [hostile if isinstance(text, str) and text else text for text in card[4:]]
        guilty = Card(*card[:3], [Place(hostile, hostile) for _ in card.where], *texts)
        assert drawn([guilty], level=2) == [macro(guilty, words("es").labels, 2)]


def test_a_value_cannot_pass_for_a_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mold.secrets, "token_hex", lambda _: "known")
    poured = Mold(plain, (True, True)).pour(["mknownn1m", "mknownn0m"])
    assert poured == plain(["mknownn1m", "mknownn0m"])


def test_a_value_with_the_separator_stays_in_its_place() -> None:
    assert Mold(plain, (True, True)).pour(["a\x1f<b>", "c"]) == plain(["a\x1f&lt;b&gt;", "c"])


def test_a_mold_is_drawn_once_for_each_kind_and_shape() -> None:
    asked = []

    def draw(kind, marks):
        asked.append((kind, [bool(mark) for mark in marks]))
        return plain(marks)

    molds = Molds(draw)
    for kind, values in (("a", ["1", "2"]), ("a", ["3", "4"]), ("a", ["5", ""]), ("b", ["1", "2"])):
        assert molds.pour(kind, values) == plain(values)
    assert asked == [("a", [True, True]), ("a", [True, False]), ("b", [True, True])]


@pytest.mark.parametrize("hostile", ["", "b", "<i>", "a\x1fb"])
def test_many_poured_together_are_each_poured_alone_a_line_each(hostile: str) -> None:
    """Texts that are printed twice, once and not at all; a separator in one moves nothing in the others."""
    macros = {"two": plain, "one": lambda marks: f"<p>{marks[0]}</p>", "none": lambda marks: "<hr>"}
    molds = Molds(lambda kind, marks: macros[kind](marks))
    pieces = [("two", ["1", hostile]), ("none", []), ("one", [hostile]), ("none", [hostile]), ("two", [hostile, "100 %s"])]
    assert molds.pour_lines(pieces) == "\n".join(molds.pour(*piece) for piece in pieces)
    assert molds.pour_lines([]) == ""


def test_shapes_are_kept_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mold, "MOST_SHAPES", 3)
    molds = Molds(lambda kind, marks: plain(marks))
    for number in range(10):
        assert molds.pour(number, ["1", "2"]) == plain(["1", "2"])
        assert len(molds._made) <= 3
