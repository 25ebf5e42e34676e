"""Syllables against words counted by hand, the reading index, long sentences and acronyms: tables of cases."""

import pytest

from app.feedback.rules.plain_language import long_sentences, reading_ease, sentences, unexplained_acronyms
from app.feedback.rules.syllables import syllables

BY_HAND = {
    "a": 1, "y": 1, "ley": 1, "hoy": 1, "buey": 1, "que": 1, "quien": 1, "guion": 1,
    "agua": 2, "país": 2, "río": 2, "ahí": 2, "búho": 2, "leyes": 2, "guerra": 2, "quiosco": 2, "zoo": 2, "ciudad": 2, "prohibir": 2,
    "aéreo": 4, "alcohol": 3, "pingüino": 3, "acogió": 3, "idea": 3, "leían": 3, "oíais": 3, "huérfano": 3, "ahuecar": 3, "rehúsa": 3,
    "Uruguay": 3, "Huánuco": 3, "desagüe": 3, "teníamos": 4, "vehículo": 4, "cacahuete": 4, "averigüéis": 4, "transparencia": 4,
    "comunidad": 4, "Tahuantinsuyo": 5, "coordinación": 5, "rendición": 3, "municipalidad": 6, "participación": 5, "responsabilidad": 6,
    "Ñuñoa": 3, "construíais": 3, "construcción": 3, "sanción": 2, "día": 2, "reunión": 2, "europeo": 4, "yuca": 2, "mayo": 2,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), BY_HAND.items())
def test_syllables_are_counted_as_by_hand(word: str, count: int) -> None:
    assert syllables(word) == count
    assert syllables(word.upper()) == count


def test_what_has_no_letter_has_no_syllable() -> None:
    assert syllables("") == syllables("2027") == syllables("...") == 0


EASY = "La obra empieza en mayo. El distrito la paga. Usted puede ver el avance cada mes. Si algo falla, avise a la oficina del barrio."
HARD = (
    "La implementación progresiva de mecanismos interinstitucionales de articulación presupuestaria multianual requiere previamente la "
    "formalización administrativa correspondiente mediante resoluciones autoritativas específicamente fundamentadas."
)


def test_the_index_is_the_published_formula() -> None:
    """Hand count of EASY: 25 words, 45 syllables (9 + 7 + 12 + 17), 4 sentences: 206.835 - 62.3 * 45 / 25 - 25 / 4 = 88.4."""
    words = EASY.replace(".", "").replace(",", "").split()
    assert (len(words), sum(map(syllables, words)), len(sentences(EASY))) == (25, 45, 4)
    assert reading_ease(EASY) == 88


def test_easy_and_hard_texts_fall_on_each_side_of_the_limit() -> None:
    assert reading_ease(EASY) > 80
    assert reading_ease(HARD) < 40


def test_a_text_of_few_words_is_not_judged() -> None:
    assert reading_ease("Muchas gracias por su aporte.") is None


def test_sentences_end_where_people_stop_and_not_inside_an_abbreviation() -> None:
    text = (
        "Según el art. 79 de la Ley 27972, no es nuestra. ¿A quién le toca? Al distrito: lo dice el núm. 3; vea https://a.pe/b y escriba."
    )
    assert [s.split()[0] for s in sentences(text)] == ["Según", "¿A", "Al", "lo", "vea"]


def test_long_sentences_are_named_the_longest_first() -> None:
    thirty, forty = " ".join(["uno"] * 30) + ".", " ".join(["dos"] * 40) + "."
    found = long_sentences(f"{thirty} {forty} {' '.join(['tres'] * 31)}.")
    assert [(words, sentence[:4]) for words, sentence in found] == [(40, "dos "), (31, "tres")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("La SUNAT y el DNI no se explican.", []),
        ("El PIP lo evalúa la OPMI.", ["PIP", "OPMI"]),
        ("La Oficina de Programación Multianual de Inversiones (OPMI) lo vio. La OPMI dijo que sí.", []),
        ("La OPMI (Oficina de Programación Multianual de Inversiones) lo vio.", []),
        ("La Autoridad Nacional del Agua dio opinión. Lo dijo la ANA.", []),
        ("En el VII Plan, versión II, entra.", []),
        ("El aporte PRB-C-0012 y la directiva 002-2024-PCM/SGTD.", []),
        ("ESTE TITULAR VA TODO EN MAYÚSCULAS", []),
        ("Lo dice el DS 206-2019-PCM y el DL N.° 1412.", []),
        ("La EPS lo hará. La EPS avisará.", ["EPS"]),
    ],
)
def test_only_acronyms_nobody_explains_are_listed(text: str, found: list[str]) -> None:
    assert unexplained_acronyms(text) == found


def test_an_acronym_the_person_used_needs_no_explanation() -> None:
    assert unexplained_acronyms("La EPS lo hará.", {"EPS"}) == []
