"""Several ideas under one code: what they amount to, what each must say, and everywhere they are read."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.core.db import db
from app.core.errors import RuleBroken
from app.feedback import documents, queries, services
from app.feedback.models import DecisionPart
from app.feedback.rules.drafts import DecisionDraft, PartDraft, content_sha256, signed_content
from app.feedback.rules.outcomes import PART_OUTCOMES, DecisionState, Outcome, Reason, overall
from app.feedback.rules.parts import MOST_PARTS, joined, split, whole, without_part
from app.feedback.rules.tidying import tidy
from tests.cast import ANA
from tests.feedback.answers import ADOPTED, NOT_ADOPTED, WHY, approve, make_plan, process_of, publish, say, write
from tests.world import World

ADOPTED_IDEA = PartDraft(
    idea="Que haya monitores.", outcome=Outcome.ADOPTED, text=ADOPTED.text, what_changed=ADOPTED.what_changed, commitment=1,
    milestone="1.1",
)  # fmt: skip
REFUSED_IDEA = PartDraft(
    idea="Que se pague a los monitores.", outcome=Outcome.NOT_ADOPTED, reason_code=Reason.R04, text=WHY, criterion="Costo",
    change_needed="Que el distrito ponga la mitad.",
)  # fmt: skip
LATER_IDEA = PartDraft(
    idea="Que haya un archivo.", outcome=Outcome.DEFERRED, reason_code=Reason.R05, text=WHY, target_cycle="Plan 2029",
    carry_over_owner="Secretaría", commitment=2,
)  # fmt: skip
SPLIT = DecisionDraft(organisation="gerencia-obras", parts=(ADOPTED_IDEA, REFUSED_IDEA))


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], None),
        ([Outcome.ADOPTED, None], None),
        ([Outcome.ADOPTED, Outcome.ADOPTED], Outcome.ADOPTED),
        ([Outcome.NOT_ADOPTED, Outcome.NOT_ADOPTED], Outcome.NOT_ADOPTED),
        ([Outcome.ADOPTED, Outcome.NOT_ADOPTED], Outcome.ADOPTED_PARTIALLY),
        ([Outcome.DEFERRED, Outcome.ADOPTED_PARTIALLY], Outcome.ADOPTED_PARTIALLY),
        ([Outcome.NOT_ADOPTED, Outcome.DEFERRED], Outcome.DEFERRED),
        ([Outcome.OUT_OF_SCOPE, Outcome.REFERRED, Outcome.ALREADY_COVERED], Outcome.ALREADY_COVERED),
    ],
)
def test_what_several_ideas_amount_to(outcomes: list, expected: Outcome | None) -> None:
    assert overall(outcomes) is expected


def test_the_whole_says_everything_its_parts_say() -> None:
    found = whole(replace(SPLIT, parts=(*SPLIT.parts, LATER_IDEA)))
    assert found.outcome is Outcome.ADOPTED_PARTIALLY and (found.commitment, found.milestone) == (1, "1.1")
    assert found.text.startswith(f"1) {ADOPTED.text}\n2) ") and "\n3) " in found.text
    assert (
        found.adopted_part == "1) Que haya monitores."
        and found.rejected_part == "2) Que se pague a los monitores.\n3) Que haya un archivo."
    )
    assert found.reason_code is Reason.R04 and found.criterion == "Costo" and found.target_cycle == "Plan 2029"
    assert whole(NOT_ADOPTED) is NOT_ADOPTED


def test_answers_without_parts_group_or_clause_keep_the_hash_they_had() -> None:
    """The value was computed before parts, groups and clauses existed."""
    assert content_sha256(NOT_ADOPTED, "PRB-C-0001") == "3d6c9f5e379e03a472ad8e4dd5c35a9142c0b1b3559d4bd1aff429e669036aa2"
    assert not {"parts", "group", "clause"} & set(signed_content(NOT_ADOPTED, "PRB-C-0001"))


def test_parts_group_and_clause_are_signed() -> None:
    content = signed_content(tidy(replace(SPLIT, group=("A", "B"))), "A")
    assert content["group"] == ["A", "B"] and content["parts"][1]["outcome"] == "not_adopted" and content["parts"][0]["commitment"] == 1
    hashes = {content_sha256(draft, "A") for draft in (
        tidy(SPLIT), tidy(replace(SPLIT, parts=SPLIT.parts[::-1])), tidy(replace(SPLIT, group=("A", "B"))),
        replace(NOT_ADOPTED, clause="2/solution"), NOT_ADOPTED,
    )}  # fmt: skip
    assert len(hashes) == 5


def test_splitting_keeps_what_was_written_and_joining_gives_it_back() -> None:
    once = split(NOT_ADOPTED)
    assert once.parts[0].text == WHY and once.parts[1] == PartDraft() and once.organisation == NOT_ADOPTED.organisation
    assert joined(replace(once, parts=once.parts[:1])) == NOT_ADOPTED
    assert without_part(once, 1) == NOT_ADOPTED
    assert len(split(split(once)).parts) == 4
    full = replace(once, parts=(PartDraft(idea="x"),) * MOST_PARTS)
    assert len(split(full).parts) == MOST_PARTS
    assert joined(SPLIT).text.startswith("1) ") and joined(SPLIT).parts == ()


def test_blank_ideas_are_dropped_on_the_way_in() -> None:
    assert tidy(replace(SPLIT, parts=(*SPLIT.parts, PartDraft(idea="  ")))).parts == SPLIT.parts


def test_what_one_idea_may_not_be_is_about_the_whole() -> None:
    assert set(Outcome) - set(PART_OUTCOMES) == {Outcome.MERGED, Outcome.NEEDS_CLARIFICATION, Outcome.WITHDRAWN}


@pytest.fixture
def here(world: World, context: None) -> World:
    make_plan(world)
    return world


def test_a_split_answer_is_kept_part_by_part_and_judged_so(here: World) -> None:
    contribution = say(here)
    decision = write(here, contribution, replace(SPLIT, parts=(ADOPTED_IDEA, replace(REFUSED_IDEA, criterion="", change_needed=""))))
    assert queries.draft_of(decision).parts[0] == ADOPTED_IDEA and decision.ideas[1] == ["not_adopted", "Que se pague a los monitores."]
    with pytest.raises(RuleBroken) as broken:
        services.submit(decision, person_id=here.id_of(ANA), now=decision.saved_at)
    assert {(str(p.code), p.field) for p in broken.value.problems} == {
        ("no-criterion", "parts-1-criterion"), ("no-change-needed", "parts-1-change_needed"),
    }  # fmt: skip
    mended = write(here, contribution, SPLIT, revision=decision.revision)
    services.submit(mended, person_id=here.id_of(ANA), now=decision.saved_at)
    assert mended.state is DecisionState.REVIEW
    assert len(db.session.scalars(select(DecisionPart)).all()) == 2


def test_an_idea_cannot_point_to_nothing(here: World) -> None:
    with pytest.raises(RuleBroken) as broken:
        write(here, say(here), replace(SPLIT, parts=(replace(ADOPTED_IDEA, commitment=99, milestone=""), REFUSED_IDEA)))
    assert [(str(p.code), p.field) for p in broken.value.problems] == [("answer-unknown-commitment", "parts-0-commitment")]


def test_two_signatures_bind_all_the_ideas_and_every_reader_finds_each(here: World) -> None:
    contribution = say(here)
    decision = approve(here, contribution, replace(SPLIT, parts=(*SPLIT.parts, LATER_IDEA)))
    assert decision.state is DecisionState.APPROVED
    publish(here, queries.decision_by_id(decision.id))
    (version,) = queries.history(contribution.id)
    assert [part.idea for part in version.draft.parts] == [ADOPTED_IDEA.idea, REFUSED_IDEA.idea, LATER_IDEA.idea]
    assert version.decision.outcome is Outcome.ADOPTED_PARTIALLY and len(version.signatures) == 2
    (row,) = [item for item in documents.as_json(process_of(here))["aportes"]]
    assert row["respuesta"].startswith("1) ") and "3) " in row["respuesta"] and row["compromiso"] == "1; 2"
    assert row["motivo_codigo"] == "R04; R05" and row["hito"] == "1.1" and row["grupo"] == ""
    fed = [(number, outcome) for number, _, _, _, _, outcome in queries.origins(here.process_id)]
    assert fed == [(1, Outcome.ADOPTED), (2, Outcome.DEFERRED)]


def test_an_edit_of_one_idea_is_an_edit_of_the_answer(here: World) -> None:
    contribution = say(here)
    decision = approve(here, contribution, SPLIT)
    changed = replace(SPLIT, parts=(ADOPTED_IDEA, replace(REFUSED_IDEA, idea="Que se pague más a los monitores.")))
    again = write(here, contribution, changed, revision=decision.revision)
    assert again.state is DecisionState.DRAFT and queries.draft_of(again).parts[1].idea.startswith("Que se pague más")
    back = write(here, contribution, NOT_ADOPTED, revision=again.revision)
    assert back.ideas is None and queries.draft_of(back) == NOT_ADOPTED and db.session.scalars(select(DecisionPart)).all() == []
