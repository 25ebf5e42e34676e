"""Names, limits and weights of files."""

import pytest

from app.evidence import rules
from app.evidence.rules import FileProblem, FileUpload


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("Acta firmada.PDF", "Acta firmada.pdf"),
        ("../../etc/acta.pdf", "acta.pdf"),
        ("C:\\Users\\rosa\\acta.pdf", "acta.pdf"),
        ("acta.final.v2.pdf", "acta-final-v2.pdf"),
        ("foto.php.jpg", "foto-php.jpg"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ("a\x00b\nc.csv", "abc.csv"),
        ('ac"ta<script>.pdf', "ac-ta-script.pdf"),
        ("Reunión de Ñahuinpuquio.jpeg", "Reunión de Ñahuinpuquio.jpg"),
        (".htaccess", "htaccess"),
        ("....pdf", "pdf"),
        ("/.pdf", "pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
        ("", "documento"),
    ],
)
def test_names_are_cleaned(given: str, cleaned: str) -> None:
    assert rules.clean_file_name(given) == cleaned


def test_a_file_is_refused_before_looking_inside() -> None:
    def first(name: str, content: bytes) -> list[FileProblem]:
        return [p.code for p in rules.first_problems(FileUpload(name, content))]  # type: ignore[misc]

    assert first("a.pdf", b"x") == []
    assert first("a.pdf", b"") == [FileProblem.EMPTY]
    assert first("a.exe", b"x") == [FileProblem.TYPE_NOT_ALLOWED]
    assert first("a.pdf", bytes(rules.LARGEST_FILE)) == []
    assert first("a.pdf", bytes(rules.LARGEST_FILE + 1)) == [FileProblem.TOO_LARGE]


def test_there_is_room_for_twenty_files_and_sixty_an_hour() -> None:
    assert rules.quota_problems(19, 59) == []
    assert [p.code for p in rules.quota_problems(20, 0)] == [FileProblem.TOO_MANY]
    assert [p.code for p in rules.quota_problems(0, 60)] == [FileProblem.TOO_MANY_TODAY]


def test_removing_a_file_needs_a_reason() -> None:
    assert rules.removal_problems("Tiene un DNI a la vista") == []
    assert [p.code for p in rules.removal_problems("   no    ")] == [FileProblem.REASON_MISSING]


@pytest.mark.parametrize(("size", "read"), [(10, "1 KB"), (98_304, "96 KB"), (3_565_158, "3,4 MB")])
def test_weights_read_as_people_say_them(size: int, read: str) -> None:
    assert rules.weight(size) == read


def test_only_pictures_and_sound_open_in_the_page() -> None:
    assert {t.media_type.split("/")[0] for t in rules.ACCEPTED.values() if rules.is_shown_inline(t.media_type)} == {"image", "audio"}
