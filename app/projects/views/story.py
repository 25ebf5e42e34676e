"""What packages above add to the page of a project, without the page knowing them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Piece:
    """A section of the page: plain texts, already in the reader's language.

    A package above offers `project_story(project) -> Sequence[Piece]` in its `views`; the factory joins them in floor order.
    `key` is the anchor; `lines` are paragraphs; `facts` are {label, value} for a table; `links` are {text, href}.
    """

    key: str
    title: str
    lines: Sequence[str] = ()
    facts: Sequence[dict[str, Any]] = field(default=())
    links: Sequence[dict[str, str]] = field(default=())
