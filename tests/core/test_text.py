"""Text that people write: cleaned, stemmed, shortened."""

import pytest

from app.core import text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  hola \r\n mundo ", "hola \n mundo"),
        ("a\u202eb\u200bc\x00d", "abcd"),
        ("e\u0301xito", "éxito"),
        ("a" + "\u0301\u0302\u0303\u0308\u030a\u0316\u0317\u0318" * 3, None),
        (None, ""),
    ],
)
def test_what_is_typed_is_cleaned_once(written, kept):
    cleaned = text.clean(written)
    if kept is None:
        assert len(cleaned) < 6
    else:
        assert cleaned == kept


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("pavimentación", "pavimentacion"),
        ("veedurías", "veeduria"),
        ("Información", "informaciones"),
        ("niños", "ninos"),
        ("obras", "obra"),
    ],
)
def test_a_word_is_found_without_its_accents_or_its_ending(stored, typed):
    stored_stems = set(text.stems(stored))
    assert all(stored_stems & set(options) for options in text.query_stems(typed))


def test_initials_leave_particles_out():
    assert text.initials("Rosa de la Cruz Huamán") == "R. C. H."


def test_a_title_is_made_from_the_first_sentence():
    assert text.first_sentence("Que arreglen la posta. Está cerrada.") == "Que arreglen la posta"
    assert text.first_sentence("palabra " * 40).endswith("…")


def test_a_slug_is_kebab_case():
    assert text.slug("Taller de Ñawpa: ¿qué pasó?") == "taller-de-nawpa-que-paso"


def test_raw_html_is_shown_and_never_obeyed():
    html = text.to_html("<script>alert(1)</script> **fuerte** [enlace](javascript:alert(1)) [otro](//evil.test)")
    assert "<script" not in html
    assert "<strong>fuerte</strong>" in html
    assert "javascript:" not in html
    assert "//evil.test" not in html


def test_pathological_markdown_is_answered():
    for source in ("[" * 5000 + "]" * 5000, "- " * 500, "*" * 20_000, "> " * 3000):
        assert isinstance(str(text.to_html(source)), str)
