"""Running a round: opened, its money, documents and calendar published, its agents accredited, its course, its hearings."""

from app.budgeting.services.agents import decide, register_agent, register_file, replace, withdraw
from app.budgeting.services.appeals import answer_appeal, appeal
from app.budgeting.services.calendar import publish_calendar
from app.budgeting.services.documents import publish_document, publish_version
from app.budgeting.services.hearings import link_hearing, unlink_hearing
from app.budgeting.services.rounds import advance, facts_of, open_round, set_ceilings

__all__ = [
    "advance", "answer_appeal", "appeal", "decide", "facts_of", "link_hearing", "open_round", "publish_calendar", "publish_document",
    "publish_version", "register_agent", "register_file", "replace", "set_ceilings", "unlink_hearing", "withdraw",
]  # fmt: skip
