"""Office files are ZIP archives: their directory is judged before anything is unpacked (S43)."""

import io
import stat
import zipfile
import zlib

from app.core.errors import Problem, RuleBroken
from app.evidence.rules import HIGHEST_RATIO, LARGEST_UNPACKED, MEBIBYTE, MOST_ENTRIES, FileProblem

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ARCHIVES_INSIDE = (_ZIP, b"PK\x05\x06", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b")
_MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_ODF_TYPE = {"odt": b"application/vnd.oasis.opendocument.text", "ods": b"application/vnd.oasis.opendocument.spreadsheet"}
_PROGRAM_PARTS = ("vbaproject.bin", "vbadata.xml", "basic/", "scripts/", "activex")
_READ_FOR_ENTITIES = 65_536


def check(content: bytes, extension: str) -> None:
    """Raise RuleBroken unless `content` is a sound office file of that type, within the limits and without programs."""
    if content.startswith(_OLE):  # what Office makes of a file with a password
        raise RuleBroken([Problem(FileProblem.LOCKED, "file")])
    if not content.startswith(_ZIP):
        raise RuleBroken([_differs(extension)])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _judge_directory(entries, len(content))
            _judge_type(archive, entries, extension)
            _judge_contents(archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, ValueError, OSError) as broken:
        raise RuleBroken([Problem(FileProblem.DAMAGED, "file")]) from broken


def _judge_directory(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or unpacked > HIGHEST_RATIO * size:
        values = {"largest": LARGEST_UNPACKED // MEBIBYTE, "entries": MOST_ENTRIES}
        raise RuleBroken([Problem(FileProblem.ARCHIVE_TOO_LARGE, "file", values)])
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names) or any(_leaves_its_folder(entry) for entry in entries):
        raise RuleBroken([Problem(FileProblem.ARCHIVE_UNSAFE, "file")])
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise RuleBroken([Problem(FileProblem.LOCKED, "file")])
    if any(part in name.lower() for name in names for part in _PROGRAM_PARTS):
        raise RuleBroken([Problem(FileProblem.HAS_PROGRAM, "file")])


def _leaves_its_folder(entry: zipfile.ZipInfo) -> bool:
    name = entry.orig_filename
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return is_link or name.startswith(("/", "\\")) or "\\" in name or ":" in name or "\x00" in name or ".." in name.split("/")


def _judge_type(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], extension: str) -> None:
    names = {entry.filename for entry in entries}
    if extension in _MAIN_PART:
        if "[Content_Types].xml" not in names or _MAIN_PART[extension] not in names:
            raise RuleBroken([_differs(extension)])
        kinds = archive.read("[Content_Types].xml")
        if b"macroEnabled" in kinds:
            raise RuleBroken([Problem(FileProblem.HAS_PROGRAM, "file")])
    elif "mimetype" not in names or archive.read("mimetype").strip() != _ODF_TYPE[extension]:
        raise RuleBroken([_differs(extension)])


def _judge_contents(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Unpack every entry once, never beyond the size its directory gives: damaged, nested or entity-bearing parts show."""
    for entry in entries:
        with archive.open(entry) as part:
            start = part.read(_READ_FOR_ENTITIES)
            while part.read(MEBIBYTE):
                pass
        if start.startswith(_ARCHIVES_INSIDE):
            raise RuleBroken([Problem(FileProblem.ARCHIVE_UNSAFE, "file")])
        if b"<!ENTITY" in start or (start.startswith((b"MZ", b"\x7fELF"))):
            raise RuleBroken([Problem(FileProblem.HAS_PROGRAM, "file")])


def _differs(extension: str) -> Problem:
    return Problem(FileProblem.CONTENT_DIFFERS, "file", {"extension": extension})
