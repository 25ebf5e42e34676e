"""The forum of a space: seats, rules in force, meetings with minutes and agreements, a vote of the seats."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from app.core.clock import end_of_lima_day, lima_day
from app.demo import importing
from app.demo.importing import known
from app.evidence import services as evidence
from app.forum import queries, services
from app.forum.models import Forum, Meeting, Motion, Seat
from app.forum.rules.meetings import AgreementDraft, AgreementState, MeetingDraft, MeetingKind, MeetingMode
from app.forum.rules.participation import Quorum, RulesDraft
from app.forum.rules.seats import SeatDraft, Side, Sitter, Sitting
from app.forum.rules.voting import Ballot, Majority, MotionDraft, MotionKind
from app.organisations import queries as organisations
from app.organisations import services as organisation_services
from app.organisations.rules import Sector

if TYPE_CHECKING:
    from app.demo.services.load import Stage

Act = Callable[[], None]
NOTICE = timedelta(days=12)


def written(stage: Stage) -> dict[str, Any]:
    """What forum.toml of the space says; empty without one."""
    name = f"{stage.cast['content']}/forum.toml"
    return importing.read(name) if (importing.CONTENT / name).exists() else {}


def tell(stage: Stage, story: dict[str, Any], others: Iterable[tuple[int, Act]]) -> None:
    """Open the forum, seat people, and tell rules and meetings in the order of their days, `others` among them; then the vote."""
    forum = _open(stage, story)
    for term in story["seat"]:
        _seat(stage, forum, term)
    events: list[tuple[int, Act]] = [(item["day"], partial(_publish_rules, stage, forum, item)) for item in story["rules"]]
    events += [(item["day"], partial(_meet, stage, forum, item)) for item in story["meeting"]]
    for _day, act in sorted([*events, *others], key=lambda event: event[0]):
        act()
    if "motion" in story:
        _vote(stage, forum, story["motion"])


def _open(stage: Stage, story: dict[str, Any]) -> Forum:
    item = story["forum"]
    when = stage.calendar.at(item["day"], "09:00")
    for made in story.get("organisation", []):
        if organisations.organisation_by_slug(made["slug"]) is None:
            organisation_services.create_organisation(
                made["name"], Sector(made["sector"]), of_slug=made["slug"], summary=made["summary"], now=when
            )
    draft = services.ForumDraft(item["name"], item["summary"], item["note"], item["norm"], "", item["requires_induction"])
    return services.set_up(stage.space, draft, person_id=stage.person("secretariat"), now=when)


def _seat(stage: Stage, forum: Forum, term: dict[str, Any]) -> None:
    end = term.get("end_day")
    services.appoint(
        forum,
        SeatDraft(
            term["number"], Sector(term["sector"]), Sitter(term["holder"], term.get("email", "")), stage.calendar.day(term["day"]),
            stage.calendar.day(end) if end is not None else None, Sitter(term.get("alternate", "")), term["document"],
        ),
        organisation=known(organisations.organisation_by_slug(term["organisation"])), person_id=stage.person("secretariat"),
        now=stage.calendar.at(term["day"], "10:00"),
    )  # fmt: skip


def _publish_rules(stage: Stage, forum: Forum, item: dict[str, Any]) -> None:
    when = stage.calendar.at(item["day"], "11:00")
    numerator, denominator = item["fraction"]
    draft = RulesDraft(
        item["title"], item["text"], item["norm"], "", Quorum(numerator, denominator, True, item["government"], item["non_government"]),
        item["note"],
    )  # fmt: skip
    secretariat = stage.person("secretariat")
    version = services.save_rules(forum, draft, revision=0, person_id=secretariat, now=when - timedelta(days=6))
    services.submit_rules(version, person_id=secretariat, now=when - timedelta(days=5))
    services.approve_rules(version, Side.GOVERNMENT, version.sha256, person_id=stage.person("government"), now=when - timedelta(days=2))
    services.approve_rules(version, Side.NON_GOVERNMENT, version.sha256, person_id=stage.person("civil"), now=when - timedelta(days=1))
    services.publish_rules(version, person_id=secretariat, now=when)


def _meet(stage: Stage, forum: Forum, item: dict[str, Any]) -> None:
    starts, ends = stage.calendar.at(item["day"], item["start"]), stage.calendar.at(item["day"], item["end"])
    draft = MeetingDraft(
        MeetingKind(item["kind"]), item["title"], starts, ends, MeetingMode(item["mode"]), item["place"], item.get("url", ""),
        item["agenda"],
        item.get("norm", ""), item.get("process_slug", ""), item.get("is_implementation_review", False), item.get("is_cocreation", False),
    )  # fmt: skip
    convened = min(starts - NOTICE, stage.now - timedelta(days=2))
    meeting = services.convene(forum, draft, person_id=stage.person("secretariat"), now=convened)
    if "report" in item:
        services.publish_report(
            meeting, evidence.FileUpload("informe-audiencia.csv", item["report"].encode("utf-8")), title="Informe de rendición de cuentas",
            person_id=stage.person("secretariat"), now=stage.calendar.at(item["report_day"], "09:00"),
        )  # fmt: skip
    if "minutes" in item:
        _hold(stage, meeting, item, starts, ends)


def _hold(stage: Stage, meeting: Meeting, item: dict[str, Any], starts: datetime, ends: datetime) -> None:
    secretariat = stage.person("secretariat")
    seats = _seats(stage, lima_day(starts))
    services.record_held(
        meeting, began_at=starts, ended_at=ends, present={seats[int(n)].id: Sitting(who) for n, who in item["present"].items()},
        guests={Sector(sector): people for sector, people in item["guests"].items()}, comments=item["comments"],
        results_url=item.get("results_url", ""), person_id=secretariat, now=ends + timedelta(minutes=20),
    )  # fmt: skip
    for question in item.get("question", []):
        services.add_question(
            meeting, Sector(question["sector"]), question["question"], question["answer"], question["answered_by"], person_id=secretariat,
            now=ends + timedelta(hours=2),
        )  # fmt: skip
    for agreement in item.get("agreement", []):
        _agree(stage, meeting, agreement, ends + timedelta(hours=3))
    minutes = services.save_minutes(meeting, item["minutes"], person_id=secretariat, now=ends + timedelta(days=2))
    services.approve_minutes(meeting, Side.GOVERNMENT, minutes.sha256, person_id=stage.person("government"), now=ends + timedelta(days=4))
    services.approve_minutes(meeting, Side.NON_GOVERNMENT, minutes.sha256, person_id=stage.person("civil"), now=ends + timedelta(days=5))
    services.publish_minutes(meeting, person_id=secretariat, now=ends + timedelta(days=6))


def _seats(stage: Stage, day: Any) -> dict[int, Seat]:
    return {seat.number: seat for seat in queries.seats_on(stage.space.id, day)}


def _agree(stage: Stage, meeting: Meeting, item: dict[str, Any], now: datetime) -> None:
    secretariat = stage.person("secretariat")
    agreement = services.add_agreement(
        meeting, AgreementDraft(item["text"], item["owner"], stage.calendar.day(item["due_day"])),
        organisation=organisations.organisation_by_slug(item["organisation"]), person_id=secretariat, now=now,
    )  # fmt: skip
    if item["state"] != "open":
        services.close_agreement(
            agreement, AgreementState(item["state"]), item["outcome"], evidence_url=item.get("evidence_url", ""), person_id=secretariat,
            now=stage.calendar.at(item["closed_day"], "10:00"),
        )  # fmt: skip


def _vote(stage: Stage, forum: Forum, item: dict[str, Any]) -> Motion:
    """Those with an account vote themselves; the votes of the others, said in the meeting, are written down."""
    meeting = known(queries.meeting_by_slugs(stage.space.slug, item["meeting"]))
    held_at, ended_at = known(meeting.held_at), known(meeting.ended_at)
    draft = MotionDraft(
        MotionKind.RANKING, item["title"], item["text"], Majority.SIMPLE, end_of_lima_day(lima_day(held_at)), tuple(item["options"]),
        item["process_slug"],
    )  # fmt: skip
    secretariat = stage.person("secretariat")
    motion = services.open_motion(forum, draft, meeting=meeting, person_id=secretariat, now=held_at + timedelta(minutes=40))
    seats = _seats(stage, lima_day(held_at))
    for vote in item["vote"]:
        seat, ballot = seats[vote["seat"]], Ballot(None, tuple(vote["ranking"]), vote["reason"])
        if seat.holder_id:
            services.cast_vote(motion, ballot, person_id=seat.holder_id, now=held_at + timedelta(hours=2))
        else:
            services.record_hand_vote(motion, seat.id, ballot, person_id=secretariat, now=ended_at + timedelta(minutes=30))
    services.close_motion(motion, now=motion.closes_at)
    return motion
