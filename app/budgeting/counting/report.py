"""A result as plain data, for files and pages: texts, whole numbers and lists. Amounts are exact texts, never floats."""

from fractions import Fraction
from typing import Any

from app.budgeting.counting import amounts
from app.budgeting.counting.contest import Fate, Step
from app.budgeting.counting.count import VERSION, Result
from app.budgeting.counting.parameters import Parameters, Rule, default_utility

Data = dict[str, Any]


def sheet(parameters: Parameters) -> Data:
    """The sheet of parameters; `parameters_from` reads it back."""
    return {
        "rule": str(parameters.rule),
        "completion": str(parameters.completion),
        "utility": str(parameters.utility) if parameters.utility else None,
        "increment": amounts.exact(parameters.increment),
        "increment_is_share": parameters.increment_is_share,
        "order": str(parameters.order),
        "threshold": _text(parameters.threshold),
        "minimum_votes": parameters.minimum_votes,
        "fair_share": _text(parameters.fair_share),
        "exclusions": dict(sorted(parameters.exclusions.items())),
        "conflicts": sorted(sorted(group) for group in parameters.conflicts),
        "seed": parameters.seed,
    }


def as_data(result: Result) -> Data:
    """Everything about a count: who won, what became of each project, each step, each tie."""
    profile, parameters = result.contest.profile, result.parameters
    return {
        "counting_version": VERSION,
        **sheet(parameters),
        "utility": str(parameters.utility or default_utility(result.election.vote_type)),
        "budget": amounts.exact(result.election.budget),
        "spent": amounts.exact(result.spent),
        "left": amounts.exact(result.election.budget - result.spent),
        "voters": profile.voters,
        "winners": list(result.winners),
        "tie_sensitive": result.is_tie_sensitive,
        "ties": [[profile.ids[p] for p in tied] for tied in result.ties],
        "lots": list(profile.ids),
        **_shares(result),
        "projects": projects(result),
        "steps": [_step(result, step) for step in result.steps],
    }


def projects(result: Result) -> list[Data]:
    """In the order of the file: cost, votes, score and what became of each."""
    profile, fates = result.contest.profile, result.fates
    place = {project_id: at for at, project_id in enumerate(profile.ids)}
    return [
        {
            "project_id": p.id, "name": p.name, "district": p.district, "cost": amounts.exact(p.cost), "votes": profile.votes[place[p.id]],
            "score": amounts.exact(profile.score(place[p.id])), "selected": place[p.id] in result.won, "fate": str(fates[place[p.id]]),
        }
        for p in result.election.projects
    ]  # fmt: skip


def _shares(result: Result) -> Data:
    if result.parameters.rule is not Rule.EQUAL_SHARES or result.run is None:
        return {}
    profile, kept = result.contest.profile, result.preference
    return {
        "first_share": amounts.exact(Fraction(profile.budget, max(1, profile.voters) * profile.unit)),
        "share": amounts.exact(result.run.share / profile.unit),
        "raises": result.raises,
        "comparison": None if kept is None else {
            "prefer_equal_shares": kept.equal_shares, "prefer_greedy": kept.greedy, "indifferent": kept.indifferent,
            "kept": "greedy" if kept.greedy_kept else "equal-shares",
        },
    }  # fmt: skip


def _step(result: Result, step: Step) -> Data:
    ids = result.contest.profile.ids
    told: Data = {"project_id": ids[step.project], "fate": str(step.fate), "left": amounts.exact(step.left)}
    if step.price is not None and step.fate is Fate.WON:
        told |= {"price": amounts.exact(step.price), "paid_in_full": step.full, "gave_all_they_had": step.short}
    if step.tied:
        told |= {"level_with": [ids[p] for p in step.tied if p != step.project], "lot_decided": not step.was_settled}
    return told


def _text(value: Fraction | None) -> str | None:
    return None if value is None else amounts.exact(value)
