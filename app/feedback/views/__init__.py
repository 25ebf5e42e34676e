"""The pages of answers, of the workbench, and of the plan they lead to."""

from flask import Blueprint

bp = Blueprint("feedback", __name__)

from app.feedback.views import answers, approval, batches, imports, pile, plan, public, signing, workbench  # noqa: E402 - each adds its routes to bp

__all__ = ["answers", "approval", "batches", "bp", "imports", "pile", "plan", "public", "signing", "workbench"]
