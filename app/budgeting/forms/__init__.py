"""What people type into the pages of a round."""

from app.budgeting.forms.agents import (
    AgentForm,
    AppealAnswerForm,
    AppealForm,
    FileForm,
    ReplaceForm,
    RulingForm,
    TeamForm,
    WithdrawForm,
)
from app.budgeting.forms.rounds import AdvanceForm, CalendarForm, CeilingForm, DocumentForm, HearingForm, OpenForm, UnlinkForm

__all__ = [
    "AdvanceForm", "AgentForm", "AppealAnswerForm", "AppealForm", "CalendarForm", "CeilingForm", "DocumentForm", "FileForm", "HearingForm",
    "OpenForm", "ReplaceForm", "RulingForm", "TeamForm", "UnlinkForm", "WithdrawForm",
]  # fmt: skip
