"""Changing processes. One verb, one function; nothing here commits."""

from app.processes.rules.drafts import CriterionDraft, ProcessDraft, ThemeDraft
from app.processes.services.contents import add_theme, create_process, edit_process, edit_theme, remove_theme
from app.processes.services.course import advance, course_facts, record_start
from app.processes.services.criteria import add_criterion, edit_criterion, publish_criteria, remove_criterion
from app.processes.services.public import touch_public
from app.processes.services.readings import publish_reading
from app.processes.services.schedule import approve, discard_draft, open_draft, publish, save_draft, submit

__all__ = [
    "CriterionDraft",
    "ProcessDraft",
    "ThemeDraft",
    "add_criterion",
    "add_theme",
    "advance",
    "approve",
    "course_facts",
    "create_process",
    "discard_draft",
    "edit_criterion",
    "edit_process",
    "edit_theme",
    "open_draft",
    "publish",
    "publish_criteria",
    "publish_reading",
    "record_start",
    "remove_criterion",
    "remove_theme",
    "save_draft",
    "submit",
    "touch_public",
]
