"""Hostile files are refused for the right reason, honest ones are kept, photos lose everything but their pixels."""

import io
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from PIL import Image

from app.core.errors import RuleBroken
from app.evidence import importing
from app.evidence.messages import PROBLEMS
from app.evidence.rules import FileProblem, FileUpload
from tests.factories import files

HOSTILE = files.hostile_files()


@pytest.mark.parametrize(("name", "content", "problem"), [h[1:] for h in HOSTILE], ids=[h[0] for h in HOSTILE])
def test_a_hostile_file_is_refused_quickly_and_for_its_reason(name: str, content: bytes, problem: FileProblem) -> None:
    began = time.perf_counter()
    with pytest.raises(RuleBroken) as broken:
        importing.checked(FileUpload(name, content))
    assert [p.code for p in broken.value.problems] == [problem]
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(("name", "content"), files.good_files(), ids=[name for name, _ in files.good_files()])
def test_an_honest_file_is_kept(name: str, content: bytes) -> None:
    kept = importing.checked(FileUpload(name, content))
    assert kept.content
    assert "/" in kept.media_type


def test_every_problem_has_its_sentence() -> None:
    assert set(PROBLEMS) == set(FileProblem)


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "foto.jpg"), ("PNG", "foto.png"), ("WEBP", "foto.webp")])
def test_a_photo_keeps_no_metadata(kind: str, name: str, tmp_path: Path) -> None:
    taken = files.picture(kind, place=True)
    assert Image.open(io.BytesIO(taken)).getexif().get_ifd(0x8825), "the sample must carry a place"
    kept = importing.checked(FileUpload(name, taken)).content
    reopened = Image.open(io.BytesIO(kept))
    assert not dict(reopened.getexif())
    assert not {"exif", "comment", "icc_profile", "xmp", "photoshop"} & set(reopened.info)
    assert b"Rosa" not in kept
    if shutil.which("exiftool"):
        stored = tmp_path / name
        stored.write_bytes(kept)
        said = subprocess.run(["exiftool", "-G1", "-a", stored], capture_output=True, text=True, check=True).stdout
        assert not [line for line in said.splitlines() if line.startswith(("[GPS", "[IFD0", "[ExifIFD", "[XMP", "[IPTC"))], said


def test_a_photo_taken_sideways_is_stored_upright() -> None:
    kept = importing.checked(FileUpload("foto.jpg", files.picture(size=(400, 200), orientation=6)))
    assert Image.open(io.BytesIO(kept.content)).size == (200, 400)


def test_a_large_photo_is_stored_at_a_size_phones_can_load() -> None:
    kept = importing.checked(FileUpload("foto.jpg", files.picture(size=(6000, 4000))))
    assert max(Image.open(io.BytesIO(kept.content)).size) == 2560


def test_what_is_glued_to_a_picture_is_lost() -> None:
    kept = importing.checked(FileUpload("foto.jpg", files.picture() + b"<script>alert(1)</script>" + files.archive({"a.class": "x"})))
    assert b"<script>" not in kept.content and b"PK\x03\x04" not in kept.content


def test_a_transparent_drawing_stays_transparent() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(target, "PNG")
    kept = importing.checked(FileUpload("sello.png", target.getvalue()))
    assert Image.open(io.BytesIO(kept.content)).getpixel((3, 3))[3] == 0  # type: ignore[index]


def test_a_video_does_not_say_where_it_was_recorded() -> None:
    recorded = files.mpeg4(place=True)
    kept = importing.checked(FileUpload("video.mp4", recorded)).content
    assert b"+13.5318" in recorded and b"+13.5318" not in kept and b"\xa9xyz" not in kept
    assert len(kept) == len(recorded)


def test_a_table_of_an_old_excel_is_kept_when_it_says_so() -> None:
    kept = importing.checked(FileUpload("aportes.csv", "código;año\n".encode("cp1252"), encoding="cp1252"))
    assert kept.content.decode("utf-8-sig") == "código;año\n"


def test_reading_names_in_hexadecimal_does_not_refuse_honest_documents() -> None:
    honest = files.pdf(
        b"<< /Type /Catalog /Lang (es) /Author (Jos#65 /JS de La Paz) /XX#20YY 1 >>", more=files.object_stream(b"1 0 << /Type /Page >>")
    )
    with pytest.raises(RuleBroken):  # the text says /JS: better one refusal too many, with a sentence that says how to mend it
        importing.checked(FileUpload("acta.pdf", honest))
    importing.checked(FileUpload("acta.pdf", honest.replace(b"/JS de", b"de")))
