"""Saving what is written on the workbench: as a draft, to review, or only arranged in ideas; and what to do when another was first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext, ngettext

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import guarded
from app.feedback import queries, services
from app.feedback.forms import DecisionForm
from app.feedback.messages import OUTCOMES, STATES
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.parts import joined, split, without_part
from app.feedback.rules.pile import PileFilters
from app.feedback.rules.tidying import tidy
from app.feedback.views import bp
from app.feedback.views.answers import parts, shown
from app.feedback.views.paging import link
from app.feedback.views.workbench import contribution_for_staff, group_of, page, writer_id

if TYPE_CHECKING:
    from app.contributions.models import Contribution
    from app.feedback.queries import Version


@bp.post("/mesa/aportes/<code>/responder")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=contribution_for_staff)
def write(contribution: Contribution) -> Response:
    form, code = DecisionForm(), contribution.code
    if not form.validate():
        return page(contribution, form, group_of(contribution), status=422)
    wanted, act = form.draft(contribution.language), request.form.get("do", "")
    arranged = arrange(wanted, act)
    if arranged is not None:
        return page(contribution, DecisionForm.of(arranged, form.revision.data or 0), group_of(contribution), is_arranging=True)
    try:
        written = services.write(
            contribution, wanted, and_submit=act == "submit", revision=form.revision.data or 0, person_id=writer_id(), now=clock.now()
        )
    except RuleBroken as broken:
        form.show(broken)
        return page(contribution, form, group_of(contribution), status=422)
    except SomebodyWasFirst:
        db.session.rollback()
        return _conflict(code, form, wanted)
    if written.problems:
        db.session.commit()
        form.show(RuleBroken(written.problems))
        fresh = queries.contribution_for_staff(code) or contribution
        here = group_of(fresh)
        form.revision.data = here.token if here else written.decision.revision
        return page(fresh, form, here, status=422, saved=True)
    following = queries.neighbours(contribution, PileFilters.parse(request.args), writer_id()).next if written.is_submitted else None
    codes = written.decision.group_codes.split()
    db.session.commit()
    flash(_done(code, codes, written.is_submitted), "good")
    return redirect(link(url_for("feedback.workbench", code=following or code), request.args.to_dict()), 303)  # type: ignore[return-value]


def arrange(draft: DecisionDraft, act: str) -> DecisionDraft | None:
    """The draft with one idea more, one less, or as one again; None when `act` asks for none of that. Nothing is saved."""
    if act == "split":
        return split(draft)
    if act == "join":
        return joined(tidy(draft))
    place = act.removeprefix("drop-")
    return without_part(draft, int(place)) if place != act and place.isdecimal() and len(place) < 3 else None


def _done(code: str, codes: list[str], is_submitted: bool) -> str:
    if codes:
        if is_submitted:
            return ngettext("%(num)s aporte está en revisión.", "Los %(num)s aportes del grupo están en revisión.", len(codes))
        return ngettext("Guardado para %(num)s aporte.", "Guardado para los %(num)s aportes del grupo. Aún no es público.", len(codes))
    return gettext("%(code)s está en revisión de los dos sectores.", code=code) if is_submitted else gettext("Guardado. Aún no es público.")


def _conflict(code: str, form: DecisionForm, wanted: DecisionDraft) -> Response:
    """Somebody saved first: their text and one's own side by side, one's own still in the form (R10)."""
    contribution = queries.contribution_for_staff(code)
    assert contribution is not None  # noqa: S101 - it was loaded at the start of this request, and codes are never deleted
    here = group_of(contribution)
    standing = here.lead or next((d for _, d in here.apart), None) if here else queries.open_decision(contribution.id)
    theirs = standing or queries.current_decision(contribution.id)
    rows: list[dict[str, str]] = []
    if theirs:
        (before,) = queries.versions_of([theirs])
        rows = _against(before, tidy(wanted))
    form.revision.data = here.token if here else standing.revision if standing else 0
    return page(
        contribution,
        form,
        here,
        status=409,
        conflict={
            "rows": rows,
            "who": queries.person_name(theirs.drafted_by_id) if theirs else "",
            "at": theirs.saved_at if theirs else None,
            "state": str(STATES[theirs.state]) if theirs else "",
            "group": here.reference if here else "",
        },
    )


def _against(theirs: Version, mine: DecisionDraft) -> list[dict[str, str]]:
    """Their text on the left, one's own on the right."""
    left, names = shown(theirs), parts()
    right = {name: str(value) for name, value in mine.__dict__.items() if value not in (None, "")}
    right |= {"outcome": str(OUTCOMES[mine.outcome]) if mine.outcome else ""}
    for name in ("commitment", "milestone", "organisation", "reason_code", "fallback", "referred_on", "clarify_by"):
        if getattr(theirs.draft, name) == getattr(mine, name):
            right[name] = left.get(name, "")
    return [
        {"label": names[name], "before": left.get(name, ""), "after": right.get(name, "")}
        for name in names
        if left.get(name) or right.get(name)
    ]
