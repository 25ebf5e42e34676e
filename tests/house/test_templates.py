"""Templates: floors, nothing unused, nothing untranslated, nothing inline, and every component drawn once."""

import re
from functools import cache
from pathlib import Path

import html5lib
import pytest
from flask import Flask, render_template_string
from jinja2 import nodes
from jinja2.meta import find_referenced_templates

from tests.house.component_samples import COMPONENTS, sample_form
from tests.house.source import PACKAGES, ROOT, TEMPLATES, floor_of, name_of, templates

OPEN_TO_ALL = {"layouts", "components"}
NEUTRAL_FOLDERS = {"layouts", "components", "errors", "emails"}
LETTERS = re.compile(r"[A-Za-zÁÉÍÓÚÜÑáéíóúüñ]{2,}")
TAG = re.compile(r"<[^>]*>", re.DOTALL)
SPOKEN_ATTRIBUTE = re.compile(r"""\b(?:alt|title|placeholder|aria-label|label)=["']([^"'{<]*[A-Za-zÁÉÍÓÚáéíóúñ]{2,}[^"'{<]*)["']""")
INLINE = re.compile(r"""<[a-z][^>]*\s(style|on[a-z]+)\s*=|<script(?![^>]*\bsrc=)|<style\b|javascript:""", re.IGNORECASE)
# names of things, the same in every language
SAME_EVERYWHERE = {
    "Minka", "CSV", "JSON", "XLSX", "PDF", "ICS", "ZIP", "SHA", "Atom", "UBIGEO", "UTC", "KB", "MB", "AGPL", "OGP", "URL", "CUI", "doctype",
    "html",
    "HTML", "es", "Ctrl", "Enter", "Alt", "iCalendar", "RFC", "or", "later", "Creative", "Commons", "CC", "BY",
}  # fmt: skip
NEEDS_NO_SHEET = {"csrf"}  # nothing that can be seen


@cache
def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _folder(path: Path) -> str:
    parts = path.relative_to(TEMPLATES).parts
    return parts[1] if parts[0] == "emails" and len(parts) > 2 else parts[0]


def test_every_template_can_be_read(app: Flask) -> None:
    for path in templates():
        app.jinja_env.parse(_source(path))


def test_templates_lean_only_on_lower_floors(app: Flask) -> None:
    wrong = []
    for path in templates():
        own = _folder(path)
        for used in find_referenced_templates(app.jinja_env.parse(_source(path))):
            assert used is not None, f"{name_of(path)} computes the name of a template"
            other = used.split("/")[1] if used.startswith("emails/") else used.split("/")[0]
            if other in OPEN_TO_ALL or other == own or used in {"emails/frame.html"}:
                continue
            if own not in PACKAGES or other not in PACKAGES or floor_of(other) >= floor_of(own):
                wrong.append((name_of(path), used))
    assert wrong == []


def test_templates_live_in_the_folder_of_a_package() -> None:
    folders = {path.name for path in TEMPLATES.iterdir() if path.is_dir()}
    assert sorted(folders - set(PACKAGES) - NEUTRAL_FOLDERS) == []


def test_every_template_that_is_named_exists(app: Flask) -> None:
    missing = [
        (name_of(path), used)
        for path in templates()
        for used in find_referenced_templates(app.jinja_env.parse(_source(path)))
        if used and not (TEMPLATES / used).exists()
    ]
    assert missing == []


def test_every_template_is_used(app: Flask) -> None:
    written = "\n".join(_source(p) for p in templates()) + "\n".join(p.read_text() for p in (ROOT / "app").rglob("*.py"))
    unused = [
        name_of(p)
        for p in templates()
        if _folder(p) in PACKAGES and p.relative_to(TEMPLATES).parts[0] != "emails" and str(p.relative_to(TEMPLATES)) not in written
    ]
    assert unused == []


def test_nothing_is_imported_or_defined_in_vain(app: Flask) -> None:
    unused = []
    for path in templates():
        tree = app.jinja_env.parse(_source(path))
        brought = {
            (alias[1] if isinstance(alias, tuple) else alias) for found in tree.find_all(nodes.FromImport) for alias in found.names
        } | {found.target for found in tree.find_all(nodes.Import)}
        if path.parent.name != "components" and not path.name.startswith("_"):  # those are made to be imported
            brought |= {macro.name for macro in tree.find_all(nodes.Macro)}
        used = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
        unused += [(name_of(path), name) for name in sorted(brought - used)]
    assert unused == []


