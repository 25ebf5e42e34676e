"""What a plan, a commitment and a milestone must say, what each step needs, and what a draft makes a reader doubt."""

from collections.abc import Iterable
from datetime import date

import pytest

from app.core.errors import Problem
from app.plans.rules import (
    CommitmentDraft,
    CommitmentState,
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
from app.plans.rules.amendments import AmendmentKind, problems_with_agreement, problems_with_proposal
from app.plans.rules.clauses import anchor, clauses_of, is_key, key_of, problems_with_comment
from app.plans.rules.commitments import CommitmentFacts, after_edit, problems_with_step
from app.plans.rules.plan import advice_on_count, problems_with_submission
from app.plans.rules.prompts import Doubt, Prompt, warnings
from app.plans.rules.template import FIELDS, MILESTONES, VALUES, centimos, missing, problems_with_section
from app.plans.rules.versions import CommitmentText, MilestoneText, PlanText, difference, from_json, sha256, to_json

LONG = "Se publicará el expediente de cada obra y habrá monitores elegidos."
REASON = "El plazo de ley vence mañana y los dos sectores lo aceptan a la vista de todos."
S = CommitmentState


def codes(problems: Iterable[Problem]) -> list[str]:
    return [str(p.code) for p in problems]


def test_a_plan_has_a_title_and_does_not_end_before_it_starts() -> None:
    assert codes(problems_with_plan(PlanDraft("  "))) == [PlanProblem.NO_TITLE] and not problems_with_plan(PlanDraft("Plan"))
    reversed_ = PlanDraft("Plan", starts_on=date(2028, 1, 1), ends_on=date(2027, 1, 1))
    assert codes(problems_with_plan(reversed_)) == [PlanProblem.DATES_REVERSED]
    assert not problems_with_plan(PlanDraft("Cuatro años", starts_on=date(2026, 1, 1), ends_on=date(2029, 12, 31)))


@pytest.mark.parametrize(("count", "said"), [(0, None), (4, "few-commitments"), (5, None), (15, None), (16, "many-commitments")])
def test_how_many_commitments_is_advice_and_never_refused(count: int, said: str | None) -> None:
    assert advice_on_count(count) == said


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
    early = MilestoneDraft("Informe", date(2027, 1, 1), starts_on=date(2027, 2, 1))
    assert codes(problems_with_milestone(early)) == [PlanProblem.MILESTONE_DATES_REVERSED]


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


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"state": PlanState.DRAFT}, ["plan-not-approved"]),
        ({"is_submitted": True}, ["plan-already-submitted"]),
        ({"submitted_on": date(2027, 4, 2)}, ["plan-submission-future"]),
        ({"submitted_on": date(2027, 2, 1)}, ["plan-submission-before-approval"]),
        ({"document": " "}, ["plan-submission-no-document"]),
    ],
)
def test_handing_the_plan_to_ogp_is_recorded_once_with_its_document(changes: dict[str, object], expected: list[str]) -> None:
    given: dict[str, object] = {
        "state": PlanState.APPROVED, "approved_on": date(2027, 3, 1), "is_submitted": False, "submitted_on": date(2027, 3, 20),
        "document": "Oficio 041-2027", "today": date(2027, 4, 1),
    } | changes  # fmt: skip
    assert codes(problems_with_submission(given.pop("state"), **given)) == expected  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------------------------- steps
WHOLE = CommitmentFacts()
READY = {
    (S.IDEA, S.DRAFTED), (S.DRAFTED, S.VALIDATED_BY_ENTITY), (S.VALIDATED_BY_ENTITY, S.VALIDATED_BY_FORUM),
    (S.VALIDATED_BY_ENTITY, S.DRAFTED), (S.VALIDATED_BY_FORUM, S.ADOPTED), (S.VALIDATED_BY_FORUM, S.DRAFTED), (S.ADOPTED, S.IN_EXECUTION),
    (S.ADOPTED, S.WITHDRAWN), (S.IN_EXECUTION, S.CONCLUDED), (S.IN_EXECUTION, S.WITHDRAWN),
}  # fmt: skip


