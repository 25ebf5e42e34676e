"""The feedback report as DOCX, for those who will quote it in a document of their own."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.reports.documents.content import Content, Pair

if TYPE_CHECKING:
    from docx.document import Document


def as_docx(content: Content) -> bytes:
    """Headings, tables and paragraphs in Word's own styles, in Spanish, with a title and a language set."""
    from docx import Document as new_document  # the library and lxml are read only when somebody asks for Word

    document = new_document()
    document.core_properties.title = f"{content.title}: {content.process}"
    document.core_properties.author = content.space
    document.core_properties.language = "es-PE"
    document.add_heading(content.title, 0)
    document.add_paragraph(f"{content.process}. {content.space}. {content.made_on}. {content.url}")
    if content.proof:
        document.add_paragraph(content.proof)
    _listed(document, _("En pocas palabras"), content.summary)
    _listed(document, _("Cómo se hizo"), content.how)
    document.add_heading(_("En números"), 1)
    for title, heads, rows in content.tables:
        _table(document, title, heads, rows)
    document.add_heading(_("Qué escuchamos, qué decidimos y por qué"), 1)
    for theme in content.themes:
        document.add_heading(theme.name, 2)
        document.add_paragraph(theme.sentence)
        for pair in theme.pairs:
            _pair(document, pair)
    document.add_heading(_("Anexo: todos los códigos"), 1)
    annex = [(pair.code, pair.title, pair.outcome_name, pair.where) for pair in content.annex]
    _table(document, "", [_("Código"), _("Aporte"), _("Decisión"), _("Dónde se refleja")], annex)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _listed(document: "Document", heading: str, sentences: Sequence[str]) -> None:
    if sentences:
        document.add_heading(heading, 1)
    for sentence in sentences:
        document.add_paragraph(sentence, style="List Bullet")


def _pair(document: "Document", pair: Pair) -> None:
    document.add_heading(f"{pair.code}. {pair.title}", 3)
    for label, words in (
        (_("Qué se dijo"), pair.heard), (_("Qué se decidió"), f"{pair.outcome_name}. {pair.decided}".strip()), (_("Por qué"), pair.why),
        (_("Dónde se refleja"), pair.where), (_("Quién responde y cuándo"), pair.who),
    ):  # fmt: skip
        if words:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{label}: ").bold = True
            paragraph.add_run(words)


def _table(document: "Document", title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """The cells of a row are asked for once: each asking walks the whole row."""
    if not rows:
        return
    if title:
        document.add_heading(title, 2)
    table = document.add_table(rows=len(rows) + 1, cols=len(heads), style="Light Grid Accent 1")
    for line, cells in zip(table.rows, [heads, *rows], strict=True):
        for cell, value in zip(line.cells, cells, strict=True):
            cell.text = str(value)