def _said(tree: nodes.Template) -> list[str]:
    """What a template prints by itself, outside _() and {% trans %}, outside tags."""
    classes = [block for block in tree.find_all(nodes.Block) if block.name == "body_class"]
    translated = {id(n) for part in [*tree.find_all(nodes.Call), *classes] for n in part.find_all(nodes.TemplateData)}
    whole = "\x00".join(data.data for data in tree.find_all(nodes.TemplateData) if id(data) not in translated)
    shown = re.sub(r"<!--.*?-->|<(code|pre)\b.*?</\1>", "", whole, flags=re.DOTALL)  # what one types is the same in every language
    outside_tags = TAG.sub("\n", shown)
    return [piece for piece in re.split(r"[\x00\n]", outside_tags) if LETTERS.search(piece)]


def test_every_word_a_person_reads_can_be_translated(app: Flask) -> None:
    bare = []
    for path in templates():
        if path.suffix == ".html":
            for piece in _said(app.jinja_env.parse(_source(path))):
                words = [word for word in LETTERS.findall(re.sub(r"&[a-z]+;", " ", piece)) if word not in SAME_EVERYWHERE]
                if words:
                    bare.append((name_of(path), piece.strip()[:80]))
    assert bare == []


def test_letters_can_be_translated_too(app: Flask) -> None:
    bare = []
    for path in templates():
        if path.suffix == ".txt":
            for data in app.jinja_env.parse(_source(path)).find_all(nodes.TemplateData):
                words = [word for word in LETTERS.findall(re.sub(r"\S*/\S*|\.[a-z]{3,4}\b", "", data.data)) if word not in SAME_EVERYWHERE]
                if words:
                    bare.append((name_of(path), data.data.strip()[:80]))
    assert bare == []


def test_spoken_attributes_can_be_translated() -> None:
    found = [(name_of(p), spoken) for p in templates() for spoken in SPOKEN_ATTRIBUTE.findall(_source(p))]
    assert [(name, spoken) for name, spoken in found if not set(LETTERS.findall(spoken)) <= SAME_EVERYWHERE] == []


def test_the_search_for_bare_words_would_notice(app: Flask) -> None:
    assert _said(app.jinja_env.parse('<p class="x {{ y }}">Hola {{ _("mundo") }}</p>'))
    assert not _said(app.jinja_env.parse('<p class="x {{ y }}">{{ _("Hola") }}{% trans %}Buenos días{% endtrans %}</p>'))


def test_nothing_is_written_inline() -> None:
    """The content security policy would refuse it (S13). E-mails are not pages: they may carry styles."""
    guilty = [
        (name_of(p), found.group(0)[:60])
        for p in templates()
        if p.suffix == ".html" and p.relative_to(TEMPLATES).parts[0] != "emails"
        for found in INLINE.finditer(re.sub(r"\{[{%#].*?[}%#]\}", "", _source(p), flags=re.DOTALL))
    ]
    assert guilty == []


def test_one_component_one_file_one_name() -> None:
    for path in (TEMPLATES / "components").glob("*.html"):
        assert re.search(rf"\{{%-?\s*macro {path.stem}\(", _source(path)), f"{name_of(path)} does not define {path.stem}"


def test_every_component_has_a_sample_and_a_style_sheet() -> None:
    names = {path.stem for path in (TEMPLATES / "components").glob("*.html")}
    assert names == set(COMPONENTS)
    sheets = {path.stem for path in (ROOT / "static" / "css" / "components").glob("*.css")}
    assert sorted(names - sheets - NEEDS_NO_SHEET) == []
    assert sorted(sheets - names) == []


def test_every_component_sheet_is_in_a_bundle() -> None:
    bundles = (ROOT / "static" / "css" / "BUNDLES.toml").read_text()
    sheets = [p.relative_to(ROOT / "static" / "css") for p in (ROOT / "static" / "css").rglob("*.css")]
    assert [str(p) for p in sheets if f'"{p}"' not in bundles] == []


@pytest.mark.parametrize("name", sorted(COMPONENTS))
def test_a_component_draws_valid_html(app: Flask, name: str) -> None:
    with app.test_request_context("/"):
        drawn = render_template_string(COMPONENTS[name], form=sample_form())
    parser = html5lib.HTMLParser(strict=False)
    parser.parseFragment(drawn)
    assert drawn.strip()
    assert not parser.errors, parser.errors[:3]
