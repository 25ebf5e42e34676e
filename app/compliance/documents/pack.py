"""The evidence pack of domain.md 15: everything public that shows what a process did, in one ZIP that needs neither us nor the network."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import current_app

from app.audit import services as audit
from app.audit.documents import bundle
from app.audit.rules import canonical
from app.compliance.documents.packing import Packer, plain_name
from app.compliance.documents.report import CHECKLIST_COLUMNS, HISTORY_COLUMNS, as_json, checklist, history, requirement_json
from app.compliance.documents.sheets import attestations_sheet, index_page
from app.compliance.documents.tables import tables_of
from app.compliance.models import IrmResult
from app.compliance.queries import Judgement, packs, standing
from app.compliance.rules.findings import Requirement
from app.contributions import queries as contributions
from app.core import pdf, storage
from app.core.dates import rfc3339
from app.core.web import csv_lines
from app.evidence import queries as evidence
from app.evidence.models import Attachment
from app.feedback import documents as feedback
from app.feedback.rules.matrix import COLUMNS as MATRIX_COLUMNS
from app.forum import queries as forum
from app.processes import queries as processes

MEBIBYTE = 1024 * 1024
MOST_BYTES = 400 * MEBIBYTE
"""What a pack may weigh unpacked; files beyond it stay on the site, named with their hash and address."""
PIECE = 256 * 1024
CSS = Path(__file__).parents[3] / "static" / "css" / "pack.css"
FOLDERS = {
    "activity": Requirement.RECORDS, "contribution": Requirement.RECORDS, "outreach": Requirement.OUTREACH,
    "forum-meeting": Requirement.MEETINGS, "forum-results": Requirement.IMPLEMENTATION, "forum-report": Requirement.HEARINGS,
    "forum-agreement": Requirement.MEETINGS, "forum-seat": Requirement.MEETINGS, "progress": Requirement.REPOSITORY,
}  # fmt: skip


def build_pack(target: IO[bytes], judgement: Judgement, irm: IrmResult | None, *, most_bytes: int = MOST_BYTES) -> Packer:
    """Write the pack into `target`. Needs a request context, for the addresses it prints; holds one file in memory at a time."""
    records = judgement.records
    process, site = records.process, current_app.config["SITE_URL"]
    about = {
        "process": process.slug, "title": process.title, "space": process.space.name, "made_at": rfc3339(records.now),
        "url": f"{site}/procesos/{process.slug}/requisitos",
    }  # fmt: skip
    with Packer(target, records.now, most_bytes) as packer:
        for write in (_report, _checklist, _matrix, _facts, _texts, _tables, _register, _files, _attestations):
            write(packer, judgement, irm, site)
        packer.add("estilo.css", CSS.read_text(encoding="utf-8"), "Estilo de las páginas")
        packer.add("index.html", index_page(judgement, irm, packer.entries), "Índice")
        packer.seal(about)
    return packer


def _report(packer: Packer, judgement: Judgement, irm: IrmResult | None, site: str) -> None:
    url = f"{site}/procesos/{judgement.records.process.slug}/requisitos.json"
    packer.add("requisitos.json", json.dumps(as_json(judgement, irm), ensure_ascii=False, indent=1), "Requisitos mínimos (JSON)", url=url)


def _checklist(packer: Packer, judgement: Judgement, irm: IrmResult | None, site: str) -> None:
    packer.stream("checklist.csv", _csv(CHECKLIST_COLUMNS, checklist(judgement)), "Lista de requisitos (CSV)")
    rows = history(standing.all_changes(judgement.records.process.id))
    packer.stream("historial.csv", _csv(HISTORY_COLUMNS, rows), "Cambios de resultado, día por día (CSV)")


def _matrix(packer: Packer, judgement: Judgement, irm: IrmResult | None, site: str) -> None:
    process = judgement.records.process
    base = f"{site}/procesos/{process.slug}/respuestas"
    lines = _csv(MATRIX_COLUMNS, feedback.matrix(process))
    packer.stream("feedback_matrix.csv", lines, "Matriz de retroalimentación (CSV)", url=f"{base}.csv")
    packer.stream("feedback_matrix.json", _matrix_json(process), "Matriz de retroalimentación (JSON)", url=f"{base}.json")


def _matrix_json(process: Any) -> Iterator[bytes]:
    """The rows as objects, one at a time: the matrix of 10,000 contributions is never whole in memory."""
    yield b'{"aportes": [\n'
    comma = b""
    for row in feedback.matrix(process):
        yield comma + json.dumps(dict(zip(MATRIX_COLUMNS, row, strict=True)), ensure_ascii=False).encode()
        comma = b",\n"
    yield b"\n]}\n"


def _facts(packer: Packer, judgement: Judgement, irm: IrmResult | None, site: str) -> None:
    for finding in judgement.findings.values():
        content = json.dumps(requirement_json(finding, judgement), ensure_ascii=False, indent=1)
        packer.add(
            f"{finding.id}/hechos.json", content, "Hechos y resultado", url=f"{site}/procesos/{judgement.records.process.slug}/requisitos"
        )


def _texts(packer: Packer, judgement: Judgement, irm: IrmResult | None, site: str) -> None:
    """Schedule versions, rules of the forum, minutes: the exact bytes whose hash is in the register."""
    process = judgement.records.process
    for version in processes.published_versions(process.id):
        packer.add(
            f"{Requirement.NOTICE}/cronograma-v{version.n}.json", version.content, f"Cronograma, versión {version.n}",
            published_at=rfc3339(version.published_at), url=f"{site}/procesos/{process.slug}/cronograma/versiones/{version.n}",
        )  # fmt: skip
    for rules in forum.rules_versions(process.space_id):
        packer.add(
            f"{Requirement.FORUM_RULES}/reglas-v{rules.n}.json", rules.content, f"Reglas del foro, versión {rules.n}",
            published_at=rfc3339(rules.published_at), url=f"{site}/foro/{process.space.slug}/reglas",
        )  # fmt: skip
    for number, title, minutes in packs.forum_minutes(process.space_id):
        packer.add(
            f"{Requirement.MEETINGS}/acta-{number:03d}.txt", minutes.text, title, published_at=rfc3339(minutes.published_at),
            url=f"{site}/foro/{process.space.slug}",
        )  # fmt: skip
    for slug, title, record in packs.activity_minutes(process.id):
        packer.add(
            f"{Requirement.RECORDS}/acta-{plain_name(slug)}.txt", record.text, title, published_at=rfc3339(record.published_at),
            url=f"{site}/procesos/{process.slug}/actividades/{slug}",
        )  # fmt: skip


def _tables(packer: Packer, judgement: Judgement, irm: IrmResult | None, site: str) -> None:
    for table in tables_of(judgement, site):
        packer.stream(f"{table.requirement}/{table.name}.csv", _csv(table.columns, table.rows), table.title)
    numbers = {str(visibility): count for visibility, count in contributions.counts(judgement.records.process.id).items()}
    packer.add(f"{Requirement.RECORDS}/aportes-en-cifras.json", json.dumps(numbers, indent=1), "Aportes por visibilidad")


def _register(packer: Packer, judgement: Judgement, irm: IrmResult | None, site: str) -> None:
    """The acts about this process as they are chained, and the whole proof that anybody can verify with Python and openssl."""
    url = f"{site}/registro?referencia={judgement.records.process.slug}"
    packer.stream("registro/actos.jsonl", _acts(judgement), "Actos de este proceso en el registro público", url=url)
    with SpooledTemporaryFile(PIECE * 4) as proof:
        bundle.write(proof, certificates=audit.certificates(), texts=[], now=judgement.records.now)
        proof.seek(0)
        packer.stream(
            "registro/prueba.zip", iter(lambda: proof.read(PIECE), b""), "Prueba del registro completo", url=f"{site}/registro/prueba.zip"
        )


def _acts(judgement: Judgement) -> Iterator[bytes]:
    for entry in packs.register_extract(judgement.records.process):
        yield (canonical({"seq": entry.seq, "prev": entry.prev, "hash": entry.hash, "body": entry.body}) + "\n").encode()


def _files(packer: Packer, judgement: Judgement, irm: IrmResult | None, site: str) -> None:
    """Every public file beside the requirement it serves, while there is room."""
    statements = {row.attestation.id: row.attestation.statement for row in judgement.records.attestations}
    of_statement = {s: f.id for f in reversed(list(judgement.findings.values())) for s in f.needs}
    for file in packs.public_files(judgement.records.process):
        if file.subject_kind == "attestation":
            statement = statements.get(file.subject_id)
            if statement is None:
                continue
            folder = f"{of_statement.get(statement, Requirement.WEBSITE)}/atestaciones"
        else:
            folder = f"{FOLDERS.get(file.subject_kind, Requirement.REPOSITORY)}/archivos"
        _copy(packer, f"{folder}/{plain_name(file.file_name)}", file, f"{site}/documentos/{file.key}")


def _copy(packer: Packer, path: str, file: Attachment, url: str) -> None:
    published = rfc3339(file.uploaded_at)
    content = _content(file) if packer.has_room(file.size) else None
    if content is None:
        packer.leave_out(path, file.title, sha256=file.sha256, size=file.size, published_at=published, url=url)
    else:
        packer.add(path, content, file.title, published_at=published, url=url)


def _content(file: Attachment) -> bytes | None:
    try:
        return storage.get(evidence.stored_name(file.key))
    except FileNotFoundError:
        return None


def _attestations(packer: Packer, judgement: Judgement, irm: IrmResult | None, site: str) -> None:
    """As PDF where this machine can make one; as a page that prints the same where it cannot."""
    url = f"{site}/procesos/{judgement.records.process.slug}/requisitos#atestaciones"
    try:
        content = pdf.render(attestations_sheet(judgement, css=_static("css/pack.css")), site)
    except (pdf.PdfUnavailable, pdf.PdfBusy):
        packer.add("attestations.html", attestations_sheet(judgement, css="estilo.css"), "Atestaciones", url=url)
    else:
        packer.add("attestations.pdf", content, "Atestaciones", url=url)


def _static(path: str) -> str:
    return str(current_app.config["SITE_URL"] + current_app.extensions["minka.static"] + path)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    for lines in csv_lines(columns, rows):
        yield lines.encode()
