"""What a process keeps of its pages."""

from app.core.cache import FragmentCache, InProcess


def test_a_page_is_made_once_and_given_back_as_it_was() -> None:
    cache, page = FragmentCache(""), b"<p>hola</p>"
    assert cache.get("a", lambda: page) is page
    assert cache.get("a", lambda: b"otra") is page


def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    kept = InProcess(most=10)
    kept.set("a", "12345")
    kept.set("b", "12345")
    kept.get("a")
    kept.set("c", "123")
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == ("12345", None, "123")


def test_writing_again_replaces_the_weight_too() -> None:
    kept = InProcess(most=10)
    for _ in range(5):
        kept.set("a", "12345678")
    kept.set("b", "12")
    assert (kept.get("a"), kept.get("b")) == ("12345678", "12")


def test_what_is_heavier_than_everything_allowed_is_not_kept() -> None:
    kept = InProcess(most=10)
    kept.set("a", "12345678901")
    assert kept.get("a") is None
    kept.set("b", "1234567890")
    assert kept.get("b") == "1234567890"
