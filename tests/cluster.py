"""A PostgreSQL of our own for one test run, when the machine has its programs.

It never waits for the disk: what most tests prove of a server holds while the server lives, and databases are made and dropped by
the hundred. A test that stops its server asks for one that keeps what it has acknowledged.
"""

import contextlib
import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/opt/postgresql*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/pgsql-*/bin")


MEMORY = "/dev/shm"  # noqa: S108 - a folder in memory, where there is one
ROOM = 3 * 2**30  # bytes free
QUICK = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_wal_size=256MB -c min_wal_size=64MB"


def quick_folder() -> str | None:
    """Where scratch databases wait for no disk; None where memory is no folder or has no room, and the usual place serves."""
    return MEMORY if os.path.isdir(MEMORY) and shutil.disk_usage(MEMORY).free > ROOM else None


def programs() -> str | None:
    """The folder with initdb and pg_ctl, newest version last in the search."""
    on_path = shutil.which("initdb")
    found = [os.path.dirname(on_path)] if on_path else []
    found += [folder for place in PLACES for folder in sorted(glob.glob(place)) if os.path.exists(f"{folder}/initdb")]
    return found[-1] if found else None


def _owner() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as the user its package made."""
    if os.getuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return None


@contextlib.contextmanager
def scratch_cluster(*, lasting: bool = False) -> Iterator[str | None]:
    """The URL of a server that is stopped and deleted afterwards; None when it cannot be made here.

    `lasting`: with PostgreSQL's own promises about what it has acknowledged.
    """
    folder = programs()
    owner = _owner()
    if folder is None or (os.getuid() == 0 and owner is None):
        yield None
        return
    home = tempfile.mkdtemp(prefix="minka-postgres-", dir=quick_folder())
    if owner:
        shutil.chown(home, owner)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quick = "" if lasting else QUICK
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c max_connections=60 {quick}"
    start = [f"{folder}/pg_ctl", "-D", f"{home}/data", "-o", options, "-l", f"{home}/log", "-w", "start"]
    quiet = {"user": owner, "cwd": home, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    url = None
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        subprocess.run(
            [f"{folder}/initdb", "-D", f"{home}/data", "-U", "root", "-A", "trust", "-E", "UTF8", "--no-sync"], check=True, **quiet
        )
        subprocess.run(start, check=True, **quiet)
        url = f"postgresql+psycopg://root@127.0.0.1:{port}/postgres"
    try:
        yield url
    finally:
        subprocess.run([f"{folder}/pg_ctl", "-D", f"{home}/data", "-m", "immediate", "stop"], check=False, **quiet)
        shutil.rmtree(home, ignore_errors=True)
