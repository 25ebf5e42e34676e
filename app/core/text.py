"""Text that people write: cleaned on the way in, Markdown turned into safe HTML on save, stems for searching."""

import re
import unicodedata
from functools import lru_cache

import nh3
import snowballstemmer
from markdown import Markdown
from markupsafe import Markup, escape

LONGEST_MARKDOWN = 20_000
_BIDI_AND_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
_MANY_MARKS = re.compile(r"([\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]{3})[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]+")
_RUNS_OF_BRACKETS = re.compile(r"([\[\]\(\)*_>`#-])\1{30,}")
_DEEP_LISTS = re.compile(r"^(\s*[-*+]\s){12,}", re.MULTILINE)
_GOOD_LINK = re.compile(r"https?://[^/\\]|mailto:|tel:|/(?![/\\])|#", re.IGNORECASE)
MOST_BRACKETS = 400  # nobody writes two hundred links; unmatched brackets cost the square of their number
TAGS = set(
    [
        "p",
        "br",
        "strong",
        "em",
        "ul",
        "ol",
        "li",
        "a",
        "blockquote",
        "h3",
        "h4",
        "h5",
        "code",
        "pre",
        "hr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)
_WORD = re.compile(r"[^\W\d_]{2,}|\d+")
_STEMMER = snowballstemmer.stemmer("spanish")


def clean(text: str | None) -> str:
    """NFC, line ends as \\n, without control, zero-width or direction characters, marks capped, ends trimmed."""
    if not text:
        return ""
    unified = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    unified = _BIDI_AND_INVISIBLE.sub("", unified)
    return _MANY_MARKS.sub(r"\1", unified).strip()


def clean_line(text: str | None) -> str:
    """As `clean`, on a single line."""
    return " ".join(clean(text).split())


def _attribute(tag: str, attribute: str, value: str) -> str | None:
    return value if attribute != "href" or _GOOD_LINK.match(value) else None


def to_html(markdown: str | None) -> Markup:
    """Sanitised HTML of a Markdown text of at most 20,000 characters; plain paragraphs when it cannot be parsed."""
    source = _RUNS_OF_BRACKETS.sub(r"\1" * 8, clean(markdown)[:LONGEST_MARKDOWN])
    source = _DEEP_LISTS.sub("- ", source)
    if source.count("[") > MOST_BRACKETS:
        source = source.replace("[", "\\[")
    parser = Markdown(extensions=["sane_lists", "nl2br", "tables"], output_format="html")
    parser.preprocessors.deregister("html_block")
    parser.inlinePatterns.deregister("html")
    try:
        html = parser.convert(source)
    except RecursionError:
        html = "".join(f"<p>{escape(line)}</p>" for line in source.splitlines() if line)
    html = re.sub(r"<(/?)h[12]>", r"<\1h3>", html)
    return Markup(  # noqa: S704 - this is the one place where HTML is made, and nh3 has just cleaned it
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"*": set(), "a": {"href"}, "th": {"scope"}},
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noopener noreferrer nofollow ugc",
            attribute_filter=_attribute,
        )
    )


def trusted(stored_html: str) -> Markup:
    """HTML that `to_html` made and the database kept; the template filter of the same name."""
    return Markup(stored_html)  # noqa: S704 - cleaned by `to_html` before it was stored


class _WithoutMarks(dict[int, int | None]):
    """What becomes of each character when accents are taken off: looked up once, then known."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_without_marks = _WithoutMarks()


def fold(text: str) -> str:
    """Lower case without accents; ñ becomes n, as people type without it on phones."""
    lowered = text.lower()
    return lowered if lowered.isascii() else unicodedata.normalize("NFD", lowered).translate(_without_marks)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """Snowball leaves the plural of short words ("obras"); without its s both forms are one."""
    stem = fold(_STEMMER.stemWord(word))
    return stem[:-1] if len(stem) > 3 and stem.endswith("s") else stem


@lru_cache(maxsize=50_000)
def _stems_of(word: str) -> tuple[str, ...]:
    """The stem with its accents read, and the stem of the bare word: either may be what was typed."""
    with_accents, bare = _stem(word), _stem(fold(word))
    return (with_accents,) if with_accents == bare else (with_accents, bare)


def stems(text: str) -> list[str]:
    """Searchable stems in order; a word gives two when missing accents change its stem (stack.md gotcha 13)."""
    return [stem for word in _WORD.findall(clean(text).lower()) for stem in _stems_of(word)]


def query_stems(text: str, most: int = 8) -> list[tuple[str, ...]]:
    """For each word typed, the stems any of which should match; at most `most` words."""
    return [_stems_of(word) for word in _WORD.findall(clean(text).lower())[:most]]


def initials(name: str) -> str:
    """ "Rosa Quispe Huamán" -> "R. Q. H."; particles (de, la, del) are left out."""
    words = [w for w in clean_line(name).split() if fold(w) not in {"de", "la", "del", "los", "las", "y"}]
    return " ".join(f"{word[0].upper()}." for word in words[:4])


def first_sentence(text: str, longest: int = 90) -> str:
    """The first sentence, cut at a word when longer than `longest` characters."""
    line = re.split(r"(?<=[.!?])\s|\n", clean(text), maxsplit=1)[0].strip()
    if len(line) <= longest:
        return line.rstrip(".")
    return line[:longest].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def slug(text: str, longest: int = 60) -> str:
    """Kebab-case ASCII for a URL."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:longest].strip("-")
