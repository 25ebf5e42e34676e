"""Where "their" share went: one says what one voted for and reads it; nothing is stored and nothing is asked of the box."""

from typing import Any

from flask import Response, make_response, render_template, request

from app.core.guard import public
from app.scrutiny import queries
from app.scrutiny.rules.accounts import account, has_shares
from app.scrutiny.views import bp, shown
from app.scrutiny.views.results import URL, around, count_of

MOST_POINTS = 1_000_000


@bp.get(f"{URL}/resultados/mi-parte")
@public(load=queries.published_vote)
def my_share(vote: Any) -> Response:
    """The choices come in the address, so that the page can be kept or closed: it is never cached, and no log of ours writes it."""
    result = count_of(vote).result
    weighs = result["kind"] in ("cumulative", "score")
    chosen = _chosen(result, weighs=weighs)
    accounts = []
    for part in result["parts"]:
        mine = {row["project_id"]: chosen[row["project_id"]] for row in part["report"]["projects"] if row["project_id"] in chosen}
        found = account(part["report"], mine) if mine and has_shares(part["report"]) else None
        if found is not None:
            told = {row["project_id"]: (row["name"], row["selected"]) for row in part["report"]["projects"]}
            accounts.append((part["name"], shown.account(found, part), [(name, *told[name]) for name in mine]))
    response = make_response(
        render_template(
            "scrutiny/my_share.html", **around(vote), parts=shown.parts(result), chosen=chosen, accounts=accounts, weighs=weighs,
            is_ordinal=result["kind"] == "ordinal", has_shares=any(has_shares(part["report"]) for part in result["parts"]),
        )
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


def _chosen(result: Any, *, weighs: bool) -> dict[str, int]:
    """?p=3&p=7, or ?p3=5&p7=2 where ballots give points; a ranked ballot gives its places in the order of ?p=."""
    known = [row["project_id"] for part in result["parts"] for row in part["report"]["projects"]]
    if weighs:
        return {name: points for name in known if (points := _points(request.args.get(f"p{name}", "")))}
    marked = [name for name in dict.fromkeys(request.args.getlist("p")) if name in known]
    if result["kind"] != "ordinal":
        return dict.fromkeys(marked, 1)
    places = {name: place for name in known if (place := _points(request.args.get(f"p{name}", "")))}
    most = min(result["most"], len(known))
    return {name: most - at for at, (name, _place) in enumerate(sorted(places.items(), key=lambda pair: pair[1])) if at < most}


def _points(typed: str) -> int:
    return min(int(typed), MOST_POINTS) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
