"""Public pages of the forum: the same bytes for everybody."""

from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.guard import public
from app.core.web import not_modified, tagged
from app.evidence import queries as evidence
from app.forum import messages, queries
from app.forum.rules.meetings import AgreementState, MeetingKind, counts_for_the_gap
from app.forum.rules.participation import difference
from app.forum.rules.periods import gaps, slot_of
from app.forum.rules.voting import MotionState
from app.forum.views import bp, shown

DOCUMENTS = (queries.MEETING_SUBJECT, queries.AGREEMENT_SUBJECT)


@bp.get("/foro")
@public()
def index() -> Response:
    """The forums there are; the only one at once when there is one."""
    forums = queries.forums()
    if len(forums) == 1:
        return redirect(url_for("forum.show", slug=forums[0].space.slug), 302)  # type: ignore[return-value]
    today = clock.lima_day(clock.now())
    rows = []
    for forum in forums:
        held = queries.meetings_held(forum.space_id)
        seats = queries.seats_on(forum.space_id, today)
        rows.append({"forum": forum, "seats": len(seats), "last": held[-1].held_on if held else None, "meetings": len(held)})
    return make_response(render_template("forum/index.html", rows=rows))


@bp.get("/foro/<slug>")
@public(load=queries.forum_by_slug)
def show(forum: Any) -> Response:
    now = clock.now()
    today = clock.lima_day(now)
    same = not_modified("forum", forum.id, forum.public_revision, today, _hour_of_next(forum, now))
    if same:
        return tagged(same)
    seats = queries.seats_on(forum.space_id, today)
    held = queries.meetings_held(forum.space_id)
    between = gaps([meeting.held_on for meeting in held if meeting.counts_for_gap], today)
    agreements = shown.agreement_rows(queries.agreements(forum.space_id), today)
    in_force = queries.current_rules(forum.space_id)
    return tagged(
        make_response(
            render_template(
                "forum/show.html", forum=forum, space=forum.space, composition=shown.composition(seats),
                seats=[shown.term(seat, today) for seat in seats], next_meetings=queries.next_meetings(forum.space_id, now),
                meetings=[m for m in queries.meetings(forum.space_id) if m.state.value not in ("convened", "agenda-published")],
                gaps={gap.until: gap for gap in between if not gap.is_running}, running=next((g for g in between if g.is_running), None),
                gap_words=shown.gap_words, state_of=shown.state_of, when=shown.when, held_on=shown.held_on,
                overdue=[row for row in agreements if row["is_overdue"]],
                open_agreements=[row for row in agreements if row["state"] == AgreementState.OPEN and not row["is_overdue"]],
                closed_agreements=[row for row in agreements if row["state"] != AgreementState.OPEN],
                motions=queries.motions(forum.space_id), rules=in_force,
                quorum=messages.quorum_sentence(in_force.quorum) if in_force else "", names=messages,
            )
        )
    )  # fmt: skip


def _hour_of_next(forum: Any, now: Any) -> tuple[int, ...]:
    """Changes when a meeting that was to come is over: its place on the page changes with it."""
    return tuple(meeting.id for meeting in queries.next_meetings(forum.space_id, now))


@bp.get("/foro/<slug>/asientos")
@public(load=queries.forum_by_slug)
def seats(forum: Any) -> Response:
    today = clock.lima_day(clock.now())
    same = not_modified("forum-seats", forum.id, forum.public_revision, today)
    if same:
        return tagged(same)
    terms = queries.seat_terms(forum.space_id)
    documents: dict[int, list[Any]] = {}
    for file in evidence.of_many(queries.SEAT_SUBJECT, [row.id for row in terms], public_only=True):
        documents.setdefault(file.subject_id, []).append(file)
    rows = [{**shown.term(row, today), "files": shown.files(documents.get(row.id, []))} for row in terms]
    return tagged(make_response(render_template("forum/seats.html", forum=forum, space=forum.space, rows=rows)))


@bp.get("/foro/<slug>/reuniones/<meeting>")
@public(load=queries.meeting_by_slugs)
def meeting(meeting: Any) -> Response:
    forum = queries.forum_of(meeting.space_id)
    now = clock.now()
    same = not_modified("meeting", meeting.id, forum.public_revision if forum else 0, clock.lima_day(now))
    if same:
        return tagged(same)
    agreements, files = queries.agreements_of(meeting.id), queries.files_of(meeting, public_only=False)
    versions = queries.public_minutes(meeting.id)
    facts = next((held for held in queries.meetings_held(meeting.space_id) if held.number == meeting.number), None)
    return tagged(
        make_response(
            render_template(
                "forum/meeting.html", forum=forum, space=meeting.space, meeting=meeting, names=messages, now=now,
                state=shown.state_of(meeting, agreements), when=shown.when, presence=shown.presence(meeting), facts=facts,
                minutes=versions[0] if versions else None, earlier=versions[1:],
                agreements=shown.agreement_rows(agreements, clock.lima_day(now)) if meeting.minutes_published_at else [],
                documents=shown.files(f for f in files if f.is_public and f.subject_kind in DOCUMENTS),
                results=shown.files(f for f in files if f.is_public and f.subject_kind == queries.RESULTS_SUBJECT),
                report=shown.files(f for f in files if f.is_public and f.subject_kind == queries.REPORT_SUBJECT),
                removed=[f for f in files if f.removed_at],
                questions=queries.questions(meeting.id), slot=messages.SLOTS[slot_of(shown.held_on(meeting))],
                is_hearing=meeting.kind is MeetingKind.HEARING, counts=_counts(meeting, facts),
                approvals=shown.keys(queries.minutes_approvals([versions[0].id]).get(versions[0].id, []), versions[0].sha256)
                if versions else [],
            )
        )
    )  # fmt: skip


