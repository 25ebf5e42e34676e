"""Searching by stems, the same on both engines: stack.md gotcha 13 and docs/decisions/0005-search.md."""

from sqlalchemy import ColumnElement, bindparam, column, false, literal_column, or_, select, table
from sqlalchemy import text as sql

from app.contributions.models import Contribution
from app.core.db import is_sqlite
from app.core.text import clean_line, query_stems

LONGEST_STEM = 60
_SEARCH = table("contribution_search", column("rowid"), column("stems"))


def search_filter(text: str) -> ColumnElement[bool]:
    """Contributions that hold every word of `text`, accents and endings forgiven; or whose code it is.

    Nothing matches a text without words ("¿?").
    """
    groups = [tuple(stem[:LONGEST_STEM] for stem in stems) for stems in query_stems(text)]
    is_code = Contribution.code == clean_line(text).upper()[:40]
    if not groups:
        return false()
    if is_sqlite():
        query = " AND ".join("(" + " OR ".join(f'"{stem}"' for stem in stems) + ")" for stems in groups)
        matches = literal_column("contribution_search").op("MATCH")(bindparam("stems", query, unique=True))
    else:
        query = " & ".join("(" + " | ".join(f"'{stem}'" for stem in stems) + ")" for stems in groups)
        matches = _SEARCH.c.stems.op("@@")(sql("CAST(:stems_wanted AS tsquery)").bindparams(stems_wanted=query))
    return or_(Contribution.id.in_(select(_SEARCH.c.rowid).where(matches)), is_code)
