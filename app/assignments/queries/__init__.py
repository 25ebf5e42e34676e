"""Reading who is to answer what: the present, the history, the public ageing list, and what lies on whose pile."""

from app.assignments.queries.ageing import NOBODY, AgeingFilters, AgeingRow, AgeingTotal, ageing, ageing_page, ageing_rows
from app.assignments.queries.people import Office, offices, parents, people_of, standing_of
from app.assignments.queries.piles import Pending, Reminder, days_possible, is_assigned, reminders, waiting_for
from app.assignments.queries.present import Assignable, AssignmentRow, Step, assignable, current, digest, held_elsewhere, history
from app.assignments.queries.previews import Move, Preview, preview
from app.assignments.queries.selections import selection_by_key, stale_selections

__all__ = [
    "NOBODY",
    "AgeingFilters",
    "AgeingRow",
    "AgeingTotal",
    "Assignable",
    "AssignmentRow",
    "Move",
    "Office",
    "Pending",
    "Preview",
    "Reminder",
    "Step",
    "ageing",
    "ageing_page",
    "ageing_rows",
    "assignable",
    "current",
    "days_possible",
    "digest",
    "held_elsewhere",
    "history",
    "is_assigned",
    "offices",
    "parents",
    "people_of",
    "preview",
    "reminders",
    "selection_by_key",
    "stale_selections",
    "standing_of",
    "waiting_for",
]