@pytest.mark.parametrize("to", S, ids=str)
@pytest.mark.parametrize("state", S, ids=str)
def test_the_states_of_a_commitment_are_those_of_the_domain(state: CommitmentState, to: CommitmentState) -> None:
    assert (not problems_with_step(state, to, WHOLE)) is ((state, to) in READY)


def test_nothing_is_validated_half_written_nor_for_an_entity_that_is_not_ready() -> None:
    half = CommitmentFacts(missing=("baseline",))
    assert codes(problems_with_step(S.DRAFTED, S.VALIDATED_BY_ENTITY, half)) == ["commitment-incomplete"]
    not_ready = CommitmentFacts(not_ready=(Problem(PlanProblem.NO_TITLE),))
    assert codes(problems_with_step(S.DRAFTED, S.VALIDATED_BY_ENTITY, not_ready)) == ["plan-no-title"]
    assert not problems_with_step(S.VALIDATED_BY_ENTITY, S.VALIDATED_BY_FORUM, not_ready)
    assert not problems_with_step(S.VALIDATED_BY_FORUM, S.DRAFTED, half)


def test_a_text_that_changed_is_validated_again() -> None:
    assert [after_edit(state) for state in (S.IDEA, S.DRAFTED, S.VALIDATED_BY_ENTITY, S.VALIDATED_BY_FORUM)] == [
        S.IDEA, S.DRAFTED, S.DRAFTED, S.DRAFTED,
    ]  # fmt: skip


# ---------------------------------------------------------------------------------------------------------------- template
FULL = {field.name: "algo" for field in FIELDS if field.is_needed} | {"participation": "Las socias vigilan."}


def test_what_a_template_still_lacks_is_named() -> None:
    assert missing(FULL, milestones=1) == ()
    assert missing(FULL | {"baseline": "", "participation": ""}, milestones=0) == ("baseline", VALUES, MILESTONES)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"contact_email": "mesa@muniejemplo.gob.pe", "sdg": "5, 16", "budget_centimos": 0}, []),
        ({"contact_email": "rosa.quispe@gmail.com"}, ["commitment-personal-contact"]),
        ({"contact_email": "sin arroba"}, ["commitment-personal-contact"]),
        ({"sdg": "18"}, ["commitment-sdg-malformed"]),
        ({"sdg": "cinco"}, ["commitment-sdg-malformed"]),
        ({"starts_on": date(2027, 2, 1), "ends_on": date(2027, 1, 1)}, ["commitment-dates-reversed"]),
        ({"budget_centimos": -1}, ["commitment-budget-malformed"]),
    ],
)
def test_what_is_wrong_with_a_saved_section(values: dict[str, object], expected: list[str]) -> None:
    assert codes(problems_with_section(values)) == expected


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("125000", 12_500_000),
        ("125 000.50", 12_500_050),
        ("S/ 1,250,000.5", 125_000_050),
        ("0", 0),
        ("mucho", None),
        ("1.234", None),
        ("-5", None),
    ],
)
def test_money_is_whole_centimos(typed: str, amount: int | None) -> None:
    assert centimos(typed) == amount


# ----------------------------------------------------------------------------------------------------------------- prompts
GOOD = {
    "solution": "Cada obra tendrá una ficha pública mensual y dos visitas abiertas con acta; una directiva lo hará obligatorio.",
    "expected_result": "Directiva aprobada y 24 fichas publicadas por primera vez.",
    "contribution_to_problem": "El vecino sabrá por qué paró la obra.",
    "baseline": "En 2026 se publicaron 0 fichas de 31 obras.",
    "participation": "Las juntas vecinales acuerdan qué se visita.",
}


