"""Every finding has a code, and belongs to one of the twenty-one questions of domain.md 6.4."""

from enum import StrEnum


class CheckCode(StrEnum):
    NO_OUTCOME = "no-outcome"
    NO_TEXT = "no-text"
    TEXT_SHORT = "text-short"
    TEXT_SAID = "text-said"
    NO_REASON_CODE = "no-reason-code"
    R99_SHORT = "r99-short"
    NO_SCORE = "no-score"
    NO_COMMITMENT = "no-commitment"
    UNKNOWN_COMMITMENT = "unknown-commitment"
    UNKNOWN_MILESTONE = "unknown-milestone"
    TRACED = "traced"
    NO_TITLE_WORD = "no-title-word"
    NAMES_REQUEST = "names-request"
    BOILERPLATE = "boilerplate"
    NO_REFERENCE = "no-reference"
    NO_WHAT_CHANGED = "no-what-changed"
    NO_BEFORE_AFTER = "no-before-after"
    SAYS_WHAT_CHANGED = "says-what-changed"
    LONG_SENTENCE = "long-sentence"
    HARD_TO_READ = "hard-to-read"
    EASY_TO_READ = "easy-to-read"
    ACRONYM = "acronym"
    RESPECT = "respect"
    NO_ORGANISATION = "no-organisation"
    LATE = "late"
    NO_REPLY_PATH = "no-reply-path"
    REPLY_PATH = "reply-path"
    NO_SUMMARY = "no-summary"
    OTHER_LANGUAGE = "other-language"
    SUMMARISED = "summarised"
    HAS_DNI = "has-dni"
    HAS_PHONE = "has-phone"
    HAS_EMAIL = "has-email"
    HAS_SURNAME = "has-surname"
    NO_PERSONAL_DATA = "no-personal-data"
    GROUP_INCOMPLETE = "group-incomplete"
    GROUP_LISTED = "group-listed"
    CRITERIA_LATE = "criteria-late"
    CRITERIA_IN_TIME = "criteria-in-time"
    PRIORITY_NOT_NAMED = "priority-not-named"
    PRIORITY_NAMED = "priority-named"
    DISSENT = "dissent"
    DISSENT_RECORDED = "dissent-recorded"
    NO_CORRECTION_REASON = "no-correction-reason"
    CORRECTION_SAID = "correction-said"
    NOT_MODERATED = "not-moderated"
    NO_ADOPTED_PART = "no-adopted-part"
    NO_REJECTED_PART = "no-rejected-part"
    NO_TARGET_CYCLE = "no-target-cycle"
    NO_CARRY_OVER_OWNER = "no-carry-over-owner"
    NO_REFERRED_TO = "no-referred-to"
    NO_REFERRED_DOCUMENT = "no-referred-document"
    NO_REFERRED_ON = "no-referred-on"
    REFERRED_AHEAD = "referred-ahead"
    NO_CRITERION = "no-criterion"
    NO_CHANGE_NEEDED = "no-change-needed"
    NO_WHERE_TO_GO = "no-where-to-go"
    NO_MERGE_TARGET = "no-merge-target"
    UNKNOWN_MERGE_TARGET = "unknown-merge-target"
    MERGED_INTO_ITSELF = "merged-into-itself"
    MERGE_CYCLE = "merge-cycle"
    MERGE_TARGET_UNANSWERED = "merge-target-unanswered"
    NO_QUESTION = "no-question"
    NO_CLARIFY_BY = "no-clarify-by"
    CLARIFY_TOO_SOON = "clarify-too-soon"
    NO_FALLBACK = "no-fallback"
    FALLBACK_NOT_FINAL = "fallback-not-final"
    NO_REQUEST_RECORD = "no-request-record"
    NO_IDEA = "no-idea"
    ONE_PART = "one-part"
    PART_OUTCOME = "part-outcome"


