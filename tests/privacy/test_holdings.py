"""No column with a person or an address is forgotten by «Mis datos»: a new one fails here until somebody says what becomes of it (P02)."""

import re

import pytest

from app.core.db import db
from app.privacy.messages import SECTIONS
from app.privacy.queries import acts_columns
from app.privacy.rules import BESIDE, HASHED, HOLDINGS, NEVER_SHOWN, OF_OFFICES, Forgetting, PrivacyProblem, erasing_problems

ADDRESS = re.compile(r"(^|_)(e?mail|address|phone|dni|document_number|birth|whatsapp)(_|$)")


@pytest.fixture(scope="module")
def columns(app):
    return [(table.name, column.name) for table in db.metadata.sorted_tables for column in table.columns]


def test_every_column_that_points_to_a_person_is_exported(app, columns):
    own = {(holding.table, name) for holding in HOLDINGS for name in holding.people}
    acts = {(table.name, column.name) for table, column in acts_columns()}
    pointing = {
        (table.name, column.name)
        for table in db.metadata.sorted_tables
        for column in table.columns
        if any(key.target_fullname == "person.id" for key in column.foreign_keys)
    }
    assert pointing - own - acts == set()
    assert len(acts) > 40


def test_every_column_with_an_address_has_somebody_who_answers_for_it(columns):
    known = {(holding.table, name) for holding in HOLDINGS for name in holding.addresses} | OF_OFFICES | HASHED | BESIDE
    found = {(table, name) for table, name in columns if ADDRESS.search(name)}
    assert found - known == set()


def test_what_is_found_by_an_address_does_not_keep_it(columns):
    for holding in HOLDINGS:
        if holding.addresses and holding.table != "person":
            assert holding.forgetting is Forgetting.DELETE or set(holding.addresses) <= set(holding.blank), holding.table


def test_the_columns_named_here_exist_and_every_section_has_its_name(columns):
    for holding in HOLDINGS:
        assert {(holding.table, name) for name in (*holding.people, *holding.addresses, *holding.blank)} <= set(columns)
        assert holding.section in SECTIONS
    assert {name for _, name in columns} >= NEVER_SHOWN


def test_every_hash_and_key_is_left_out_of_the_file(columns):
    of_people = {holding.table for holding in HOLDINGS}
    secret = {name for table, name in columns if table in of_people and re.search(r"hash|secret|token|_key$|credential|sha256", name)}
    assert secret - NEVER_SHOWN == set()


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"holds_a_role": False, "confirmed": True}, []),
        ({"holds_a_role": False, "confirmed": False}, [PrivacyProblem.NOT_CONFIRMED]),
        ({"holds_a_role": True, "confirmed": True}, [PrivacyProblem.HOLDS_A_ROLE]),
    ],
)
def test_whoever_answers_for_an_institution_ends_that_before_leaving(facts, codes):
    assert [problem.code for problem in erasing_problems(**facts)] == codes
