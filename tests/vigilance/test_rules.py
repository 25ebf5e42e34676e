"""Tables of cases: elections, findings, replies."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.vigilance.rules import committees, findings, reports
from app.vigilance.rules.committees import Ballot, Candidacy, CommitteeProblem, ElectionDraft, count
from app.vigilance.rules.findings import Body, ComplaintDraft, FindingProblem, FindingState, ReplyDraft
from tests.factories.agreements import a_finding_draft

TODAY = date(2027, 3, 20)
DRAFT = ElectionDraft(
    date(2027, 3, 18), "Ccorca", Ballot.SECRET_VOTE, 10, 1, 4, tuple(Candidacy(n, v) for n, v in ((1, 4), (2, 3), (3, 2), (4, 1), (5, 0)))
)
FACTS = {"accredited": {1, 2, 3, 4, 5, 6}, "voting": 12, "minimum": 4, "has_committee": False, "today": TODAY}


def _codes(problems) -> list[str]:
    return [str(p.code) for p in problems]


@pytest.mark.parametrize(
    ("changes", "facts", "expected"),
    [
        ({}, {}, []),
        ({}, {"has_committee": True}, [CommitteeProblem.IN_FORCE]),
        ({"held_on": None}, {}, [CommitteeProblem.NO_DAY]),
        ({"held_on": TODAY + timedelta(days=1)}, {}, [CommitteeProblem.DAY_AHEAD]),
        ({"place": " "}, {}, [CommitteeProblem.NO_PLACE]),
        ({"seats": 3}, {}, [CommitteeProblem.FEW_SEATS]),
        ({"seats": 6}, {}, [CommitteeProblem.FEW_CANDIDATES]),
        ({}, {"accredited": {1, 2, 3, 4}}, [CommitteeProblem.CANDIDATE_NOT_ACCREDITED]),
        ({"candidates": (*DRAFT.candidates, Candidacy(1, 0))}, {}, [CommitteeProblem.CANDIDATE_REPEATED]),
        ({"voters": 9}, {}, [CommitteeProblem.VOTES_EXCEED]),
        ({"voters": 13}, {}, [CommitteeProblem.VOTERS_EXCEED]),
        ({"candidates": tuple(Candidacy(n, -1) for n in range(1, 5))}, {}, [CommitteeProblem.VOTES_MISSING]),
        ({"drawn": (1,)}, {}, [CommitteeProblem.TIE_NOT_OURS]),
    ],
)
def test_an_election_adds_up_and_seats_the_minimum(changes, facts, expected) -> None:
    assert _codes(committees.problems_with_election(replace(DRAFT, **changes), **FACTS | facts)) == [str(c) for c in expected]


def test_a_tie_at_the_last_seat_is_resolved_in_public_or_nobody_is_elected() -> None:
    tied = replace(DRAFT, candidates=tuple(Candidacy(n, v) for n, v in ((1, 3), (2, 2), (3, 2), (4, 1), (5, 1))))
    assert count(tied).tied == (4, 5) and count(tied).elected == (1, 2, 3)
    assert _codes(committees.problems_with_election(tied, **FACTS)) == [str(CommitteeProblem.TIE)]
    drawn = replace(tied, drawn=(5,), tie="Por sorteo con dos papeletas, delante de la asamblea.")
    assert committees.problems_with_election(drawn, **FACTS) == ()
    assert count(drawn).elected == (1, 2, 3, 5)


@pytest.mark.parametrize(
    ("starts", "months", "ends"),
    [(date(2027, 3, 18), 24, date(2029, 3, 18)), (date(2028, 2, 29), 12, date(2029, 2, 28)), (date(2027, 8, 31), 6, date(2028, 2, 29))],
)
def test_a_term_ends_so_many_months_later(starts, months, ends) -> None:
    assert committees.ends_on(starts, months) == ends


@pytest.mark.parametrize(("members", "needed"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (7, 4)])
def test_a_majority_is_more_than_half(members, needed) -> None:
    assert committees.majority(members) == needed


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "Obra"}, "title"), ({"what": "Nada"}, "what"), ({"asked": "Algo"}, "asked"), ({"gravity": None}, "gravity"), ({"days": 2}, "days"),  # noqa: E501 - one case, one line
        ({"days": 61}, "days"), ({"code": "PP-9"}, "code"), ({"what": "El residente vive en otra ciudad; su DNI es 45678912 y nadie lo ve en obra."}, "what"),  # noqa: E501 - one case, one line
    ],
)  # fmt: skip
def test_a_finding_says_what_is_seen_and_what_is_asked_and_names_nobody(changes, field) -> None:
    assert [p.field for p in findings.problems_with_finding(a_finding_draft(**changes), knows_line=False)] == [field]


@pytest.mark.parametrize(
    ("state", "today", "expected"),
    [
        (FindingState.PUBLISHED, TODAY, [FindingProblem.NOT_DUE]),
        (FindingState.PUBLISHED, TODAY + timedelta(days=1), []),
        (FindingState.REPLIED, TODAY, []),
        (FindingState.SATISFIED, TODAY, [FindingProblem.CLOSED]),
        (FindingState.PROPOSED, TODAY, [FindingProblem.CLOSED]),
    ],
)
def test_a_complaint_waits_for_the_reply_or_for_its_day(state, today, expected) -> None:
    draft = ComplaintDraft(Body.COMPTROLLER, "EXP-2027-001", TODAY, "Se pidió un control concurrente de la obra.")
    found = findings.problems_with_escalating(state, draft, reply_by=TODAY, today=today, is_member=True)
    assert _codes(found) == [str(c) for c in expected]


def test_only_a_reply_can_satisfy_and_only_a_member_says_so() -> None:
    note = "Volvimos el 20 de marzo: hay obreros y el cerco está puesto."
    assert _codes(findings.problems_with_satisfying(FindingState.PUBLISHED, note, is_member=True)) == [str(FindingProblem.NOT_REPLIED)]
    assert _codes(findings.problems_with_satisfying(FindingState.REPLIED, note, is_member=False)) == [str(FindingProblem.NOT_A_MEMBER)]
    assert findings.problems_with_satisfying(FindingState.REPLIED, note, is_member=True) == ()


def test_a_reply_says_what_and_until_when() -> None:
    found = findings.problems_with_reply(FindingState.PUBLISHED, ReplyDraft("Sí", None), today=TODAY)
    assert [p.field for p in found] == ["text", "until"]


def test_a_report_is_of_a_period_that_ended() -> None:
    opinion = "En el periodo vimos dos obras; una avanza como se acordó y la otra está parada sin explicación."
    assert reports.problems_with_report(TODAY, TODAY, opinion, is_member=True, today=TODAY) == ()
    assert [p.field for p in reports.problems_with_report(TODAY, TODAY + timedelta(1), "", is_member=True, today=TODAY)] == [
        "until",
        "opinion",
    ]
