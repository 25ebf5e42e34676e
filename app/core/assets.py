"""Static files under one hashed, immutable path: bundles made of the small style sheets, everything pre-compressed."""

import gzip
import hashlib
import os
import shutil
import tempfile
import tomllib
from pathlib import Path

import brotli

COMPRESSIBLE = {".css", ".js", ".svg", ".txt", ".md", ".webmanifest"}
LEFT_OUT = {".toml"}


def digest(source: Path) -> str:
    """A short hash of every static file: the path changes when any of them does."""
    total = hashlib.sha256()
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        total.update(str(path.relative_to(source)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:12]


def build(source: Path, target: Path) -> str:
    """Make `target/<digest>/` complete if it is not yet, and return the digest. Safe when two processes start at once."""
    name = digest(source)
    if (target / name).is_dir():
        return name
    target.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=target))
    _copy(source, work)
    _bundle(source, work)
    _compress(work)
    work.chmod(0o755)
    try:
        os.rename(work, target / name)
    except OSError:  # the other process was first
        shutil.rmtree(work)
    return name


def _copy(source: Path, work: Path) -> None:
    for path in source.rglob("*"):
        if path.is_file() and path.suffix not in LEFT_OUT and path.parent.parts[-1:] != ("css",) and "components" not in path.parts:
            copy = work / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def _bundle(source: Path, work: Path) -> None:
    bundles = source / "css" / "BUNDLES.toml"
    if not bundles.exists():
        return
    (work / "css").mkdir(parents=True, exist_ok=True)
    for name, parts in tomllib.loads(bundles.read_text()).items():
        (work / "css" / f"{name}.css").write_text("\n".join((source / "css" / part).read_text() for part in parts))


def _compress(work: Path) -> None:
    for path in [p for p in work.rglob("*") if p.suffix in COMPRESSIBLE]:
        content = path.read_bytes()
        path.with_name(path.name + ".br").write_bytes(brotli.compress(content, quality=11))
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
