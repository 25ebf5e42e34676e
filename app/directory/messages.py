"""Sentences of the directory: those of organisations and of the files they send."""

from typing import Any

from app.evidence.messages import PROBLEMS as FILE_PROBLEMS
from app.organisations.messages import PROBLEMS as ORGANISATION_PROBLEMS

PROBLEMS: dict[Any, Any] = {**FILE_PROBLEMS, **ORGANISATION_PROBLEMS}
