"""What cities announced is what we count."""

import pytest

from app.budgeting.counting.count import count
from app.budgeting.counting.parameters import Completion, Parameters, Rule
from app.budgeting.counting.profile import build
from tests.budgeting import real

ANNOUNCED = (
    ("Netherlands_Assen_2024", Rule.EQUAL_SHARES, Completion.ADD1),
    ("Poland_Swiecie_2023", Rule.EQUAL_SHARES, Completion.ADD1),
    ("Poland_Gdynia_2022_Chwarzno-Wiczlino__large", Rule.GREEDY_NO_SKIP, Completion.NONE),
    ("Poland_Katowice_2024_Ligota_-_Panewniki", Rule.GREEDY_THRESHOLD, Completion.NONE),
    ("Poland_Krakow_2024_Podgorze", Rule.GREEDY, Completion.NONE),
    ("Poland_Lodz_2024", Rule.GREEDY_THRESHOLD, Completion.NONE),
    ("Poland_Wroclaw_2024", Rule.GREEDY_NO_SKIP, Completion.NONE),
)


@pytest.mark.parametrize(("name", "rule", "completion"), ANNOUNCED, ids=[row[0] for row in ANNOUNCED])
def test_the_winners_are_those_the_city_announced(name: str, rule: Rule, completion: Completion) -> None:
    election = real.election(name)
    announced = {p.id for p in election.projects if p.more["selected"] == "1"}
    result = count(election, Parameters(rule, completion))
    assert set(result.winners) == announced
    assert result.spent <= election.budget


@pytest.mark.parametrize("name", ["Poland_Swiecie_2023", *real.LARGE])
def test_votes_and_points_are_those_the_file_states(name: str) -> None:
    election = real.election(name)
    profile = build(election, Parameters(Rule.GREEDY))
    place = {project_id: at for at, project_id in enumerate(profile.ids)}
    stated = {p.id: (p.more.get("votes"), p.more.get("score")) for p in election.projects}
    ours = {name: (str(profile.votes[at]), str(profile.score(at))) for name, at in place.items()}
    assert [name for name, (votes, score) in stated.items() if votes and votes != ours[name][0] or score and score != ours[name][1]] == []
