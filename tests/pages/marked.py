"""Reading back the two texts behind words that a page marks as removed and added."""

from copy import copy

from bs4 import Tag


def both_texts(marked: Tag) -> tuple[str, str]:
    """(before, after) of one text marked in place."""
    return _without(marked, "ins"), _without(marked, "del")


def texts_of_row(row: Tag) -> tuple[str, str]:
    """(before, after) of a row of two versions: what was added may not be in the first, nor what was removed in the second."""
    before, after = row.select(".marked")
    assert not before.select("ins") and not after.select("del")
    return _without(before, "ins"), _without(after, "del")


def _without(marked: Tag, tag: str) -> str:
    left = copy(marked)
    for gone in left.select(f"{tag}, .vh"):
        gone.decompose()
    return left.get_text()
