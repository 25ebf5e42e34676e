"""What is written: attestations beside attestations, checks day by day, warnings once, visits without an account."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.audit import queries as audit
from app.audit.models import AuditEntry
from app.compliance import messages, queries, services
from app.compliance.models import Attestation, AttestationAct, ComplianceAlarm, RequirementCheck, SiteProbe
from app.compliance.rules.attestations import ActKind, AttestationDraft, AttestationProblem, Method
from app.compliance.rules.findings import Advice, Requirement, Result
from app.compliance.rules.irm import IrmProblem, IrmVerdict
from app.compliance.rules.profiles import Application, ProfileProblem, RequirementSet
from app.compliance.rules.statements import Statement
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken
from app.forum.rules.seats import Side
from app.notifications.models import Notification
from app.notifications.rules import MailServer
from app.notifications.services.delivery import compose
from app.spaces.models import Space
from tests.cast import FELIX, GLORIA, INES, SARA
from tests.factories import activities as workshops
from tests.factories import compliance as factory
from tests.world import NOON

DAY = timedelta(days=1)


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))


def light(world, requirement, now=NOON):
    return queries.judge(factory.process_of(world), now).findings[requirement]


def codes_of(broken):
    return [problem.code for problem in broken.value.problems]


# ------------------------------------------------------------------------------------------------------------ attestations


def test_an_attestation_is_public_in_the_register_and_turns_the_light(world, context):
    workshops.published(world)
    before = factory.process_of(world).public_revision
    assert light(world, Requirement.RECORDS).rule is Result.NEEDS_ATTESTATION
    factory.signed(world)
    db.session.expire_all()
    assert light(world, Requirement.RECORDS).rule is Result.MET
    assert actions()[-1] == "compliance.attest"
    assert factory.process_of(world).public_revision > before
    assert audit.verdict().is_sound


def test_nothing_anybody_wrote_enters_the_register(world, context):
    factory.signed(world)
    body = db.session.scalar(select(AuditEntry.body).order_by(AuditEntry.seq.desc()).limit(1))
    assert factory.WORDS not in body
    assert "Sara" not in body


def test_the_same_side_signs_once_and_the_other_side_may_sign_too(world, context):
    factory.signed(world)
    with pytest.raises(RuleBroken) as broken:
        factory.signed(world)
    assert codes_of(broken) == [AttestationProblem.ALREADY_STANDS]
    factory.signed(world, side=Side.NON_GOVERNMENT)
    assert db.session.scalar(select(func.count(Attestation.id))) == 2


def test_renewing_writes_another_row_and_leaves_the_first_as_it_was(world, context):
    first = factory.signed(world)
    renewed = factory.signed(world, now=NOON + 350 * DAY, text="Revisé otra vez la mesa de partes este año.")
    assert (renewed.renews_id, renewed.number, first.is_standing, renewed.is_standing) == (first.id, 2, False, True)
    assert first.text == factory.WORDS
    assert light(world, Requirement.RECORDS, NOON + 700 * DAY).id is Requirement.RECORDS


def test_personal_data_is_refused(world, context):
    with pytest.raises(RuleBroken) as broken:
        factory.signed(world, text="Lo confirmó la señora Rosa, DNI 45678912, celular 984 123 456.")
    assert codes_of(broken) == [AttestationProblem.PERSONAL_DATA]
    assert db.session.scalar(select(func.count(Attestation.id))) == 0


def test_the_other_sector_contradicts_beside_it_and_the_light_falls(world, context):
    workshops.published(world)
    factory.signed(world)
    row = queries.attestation_by_number("cusco", 1)
    why = "Faltan los aportes que se dejaron en papel en Ccorca."
    services.act(row, ActKind.CONTRADICT, why, post="Representante", side=Side.NON_GOVERNMENT, person_id=world.id_of(FELIX), now=NOON)
    db.session.expire_all()
    found = light(world, Requirement.RECORDS)
    assert (found.rule, found.says(Advice.CONTRADICTED)) == (Result.NEEDS_ATTESTATION, True)
    assert queries.attestation_by_number("cusco", 1).attestation.text == factory.WORDS
    with pytest.raises(RuleBroken) as broken:
        services.act(
            queries.attestation_by_number("cusco", 1), ActKind.CONTRADICT, why, post="Representante", side=Side.NON_GOVERNMENT,
            person_id=world.id_of(FELIX), now=NOON,
        )  # fmt: skip
    assert codes_of(broken) == [AttestationProblem.ALREADY_ACTED]


def test_a_contradicted_statement_may_be_signed_anew(world, context):
    workshops.published(world)
    factory.signed(world)
    row = queries.attestation_by_number("cusco", 1)
    why = "Faltan los aportes que se dejaron en papel en Ccorca."
    services.act(row, ActKind.CONTRADICT, why, post="Representante", side=Side.NON_GOVERNMENT, person_id=world.id_of(FELIX), now=NOON)
    factory.signed(world, text="Se añadieron los cuatro aportes en papel que faltaban.", now=NOON + DAY)
    db.session.expire_all()
    assert light(world, Requirement.RECORDS, NOON + DAY).rule is Result.MET
    assert len(queries.attestations(factory.process_of(world))) == 2


def test_withdrawing_needs_a_reason_and_leaves_the_words(world, context):
    factory.signed(world)
    with pytest.raises(RuleBroken) as broken:
        services.act(
            queries.attestation_by_number("cusco", 1), ActKind.WITHDRAW, "ya no", post="Secretaria", side=Side.GOVERNMENT,
            person_id=world.id_of(SARA), now=NOON,
        )  # fmt: skip
    assert codes_of(broken) == [AttestationProblem.TEXT_SHORT]
    services.act(
        queries.attestation_by_number("cusco", 1), ActKind.WITHDRAW, "Encontramos un sobre sin registrar.", post="Secretaria",
        side=Side.GOVERNMENT, person_id=world.id_of(SARA), now=NOON,
    )  # fmt: skip
    db.session.expire_all()
    row = queries.attestation_by_number("cusco", 1)
    assert (row.attestation.is_standing, row.attestation.text, row.withdrawal.text) == (
        False,
        factory.WORDS,
        "Encontramos un sobre sin registrar.",
    )
    assert not row.is_in_force(lima_day(NOON))


def test_a_facilitator_attests_only_for_workshops_of_their_own(world, context):
    process = factory.process_of(world)
    draft = AttestationDraft(Statement.FAITHFUL_CAPTURE, factory.WORDS, "Facilitadora", Method.PRESENT, about="taller-ccorca")
    common = {"side": Side.GOVERNMENT, "person_id": world.id_of(INES), "now": NOON, "abouts": ("taller-ccorca",)}
    with pytest.raises(RuleBroken) as broken:
        services.attest(process, draft, own_workshops=set(), **common)
    assert codes_of(broken) == [AttestationProblem.NOT_YOUR_WORKSHOP]
    services.attest(process, draft, own_workshops={"taller-ccorca"}, **common)


def test_what_is_said_of_the_space_counts_for_every_process_of_it(world, context):
    attestation = factory.signed(world, Statement.OFFICIAL_SITE)
    assert attestation.process_id is None
    assert actions()[-1] == "compliance.attest"


def test_a_co_signature_is_another_row(world, context):
    factory.signed(world)
    row = queries.attestation_by_number("cusco", 1)
    services.act(row, ActKind.CO_SIGN, "", post="Integrante del foro", side=Side.GOVERNMENT, person_id=world.id_of(GLORIA), now=NOON)
    assert db.session.scalar(select(AttestationAct.kind)) is ActKind.CO_SIGN


# ----------------------------------------------------------------------------------------------------------- profile, IRM


def test_choosing_what_applies_is_a_row_and_an_act(world, context):
    space = db.session.get(Space, world.space_id)
    services.choose_profile(space, {RequirementSet.OGP_LOCAL: Application.REQUIRED}, person_id=world.id_of(SARA), now=NOON)
    assert queries.profile(space)[RequirementSet.OGP_LOCAL] is Application.REQUIRED
    count = len(actions())
    services.choose_profile(space, {RequirementSet.OGP_LOCAL: Application.REQUIRED}, person_id=world.id_of(SARA), now=NOON)
    assert len(actions()) == count
    with pytest.raises(RuleBroken) as broken:
        services.choose_profile(space, dict.fromkeys(RequirementSet, Application.NONE), person_id=world.id_of(SARA), now=NOON)
    assert codes_of(broken) == [ProfileProblem.NOTHING_APPLIES]


def test_a_set_that_does_not_apply_has_no_lights(world, context):
    assert light(world, Requirement.LOCAL_WEB).rule is Result.NOT_APPLICABLE
    assert light(world, Requirement.NOTICE).rule is Result.NEEDS_ATTESTATION


def test_the_irm_is_quoted_only_from_its_published_report(world, context):
    process = factory.process_of(world)
    with pytest.raises(RuleBroken) as broken:
        services.record_irm_result(
            process, IrmVerdict.YES, "https://example.pe/informe", lima_day(NOON), person_id=world.id_of(SARA), now=NOON
        )
    assert codes_of(broken) == [IrmProblem.REPORT_MISSING]
    url = "https://www.opengovpartnership.org/documents/peru-action-plan-review/"
    services.record_irm_result(process, IrmVerdict.NO, url, lima_day(NOON), person_id=world.id_of(SARA), now=NOON)
    assert queries.irm_result(process.id).verdict is IrmVerdict.NO
    services.record_irm_result(process, IrmVerdict.UNAVAILABLE, "", lima_day(NOON), person_id=world.id_of(SARA), now=NOON)
    assert queries.irm_result(process.id).report_url == ""


# ------------------------------------------------------------------------------------------------------- the daily check


def test_each_day_keeps_what_the_page_said_and_only_changes_enter_the_register(world, context):
    assert services.check_all(NOON) == 1
    first = len(actions())
    assert actions()[-1] == "compliance.check"
    assert services.check_all(NOON + timedelta(hours=1)) == 0
    services.check_all(NOON + DAY)
    rows = db.session.scalars(select(RequirementCheck).where(RequirementCheck.requirement == Requirement.NOTICE)).all()
    assert [(row.day, row.is_change, row.facts is not None) for row in rows] == [
        (lima_day(NOON), True, True), (lima_day(NOON) + DAY, False, False),
    ]  # fmt: skip
    assert len(actions()) == first
    workshops.published(world)
    factory.signed(world)
    db.session.expire_all()
    services.check_all(NOON + 2 * DAY)
    said = {check.requirement: check for check in queries.said_on(world.process_id, lima_day(NOON) + 2 * DAY)}
    assert (said[Requirement.RECORDS].rule, said[Requirement.RECORDS].is_change) == (Result.MET, True)
    assert len(queries.said_on(world.process_id, lima_day(NOON))) == len(Requirement)


def test_the_facts_of_a_day_can_be_proved(world, context):
    services.check_all(NOON)
    row = queries.said_on(world.process_id, lima_day(NOON))[0]
    assert services.sha256_of(queries.judge(factory.process_of(world), NOON).findings[row.requirement].facts) == row.facts_sha256


def test_a_warning_goes_once_to_the_secretariat_and_both_sectors(world, context):
    services.check_all(NOON)
    alarms = db.session.scalars(select(ComplianceAlarm)).all()
    letters = db.session.scalars(select(Notification).where(Notification.kind == "compliance.alarm")).all()
    assert alarms
    assert {letter.address for letter in letters} == {SARA.email, GLORIA.email, FELIX.email}
    assert len(letters) == 3 * len(alarms)
    services.check_all(NOON + DAY)
    again = {(letter.address, letter.dedupe_key) for letter in db.session.scalars(select(Notification))}
    assert len(again) == db.session.scalar(select(func.count(Notification.id)))
    per_alarm = db.session.scalar(select(func.count(ComplianceAlarm.id)))
    assert len([key for _, key in again if key.startswith("compliance.alarm")]) == 3 * per_alarm


def test_every_warning_can_be_said_on_the_desk_and_in_a_letter(world, context, app):
    """All the days of two years: whatever the process runs into, its warnings have all the words they need."""
    for n in range(0, 730, 9):
        services.raise_alarms(factory.process_of(world), queries.judge(factory.process_of(world), NOON + n * DAY), now=NOON + n * DAY)
    rows = db.session.scalars(select(ComplianceAlarm)).all()
    assert len({row.advice for row in rows}) >= 5
    with app.test_request_context():
        said = [messages.advice_sentence(row.advice, row.details) for row in rows]
    assert all(sentence.endswith(".") and "%(" not in sentence for sentence in said)
    letters = db.session.scalars(select(Notification).where(Notification.kind == "compliance.alarm").limit(10)).all()
    for letter in letters:
        text = compose(letter, MailServer("localhost", 25), NOON).get_body(("plain",)).get_content()
        assert letter.content["requirement"] in text
        assert "/mesa/procesos/plan-prueba/requisitos" in text


def test_a_warning_closes_when_what_it_asked_for_was_done(world, context):
    services.check_all(NOON)
    missing = {a.key for a in queries.open_alarms([world.process_id]) if a.advice == Advice.NO_OUTREACH}
    factory.told(world)
    db.session.expire_all()
    services.check_all(NOON + DAY)
    assert missing
    assert not {a.key for a in queries.open_alarms([world.process_id])} & missing


# ----------------------------------------------------------------------------------------------------------- the visits


def test_the_worker_opens_the_public_pages_as_a_visitor(world, app):
    with app.app_context():
        due = services.visits_due(NOON)
        db.session.rollback()
    assert len(due) == 1
    assert f"/procesos/{world.slug}/requisitos" in due[0].pages
    with app.app_context():
        found = services.visit(services.Visit(world.space_id, ("/", "/procesos", "/registro", "/mesa", "/nada")))
        assert sorted(found.failures) == ["/mesa: login", "/nada: 404"]
        kept = services.keep_visit(found, now=NOON)
        assert not kept.is_ok
        assert services.keep_visit(found, now=NOON) is None
        db.session.commit()
        assert [v.space_id for v in services.visits_due(NOON)] == []
        assert len(services.visits_due(NOON + timedelta(hours=1))) == 1
        db.session.rollback()


def test_a_file_that_changed_on_the_disk_is_found(world, context, monkeypatch):
    from app.core import storage
    from app.evidence import queries as evidence

    workshops.published(world)
    db.session.flush()
    file = next(iter(evidence.of_many("activity", [1], public_only=True)))
    space = db.session.get(Space, world.space_id)
    whole = services.visit(services.Visit(space.id, (), ((file.key, file.sha256),)))
    assert whole.broken == ()
    storage.put(evidence.stored_name(file.key), b"otra cosa")
    assert services.visit(services.Visit(space.id, (), ((file.key, file.sha256), ("0" * 32, "b" * 64)))).broken == (file.key, "0" * 32)


def test_two_days_of_failures_are_more_than_24_hours(world, context):
    for n in range(2):
        failed = services.Found(services.Visit(world.space_id, ("/foro",)), ("/foro: 500",))
        services.keep_visit(failed, now=NOON + n * DAY)
    assert light(world, Requirement.WEBSITE, NOON + DAY).rule is Result.NOT_MET
    services.keep_visit(services.Found(services.Visit(world.space_id, ("/foro",))), now=NOON + DAY + timedelta(hours=1))
    assert light(world, Requirement.WEBSITE, NOON + DAY).rule is Result.NEEDS_ATTESTATION
    assert db.session.scalar(select(func.count(SiteProbe.id))) == 3
