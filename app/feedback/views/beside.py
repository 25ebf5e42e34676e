"""What is shown beside an answer: who does not agree, what the evaluation gave it, what a workshop voted, its summary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask import url_for

from app.core.dates import rfc3339
from app.evaluation import queries as evaluation
from app.evaluation.messages import points
from app.feedback import queries
from app.feedback.messages import SEATS
from app.feedback.views.cards import LANGUAGES

if TYPE_CHECKING:
    from app.contributions.models import Contribution
    from app.feedback.queries import AnswerPage


def beside(page: AnswerPage) -> dict[str, Any]:
    """What feedback/_beside.html reads: three statements."""
    contribution, current = page.contribution, page.current
    notes = queries.dissents_of([current.decision.id]).get(current.decision.id, ()) if current else ()
    draft = current.draft if current else None
    return {
        "dissents": shown_dissents(notes),
        "score": shown_score(contribution),
        "priority": queries.priorities_of([contribution.id]).get(contribution.id),
        "summary": draft.summary if draft else "",
        "summary_lang": LANGUAGES[draft.summary_language] if draft and draft.summary_language else "",
    }


def shown_dissents(notes: Sequence[Any]) -> list[dict[str, Any]]:
    """Notes as people read them: seats and posts, never names."""
    return [
        {
            "seat": str(SEATS[note.seat]),
            "post": note.post,
            "at": note.made_at,
            "text": "" if note.withdrawn_at else note.text,
            "withdrawn_at": note.withdrawn_at,
            "withdrawal_reason": note.withdrawal_reason,
        }
        for note in notes
    ]


def shown_score(contribution: Contribution) -> dict[str, Any] | None:
    """The score and place of a contribution in the published ranking, in words; None when it has none."""
    found = evaluation.score_of([contribution.id]).get(contribution.id)
    if found is None:
        return None
    return {
        "points": points(found.score_hundredths),
        "place": found.place,
        "of": found.of,
        "evaluators": found.evaluators,
        "href": url_for("evaluation.show", slug=contribution.process.slug),
    }


def dissents_json(decision_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """By version, its notes as plain values."""
    return {
        id_: [
            {
                "sector": str(note.seat), "cargo": note.post, "fecha": rfc3339(note.made_at), "sha256": note.sha256,
                "texto": None if note.withdrawn_at else note.text, "retirado": rfc3339(note.withdrawn_at) if note.withdrawn_at else None,
                "razon_del_retiro": note.withdrawal_reason or None,
            }
            for note in notes
        ]
        for id_, notes in queries.dissents_of(decision_ids).items()
    }  # fmt: skip


def beside_json(contribution: Contribution) -> dict[str, Any]:
    """Score and vote of a contribution as plain values; None where there is none."""
    score = evaluation.score_of([contribution.id]).get(contribution.id)
    priority = queries.priorities_of([contribution.id]).get(contribution.id)
    return {
        "evaluacion": {
            "puntaje_centesimas": score.score_hundredths, "lugar": score.place, "de": score.of, "evaluadores": score.evaluators,
        } if score else None,
        "prioridad_votada": {"taller": priority.workshop, "votos": priority.votes} if priority else None,
    }  # fmt: skip
