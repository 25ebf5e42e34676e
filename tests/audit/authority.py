"""A time-stamp authority of our own: certificates made with openssl, a small HTTP server that answers with `openssl ts -reply`.

In a test module: `from tests.audit.authority import authority  # noqa: F401`. Skipped with a reason where there is no openssl.
"""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

NO_OPENSSL = "No hay openssl: no se prueban los sellos de tiempo ni verify.py; para probarlo: sudo apt-get install openssl"
needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason=NO_OPENSSL)
SETTINGS = """
[tsa]
default_tsa = here
[here]
serial = {home}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[stamping]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
"""


def openssl(*arguments: str, cwd: Path) -> bytes:
    return subprocess.run(["openssl", *arguments], cwd=cwd, check=True, capture_output=True).stdout


@dataclass
class Authority:
    """`mood` is how it answers: "good", "down" (503), "chain" (its reply carries the chain), "other" (stamps something else), "noise"."""

    home: Path
    url: str = ""
    mood: str = "good"
    asked: list[bytes] = field(default_factory=list)

    @property
    def certificates(self) -> Path:
        return self.home / "ca.pem"

    def make(self) -> None:
        (self.home / "settings").write_text(SETTINGS.format(home=self.home))
        (self.home / "serial").write_text("01\n")
        for name, subject in (("ca", "/CN=Raiz de prueba/O=Minka"), ("tsa", "/CN=Sellos de prueba/O=Minka")):
            openssl(
                "req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", subject, cwd=self.home
            )
        self._sign("ca", "-signkey", "ca.key")
        self._sign("tsa", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "settings", "-extensions", "stamping")

    def _sign(self, name: str, *how: str) -> None:
        openssl("x509", "-req", "-in", f"{name}.csr", *how, "-days", "3650", "-out", f"{name}.pem", cwd=self.home)

    def reply(self, query: bytes) -> bytes:
        (self.home / "query").write_bytes(query)
        if self.mood == "other":
            (self.home / "else").write_bytes(b"otra cosa")
            openssl("ts", "-query", "-data", "else", "-sha256", "-cert", "-out", "query", cwd=self.home)
        chain = ["-chain", "ca.pem"] if self.mood == "chain" else []
        command = ["ts", "-reply", "-config", "settings", "-queryfile", "query", "-signer", "tsa.pem", "-inkey", "tsa.key", *chain]
        openssl(*command, "-out", "answer", cwd=self.home)
        return (self.home / "answer").read_bytes()


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("openssl") is None:
        pytest.skip(NO_OPENSSL)
    home = tmp_path_factory.mktemp("authority")
    Authority(home).make()
    return home


@pytest.fixture
def authority(_made: Path) -> Iterator[Authority]:
    here = Authority(_made)

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            here.asked.append(query)
            if here.mood == "down":
                self.send_error(503)
                return
            answer = b"nada" if here.mood == "noise" else here.reply(query)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    here.url = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield here
    server.shutdown()
    thread.join()
    server.server_close()
