"""Texts to start an answer from, and what their fields say for each contribution."""

from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.activities.models import Activity
from app.contributions.models import Contribution
from app.contributions.rules.terms import Channel, Visibility
from app.core.dates import long_date
from app.core.db import db
from app.feedback.models import AnswerTemplate
from app.feedback.rules.drafts import DecisionDraft
from app.organisations.models import Organisation
from app.plans.models import ActionPlan, Commitment
from app.processes.models import Opportunity, Process

A_STATEMENT = 500


def templates_of(process: Process, *, retired: bool = False) -> Sequence[AnswerTemplate]:
    """What may be used in a process: its own and those of the whole space; by outcome, reason and name."""
    return db.session.scalars(
        select(AnswerTemplate)
        .where(
            AnswerTemplate.space_id == process.space_id,
            or_(AnswerTemplate.process_id.is_(None), AnswerTemplate.process_id == process.id),
            AnswerTemplate.retired_at.is_not(None) if retired else AnswerTemplate.retired_at.is_(None),
        )
        .order_by(AnswerTemplate.outcome, AnswerTemplate.reason_code, AnswerTemplate.name, AnswerTemplate.id)
    ).all()


def template_by_slug(process: Process, slug: str) -> AnswerTemplate | None:
    """One that may be used in the process, retired ones too."""
    return db.session.scalar(
        select(AnswerTemplate)
        .where(
            AnswerTemplate.space_id == process.space_id,
            AnswerTemplate.slug == slug,
            or_(AnswerTemplate.process_id.is_(None), AnswerTemplate.process_id == process.id),
        )
        .options(joinedload(AnswerTemplate.space))
    )


def template_slugs(space_id: int) -> frozenset[str]:
    """Every name for the address ever used in the space."""
    return frozenset(db.session.scalars(select(AnswerTemplate.slug).where(AnswerTemplate.space_id == space_id)))


def marked(process_id: int, ids: Sequence[int]) -> list[Contribution]:
    """Those of the process in the order given, with all that fields and checks read; a statement for every 500."""
    found: dict[int, Contribution] = {}
    for start in range(0, len(ids), A_STATEMENT):
        rows = db.session.scalars(
            select(Contribution)
            .where(Contribution.id.in_(ids[start : start + A_STATEMENT]), Contribution.process_id == process_id)
            .options(
                joinedload(Contribution.process).joinedload(Process.space), joinedload(Contribution.theme),
                joinedload(Contribution.territory), joinedload(Contribution.activity).joinedload(Activity.opportunity),
            )
        )  # fmt: skip
        found |= {contribution.id: contribution for contribution in rows}
    return [found[id_] for id_ in ids if id_ in found]


def field_values(
    process: Process, contributions: Sequence[Contribution], draft: DecisionDraft, *, reason: str, channels: Mapping[Channel, str],
    scores: Mapping[int, tuple[str, str]],
) -> dict[int, dict[str, str]]:  # fmt: skip
    """What each field of rules.templates says, by contribution id; empty when a contribution has nothing for it.

    `reason` and `channels` are words of the interface; `scores` give the score and the place of those that were evaluated. Two
    statements, however many contributions.
    """
    organisation = db.session.scalar(select(Organisation.name).where(Organisation.slug == draft.organisation)) or ""
    commitment = db.session.scalar(
        select(Commitment.title)
        .join(ActionPlan, ActionPlan.id == Commitment.plan_id)
        .where(ActionPlan.process_id == process.id, Commitment.number == draft.commitment)
    )
    shared = {
        "entidad": organisation, "compromiso": f"{draft.commitment}. {commitment}" if commitment else "", "hito": draft.milestone,
        "criterio": draft.criterion, "motivo": reason, "proceso": process.title, "espacio": process.space.name,
        "contacto": process.space.contact,
    }  # fmt: skip
    return {c.id: {**shared, **_own(c, channels), **_scored(scores.get(c.id))} for c in contributions}


def _own(contribution: Contribution, channels: Mapping[Channel, str]) -> dict[str, str]:
    c = contribution
    workshop: Opportunity | None = c.activity.opportunity if c.activity else None
    return {
        "codigo": c.code, "titulo": c.title if c.visibility is Visibility.PUBLIC else "",
        "territorio": c.territory.full_name if c.territory else "", "tema": c.theme.name if c.theme else "",
        "taller": workshop.title if workshop else "", "fecha": long_date(c.received_at), "canal": channels.get(c.channel, "").lower(),
    }  # fmt: skip


def _scored(score: tuple[str, str] | None) -> dict[str, str]:
    return {"puntaje": score[0], "puesto": score[1]} if score else {"puntaje": "", "puesto": ""}
