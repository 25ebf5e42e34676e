"""Forms of the workbench and of what surrounds it: shape only."""

from app.feedback.forms.acts import ApprovalForm, ChosenForm, ImportForm, NoteForm
from app.feedback.forms.bulk import BulkForm, TemplateForm
from app.feedback.forms.decisions import DecisionForm, Lists, PartForm

__all__ = ["ApprovalForm", "BulkForm", "ChosenForm", "DecisionForm", "ImportForm", "Lists", "NoteForm", "PartForm", "TemplateForm"]
