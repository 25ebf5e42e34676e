"""What an organisation may say of itself, which ones look alike, and who may decide about it. Pure rules."""

from dataclasses import replace

import pytest

from app.organisations.rules import (
    MOST_INVITATIONS,
    MOST_REGISTERED,
    OrganisationDraft,
    OrganisationProblem,
    Sector,
    Standing,
    Verdict,
    are_near,
    asking_problems,
    inviting_problems,
    is_ruc,
    merging_problems,
    near_names,
    problems_with,
    renaming_problems,
    ruc_digits,
    verdict_problems,
)

WHOLE = OrganisationDraft("Comité de Regantes", Sector.GRASSROOTS, email="regantes@example.pe")
REASON = "El acta no nombra a esa persona."


def codes(problems):
    return [problem.code for problem in problems]


@pytest.mark.parametrize("ruc", ["20100070970", "20131312955", "20504743307", "10000000010"])
def test_a_ruc_ends_in_the_digit_that_follows_from_the_others(ruc):
    """The first three are of public registers (SUNAT: a shop, SUNAT itself, an airline); the last is made up to pass."""
    wrong = f"{ruc[:-1]}{(int(ruc[-1]) + 1) % 10}"
    assert not is_ruc(wrong)
    if ruc != "10000000010":
        assert is_ruc(ruc)


def test_a_ruc_may_be_typed_with_spaces_and_of_a_person_is_not_taken():
    assert ruc_digits("20-131.312 955") == "20131312955"
    assert codes(problems_with(replace(WHOLE, ruc="20131312955"))) == []
    assert codes(problems_with(replace(WHOLE, ruc="20131312955"), is_ruc_taken=True)) == [OrganisationProblem.RUC_TAKEN]
    assert codes(problems_with(replace(WHOLE, ruc="2013131295"))) == [OrganisationProblem.RUC_MALFORMED]
    of_person = next(f"1012345678{digit}" for digit in range(10) if is_ruc(f"1012345678{digit}"))
    assert codes(problems_with(replace(WHOLE, ruc=of_person))) == [OrganisationProblem.RUC_OF_PERSON]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": ""}, OrganisationProblem.NAME_MISSING),
        ({"sector": None}, OrganisationProblem.SECTOR_MISSING),
        ({"sector": Sector.CITIZEN}, OrganisationProblem.SECTOR_MISSING),
        ({"email": ""}, OrganisationProblem.CONTACT_MISSING),
        ({"email": "no es un correo"}, OrganisationProblem.CONTACT_MALFORMED),
        ({"topics": ("agua",) * 9}, OrganisationProblem.TOPICS_TOO_MANY),
        ({"ubigeos": ("080102",) * 31}, OrganisationProblem.TERRITORIES_TOO_MANY),
    ],
)
def test_what_an_organisation_must_say(change, problem):
    assert codes(problems_with(WHOLE)) == []
    assert codes(problems_with(replace(WHOLE, **change))) == [problem]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Comité de Regantes de Ccorca", "COMITE REGANTES CCORCA", True),
        ("Asociación Civil Tierra Viva", "Tierra Viva", True),
        ("Comité de Regantes de Ccorca", "Comité de Regantes de Ccorka", True),
        ("Red de Mujeres del Cusco", "Red de Mujeres del Cusco y Anta", True),
        ("Red Vecinal", "Comité de Regantes", False),
        ("Municipalidad de Ccorca", "Municipalidad de Poroy", False),
        ("Asociación", "Asociación Civil", False),
    ],
)
def test_which_names_may_be_of_one_organisation(one, other, near):
    assert are_near(one, other) is near and are_near(other, one) is near


def test_near_names_keep_the_order_they_come_in():
    known = [("a", "Tierra Viva"), ("b", "Otra cosa"), ("c", "ONG Tierra Viva")]
    assert near_names("Tierra viva", known) == ["a", "c"] and near_names("Tierra viva", known, most=1) == ["a"]


@pytest.mark.parametrize(
    ("verdict", "standing", "reason", "own", "problems"),
    [
        (Verdict.VERIFIED, Standing.PENDING, "", False, []),
        (Verdict.VERIFIED, Standing.LISTED, "", False, []),
        (Verdict.VERIFIED, Standing.VERIFIED, "", False, [OrganisationProblem.NOT_PENDING]),
        (Verdict.VERIFIED, Standing.MERGED, "", False, [OrganisationProblem.NOT_PENDING]),
        (Verdict.VERIFIED, Standing.PENDING, "", True, [OrganisationProblem.OWN]),
        (Verdict.REFUSED, Standing.PENDING, "no", False, [OrganisationProblem.REASON_SHORT]),
        (Verdict.REFUSED, Standing.PENDING, REASON, False, []),
        (Verdict.REFUSED, Standing.VERIFIED, REASON, False, [OrganisationProblem.NOT_PENDING]),
        (Verdict.REVOKED, Standing.VERIFIED, REASON, False, []),
        (Verdict.REVOKED, Standing.PENDING, REASON, False, [OrganisationProblem.NOT_VERIFIED]),
    ],
)
def test_what_the_team_of_a_space_may_decide(verdict, standing, reason, own, problems):
    assert codes(verdict_problems(verdict, standing, reason, is_own=own)) == problems


def test_names_and_mergers_carry_a_reason():
    assert codes(renaming_problems("Otro", "Uno", REASON)) == []
    assert codes(renaming_problems("Uno", "Uno", "")) == [OrganisationProblem.SAME_NAME, OrganisationProblem.REASON_SHORT]
    assert codes(merging_problems(is_same=True, standings={Standing.VERIFIED}, reason=REASON)) == [OrganisationProblem.MERGE_ITSELF]
    merged = merging_problems(is_same=False, standings={Standing.VERIFIED, Standing.MERGED}, reason=REASON)
    assert codes(merged) == [OrganisationProblem.MERGED_ALREADY]


def test_queues_and_mailboxes_are_not_filled_by_one_person():
    assert codes(asking_problems(waiting=MOST_REGISTERED, has_space=True)) == [OrganisationProblem.REGISTERED_MANY]
    assert codes(asking_problems(waiting=0, has_space=False)) == [OrganisationProblem.SPACE_MISSING]
    facts = {"acts": False, "is_invited": False, "waiting": 0}
    assert codes(inviting_problems("a@b.pe", **facts)) == []
    assert codes(inviting_problems("a b", **facts)) == [OrganisationProblem.EMAIL_MALFORMED]
    assert codes(inviting_problems("a@b.pe", **facts | {"acts": True})) == [OrganisationProblem.ACTS_ALREADY]
    assert codes(inviting_problems("a@b.pe", **facts | {"is_invited": True})) == [OrganisationProblem.INVITED_ALREADY]
    assert codes(inviting_problems("a@b.pe", **facts | {"waiting": MOST_INVITATIONS})) == [OrganisationProblem.INVITED_MANY]
