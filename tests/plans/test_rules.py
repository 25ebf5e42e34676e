"""What a plan, a commitment and a milestone must say, and what a signature needs."""

from datetime import date

import pytest

from app.plans.rules import (
    CommitmentDraft,
    MilestoneDraft,
    PlanDraft,
    PlanProblem,
    PlanSeat,
    PlanState,
    problems_with_commitment,
    problems_with_milestone,
    problems_with_plan,
    problems_with_signature,
)

LONG = "Se publicará el expediente de cada obra y habrá monitores elegidos."
REASON = "El plazo de ley vence mañana y los dos sectores lo aceptan a la vista de todos."


def codes(problems: object) -> list[PlanProblem]:
    return [p.code for p in problems]  # type: ignore[attr-defined]


def test_a_plan_has_a_title() -> None:
    assert codes(problems_with_plan(PlanDraft("  "))) == [PlanProblem.NO_TITLE] and not problems_with_plan(PlanDraft("Plan"))


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (CommitmentDraft("Obras", LONG, "gerencia-obras"), []),
        (CommitmentDraft(" ", LONG, "gerencia-obras"), [PlanProblem.COMMITMENT_NO_TITLE]),
        (CommitmentDraft("Obras", "Corto.", "gerencia-obras"), [PlanProblem.COMMITMENT_SHORT]),
        (CommitmentDraft("Obras", LONG), [PlanProblem.COMMITMENT_NO_ORGANISATION]),
    ],
)
def test_a_commitment_has_a_title_says_what_will_be_done_and_somebody_is_responsible(
    draft: CommitmentDraft, expected: list[PlanProblem]
) -> None:
    assert codes(problems_with_commitment(draft)) == expected


def test_a_milestone_can_be_checked_it_has_a_name_and_a_day() -> None:
    assert codes(problems_with_milestone(MilestoneDraft(" ", None))) == [PlanProblem.MILESTONE_NO_TITLE, PlanProblem.MILESTONE_NO_DATE]
    assert not problems_with_milestone(MilestoneDraft("Informe", date(2027, 12, 1)))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"state": PlanState.APPROVED}, [PlanProblem.APPROVED]),
        ({"seen_revision": 2}, [PlanProblem.CHANGED_MEANWHILE]),
        ({"commitments": 0}, [PlanProblem.NO_COMMITMENTS]),
        ({"signed": {PlanSeat.GOVERNMENT: (2, "")}}, [PlanProblem.ALREADY_SIGNED]),
        ({"signed": {PlanSeat.NON_GOVERNMENT: (1, "")}}, [PlanProblem.SIGNED_OTHER_SEAT]),
        ({"waiting_codes": ["A-1"]}, [PlanProblem.ANSWERS_WAITING]),
        ({"waiting_codes": ["A-1"], "override_reason": "Porque sí."}, [PlanProblem.OVERRIDE_SHORT]),
        ({"waiting_codes": ["A-1"], "override_reason": REASON}, []),
        (
            {"waiting_codes": ["A-1"], "override_reason": REASON, "signed": {PlanSeat.NON_GOVERNMENT: (2, "")}},
            [PlanProblem.OTHER_SEAT_GAVE_NO_REASON],
        ),
    ],
)
def test_what_a_signature_under_the_plan_needs(changes: dict[str, object], expected: list[PlanProblem]) -> None:
    standing: dict[str, object] = {
        "state": PlanState.DRAFT, "commitments": 2, "revision": 3, "seen_revision": 3, "seat": PlanSeat.GOVERNMENT, "person_id": 1,
        "signed": {}, "waiting_codes": [], "override_reason": "",
    }  # fmt: skip
    given = standing | changes
    assert codes(problems_with_signature(given.pop("state"), **given)) == expected  # type: ignore[arg-type]


def test_of_many_that_wait_the_first_are_named() -> None:
    (problem,) = problems_with_signature(
        PlanState.DRAFT, commitments=1, revision=1, seen_revision=1, seat=PlanSeat.GOVERNMENT, person_id=1, signed={},
        waiting_codes=[f"A-{n}" for n in range(40)], override_reason="",
    )  # fmt: skip
    assert problem.values["count"] == 40 and problem.values["codes"].endswith("A-11…")
