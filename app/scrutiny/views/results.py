"""The result as everybody reads it: who won, why, and who was left without; one page for each project."""

from typing import Any

from flask import Response, abort, make_response, render_template
from flask_babel import gettext as _

from app.core import clock
from app.core.guard import public
from app.core.web import not_modified, tagged
from app.scrutiny import messages, queries
from app.scrutiny.rules.accounts import has_shares
from app.scrutiny.rules.acts import Act
from app.scrutiny.views import bp, shown
from app.territories import queries as territories
from app.voting.rules import VoteState

URL = "/procesos/<slug>/votaciones/<vote>"


@bp.get(f"{URL}/resultados")
@public(load=queries.public_vote)
def results(vote: Any) -> Response:
    """Before both sectors sign it says when to come back, and nothing else (B12)."""
    same = not_modified("scrutiny", vote.id, vote.revision, vote.round.revision)
    if same:
        return tagged(same)
    return tagged(make_response(_page(vote) if vote.state is VoteState.PUBLISHED else _waiting(vote)))


@bp.get(f"{URL}/resultados/<int:number>")
@public(load=lambda slug, vote, number: _with_project(queries.published_vote(slug, vote), number))
def project(found: Any) -> Response:
    vote, told = found
    same = not_modified("scrutiny", vote.id, vote.revision, told["line"].number)
    if same:
        return tagged(same)
    return tagged(make_response(render_template("scrutiny/project.html", **around(vote), told=told)))


def _with_project(vote: Any, number: int) -> Any:
    if vote is None:
        return None
    told = shown.project(count_of(vote).result, number)
    return (vote, told) if told else None


def count_of(vote: Any) -> Any:
    """The published count of a vote; 404 when there is none."""
    count = queries.published_count(vote.id)
    if count is None:
        abort(404)
    return count


def around(vote: Any) -> dict[str, Any]:
    """What every page of a vote needs."""
    return {"vote": vote, "process": vote.round.process, "space": vote.round.process.space, "names": messages}


def _waiting(vote: Any) -> str:
    now = clock.now()
    said = _("La votación todavía no termina.") if now < vote.closes_at else _("La votación terminó y se está haciendo el escrutinio.")
    return render_template("scrutiny/waiting.html", **around(vote), said=said, is_closed=vote.closed_at is not None)


def _page(vote: Any) -> str:
    count = count_of(vote)
    result, places = count.result, shown.places(count.result)
    drawn = territories.map_of(vote.round.process.space.ubigeo) if places else None
    return render_template(
        "scrutiny/results.html", **around(vote), count=count, parts=shown.parts(result), turnout=shown.turnout(result),
        reach=shown.reach(result), places=places, too_small=result["territories"]["too_small"], by_totals=result["by_totals"],
        drawn=drawn if drawn and any(tile.ubigeo in shown.map_values(places) for tile in drawn.tiles) else None,
        values=shown.map_values(places), has_shares=any(has_shares(part["report"]) for part in result["parts"]),
        signatures=[(str(messages.KEYS[s.key]), s.signed_at) for s in queries.signatures(vote.id, Act.PUBLISH)],
    )  # fmt: skip
