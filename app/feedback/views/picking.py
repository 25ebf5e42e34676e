"""Starting an answer from a template: which are offered for a contribution, and what one says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.feedback import queries
from app.feedback.messages import OUTCOMES, REASONS
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import Outcome, Reason
from app.feedback.rules.templates import fill_text, fits
from app.feedback.views.pile import channel_names
from app.feedback.views.scores import scores_of

if TYPE_CHECKING:
    from app.contributions.models import Contribution
    from app.feedback.models import AnswerTemplate


def offered(contribution: Contribution, outcome: Outcome | None, reason: Reason | None) -> list[dict[str, Any]]:
    """What feedback/_template_picker.html lists: the templates of the process, those that fit what is chosen first."""
    found = [
        {"slug": t.slug, "text": f"{OUTCOMES[t.outcome]}: {t.name}",
         "fits": fits(t.outcome, t.reason_code, wanted=outcome, wanted_reason=reason)}
        for t in queries.templates_of(contribution.process)
    ]  # fmt: skip
    return sorted(found, key=lambda item: not item["fits"])


def filled(contribution: Contribution, kept: AnswerTemplate, draft: DecisionDraft) -> str:
    """The text of a template for one contribution; a field it has nothing for stays as it is written, to be seen and mended."""
    values = queries.field_values(
        contribution.process, [contribution], draft, reason=str(REASONS[draft.reason_code]) if draft.reason_code else "",
        channels=channel_names(), scores=scores_of([contribution.id]),
    )[contribution.id]  # fmt: skip
    return fill_text(kept.text, {name: value or f"{{{{{name}}}}}" for name, value in values.items()})[0]
