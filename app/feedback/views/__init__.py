"""The pages of answers, of the workbench, and of the plan they lead to."""

from flask import Blueprint

bp = Blueprint("feedback", __name__)

from app.feedback.views import (  # noqa: E402 - each adds its routes to bp
    ageing,
    agreement,
    alike,
    answers,
    approval,
    batches,
    bulk,
    commitment,
    consultation,
    grouped,
    groups,
    imports,
    minutes,
    pile,
    plan,
    priorities,
    public,
    sheets,
    signing,
    templates,
    trace,
    workbench,
    writing,
)

__all__ = [
    "ageing",
    "agreement",
    "minutes",
    "priorities",
    "alike",
    "answers",
    "approval",
    "batches",
    "bp",
    "bulk",
    "commitment",
    "consultation",
    "grouped",
    "groups",
    "imports",
    "pile",
    "plan",
    "public",
    "sheets",
    "signing",
    "templates",
    "trace",
    "workbench",
    "writing",
]