@pytest.mark.parametrize(
    ("changes", "doubt", "field", "found"),
    [
        ({"solution": "Continuar con la publicación de la ficha de cada obra con acta, conforme a directiva."},
         Doubt.CONTINUES, "solution", "continuar"),
        ({"solution": "Publicar el portal en cumplimiento de la ley con un informe anual y directiva."},
         Doubt.CONTINUES, "solution", "en cumplimiento de la ley"),
        ({"solution": "Publicar 12 fichas.", "expected_result": "Fichas."}, Doubt.NOT_BINDING, "expected_result", ""),
        ({"baseline": "Hay muy pocas fichas."}, Doubt.BASELINE_WITHOUT_FIGURE, "baseline", ""),
        ({"solution": "Promover la cultura de integridad. Habrá una directiva."}, Doubt.VAGUE_VERB, "solution", "promover"),
        ({"expected_result": "Fortalecer capacidades. Directiva aprobada."}, Doubt.VAGUE_VERB, "expected_result", "fortalecer"),
        ({"solution": "Implementar una plataforma digital con firma digital y directiva.", "participation": "", "transparency": "Sí."},
         Doubt.ONLY_DIGITAL, "solution", "plataforma"),
        ({"solution": "Un aplicativo para trámites, según directiva.", "participation": "", "transparency": "Sí."},
         Doubt.ONLY_DIGITAL, "solution", "aplicativo"),
        ({"participation": ""}, Doubt.NO_VALUE, "participation", ""),
    ],
)  # fmt: skip
def test_words_that_make_a_reader_doubt(changes: dict[str, str], doubt: Doubt, field: str, found: str) -> None:
    quiet = {"contribution_to_problem": "El vecino sabrá."}
    raised = warnings(GOOD | quiet | {"expected_result": "Directiva aprobada."} | changes)
    assert (doubt, field, found) in [(w.doubt, w.field, w.found) for w in raised]


@pytest.mark.parametrize(
    "solution",
    [
        "Fortalecer el control con 12 visitas abiertas y su acta, según directiva.",
        "Promover la vigilancia: habrá un registro público de observaciones, por directiva.",
        "Una plataforma digital donde los vecinos comentan cada obra y la municipalidad responde, según directiva.",
        "Seguir publicando las fichas y, por primera vez, responder cada observación; lo manda una directiva.",
    ],
)
def test_the_same_words_with_something_to_look_at_raise_no_doubt(solution: str) -> None:
    assert warnings(GOOD | {"solution": solution}) == ()


def test_a_milestone_without_product_or_evidence_is_doubted() -> None:
    vague, bare = MilestoneText("1.1", "Sensibilizar a funcionarios"), MilestoneText("1.2", "Informe publicado")
    sound = MilestoneText("1.3", "Sensibilizar a funcionarios", expected_output="3 talleres", evidence="Actas y listas")
    raised = warnings(GOOD, [vague, bare, sound])
    assert [(w.doubt, w.field) for w in raised] == [
        (Doubt.VAGUE_MILESTONE, "1.1"), (Doubt.MILESTONE_WITHOUT_EVIDENCE, "1.1"), (Doubt.MILESTONE_WITHOUT_EVIDENCE, "1.2"),
    ]  # fmt: skip
    assert {w.prompt for w in raised} == {Prompt.VERIFIABLE}


def test_an_empty_draft_raises_no_doubt() -> None:
    assert warnings({}) == ()


# ----------------------------------------------------------------------------------------------------- versions and clauses
def plan_text(**changes: str) -> PlanText:
    fields = {"title": "Obras", "description": LONG, "solution": "Fichas.", "problem": "Nadie sabe."} | changes
    fields = {name: value for name, value in fields.items() if value}
    step = MilestoneText("2.1", "Primera ficha", due_on="2027-06-30")
    return PlanText("Plan", commitments=(CommitmentText(2, False, fields, (step,)),))


def test_a_published_text_reads_back_the_same_and_its_hash_is_of_its_canonical_form() -> None:
    content = to_json(plan_text())
    assert from_json(content) == plan_text() and to_json(from_json(content)) == content and len(sha256(content)) == 64


def test_the_difference_names_each_field_that_changed_and_nothing_else() -> None:
    rows = difference(plan_text(), plan_text(solution="Fichas y visitas.", problem=""))
    assert [(r.key, r.field, r.before, r.after) for r in rows] == [
        ("2", "problem", "Nadie sabe.", None), ("2", "solution", "Fichas.", "Fichas y visitas."),
    ]  # fmt: skip
    assert difference(plan_text(), plan_text()) == ()


