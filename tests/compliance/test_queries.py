"""Facts gathered from the records of other packages, in a fixed number of statements."""

from datetime import timedelta

from sqlalchemy import event

from app.compliance import queries
from app.compliance.rules.findings import Advice, Requirement, Result
from app.compliance.rules.repository import UpdateKind
from app.compliance.rules.statements import Statement
from app.core.clock import lima_day
from app.core.db import db
from app.processes.models import Process
from tests.factories import activities as workshops
from tests.factories import compliance as factory
from tests.feedback.answers import say
from tests.world import NOON

MOST_STATEMENTS = 30


class Statements:
    """Counts what is sent to the database."""

    def __init__(self):
        self.sent = []

    def __enter__(self):
        event.listen(db.engine, "before_cursor_execute", self._count)
        return self

    def __exit__(self, *_):
        event.remove(db.engine, "before_cursor_execute", self._count)

    def _count(self, connection, cursor, statement, *_):
        self.sent.append(statement)


def found(world, now=NOON):
    return queries.judge(factory.process_of(world), now)


def test_every_requirement_of_the_table_is_judged_in_its_order(world, context):
    assert list(found(world).findings) == list(Requirement)


def test_notice_is_read_from_the_published_schedule(world, context):
    notice = found(world).findings[Requirement.NOTICE]
    assert (notice.facts["days"], notice.goal) == (21, Result.MET)
    assert notice.proofs[0].url == "/procesos/plan-prueba/cronograma/versiones/1"


def test_a_workshop_that_nobody_documented_is_missed_five_working_days_later(world, context):
    assert found(world, NOON).findings[Requirement.RECORDS].says(Advice.RECORD_MISSING) is not False
    workshops.published(world)
    records = found(world).findings[Requirement.RECORDS]
    assert (records.facts["documented"], records.facts["missing"]) == (1, [])
    assert records.proofs[0].sha256


def test_outreach_that_was_taken_back_does_not_count(world, context):
    from app.activities import services as activities

    action = factory.told(world)
    assert found(world).findings[Requirement.OUTREACH].facts["actions"] == 1
    activities.withdraw_outreach(action, "Se registró por error en este proceso.", person_id=1, now=NOON)
    db.session.expire_all()
    assert found(world).findings[Requirement.OUTREACH].facts["actions"] == 0


def test_inputs_are_counted_by_sector_region_and_language(world, context):
    for n in range(3):
        say(world, key=f"{n:032x}")
    inputs = found(world, NOON + timedelta(days=30)).findings[Requirement.INPUTS]
    assert inputs.facts["received"] == 3
    assert sum(inputs.facts["by_sector"].values()) == 3
    assert inputs.rule is Result.NOT_MET  # one sector only, and the channel is closed


def test_waiting_answers_are_named_by_code(world, context):
    made = [say(world, key=f"{n:032x}") for n in range(2)]
    feedback = found(world, NOON + timedelta(days=30)).findings[Requirement.FEEDBACK]
    assert (feedback.rule, feedback.facts["waiting"]) == (Result.AT_RISK, 2)
    assert set(feedback.facts["missing_codes"]) == {contribution.code for contribution in made}


def test_the_repository_reads_publications_from_the_register(world, context):
    workshops.published(world)
    updates = queries.gather(factory.process_of(world), NOON).updates
    assert [(u.title, u.kind, u.on) for u in updates] == [("activities.publish", UpdateKind.COCREATION, lima_day(NOON))]


def test_a_record_loaded_after_the_facts_is_never_compliance(world, context):
    say(world)
    db.session.query(Process).update({"is_retroactive": True})
    db.session.expire_all()
    judgement = found(world)
    for requirement in (Requirement.NOTICE, Requirement.OUTREACH, Requirement.INPUTS, Requirement.RECORDS, Requirement.FEEDBACK):
        assert judgement.findings[requirement].rule is Result.NOT_APPLICABLE
        assert judgement.findings[requirement].says(Advice.RETROACTIVE)


def test_an_attested_document_gives_its_day(world, context):
    factory.signed(world, Statement.OFFICIAL_SITE)
    row = queries.attestations(factory.process_of(world))[0]
    assert row.is_in_force(lima_day(NOON))
    assert not row.is_in_force(lima_day(NOON + timedelta(days=400)))


def test_the_number_of_statements_does_not_grow_with_the_process(world, context):
    def count():
        db.session.expire_all()
        process = factory.process_of(world)
        with Statements() as statements:
            queries.judge(process, NOON)
        return len(statements.sent)

    few = count()
    for n in range(12):
        say(world, key=f"{n:032x}")
    for n in range(5):
        factory.told(world, key=f"{n}" * 32)
    workshops.published(world)
    factory.signed(world)
    assert count() <= few + 4  # files, acts and the codes that wait are asked for only when there are any
    assert count() <= MOST_STATEMENTS
