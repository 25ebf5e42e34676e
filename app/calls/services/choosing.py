"""From those who fulfil the requirements to those who are chosen: jury, lot or vote; results with reasons; seats."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Person
from app.calls import queries
from app.calls.models import Application, Call, Juror, Score
from app.calls.rules import choosing as rules
from app.calls.rules.applying import ApplicationState, Outcome
from app.calls.rules.choosing import Candidate, JuryProblem, Weight
from app.calls.rules.course import SHORTEST_REASON, CallKind, CallProblem, CallStage, CallState, Selection
from app.calls.services import letters
from app.calls.services.calls import register, sha256, stage_of
from app.core import dates
from app.core.clock import end_of_lima_day, lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line
from app.forum import queries as forums
from app.forum import services as forum_services
from app.forum.models import Seat
from app.forum.rules.seats import SeatDraft, Sitter
from app.forum.rules.voting import Majority, MotionDraft, MotionKind, MotionState
from app.organisations.rules import Sector

JURY = "jurado"
VOTING_DAYS = 7
POINT = 100  # points are kept in hundredths


def name_juror(call: Call, person: Person, office: str, sector: Sector, *, person_id: int, now: datetime) -> Juror:
    """Somebody joins the jury, public by office. The caller commits. Raises RuleBroken."""
    if call.selection is not Selection.SCORING:
        raise RuleBroken([Problem(JuryProblem.WRONG_METHOD)])
    if call.state is not CallState.PUBLISHED:
        raise RuleBroken([Problem(CallProblem.NOT_PUBLIC)])
    if not office.strip():
        raise RuleBroken([Problem(JuryProblem.OFFICE_MISSING, "office")])
    juror = Juror(call_id=call.id, person_id=person.id, office=clean_line(office), sector=sector, conflicts=[])
    try:
        with db.session.begin_nested():
            db.session.add(juror)
    except IntegrityError as lost:
        raise RuleBroken([Problem(JuryProblem.ALREADY_JUROR, "email")]) from lost
    register("calls.name-juror", call, {"number": call.number, "document": juror.office}, now)
    return juror


def declare(call: Call, conflicts: Sequence[int], note: str, *, person_id: int, now: datetime) -> Juror:
    """A juror says with which of the applications there is a conflict (numbers; none is an answer too), once all have arrived.

    The caller commits. Raises RuleBroken.
    """
    juror = _juror(call, person_id)
    if stage_of(call, now) not in (CallStage.CLOSED, CallStage.EVALUATING):
        raise RuleBroken([Problem(JuryProblem.DECLARES_TOO_SOON)])
    if conflicts and len(note.strip()) < SHORTEST_REASON:
        raise RuleBroken([Problem(JuryProblem.NOTE_MISSING, "note", {"shortest": SHORTEST_REASON})])
    known = {application.number: application.id for application in queries.applications(call.id)}
    juror.conflicts = sorted(number for number in set(conflicts) if number in known)
    juror.note, juror.declared_at = clean(note), now
    taken_back = [known[number] for number in juror.conflicts]
    db.session.execute(delete(Score).where(Score.juror_id == juror.id, Score.application_id.in_(taken_back)))
    register("calls.declare", call, {"number": call.number, "count": len(juror.conflicts)}, now, JURY)
    return juror


def _juror(call: Call, person_id: int) -> Juror:
    juror = queries.juror_of(call.id, person_id)
    if juror is None:
        raise RuleBroken([Problem(JuryProblem.NOT_JUROR)])
    return juror


def begin_evaluation(call: Call, *, person_id: int, now: datetime) -> None:
    """Requirements are checked and, where a jury scores, every conflict is declared. The caller commits. Raises RuleBroken."""
    refuse_if_any(
        rules.problems_with_evaluating(
            call.state, is_closed=stage_of(call, now) is CallStage.CLOSED, states=[a.state for a in queries.applications(call.id)],
            jurors=[rules.Juror(j.id, j.declared_at is not None) for j in queries.jurors(call.id)],
            needs_jury=call.selection is Selection.SCORING,
        )
    )  # fmt: skip
    call.state, call.evaluating_at = CallState.EVALUATING, now
    register("calls.evaluate", call, {"number": call.number}, now)


def score(application: Application, values: Mapping[int, int], *, person_id: int, now: datetime) -> None:
    """What a juror gives an application: a value for each criterion (by id), replaced until there are results. The caller commits."""
    call = application.call
    if call.state is not CallState.EVALUATING or application.state is not ApplicationState.ELIGIBLE:
        raise RuleBroken([Problem(JuryProblem.NOT_ELIGIBLE)])
    row = _juror(call, person_id)
    numbers = {a.number: a.id for a in queries.applications(call.id)}
    juror = rules.Juror(row.id, row.declared_at is not None, frozenset(numbers[n] for n in row.conflicts if n in numbers))
    scales = {criterion.id: criterion.scale for criterion in queries.call_criteria(call.id)}
    refuse_if_any(rules.problems_with_score(juror, application.id, values, scales))
    db.session.execute(delete(Score).where(Score.application_id == application.id, Score.juror_id == row.id))
    db.session.add_all(
        Score(application_id=application.id, juror_id=row.id, criterion_id=key, value=value, scored_at=now) for key, value in values.items()
    )
    db.session.flush()
    _place_by_points(call)


def _place_by_points(call: Call) -> None:
    """Points and places of every eligible application, from all the scores there are."""
    eligible = [a for a in queries.applications(call.id) if a.state is ApplicationState.ELIGIBLE]
    criteria = {c.id: Weight(c.weight, c.scale) for c in queries.call_criteria(call.id)}
    given: dict[int, list[tuple[int, int]]] = {application.id: [] for application in eligible}
    for row in queries.scores(call.id):
        if row.application_id in given:
            given[row.application_id].append((row.criterion_id, row.value))
    placed = {p.application_id: p for p in rules.ranking({key: rules.points(scores, criteria) for key, scores in given.items()})}
    for application in eligible:
        application.points, application.place = placed[application.id].points, placed[application.id].place
    db.session.flush()


def draw(call: Call, seed: str, source: str, *, person_id: int, now: datetime) -> None:
    """The lot, with a seed said in public: the order is SHA-256("seed|code"). Once. The caller commits. Raises RuleBroken."""
    if call.state is not CallState.EVALUATING or call.selection is not Selection.LOT:
        raise RuleBroken([Problem(JuryProblem.WRONG_METHOD)])
    refuse_if_any(rules.problems_with_lot(seed, source, is_drawn=bool(call.lot_seed)))
    call.lot_seed, call.lot_source = clean_line(seed), clean(source)
    eligible = {a.code: a for a in queries.applications(call.id) if a.state is ApplicationState.ELIGIBLE}
    order = rules.drawn(call.lot_seed, eligible)
    for place, code in enumerate(order, 1):
        eligible[code].place = place
    register("calls.draw", call, {"number": call.number, "seed": call.lot_seed, "codes": list(order)}, now)


def put_to_vote(call: Call, *, closes_on_days: int = VOTING_DAYS, person_id: int, now: datetime) -> None:
    """Open a motion in which every seat orders the applications; its result gives the places. The caller commits. Raises RuleBroken."""
    if call.state is not CallState.EVALUATING or call.selection is not Selection.VOTE or call.motion_id:
        raise RuleBroken([Problem(JuryProblem.WRONG_METHOD)])
    forum = forums.forum_of(call.space_id)
    eligible = sorted((a for a in queries.applications(call.id) if a.state is ApplicationState.ELIGIBLE), key=lambda a: a.number)
    if forum is None:
        raise RuleBroken([Problem(JuryProblem.WRONG_METHOD)])
    motion = forum_services.open_motion(
        forum,
        MotionDraft(
            MotionKind.RANKING, f"Orden de postulaciones: {call.title}", call.summary, Majority.SIMPLE,
            end_of_lima_day(lima_day(now) + timedelta(days=closes_on_days)), tuple(f"{a.code} {a.organisation_name}" for a in eligible),
        ),
        meeting=None, person_id=person_id, now=now,
    )  # fmt: skip
    call.motion_id = motion.id
    register("calls.vote", call, {"number": call.number, "codes": [a.code for a in eligible]}, now)


def _places_by_vote(call: Call) -> dict[str, tuple[int, int]]:
    """Place and points of each application (by code) in the closed motion; empty while it is open."""
    motion = forums.motion(call.motion_id) if call.motion_id else None
    if motion is None or motion.state is not MotionState.CLOSED:
        return {}
    codes = {option.position: option.text.split(" ")[0] for option in forums.options(motion.id)}
    return {codes[row["option"]]: (row["place"], row["points"]) for row in (motion.result or {}).get("places", [])}


def candidates(call: Call) -> list[Candidate]:
    """Every application as the rules judge it; in a call decided by vote, with the places of the closed motion."""
    voted = _places_by_vote(call) if call.selection is Selection.VOTE else {}
    return [
        Candidate(a.id, a.sector, a.state, voted[a.code][0] if a.code in voted else a.place, a.outcome, a.reason)
        for a in queries.applications(call.id)
    ]


def seats_by_sector(call: Call) -> dict[Sector, int] | None:
    """How many seats each sector has in a renewal; None for a contest, where as many enter as the results say."""
    if call.kind is CallKind.CONTEST:
        return None
    counted: dict[Sector, int] = {}
    for seat in queries.call_seats(call.id):
        counted[seat.sector] = counted.get(seat.sector, 0) + 1
    return counted


def publish_results(call: Call, results: Mapping[int, tuple[Outcome, str]], *, person_id: int, now: datetime) -> None:
    """Outcome and reason of every application that met the requirements (by id), public and by letter. The caller commits.

    Those that did not meet them get a letter with the reason too. Raises RuleBroken.
    """
    known = candidates(call)
    if any(c.state is ApplicationState.ELIGIBLE and c.place is None for c in known):
        raise RuleBroken([Problem(CallProblem.NOT_SELECTED_YET)])
    judged = [
        Candidate(c.id, c.sector, c.state, c.place, *results.get(c.id, (None, ""))) if c.state is ApplicationState.ELIGIBLE else c
        for c in known
    ]
    refuse_if_any(rules.problems_with_results(call.state, judged, seats_by_sector(call)))
    call.state, call.results_at = CallState.RESULTS, now
    applications, voted = queries.applications(call.id), _places_by_vote(call)
    for application in applications:
        application.call = call
        if application.code in voted:
            application.place, application.points = voted[application.code][0], voted[application.code][1] * POINT
        if application.state is ApplicationState.ELIGIBLE:
            application.outcome, reason = results[application.id]
            application.reason = clean(reason)
        if application.state is not ApplicationState.WITHDRAWN:
            letters.queue("calls.decided", application, _told(application), now=now)
    facts = {
        "number": call.number, "selected": [a.code for a in applications if a.outcome is Outcome.SELECTED],
        "count": len(applications), "reason_sha256": sha256("\n".join(f"{a.code} {a.outcome} {a.reason}" for a in applications)),
    }  # fmt: skip
    register("calls.publish-results", call, facts, now)


def _told(application: Application) -> dict[str, str]:
    is_eligible = application.state is ApplicationState.ELIGIBLE
    return {
        "outcome": str(application.outcome) if is_eligible else "ineligible",
        "reason": application.reason if is_eligible else application.eligibility_reason,
        "claims_until": dates.long_date(application.call.claims_until),
    }


def seat_chosen(application: Application, number: int, *, person_id: int, now: datetime, opens_accounts: bool = False) -> Seat:
    """A chosen organisation takes one of the seats of the call: its term begins. The caller commits. Raises RuleBroken."""
    call = application.call
    forum = forums.forum_of(call.space_id)
    offered = {seat.number for seat in queries.call_seats(call.id) if seat.sector is application.sector}
    taken = {a.seat_number for a in queries.applications(call.id)}
    is_chosen = application.outcome is Outcome.SELECTED and application.seat_number is None
    if forum is None or call.state not in (CallState.RESULTS, CallState.FINISHED) or not is_chosen or number not in offered - taken:
        raise RuleBroken([Problem(CallProblem.NOT_SELECTED_YET)])
    starts_on = max(call.term_starts_on or lima_day(now), lima_day(now))
    seat, _passwords = forum_services.appoint(
        forum,
        SeatDraft(
            number, application.sector, Sitter(application.representative, application.email), starts_on, call.term_ends_on,
            Sitter(application.alternate), f"Resultados de la convocatoria {call.title}", f"/convocatorias/{call.slug}",
        ),
        organisation=application.organisation, person_id=person_id, now=now, opens_accounts=opens_accounts,
    )  # fmt: skip
    application.seat_number = number
    register("calls.seat", call, {"number": application.code, "seat": number}, now)
    return seat
