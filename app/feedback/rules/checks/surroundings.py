"""Who answers, when, to whom, with what voice beside it (Q10 to Q18, Q20)."""

from collections.abc import Iterator

from app.contributions.rules.terms import Language
from app.feedback.rules.checks.codes import CheckCode
from app.feedback.rules.checks.findings import REPLY_WINDOW, Check, Facts, ask, good, stop, warn
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import Reason
from app.feedback.rules.personal_data import LeakKind, fold, leaks

_LEAKS = {
    LeakKind.DNI: CheckCode.HAS_DNI,
    LeakKind.PHONE: CheckCode.HAS_PHONE,
    LeakKind.EMAIL: CheckCode.HAS_EMAIL,
    LeakKind.SURNAME: CheckCode.HAS_SURNAME,
}


def answered(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    """Who answers, before what, and how people may answer back (Q10, Q11, Q12, Q20)."""
    if not draft.organisation:
        yield stop(CheckCode.NO_ORGANISATION, "organisation")
    if not facts.reply_to.strip():
        yield stop(CheckCode.NO_REPLY_PATH)
    else:
        yield good(CheckCode.REPLY_PATH, None, contact=facts.reply_to, days=REPLY_WINDOW.days)
    if not facts.is_moderated:
        yield stop(CheckCode.NOT_MODERATED)
    if facts.is_correction:
        said = draft.correction_reason.strip()
        yield good(CheckCode.CORRECTION_SAID) if said else stop(CheckCode.NO_CORRECTION_REASON, "correction_reason")
    if facts.plan_approved_at is not None and not facts.is_correction:
        # The gate that blocks is the plan's approval (BR-08); an answer that is late all the same is shown as late, never withheld (4.2).
        yield warn(CheckCode.LATE)


def guarded(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    """Nothing that identifies a person who did not want it (Q14)."""
    found = leaks(draft.prose, hidden_name=facts.hidden_name, public_words=facts.public_words, official=(facts.reply_to,))
    for leak in found:
        yield stop(_LEAKS[leak.kind], "text", found=leak.found)
    if not found and draft.text.strip():
        yield good(CheckCode.NO_PERSONAL_DATA)


def grouped(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    """An answer to a group names the code of everyone it answers (Q15)."""
    if not facts.group and not draft.group:
        return
    missing = [code for code in facts.group if code not in draft.group]
    strange = [code for code in draft.group if code not in facts.group]
    if draft.group and (missing or strange):
        yield stop(CheckCode.GROUP_INCOMPLETE, None, codes=", ".join(missing or strange))
    elif draft.group:
        yield good(CheckCode.GROUP_LISTED, None, count=len(draft.group))


def spoken(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    """In the language of the contribution, at least briefly (Q13)."""
    if facts.language is Language.SPANISH:
        return
    if facts.language is Language.OTHER:
        yield ask(CheckCode.OTHER_LANGUAGE, "summary")
    elif draft.summary.strip() and draft.summary_language is facts.language:
        yield good(CheckCode.SUMMARISED, "summary", language=facts.language.value)
    else:
        yield warn(CheckCode.NO_SUMMARY, "summary", language=facts.language.value)


def weighed(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    """Criteria that were public in time (Q16), what a workshop voted (Q17), and who does not agree (Q18)."""
    applied = draft.criterion or any(part.criterion for part in draft.parts) or draft.reason_code is Reason.R09
    if applied and facts.inputs_opened_at is not None:
        opened, published = facts.inputs_opened_at, facts.criteria_published_at
        in_time = published is not None and published < opened
        yield good(CheckCode.CRITERIA_IN_TIME) if in_time else warn(CheckCode.CRITERIA_LATE, "criterion")
    if facts.priority is not None:
        named = any(word in fold(draft.prose) for word in ("priorid", "priorit", "priori", "voto", "vota"))
        code = CheckCode.PRIORITY_NAMED if named else CheckCode.PRIORITY_NOT_NAMED
        yield (good if named else warn)(code, "text", workshop=facts.priority.workshop, votes=facts.priority.votes)
    if facts.dissents:
        yield good(CheckCode.DISSENT_RECORDED, None, count=facts.dissents)
    elif draft.text.strip():
        yield ask(CheckCode.DISSENT)
