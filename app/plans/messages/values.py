"""Values of the template as people read them: days, money, yes and no, codes."""

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext
from markupsafe import Markup

from app.core.dates import long_date
from app.core.text import to_html
from app.plans.messages.names import AREAS, FIELDS
from app.plans.rules.clauses import Clause
from app.plans.rules.commitments import ChallengeArea
from app.plans.rules.versions import Difference, Part


def shown(name: str, text: str) -> str:
    """The text of a field, of a commitment, a milestone or the plan, ready to read; empty stays empty."""
    if not text:
        return ""
    if name.endswith("_on"):
        return long_date(date.fromisoformat(text))
    if name == "budget_centimos":
        return soles(int(text))
    if name == "is_sustained":
        return gettext("Sí") if text == "yes" else gettext("No")
    return str(AREAS[ChallengeArea(text)]) if name == "challenge_area" else text


def soles(centimos: int) -> str:
    """ "S/ 125 000.50", with thin spaces between thousands."""
    whole, rest = divmod(centimos, 100)
    return f"S/ {whole:,}".replace(",", "\u202f") + f".{rest:02d}"


def rich(clause: Clause) -> Markup | str:
    """The one field written in Markdown as safe HTML; empty for plain text."""
    return to_html(clause.text) if clause.label == "description" else ""


def plain(clause: Clause) -> str:
    """What a clause says as plain words, without the marks of Markdown."""
    html = rich(clause)
    return html.striptags() if isinstance(html, Markup) else shown(clause.label, clause.text)


def period_name(period: str) -> str:
    """ "2027-1" -> "primer semestre de 2027"."""
    year, half = period.split("-")
    return gettext("primer semestre de %(year)s", year=year) if half == "1" else gettext("segundo semestre de %(year)s", year=year)


def clause_label(clause: Clause) -> str:
    """ "Qué se hará", "Hito 2.1", "Todo el compromiso"."""
    if clause.label == "milestone":
        return gettext("Hito %(number)s", number=clause.key)
    return str(FIELDS[clause.label])


def difference_rows(rows: Iterable[Difference]) -> list[dict[str, str | None]]:
    """A difference as components/version_diff.html draws it."""
    return [
        {
            "label": _label(row),
            "before": None if row.before is None else shown(row.field, row.before) or "",
            "after": None if row.after is None else shown(row.field, row.after) or "",
        }
        for row in rows
    ]


def _label(row: Difference) -> str:
    field = str(FIELDS[row.field])
    if row.part is Part.PLAN:
        return gettext("Plan: %(field)s", field=field)
    if row.part is Part.MILESTONE:
        return gettext("Hito %(number)s: %(field)s", number=row.key, field=field)
    return gettext("Compromiso %(number)s: %(field)s", number=row.key, field=field)
