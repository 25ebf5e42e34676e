"""Whatever people write comes out as plain, harmless HTML (S03), quickly (S45)."""

import re
from urllib.parse import urlsplit

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.text import LONGEST_MARKDOWN, TAGS, clean, clean_line, to_html
from tests.security.markdown_corpus import HEAVY, payloads
from tests.timing import timed

PAYLOADS = tuple(dict.fromkeys(payloads()))
ATTRIBUTES = {"a": {"href", "rel"}, "th": {"scope"}}
SCHEMES = {"http", "https", "mailto", "tel", ""}
FORBIDDEN = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
SLOWEST_SECONDS = 0.5


def faults(html: str) -> list[str]:
    """What a browser's parser finds in `html` that we do not allow."""
    found = []
    for element in html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            found.append("comment")
            continue
        if element.tag in {"DOCUMENT_FRAGMENT", "tbody"}:
            continue
        if element.tag not in TAGS:
            found.append(f"tag {element.tag}")
        for name, value in element.attrib.items():
            if name not in ATTRIBUTES.get(element.tag, set()):
                found.append(f"attribute {element.tag}.{name}")
            if name == "href":
                found += _faults_of_link(value)
        if element.tag == "a" and element.get("href") and "noopener" not in (element.get("rel") or ""):
            found.append("link without rel")
    if FORBIDDEN.search(html):
        found.append("invisible or direction character")
    return found


def _faults_of_link(target: str) -> list[str]:
    """Read as browsers do: spaces and controls at the ends fall away, tabs and line ends anywhere, \\ counts as /."""
    seen = re.sub(r"[\t\n\r]", "", target.strip("".join(map(chr, range(33))))).replace("\\", "/")
    if seen.startswith("//"):
        return [f"link to another site without scheme {target!r}"]
    try:
        scheme = urlsplit(seen).scheme
    except ValueError:
        return []
    return [] if scheme in SCHEMES and not re.match(r"[^/?#]*(script|data)\s*:", seen, re.IGNORECASE) else [f"scheme of {target!r}"]


def test_the_corpus_is_large_enough() -> None:
    assert len(PAYLOADS) >= 150


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_no_text_becomes_more_than_text(payload: str) -> None:
    assert faults(to_html(payload)) == []


@pytest.mark.parametrize("payload", PAYLOADS[::5], ids=range(len(PAYLOADS[::5])))
def test_nor_inside_other_text(payload: str) -> None:
    assert faults(to_html(f"Señores:\n\n1. Pido **{payload}** y *esto*\n\n> {payload}\n\nGracias {payload}")) == []


@pytest.mark.parametrize("payload", HEAVY, ids=range(len(HEAVY)))
def test_no_text_takes_long(payload: str) -> None:
    html, took = timed(lambda: to_html(payload))
    assert took < SLOWEST_SECONDS * 2, f"{took:.2f} s"
    assert faults(html) == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_at_all(text: str) -> None:
    assert faults(to_html(text)) == []


MARKUP = st.lists(
    st.sampled_from(
        [
            "<",
            ">",
            "[",
            "]",
            "(",
            ")",
            "javascript:",
            "//",
            "\\",
            "&#",
            ";",
            "`",
            "*",
            "_",
            "\n",
            " ",
            "onerror=",
            '"',
            "'",
            "a",
            "svg",
            "!",
            "|",
            "-",
        ]
    ),
    max_size=40,
)


@settings(max_examples=300, deadline=None)
@given(MARKUP.map("".join))
def test_any_heap_of_markup(text: str) -> None:
    assert faults(to_html(text)) == []


def test_what_people_need_survives() -> None:
    html = to_html("Pido **agua** y *luz*.\n\n- uno\n- dos\n\n[norma](https://www.gob.pe/x)\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    for expected in ("<strong>agua</strong>", "<em>luz</em>", "<li>uno</li>", 'href="https://www.gob.pe/x"', "<td>1</td>"):
        assert expected in html


def test_quechua_and_accents_survive() -> None:
    assert "ñawinchay, p’unchaw, María Ñahui, ó" in to_html("ñawinchay, p’unchaw, María Ñahui, o\u0301")


def test_the_oracle_would_notice() -> None:
    bad = ['<img src=x onerror="alert(1)">', '<a href="javascript:alert(1)" rel="noopener">x</a>', '<a href="//e" rel="noopener">x</a>', "<p style='x'>y</p>",
           '<a href="/\\e" rel="noopener">x</a>', "<p>\u202ex</p>", "<a href='https://e.pe'>x</a>"]  # fmt: skip
    assert [html for html in bad if not faults(html)] == []


def test_text_is_cut_where_it_is_said() -> None:
    assert len(to_html("a" * 50_000)) <= LONGEST_MARKDOWN + 100


@pytest.mark.parametrize(
    ("written", "kept"),
    [("a\u202eb", "ab"), ("a\u200bb", "ab"), ("a\x00b", "ab"), ("\ud800x", "x"), ("e\u0301", "é"), ("a\r\nb", "a\nb"), ("  x ", "x"),
     ("x" + "\u0335" * 50, "x" + "\u0335" * 3)],
)  # fmt: skip
def test_invisible_and_stacked_characters_go(written: str, kept: str) -> None:
    assert clean(written) == kept


def test_one_line_stays_one_line() -> None:
    """No line can be added to a header or a log (S09)."""
    assert clean_line("Asunto\r\nBcc: x@y.pe\u2028z") == "Asunto Bcc: x@y.pe z"
