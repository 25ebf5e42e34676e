"""What others wrote is what they published."""

import base64
import hashlib
import re
import tomllib

from tests.house.source import ROOT, name_of

VENDOR = ROOT / "static" / "vendor"
ENTRY = re.compile(r"\| file \| `([^`]+)`.*?\| sha256 \| `([0-9a-f]{64})`.*?\| SRI \| `(sha384-[^`]+)`", re.DOTALL)
BESIDE = re.compile(r"(README|OFL|.*LICENSE)(\.md|\.txt)?$")


def test_vendored_files_match_their_checksums() -> None:
    entries = ENTRY.findall((VENDOR / "README.md").read_text())
    assert entries
    for name, sha256, sri in entries:
        content = (VENDOR / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == sha256, name
        assert "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode() == sri, name


def test_nothing_is_vendored_without_saying_where_it_comes_from() -> None:
    written = {name for name, _, _ in ENTRY.findall((VENDOR / "README.md").read_text())}
    files = [p for p in VENDOR.rglob("*") if p.is_file() and not BESIDE.match(p.name)]
    assert [name_of(p) for p in files if str(p.relative_to(VENDOR)) not in written] == []


def test_a_locked_version_is_the_pinned_one_and_every_file_has_a_hash() -> None:
    for source, lock in (("requirements.txt", "requirements.lock"), ("requirements-dev.txt", "requirements-dev.lock")):
        locked = (ROOT / lock).read_text()
        pins = re.findall(r"^([a-z0-9-]+)(?:\[[^\]]*\])?==([^;\s]+)", (ROOT / source).read_text(), re.MULTILINE)
        assert [
            pin for pin in pins if not re.search(rf"^{re.escape(pin[0])}(\[[^\]]*\])?=={re.escape(pin[1])}[ \\]", locked, re.MULTILINE)
        ] == []
        assert "://" not in locked and "--index" not in locked
        blocks = re.split(r"^(?=[a-z0-9])", locked, flags=re.MULTILINE)[1:]
        assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_what_is_tested_is_what_runs() -> None:
    versions = [
        dict(re.findall(r"^([a-z0-9-]+)(?:\[[^\]]*\])?==([^;\s]+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    ]
    assert {name: v for name, v in versions[0].items() if versions[1].get(name) != v} == {}


def test_the_licence_is_whole() -> None:
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == "8486a10c4393cee1c25392769ddd3b2d6c242d6ec7928e1414efff7dfb2f07ef"
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["license"] == "AGPL-3.0-or-later"
