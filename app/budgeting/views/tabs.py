"""The bar of tabs that every public page of a round carries, whichever package it belongs to."""

from collections.abc import Iterator
from typing import Any

from flask import current_app, url_for

from app.budgeting import messages, queries
from app.budgeting.rules.tabs import in_order


def tabs_of_round(slug: str, here: str = "") -> Iterator[dict[str, Any]]:
    """In templates, for components/round_tabs.html: the pages of the round that have something published; `here` is a value of `Tab`.

    A process without a round has none.
    """
    round_ = queries.public_round(slug)
    if round_ is None:
        return
    for shown in in_order(current_app.extensions["minka.round_tabs"](round_)):
        values: dict[str, Any] = {"slug": slug, **shown.values}
        yield {"text": messages.TABS[shown.tab], "href": url_for(shown.endpoint, **values), "here": shown.tab == here}
