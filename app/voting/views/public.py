"""The pages everybody reads: which votes there are, what each says, its rules as they were hashed."""

from typing import Any

from flask import Response, render_template

from app.core import clock
from app.core.guard import public
from app.core.web import open_data
from app.processes import queries as processes
from app.voting import messages, queries, services
from app.voting.rules.course import Stage
from app.voting.views import bp, shown

BASE = "/procesos/<slug>/votaciones"
VOTE = f"{BASE}/<vote>"
OVER = (Stage.WAITING, Stage.CLOSED, Stage.COUNTED, Stage.PUBLISHED)


@bp.get(BASE)
@public(load=processes.public_process_by_slug)
def index(process: Any) -> str:
    now = clock.now()
    votes = [{"vote": vote, "stage": vote.course.stage(now)} for vote in queries.votes_of(process.id)]
    return render_template("voting/index.html", process=process, space=process.space, votes=votes, stages=messages.STAGES)


@bp.get(VOTE)
@public(load=queries.public_vote)
def show(vote: Any) -> str:
    now, process = clock.now(), vote.round.process
    stage, rule = vote.course.stage(now), queries.ballot_rule(vote)
    is_over = stage in OVER
    paper, roll = queries.options(vote.id), queries.people_by_territory(vote)
    return render_template(
        "voting/show.html", vote=vote, process=process, space=process.space, stage=stage, stages=messages.STAGES,
        facts=shown.facts(vote), paper=paper, said=shown.how_it_was(vote, rule) if is_over else shown.how_to(vote, rule, None), roll=roll,
        roll_size=queries.roll_size(vote.id), step=queries.newest_step(vote.id), steps=queries.turnout_steps(vote.id),
        additions=[addition for addition in queries.additions(vote.id) if addition.settled_at], secrecy=shown.beyond(vote, "secreto"),
        results=shown.beyond(vote, "resultados"), excluded=queries.excluded(vote.id),
        tokens=queries.token_books(vote.id) if is_over and stage is not Stage.WAITING else None, is_over=is_over,
        booths=[booth for booth in queries.booths(vote.id) if booth.closed_at is None] if stage is Stage.OPEN else [],
    )  # fmt: skip


@bp.get(f"{VOTE}/reglas.json")
@public(load=queries.public_vote)
def rules(vote: Any) -> Response:
    """The very text that was signed, whose SHA-256 is in the public register."""
    return open_data(Response(services.rules_text(vote.rules), mimetype="application/json"))
