"""What others said that resembles a text somebody is still writing: a hint, so it may miss, and it must be cheap."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, column, func, literal_column, select, table
from sqlalchemy import text as sql

from app.contributions.models import Contribution
from app.contributions.queries.search import LONGEST_STEM
from app.contributions.rules.resembling import MOST_SHOWN, asked_stems, is_alike
from app.contributions.rules.terms import Visibility
from app.core.db import db, is_sqlite
from app.core.text import stems

_NEAREST = 24
_SEARCH = table("contribution_search", column("rowid"), column("stems"))


@dataclass(frozen=True)
class PublicAlike:
    """A public contribution that resembles the text."""

    code: str
    title: str
    text: str


def public_alike(process_id: int, text: str) -> list[PublicAlike]:
    """Up to three public contributions of the process that share most of the text's telling words, the likest first.

    One statement over the search index, which hands back 24 rows at most; only those are compared.
    """
    mine = frozenset(stems(text))
    asked = asked_stems(mine)
    if not asked:
        return []
    compared = []
    for code, title, words in db.session.execute(_nearest(process_id, [stem[:LONGEST_STEM] for stem in asked])):
        score = is_alike(mine, frozenset(stems(f"{title}\n{words}")))
        if score:
            compared.append((score, PublicAlike(code, title, words)))
    return [found for _score, found in sorted(compared, key=lambda item: (-item[0], item[1].code))[:MOST_SHOWN]]


def _nearest(process_id: int, asked: Sequence[str]) -> Any:
    matches: ColumnElement[bool]
    order: ColumnElement[Any]
    if is_sqlite():
        query = " OR ".join(f'"{stem}"' for stem in asked)
        matches = literal_column("contribution_search").op("MATCH")(bindparam("stems", query, unique=True))
        order = literal_column("rank")
    else:
        wanted = sql("CAST(:stems_wanted AS tsquery)").bindparams(stems_wanted=" | ".join(f"'{stem}'" for stem in asked))
        matches = _SEARCH.c.stems.op("@@")(wanted)
        order = func.ts_rank(_SEARCH.c.stems, wanted).desc()
    return (
        select(Contribution.code, Contribution.title, Contribution.text)
        .select_from(_SEARCH.join(Contribution, Contribution.id == _SEARCH.c.rowid))
        .where(matches, Contribution.process_id == process_id, Contribution.visibility == Visibility.PUBLIC)
        .order_by(order, _SEARCH.c.rowid)
        .limit(_NEAREST)
    )
