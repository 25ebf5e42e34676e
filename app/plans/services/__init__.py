"""Writing plans: their text, their publication and approval, and what follows."""

from app.plans.services.amendments import agree, propose_change, propose_milestone_change, propose_withdrawal, take_back
from app.plans.services.comments import comment
from app.plans.services.commitments import (
    add_commitment,
    add_milestone,
    edit_milestone,
    remove_commitment,
    remove_milestone,
    save_section,
)
from app.plans.services.library import load_library
from app.plans.services.plans import edit_plan, open_plan, record_submission, save_plan, sign
from app.plans.services.progress import report, verify
from app.plans.services.reminders import remind
from app.plans.services.steps import advance
from app.plans.services.versions import publish_for_consultation
from app.plans.services.wordings import decide_wording, problems_with_proposal, promote_wording, propose_wording

__all__ = [
    "add_commitment",
    "add_milestone",
    "advance",
    "agree",
    "comment",
    "decide_wording",
    "edit_milestone",
    "edit_plan",
    "load_library",
    "open_plan",
    "problems_with_proposal",
    "promote_wording",
    "propose_change",
    "propose_milestone_change",
    "propose_withdrawal",
    "propose_wording",
    "publish_for_consultation",
    "record_submission",
    "remind",
    "remove_commitment",
    "remove_milestone",
    "report",
    "save_plan",
    "save_section",
    "sign",
    "take_back",
    "verify",
]
