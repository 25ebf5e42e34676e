"""What moderators do: acts on texts and accounts, many at once, reports received, appeals decided."""

from app.moderation.services.acts import fingerprint, found_in, hide, keep, publish, publish_without, restore, retire
from app.moderation.services.appeals import appeal, decide_appeal
from app.moderation.services.bulk import Chosen, apply, preview
from app.moderation.services.merging import pass_on, settle_suggestion
from app.moderation.services.people import lift_suspension, suspend, warn
from app.moderation.services.recording import ROLE
from app.moderation.services.reporting import report
from app.moderation.services.telling import appeal_hash, appeal_token

__all__ = [
    "Chosen", "ROLE", "appeal", "appeal_hash", "appeal_token", "apply", "decide_appeal", "fingerprint", "found_in", "hide", "keep",
    "lift_suspension", "pass_on", "preview", "publish", "publish_without", "report", "restore", "retire", "settle_suggestion", "suspend",
    "warn",
]  # fmt: skip
