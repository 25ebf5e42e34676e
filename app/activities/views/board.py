"""The activities of a process on the desk: where each stands and what it lacks."""

from typing import Any

from flask import get_flashed_messages, render_template, url_for

from app.activities import messages, queries
from app.activities.permissions import GRANTS, ActivityPermission
from app.activities.views import bp
from app.core import clock
from app.core.guard import guarded
from app.core.web import Page, page_number
from app.processes import queries as processes


@bp.get("/mesa/procesos/<slug>/actividades")
@guarded(ActivityPermission.READ, GRANTS, load=processes.public_process_by_slug)
def index(process: Any) -> str:
    page = queries.board(process, page_number(), clock.now())
    return render_template(
        "activities/board.html", process=process, space=process.space, page=page, states=messages.STATES, missing=messages.MISSING,
        late=sum(row.is_late for row in page.rows), pager=links(page, "activities.index", slug=process.slug),
        flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


def links(page: Page, endpoint: str, **arguments: Any) -> dict[str, Any]:
    """What components/pager.html draws for a short list: every page number."""

    def href(number: int) -> str:
        return url_for(endpoint, pagina=number if number > 1 else None, **arguments)

    return {
        "number": page.number, "pages": page.last, "total": page.total, "first": page.first_row, "last": page.last_row,
        "previous_href": href(page.number - 1) if page.number > 1 else "",
        "next_href": href(page.number + 1) if page.number < page.last else "",
        "links": [{"number": n, "href": "" if n == page.number else href(n)} for n in range(1, page.last + 1)],
    }  # fmt: skip
