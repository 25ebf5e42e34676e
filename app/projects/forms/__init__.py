"""Forms of projects: shape only; what it means is judged by rules."""

from app.projects.forms.answering import AnswerForm, PrepareForm
from app.projects.forms.evaluating import (
    AppealForm,
    AskForm,
    AssignForm,
    ClarifyForm,
    DecideForm,
    DeclareForm,
    ReturnForm,
    SheetForm,
    evaluation_form,
)
from app.projects.forms.matrix import MatrixForm, SeedForm, marks_form
from app.projects.forms.writing import MergeForm, OriginsForm, ProjectForm, SplitForm, UnlinkForm, codes_in, number_of

__all__ = [
    "AnswerForm", "AppealForm", "AskForm", "AssignForm", "ClarifyForm", "DecideForm", "DeclareForm", "MatrixForm", "MergeForm",
    "OriginsForm", "PrepareForm", "ProjectForm", "ReturnForm", "SeedForm", "SheetForm", "SplitForm", "UnlinkForm", "codes_in",
    "evaluation_form", "marks_form", "number_of",
]  # fmt: skip
