"""What a time-stamp authority answers (RFC 3161), read and judged before it is kept."""

import base64
import http.client
import shutil
import ssl
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimeStampRequest,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

PATIENCE_SECONDS = 15
LARGEST_REPLY = 64 * 1024
OPENSSL = "openssl"


class StampRefused(Exception):
    """No stamp this time: the authority does not answer, refuses, or sends something that does not verify."""


def ask(url: str, note: str, certificates: bytes) -> tuple[bytes, datetime]:
    """Have `note` stamped at `url`: the whole reply, and the instant it states. Nothing that does not verify is returned.

    `certificates` is PEM: the authority's root, and those in between. Raises StampRefused.
    """
    request = TimestampRequestBuilder().data(note.encode()).hash_algorithm(HashAlgorithm.SHA256).nonce(nonce=True).cert_request(
        cert_request=True
    ).build()  # fmt: skip
    reply = _post(url, request.as_bytes())
    return reply, judged(reply, note, certificates, request)


def _post(url: str, body: bytes) -> bytes:
    """One request, no redirections. Raises StampRefused."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise StampRefused("TSA_URL must be http:// or https://")
    if parts.scheme == "https":
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            parts.hostname, parts.port, timeout=PATIENCE_SECONDS, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE_SECONDS)
    headers = {"Content-Type": "application/timestamp-query"}
    if parts.username:
        secret = f"{parts.username}:{parts.password or ''}".encode()
        headers["Authorization"] = f"Basic {base64.b64encode(secret).decode()}"
    try:
        connection.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, headers)
        response = connection.getresponse()
        reply = response.read(LARGEST_REPLY + 1)
    except (OSError, http.client.HTTPException) as failure:
        raise StampRefused(f"{type(failure).__name__}: {failure}") from None
    finally:
        connection.close()
    if response.status != 200 or len(reply) > LARGEST_REPLY:
        raise StampRefused(f"HTTP {response.status}, {len(reply)} bytes")
    return reply


def judged(reply: bytes, note: str, certificates: bytes, request: TimeStampRequest | None = None) -> datetime:
    """The instant at which the authority says it saw `note`. Raises StampRefused.

    rfc3161-client cannot read replies whose certificates are not in DER order (reliability.md 5): there openssl decides alone.
    """
    roots, others = _sorted(certificates)
    try:
        response = decode_timestamp_response(reply)
        builder = VerifierBuilder(roots=roots, intermediates=others, nonce=request.nonce if request else None)
        builder.build().verify_message(response, note.encode())
        return response.tst_info.gen_time.replace(tzinfo=UTC)
    except VerificationError as refusal:
        if "InvalidSetOrdering" not in str(refusal):
            raise StampRefused(f"does not verify: {refusal}") from None
        return _judged_by_openssl(reply, note, certificates, request)
    except ValueError:
        return _judged_by_openssl(reply, note, certificates, request)


def _sorted(certificates: bytes) -> tuple[list[x509.Certificate], list[x509.Certificate]]:
    """Roots (they sign themselves) and the others."""
    try:
        found = x509.load_pem_x509_certificates(certificates)
    except ValueError:
        raise StampRefused("TSA_CERTS holds no certificate in PEM") from None
    roots = [certificate for certificate in found if certificate.issuer == certificate.subject]
    if not roots:
        raise StampRefused("TSA_CERTS does not hold the root certificate of the authority")
    return roots, [certificate for certificate in found if certificate.issuer != certificate.subject]


def _judged_by_openssl(reply: bytes, note: str, certificates: bytes, request: TimeStampRequest | None) -> datetime:
    if shutil.which(OPENSSL) is None:
        raise StampRefused("the reply cannot be read, and there is no openssl for a second opinion")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "reply").write_bytes(reply)
        (home / "certificates").write_bytes(certificates)
        (home / "asked").write_bytes(request.as_bytes() if request else note.encode())
        judge = [
            OPENSSL, "ts", "-verify", "-queryfile" if request else "-data", str(home / "asked"), "-in", str(home / "reply"),
            "-CAfile", str(home / "certificates"), "-untrusted", str(home / "certificates"),
        ]  # fmt: skip
        answer = subprocess.run(judge, capture_output=True, timeout=PATIENCE_SECONDS, check=False)  # noqa: S603 - no text of others
        if answer.returncode != 0:
            raise StampRefused(f"does not verify: {answer.stderr.decode(errors='replace').strip().splitlines()[-1][-160:]}")
        read = [OPENSSL, "ts", "-reply", "-in", str(home / "reply"), "-text"]
        shown = subprocess.run(read, capture_output=True, timeout=PATIENCE_SECONDS, check=False)  # noqa: S603 - no text of others
    return _stated(shown.stdout.decode(errors="replace"))


def _stated(shown: str) -> datetime:
    """The instant in openssl's words: "Time stamp: Nov 21 02:42:30.5 2026 GMT"."""
    for line in shown.splitlines():
        if line.startswith("Time stamp: "):
            month, day, hour, year, _ = line.removeprefix("Time stamp: ").split()
            return datetime.strptime(f"{month} {day} {hour.split('.')[0]} {year}", "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    raise StampRefused("the reply states no instant")
