"""What people type about contributions."""

from app.contributions.forms.authored import AssistanceForm, AssistedForm, AuthoredForm, Needed, OnlineForm, new_key
from app.contributions.forms.capture import EmptyForm, PasteForm, RowForm, UploadForm, chosen_texts, new_row, pasted_row
from app.contributions.forms.own import MediaForm, ObjectionForm, RetireForm, SummaryForm, VoiceForm, WithdrawForm, WordsForm

__all__ = [
    "AssistanceForm", "AssistedForm", "AuthoredForm", "EmptyForm", "MediaForm", "Needed", "ObjectionForm", "OnlineForm", "PasteForm",
    "RetireForm", "RowForm", "SummaryForm", "UploadForm", "VoiceForm", "WithdrawForm", "WordsForm", "chosen_texts", "new_key", "new_row",
    "pasted_row",
]  # fmt: skip
