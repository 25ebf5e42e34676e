"""What of a round has been published: which public pages it has."""

from sqlalchemy import exists, select

from app.budgeting.models import Agent, BudgetDocument, BudgetRound, CalendarVersion
from app.budgeting.rules import AgentState
from app.budgeting.rules.tabs import RoundTab, Tab
from app.core.db import db


def round_tabs(round_: BudgetRound) -> list[RoundTab]:
    """The pages of this floor: three statements. Packages above have a query of this name for theirs; the factory joins them."""
    tabs = [RoundTab(Tab.BUDGET, "budgeting.show")]
    if db.session.scalar(select(exists().where(Agent.round_id == round_.id, Agent.state == AgentState.ACCREDITED))):
        tabs.append(RoundTab(Tab.AGENTS, "budgeting.agents"))
    if db.session.scalar(select(exists().where(BudgetDocument.round_id == round_.id))):
        tabs.append(RoundTab(Tab.DOCUMENTS, "budgeting.documents"))
    if db.session.scalar(select(exists().where(CalendarVersion.round_id == round_.id))):
        tabs.append(RoundTab(Tab.CALENDAR, "budgeting.calendar"))
    return tabs
