"""Whether the answer speaks to this person, plainly and with respect (Q5, Q7, Q8, Q9). Nothing here stops."""

from collections.abc import Iterator

from app.feedback.rules import plain_language, wording
from app.feedback.rules.checks.codes import CheckCode
from app.feedback.rules.checks.findings import Check, Facts, ask, good, warn
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import Outcome

EXPLAINING = ("text", "what_changed", "adopted_part", "rejected_part", "change_needed", "where_to_go", "question")
"""The fields written as sentences; the others hold names and numbers of documents."""
MOST_NAMED = 3
_SHOWN = 70


def read(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    if not draft.text.strip():
        return
    yield from _to_this_person(draft, facts)
    yield from _what_changed(draft)
    yield from _plainly(draft, facts)
    yield ask(CheckCode.RESPECT, "text")


def _to_this_person(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    if wording.shares_a_word(facts.title, draft.prose):
        yield good(CheckCode.NAMES_REQUEST)
    else:
        yield warn(CheckCode.NO_TITLE_WORD, "text", title=_cut(facts.title))
    twin, likeness = wording.most_alike(draft.text, facts.others)
    if likeness >= wording.TOO_ALIKE:
        yield warn(CheckCode.BOILERPLATE, "text", target=twin, percent=int(100 * likeness))


def _what_changed(draft: DecisionDraft) -> Iterator[Check]:
    said = [(draft.outcome, draft.what_changed, 0), *((p.outcome, p.what_changed, n) for n, p in enumerate(draft.parts, start=1))]
    for outcome, what_changed, n in said:
        if outcome is not Outcome.ADOPTED or not what_changed or (draft.parts and not n):
            continue
        contrasts = wording.contrasts(what_changed)
        check = good(CheckCode.SAYS_WHAT_CHANGED) if contrasts else warn(CheckCode.NO_BEFORE_AFTER, "what_changed")
        yield check.of_part(n) if n else check


def _plainly(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    prose = "\n".join(filter(None, (getattr(draft, name) for name in EXPLAINING)))
    long_ones = plain_language.long_sentences(prose)
    for words, sentence in long_ones[:MOST_NAMED]:
        yield warn(CheckCode.LONG_SENTENCE, "text", words=words, most=plain_language.LONGEST_SENTENCE, sentence=_cut(sentence))
    index = plain_language.reading_ease(draft.text)
    if index is not None and index < plain_language.EASIEST_TO_REACH:
        yield warn(CheckCode.HARD_TO_READ, "text", index=max(0, index), least=plain_language.EASIEST_TO_REACH)
    elif index is not None and not long_ones:
        yield good(CheckCode.EASY_TO_READ, None, index=min(100, index))
    acronyms = plain_language.unexplained_acronyms(prose, facts.known_acronyms)
    if acronyms:
        yield warn(CheckCode.ACRONYM, "text", acronyms=", ".join(acronyms[:MOST_NAMED]))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + "…"