def _counts(meeting: Any, facts: Any) -> bool:
    return facts is not None and counts_for_the_gap(meeting.kind, meeting.state, facts.government, facts.non_government)


@bp.get("/foro/<slug>/reuniones/<meeting>/acta/<int:version>")
@public(load=lambda slug, meeting, version: _public_minutes(slug, meeting, version))
def minutes(found: Any) -> str:
    meeting, text, n, latest = found
    return render_template(
        "forum/minutes.html", meeting=meeting, space=meeting.space, minutes=text, n=n, is_latest=n == latest,
        approvals=shown.keys(queries.minutes_approvals([text.id]).get(text.id, []), text.sha256),
    )  # fmt: skip


def _public_minutes(slug: str, meeting: str, version: int) -> Any:
    """The nth text that was made public, counting from 1 the first."""
    found = queries.meeting_by_slugs(slug, meeting)
    published = list(reversed(queries.public_minutes(found.id))) if found else []
    return (found, published[version - 1], version, len(published)) if 1 <= version <= len(published) else None


@bp.get("/foro/<slug>/reglas", endpoint="participation_rules")
@public(load=queries.forum_by_slug)
def rules(forum: Any) -> Response:
    return _rules(forum, queries.rules_versions(forum.space_id), None)


@bp.get("/foro/<slug>/reglas/versiones/<int:n>")
@public(load=lambda slug, n: _version(slug, n))
def rules_version(found: Any) -> Response:
    forum, versions, version = found
    return _rules(forum, versions, version)


def _rules(forum: Any, versions: Any, version: Any) -> Response:
    same = not_modified("rules", forum.id, forum.public_revision, version.n if version else 0)
    if same:
        return tagged(same)
    chosen = version or (versions[0] if versions else None)
    approvals = queries.rules_approvals([chosen.id]).get(chosen.id, []) if chosen else []
    return tagged(
        make_response(
            render_template(
                "forum/rules.html", forum=forum, space=forum.space, versions=versions, version=chosen, is_latest=chosen in versions[:1],
                approvals=shown.keys(approvals, chosen.sha256) if chosen else [],
                quorum=messages.quorum_sentence(chosen.quorum) if chosen else "",
            )
        )
    )  # fmt: skip


@bp.get("/foro/<slug>/reglas/versiones/<int:n>.json")
@public(load=lambda slug, n: _version(slug, n))
def rules_version_json(found: Any) -> Response:
    """The very text that was hashed, approved and published: its SHA-256 is the one on the page."""
    response = Response(found[2].content, mimetype="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@bp.get("/foro/<slug>/reglas/diferencias/<int:a>/<int:b>")
@public(load=lambda slug, a, b: _two_versions(slug, a, b))
def rules_differences(found: Any) -> Response:
    forum, before, after = found
    same = not_modified("rules-difference", forum.id, before.n, after.n)
    if same:
        return tagged(same)
    return tagged(
        make_response(render_template("forum/differences.html", forum=forum, space=forum.space, before=before, after=after,
            rows=_rows(before, after)))
    )  # fmt: skip


def _rows(before: Any, after: Any) -> list[dict[str, str]]:
    """What changed, as components/version_diff.html draws it."""
    facts = [
        (_("Título"), before.title, after.title), (_("Norma"), before.norm, after.norm),
        (_("Quórum"), messages.quorum_sentence(before.quorum), messages.quorum_sentence(after.quorum)),
    ]  # fmt: skip
    rows = [{"label": label, "before": old, "after": new} for label, old, new in facts if old != new]
    changes = difference(before.text, after.text)
    return rows + [{"label": _("Texto %(n)s", n=n), "before": c.before, "after": c.after} for n, c in enumerate(changes, 1)]


def _version(slug: str, n: int) -> Any:
    forum = queries.forum_by_slug(slug)
    versions = queries.rules_versions(forum.space_id) if forum else []
    version = next((version for version in versions if version.n == n), None)
    return (forum, versions, version) if version else None


def _two_versions(slug: str, a: int, b: int) -> Any:
    first, second = _version(slug, a), _version(slug, b)
    return (first[0], first[2], second[2]) if first and second else None


@bp.get("/foro/<slug>/votaciones/<motion>")
@public(load=queries.motion_by_slugs)
def motion(motion: Any) -> Response:
    forum = queries.forum_of(motion.space_id)
    same = not_modified("motion", motion.id, forum.public_revision if forum else 0, motion.closes_at <= clock.now())
    if same:
        return tagged(same)
    options = {option.position: option.text for option in queries.options(motion.id)}
    is_closed = motion.state is MotionState.CLOSED
    return tagged(
        make_response(
            render_template(
                "forum/motion.html", forum=forum, space=motion.space, motion=motion, names=messages, options=options,
                cast=queries.votes_cast(motion.id), is_closed=is_closed,
                votes=shown.vote_rows(queries.votes(motion.id), options) if is_closed else [],
                places=shown.places(motion, options) if is_closed else [],
                quorum=messages.quorum_sentence(motion.rules_version.quorum),
            )
        )
    )  # fmt: skip