def test_a_commitment_or_a_milestone_that_came_or_went_is_one_row() -> None:
    empty = PlanText("Plan")
    assert [(r.field, r.before, r.after) for r in difference(empty, plan_text())] == [("whole", None, "Obras")]
    without = PlanText("Plan", commitments=(CommitmentText(2, False, plan_text().commitments[0].fields),))
    assert [(r.key, r.before, r.after) for r in difference(plan_text(), without)] == [("2.1", "Primera ficha", None)]
    withdrawn = PlanText(
        "Plan", commitments=(CommitmentText(2, True, plan_text().commitments[0].fields, plan_text().commitments[0].milestones),)
    )
    assert [(r.field, r.after) for r in difference(plan_text(), withdrawn)] == [("whole", None)]


def test_clauses_are_numbered_in_the_order_of_the_template() -> None:
    assert [c.key for c in clauses_of(plan_text())] == ["2", "2/description", "2/problem", "2/solution", "2.1"]
    assert [c.anchor for c in clauses_of(plan_text())][-2:] == ["c2-solution", "c2-1"]
    assert [c.sign for c in clauses_of(plan_text())] == ["2", "2a", "2b", "2h", "2.1"]


@pytest.mark.parametrize("key", ["2", "12/solution", "2.1", "3/actors-civil-society"])
def test_keys_that_can_be_pointed_to(key: str) -> None:
    assert is_key(key) and "/" not in anchor(key) and "." not in anchor(key)


@pytest.mark.parametrize("key", ["", "0", "2/", "2/nada", "2/<script>", "dos", "2.1.1", "2 ", "99999"])
def test_keys_that_point_nowhere(key: str) -> None:
    assert not is_key(key)


def test_an_answer_points_to_the_finest_part_it_names() -> None:
    assert [key_of(2, "2.1", "2/solution"), key_of(2, "2.1", ""), key_of(2, None, ""), key_of(None, None, "")] == [
        "2/solution",
        "2.1",
        "2",
        "",
    ]


def test_a_comment_speaks_of_a_part_of_an_open_draft() -> None:
    assert codes(problems_with_comment("2/solution", {"2/solution"}, is_open=True)) == []
    assert codes(problems_with_comment("2/causes", {"2/solution"}, is_open=True)) == ["clause-unknown"]
    assert codes(problems_with_comment("2/solution", {"2/solution"}, is_open=False)) == ["consultation-closed"]


# -------------------------------------------------------------------------------------------------------------- amendments
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"state": S.DRAFTED}, ["commitment-not-a-step"]),
        ({"state": S.CONCLUDED}, ["commitment-not-a-step"]),
        ({"reason": "Porque."}, ["commitment-reason-short"]),
        ({"changes": False}, ["commitment-nothing-changes"]),
        ({"has_open": True}, ["commitment-change-open"]),
    ],
)
def test_a_change_of_what_was_approved_has_a_reason_and_is_one_at_a_time(changes: dict[str, object], expected: list[str]) -> None:
    given: dict[str, object] = {
        "state": S.ADOPTED,
        "reason": "La norma nueva cambió el plazo.",
        "changes": True,
        "has_open": False,
    } | changes
    assert codes(problems_with_proposal(AmendmentKind.MODIFIED, given.pop("state"), **given)) == expected  # type: ignore[arg-type]


def test_a_change_is_signed_once_by_each_sector_on_the_text_it_was_written_on() -> None:
    def asked(**changes: object) -> list[str]:
        given: dict[str, object] = {"signed": {}, "is_settled": False, "is_stale": False} | changes
        return codes(problems_with_agreement(PlanSeat.GOVERNMENT, 1, given.pop("signed"), **given))  # type: ignore[arg-type]

    assert asked() == asked(signed={PlanSeat.NON_GOVERNMENT: 2}) == []
    assert asked(signed={PlanSeat.GOVERNMENT: 2}) == ["commitment-change-signed"]
    assert asked(signed={PlanSeat.NON_GOVERNMENT: 1}) == ["commitment-change-same-person"]
    assert asked(is_stale=True) == ["commitment-change-stale"] and asked(is_settled=True) == ["commitment-change-settled"]