class Question(StrEnum):
    """The questions of domain.md 6.4, by their numbers."""

    Q1 = "Q1"
    Q2 = "Q2"
    Q3 = "Q3"
    Q4 = "Q4"
    Q5 = "Q5"
    Q6 = "Q6"
    Q7 = "Q7"
    Q8 = "Q8"
    Q9 = "Q9"
    Q10 = "Q10"
    Q11 = "Q11"
    Q12 = "Q12"
    Q13 = "Q13"
    Q14 = "Q14"
    Q15 = "Q15"
    Q16 = "Q16"
    Q17 = "Q17"
    Q18 = "Q18"
    Q19 = "Q19"
    Q20 = "Q20"
    Q21 = "Q21"

    @property
    def number(self) -> int:
        return int(self[1:])


_C = CheckCode
_BY_QUESTION = {
    Question.Q2: (_C.NO_OUTCOME, _C.PART_OUTCOME, _C.NO_IDEA, _C.ONE_PART),
    Question.Q3: (
        _C.NO_TEXT, _C.TEXT_SHORT, _C.TEXT_SAID, _C.NO_REASON_CODE, _C.R99_SHORT, _C.NO_SCORE, _C.NO_ADOPTED_PART, _C.NO_REJECTED_PART,
        _C.NO_TARGET_CYCLE, _C.NO_CARRY_OVER_OWNER, _C.NO_REFERRED_TO, _C.NO_REFERRED_DOCUMENT, _C.NO_REFERRED_ON, _C.REFERRED_AHEAD,
        _C.NO_CRITERION, _C.NO_CHANGE_NEEDED, _C.NO_WHERE_TO_GO, _C.NO_QUESTION, _C.NO_CLARIFY_BY, _C.CLARIFY_TOO_SOON, _C.NO_FALLBACK,
        _C.FALLBACK_NOT_FINAL, _C.NO_REQUEST_RECORD,
    ),
    Question.Q4: (_C.NO_COMMITMENT, _C.UNKNOWN_COMMITMENT, _C.UNKNOWN_MILESTONE, _C.TRACED),
    Question.Q5: (_C.NO_TITLE_WORD, _C.NAMES_REQUEST, _C.BOILERPLATE),
    Question.Q6: (_C.NO_REFERENCE,),
    Question.Q7: (_C.NO_WHAT_CHANGED, _C.NO_BEFORE_AFTER, _C.SAYS_WHAT_CHANGED),
    Question.Q8: (_C.LONG_SENTENCE, _C.HARD_TO_READ, _C.EASY_TO_READ, _C.ACRONYM),
    Question.Q9: (_C.RESPECT,),
    Question.Q10: (_C.NO_ORGANISATION,),
    Question.Q11: (_C.LATE,),
    Question.Q12: (_C.NO_REPLY_PATH, _C.REPLY_PATH),
    Question.Q13: (_C.NO_SUMMARY, _C.OTHER_LANGUAGE, _C.SUMMARISED),
    Question.Q14: (_C.HAS_DNI, _C.HAS_PHONE, _C.HAS_EMAIL, _C.HAS_SURNAME, _C.NO_PERSONAL_DATA, _C.NOT_MODERATED),
    Question.Q15: (
        _C.GROUP_INCOMPLETE, _C.GROUP_LISTED, _C.NO_MERGE_TARGET, _C.UNKNOWN_MERGE_TARGET, _C.MERGED_INTO_ITSELF, _C.MERGE_CYCLE,
        _C.MERGE_TARGET_UNANSWERED,
    ),
    Question.Q16: (_C.CRITERIA_LATE, _C.CRITERIA_IN_TIME),
    Question.Q17: (_C.PRIORITY_NOT_NAMED, _C.PRIORITY_NAMED),
    Question.Q18: (_C.DISSENT, _C.DISSENT_RECORDED),
    Question.Q20: (_C.NO_CORRECTION_REASON, _C.CORRECTION_SAID),
}  # fmt: skip
QUESTION_OF: dict[CheckCode, Question] = {code: question for question, codes in _BY_QUESTION.items() for code in codes}
"""Which question a finding answers. Q1, Q19 and Q21 are asked of a process whole."""
