"""A world with one of everything that has an address, made through the services, so that every route can be tried."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from werkzeug.routing import Rule

from app.activities import services as activities
from app.activities.models import Activity
from app.activities.rules import Dimension, RegistrationDraft
from app.contributions import services as contributions
from app.contributions.models import Contribution
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.incoming import Holds
from app.contributions.rules.terms import Channel, NameConsent
from app.core.db import db
from app.evidence.rules import AttachmentKind, FileUpload
from app.feedback import queries as feedback_queries
from app.feedback import services as feedback
from app.feedback.models import Decision
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import Outcome, Seat
from app.letters import services as letters
from app.letters.rules.replies import ReplyDraft, ReplyKind
from app.moderation import services as moderation
from app.moderation.rules import HidingReason
from app.plans import services as plans
from app.plans.models import Commitment
from app.plans.rules import CommitmentDraft, MilestoneDraft
from app.processes import queries as processes
from app.processes import services as processes_services
from app.processes.models import Opportunity, Process
from app.processes.rules.drafts import CriterionDraft
from app.processes.rules.schedule import OpportunityKind
from app.spaces.models import RoleAssignment
from tests.cast import ANA, FELIX, GLORIA, INES, MARCO, ROSA, SARA
from tests.factories.activities import approved
from tests.factories.files import pdf
from tests.factories.rounds import a_team
from tests.security.rich_accounts import build_accounts
from tests.security.rich_agreements import build_agreements
from tests.security.rich_budgeting import build_budgeting
from tests.security.rich_deliberation import build_deliberation
from tests.security.rich_directory import build_directory
from tests.security.rich_incidents import build_incidents
from tests.security.rich_intake import build_intake
from tests.security.rich_notices import build_notices
from tests.security.rich_projects import build_projects
from tests.security.rich_record import build_record
from tests.security.rich_scrutiny import build_scrutiny
from tests.security.rich_voting import build_voting
from tests.security.rich_workshops import build_workshops
from tests.world import NOON, World, build_world

SPEAKER = "Zenaida Ccopa Yupanqui"  # says everything here, and asked to be anonymous
ANSWER = (
    "Gracias por decirnos lo que pasa en la posta. Acogemos su pedido: el compromiso 1 fija un turno de noche, con dos personas y una línea "
    "de atención, desde el segundo semestre de 2027. El modelo del turno se publica en abril."
)


@dataclass
class RichWorld:
    """The small world, and what leads to everything in it."""

    world: World
    arguments: dict[str, Any] = field(default_factory=dict)
    for_rules: dict[str, dict[str, Any]] = field(default_factory=dict)
    code_of_contribution: str = ""

    @property
    def slug(self) -> str:
        return self.world.slug

    def id_of(self, member: Any) -> int:
        return self.world.id_of(member)

    def arguments_of(self, rule: Rule) -> dict[str, Any]:
        """Values for the arguments of a rule. The longest known start of its address wins; KeyError names what is missing."""
        known = dict(self.arguments)
        for start in sorted(self.for_rules, key=len):
            if rule.rule.startswith(start):
                known |= self.for_rules[start]
        return {name: known[name] for name in rule.arguments}


def build_rich_world() -> RichWorld:
    """The caller commits."""
    world = build_world()
    a_team(world)
    rich = RichWorld(world)
    process = processes.process_by_slug(world.slug)
    assert process is not None
    sara = world.id_of(SARA)
    _process(process, sara)
    activity, attachment_key = _activity(world, process)
    unfinished_key = _unfinished_activity(world, process)
    commitment = _plan(process, sara)
    codes = _contributions(world, process, activity)
    _answers(world, process, codes, commitment)
    _letters(world, process, codes["answered"].code)
    upload = contributions.keep_upload(
        b"texto;tipo_proponente\n", "aportes.csv", process, opportunity=None, person_id=sara, settings="{}", now=NOON
    )
    answers = contributions.keep_upload(
        b"nro;resultado\n", "respuestas.csv", process, opportunity=None, person_id=sara, settings="", now=NOON, holds=Holds.ANSWERS
    )
    answers.report = {"headers": ["nro", "resultado"], "samples": ["", ""]}
    rich.code_of_contribution = codes["answered"].code
    rich.arguments = {
        "slug": world.slug, "code": codes["answered"].code, "activity": "taller-ccorca", "opportunity": "taller-ccorca", "theme": "agua", "position": 0,
        "kind": "problems", "n": 1, "number": 1, "a": 1, "b": 1, "version": 1, "milestone": "1.1", "key": attachment_key,
        "token": contributions.receipt_token("rich-web-answered"), "assignment_id": _assignment_of_rosa(world),
    }  # fmt: skip
    record, under = build_record(world, process, commitment, [codes["waiting"].code, codes["captured"].code])
    notices, under_notices = build_notices(world.slug, ubigeo="080102")
    rich.arguments |= record | notices
    said = build_deliberation(world, process, codes["answered"].code)
    rich.for_rules = (
        under
        | under_notices
        | build_intake(process, sara)
        | build_accounts(world)
        | build_voting(world)
        | build_scrutiny(world)
        | said
        | {
            "/mesa/espacios/": {"slug": "cusco"},
            "/mesa/procesos/<slug>/importar/": {"key": upload.key, "kind": "csv"},
            "/mesa/procesos/<slug>/respuestas/importar/": {"key": answers.key},
            "/mesa/procesos/<slug>/moderacion": {"code": codes["held"].code},
            "/mesa/procesos/<slug>/moderacion/<code>/restaurar": {"code": codes["hidden"].code},
            "/mesa/procesos/<slug>/actividades/": {"activity": "asamblea-cusco", "key": unfinished_key},
            "/mesa/procesos/<slug>/actividades/<activity>/captura": {"activity": "taller-ccorca", "code": codes["captured"].code},
            "/mesa/documentos/": {"key": unfinished_key},
            "/mesa/aportes/": {"code": codes["waiting"].code},
            "/mesa/aportes/<code>/carta": {"code": codes["answered"].code},
            "/mesa/aportes/<code>/replicas": {"code": codes["answered"].code},
        }
    )
    rich.for_rules |= build_workshops(world) | build_directory(world) | build_incidents(world)
    rich.for_rules |= build_budgeting(world)
    given, under_projects = build_projects(world)
    rich.arguments |= given
    rich.for_rules |= under_projects
    more, under_agreements = build_agreements(world)
    rich.arguments |= more
    rich.for_rules |= under_agreements
    return rich


def _assignment_of_rosa(world: World) -> int:
    """A role of the space that may be ended without locking anybody of the cast out."""
    row = RoleAssignment(person_id=world.id_of(ROSA), space_id=world.space_id, role="CVC", starts_on=NOON.date() - timedelta(days=90),
                         ends_on=NOON.date() - timedelta(days=30))  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row.id


def _process(process: Process, sara: int) -> None:
    processes_services.add_criterion(process, CriterionDraft("Viabilidad", 100, "Con el informe técnico."), person_id=sara, now=NOON)
    processes_services.open_draft(process, person_id=sara, now=NOON)


def _activity(world: World, process: Process) -> tuple[Activity, str]:
    """A workshop that was held, counted, written down and published, with a public file; and somebody registered for it."""
    opportunity = db.session.get(Opportunity, world.opportunities["taller-ccorca"])
    assert opportunity is not None
    sara, ines = world.id_of(SARA), world.id_of(INES)
    before = opportunity.starts_at - timedelta(days=2)
    activities.register(opportunity, RegistrationDraft(SPEAKER, "zenaida@example.pe"), submission_key="rich-registration-1", now=before)
    activity = activities.open_record(opportunity, facilitator_id=ines, person_id=ines, now=NOON)
    activities.record_held(activity, started_at=opportunity.starts_at, ended_at=opportunity.ends_at, person_id=ines, now=NOON)
    activities.set_attendance(activity, {Dimension.SECTOR: {"grassroots": 20, "citizen": 30}}, person_id=ines, now=NOON)
    activities.save_minutes(activity, "Se habló de la posta y del agua. " * 5, person_id=ines, now=NOON)
    attachment = activities.attach(
        activity,
        FileUpload("acta.pdf", pdf()),
        kind=AttachmentKind.MINUTES,
        title="Acta firmada",
        is_for_public=True,
        person_id=ines,
        now=NOON,
    )
    approved(world, activity)
    activities.publish_record(activity, person_id=sara, now=NOON)
    return activity, attachment.key


def _unfinished_activity(world: World, process: Process) -> str:
    """An assembly whose record its facilitator is still writing; the key of a file of it that the public does not see."""
    start = NOON - timedelta(days=1)
    opportunity = Opportunity(
        process_id=process.id, process=process, slug="asamblea-cusco", kind=OpportunityKind.ASSEMBLY, title="Asamblea de Cusco", starts_at=start,
        ends_at=start + timedelta(hours=2), place="Municipalidad", ubigeo="080101", language="es", who_can_join="Todas las personas.",
        how_to_register="En la puerta.", contact="foro@example.pe",
    )  # fmt: skip
    db.session.add(opportunity)
    db.session.flush()
    ines = world.id_of(INES)
    activity = activities.open_record(opportunity, facilitator_id=ines, person_id=ines, now=NOON)
    attachment = activities.attach(
        activity, FileUpload("lista.pdf", pdf(b"<< /Type /Catalog >>")), kind=AttachmentKind.MINUTES, title="Lista firmada", is_for_public=False,
        person_id=ines, now=NOON,
    )  # fmt: skip
    return attachment.key


def _plan(process: Process, sara: int) -> Commitment:
    plan = plans.open_plan(process, "Plan de prueba", person_id=sara, now=NOON)
    draft = CommitmentDraft(
        "Turno de noche en la posta", "La posta atiende de noche con dos personas. " * 3, organisation="gerencia-obras", theme="agua"
    )
    commitment = plans.add_commitment(plan, draft, person_id=sara, now=NOON)
    plans.add_milestone(
        commitment, MilestoneDraft("Modelo del turno", NOON.date() + timedelta(days=40), "Gerencia de Obras"), person_id=sara, now=NOON
    )
    return commitment


def _said(what: str) -> ContributionDraft:
    text = f"La posta de {what} cierra a las dos de la tarde. Pedimos que atienda de noche, con dos personas."
    return ContributionDraft(
        text=text, speaker=SPEAKER, consent=NameConsent.ANONYMOUS, ubigeo="080102", theme_slug="agua", channel=Channel.WEB
    )


def _contributions(world: World, process: Process, activity: Activity) -> dict[str, Contribution]:
    """One in each state."""
    marco = world.id_of(MARCO)
    found = {}
    for what in ("answered", "waiting", "held", "hidden"):
        receipt = contributions.receive(_said(what), process, submission_key=f"rich-web-{what}", received_at=NOON, now=NOON)
        found[what] = receipt.contribution
        if what != "held":
            moderation.publish(receipt.contribution, moderator_id=marco, now=NOON)
    moderation.hide(found["hidden"], next(iter(HidingReason)), "Prueba.", moderator_id=marco, now=NOON)
    opportunity = activity.opportunity
    captured = contributions.capture(
        _said("captured"), opportunity, submission_key="rich-capture-0001", person_id=world.id_of(INES), now=NOON
    )
    return {**found, "captured": captured.contribution}


def _answers(world: World, process: Process, codes: dict[str, Contribution], commitment: Commitment) -> None:
    """One published with both signatures, one in draft."""
    ana = world.id_of(ANA)
    wanted = DecisionDraft(
        outcome=Outcome.ADOPTED, text=ANSWER, what_changed="El borrador no tenía turno de noche; ahora lo tiene.", commitment=commitment.number,
        milestone="1.1", organisation="gerencia-obras",
    )  # fmt: skip
    decision = feedback.draft(codes["answered"], wanted, revision=0, person_id=ana, now=NOON)
    feedback.submit(decision, person_id=ana, now=NOON)
    for seat, person, post in (
        (Seat.GOVERNMENT, GLORIA, "Foro, por el gobierno"),
        (Seat.NON_GOVERNMENT, FELIX, "Foro, por la sociedad civil"),
    ):
        decision = _again(decision)
        feedback.sign(decision, seat, decision.sha256, person_id=world.id_of(person), post=post, now=NOON)
    feedback.publish_batch(process, [_again(decision)], person_id=world.id_of(SARA), now=NOON)
    db.session.expire_all()
    feedback.draft(codes["waiting"], DecisionDraft(text="Un borrador que nadie debe ver."), revision=0, person_id=ana, now=NOON)


def _letters(world: World, process: Process, code: str) -> None:
    """The answer printed, and an open reply to it that nobody has looked at."""
    contribution = feedback_queries.contribution_for_staff(code)
    assert contribution is not None
    decision = feedback_queries.current_decision(contribution.id)
    assert decision is not None
    letters.print_letters(process, [decision.id], person_id=world.id_of(SARA), now=NOON)
    letters.take(contribution, ReplyDraft(ReplyKind.DISAGREE, "No estoy de acuerdo con esta respuesta."), letters.Sender(), now=NOON)


def _again(decision: Decision) -> Decision:
    found = feedback_queries.decision_by_id(decision.id)
    assert found is not None
    return found
