"""Datasets given away: each column declared, described and public."""

from app.opendata.documents.agreements import ACT_LINES, EXECUTION, FINDINGS
from app.opendata.documents.budgets import AGENTS, CALENDAR, CEILINGS
from app.opendata.documents.contributions import ANSWERS, CONTRIBUTIONS, OF_CONTRIBUTIONS
from app.opendata.documents.organisations import ORGANISATIONS
from app.opendata.documents.projects import EVALUATIONS, PROJECTS
from app.opendata.documents.tables import Dataset

__all__ = [
    "AGENTS",
    "ANSWERS",
    "CALENDAR",
    "CEILINGS",
    "CONTRIBUTIONS",
    "DATASETS",
    "OF_CONTRIBUTIONS",
    "OF_THE_SITE",
    "Dataset",
    "Holders",
]

DATASETS = (CONTRIBUTIONS, ANSWERS, AGENTS, CEILINGS, CALENDAR, PROJECTS, EVALUATIONS, ACT_LINES, EXECUTION, FINDINGS)
OF_THE_SITE = (ORGANISATIONS,)
"""Of no process: one file for the whole site."""
