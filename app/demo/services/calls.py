"""Calls of the forum: a renewal that is over, a contest that is open, and entities made ready for a commitment."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from app.accounts.models import Person
from app.calls import queries, services
from app.calls.models import Call
from app.calls.rules.applying import ApplicationDraft, ApplicationState, Outcome
from app.calls.rules.course import CallDraft, CallKind, CriterionDraft, SeatOffer, Selection
from app.calls.rules.readiness import AssessmentDraft, Conclusion, InductionDraft, Question
from app.core.db import db
from app.demo.importing import known
from app.demo.services import forum
from app.organisations import queries as organisations
from app.organisations.rules import Sector

if TYPE_CHECKING:
    from app.demo.services.load import Stage

CHOSEN = "Salió primera en el sorteo público entre las organizaciones que cumplen los requisitos. La semilla y el orden están publicados."
NOT_CHOSEN = (
    "Cumple los requisitos y salió en un lugar posterior del sorteo. Queda en lista de espera por si el asiento vuelve a quedar libre."
)


def tell(stage: Stage) -> None:
    """Tell the story of the forum and its calls, if the space has one: a renewal fills a seat between two meetings."""
    story = forum.written(stage)
    if not story:
        return
    renewals = [(item["term_day"], partial(_renew, stage, item)) for item in [story.get("renewal")] if item]
    forum.tell(stage, story, renewals)
    for item in story.get("induction", []):
        _train(stage, item)
    if "assessment" in story:
        _assess(stage, story["assessment"])
    if "contest" in story:
        _contest(stage, story["contest"])


def _published(stage: Stage, item: dict[str, Any], kind: CallKind, selection: Selection, **more: Any) -> Call:
    secretariat = stage.person("secretariat")
    days: dict[str, Any] = {name: stage.calendar.day(item[f"{key}_day"]) for name, key in (
        ("opens_on", "opens"), ("closes_on", "closes"), ("results_on", "results"), ("claims_until", "claims"),
    )}  # fmt: skip
    draft = CallDraft(
        kind=kind, title=item["title"], summary=item["summary"], text=item["text"], requirements=item["requirements"], selection=selection,
        norm=item["norm"], contact=item["contact"], **days, **more,
    )  # fmt: skip
    call = services.save_call(stage.space, draft, call=None, person_id=secretariat, now=stage.calendar.at(item["day"] - 1, "16:00"))
    services.publish(call, person_id=secretariat, now=stage.calendar.at(item["day"], "09:00"))
    for number, sent in enumerate(item["application"]):
        organisation = next((o for o in organisations.organisations() if o.name == sent["organisation"]), None)
        services.apply(
            call,
            ApplicationDraft(
                sent["organisation"], Sector(sent["sector"]), sent["representative"], sent["email"], motive=sent["motive"],
                reform=sent.get("reform", ""), is_ongoing=sent.get("is_ongoing", False), alternate=sent.get("alternate", ""),
            ),
            organisation=organisation, upload=None, submission_key=f"{call.id:016x}{number:016x}", person_id=None,
            now=stage.calendar.at(sent["day"], "11:00"),
        )  # fmt: skip
    return call


def _renew(stage: Stage, item: dict[str, Any]) -> None:
    secretariat, at = stage.person("secretariat"), stage.calendar.at
    offer = SeatOffer(Sector.CIVIL_SOCIETY, (item["seat"],))
    call = _published(
        stage, item, CallKind.RENEWAL, Selection.LOT, seats=(offer,), term_starts_on=stage.calendar.day(item["term_day"]),
        term_ends_on=stage.calendar.day(item["term_end_day"]),
    )  # fmt: skip
    sent = {written["organisation"]: written for written in item["application"]}
    closed = item["closes_day"] + 2
    for application in queries.applications(call.id):
        said = sent[application.organisation_name]
        application.call = call
        services.check(application, is_eligible=said["is_eligible"], reason=said["check"], person_id=secretariat, now=at(closed, "10:00"))
    services.begin_evaluation(call, person_id=secretariat, now=at(closed + 1, "09:00"))
    services.draw(call, item["seed"], item["source"], person_id=secretariat, now=at(closed + 2, "20:00"))
    eligible = [a for a in queries.applications(call.id) if a.state is ApplicationState.ELIGIBLE]
    results = {a.id: (Outcome.SELECTED, CHOSEN) if a.place == 1 else (Outcome.RESERVE, NOT_CHOSEN) for a in eligible}
    services.publish_results(call, results, person_id=secretariat, now=at(item["results_day"], "09:00"))
    for application in queries.applications(call.id):
        said = sent[application.organisation_name]
        if "claim" in said:
            claim = services.claim(application, said["claim"], now=at(said["claim_day"], "15:00"))
            services.answer_claim(
                claim, said["answer"], is_upheld=False, outcome=None, person_id=secretariat, now=at(said["answer_day"], "10:00")
            )
    chosen = known(next((a for a in queries.applications(call.id) if a.outcome is Outcome.SELECTED), None))
    services.seat_chosen(chosen, item["seat"], person_id=secretariat, now=at(item["term_day"] - 5, "09:00"))
    services.finish(call, person_id=secretariat, now=at(item["term_day"] - 4, "09:00"))


def _contest(stage: Stage, item: dict[str, Any]) -> None:
    criteria = tuple(CriterionDraft(c["name"], c["weight"], c["how"]) for c in item["criterion"])
    call = _published(stage, item, CallKind.CONTEST, Selection.SCORING, criteria=criteria)
    when = stage.calendar.at(item["opens_day"], "12:00")
    for juror in item["juror"]:
        person = known(db.session.get(Person, stage.person(juror["person"])))
        services.name_juror(call, person, juror["office"], Sector(juror["sector"]), person_id=stage.person("secretariat"), now=when)


def _train(stage: Stage, item: dict[str, Any]) -> None:
    services.record_induction(
        stage.space, known(organisations.organisation_by_slug(item["organisation"])),
        InductionDraft(
            stage.calendar.day(item["day"]), item["hours"], item["people"], item["taught_by"], item["topics"], item["certificate"]
        ),
        upload=None, person_id=stage.person("secretariat"), now=stage.calendar.at(item["day"] + 1, "09:00"),
    )  # fmt: skip


def _assess(stage: Stage, item: dict[str, Any]) -> None:
    draft = AssessmentDraft(
        item["reform"], {Question(key): text for key, text in item["answers"].items()}, Conclusion(item["conclusion"]), item["reasons"]
    )
    assessment = services.save_assessment(
        stage.space, known(organisations.organisation_by_slug(item["organisation"])), draft, assessment=None,
        person_id=stage.person("secretariat"), now=stage.calendar.at(item["day"], "10:00"),
    )  # fmt: skip
    services.sign_assessment(
        assessment, item["signed_as"], person_id=stage.person("civil"), now=stage.calendar.at(item["signed_day"], "10:00")
    )
