"""A small identity provider of our own: real HTTP, real keys, and the lies a test asks it for."""

import base64
import hashlib
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "minka-prueba", "secreto de prueba"


@dataclass
class Provider:
    """Answers on `issuer`. `claims` and `header` change what it signs; `signer` with which key."""

    now: float = field(default_factory=time.time)
    claims: dict[str, Any] = field(default_factory=dict)
    signer: RSAKey | None = None
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: int = 0

    def __post_init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.get(self)

            def do_POST(self) -> None:
                provider.post(self)

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def get(self, request: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(request.path)
        if parts.path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
            self.say(request, {"issuer": self.issuer, **{name: self.issuer + path for name, path in names.items()}})
        elif parts.path == "/keys":
            self.say(request, KeySet([self.key]).as_dict(private=False))
        elif parts.path == "/authorize":
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            code = f"code-{len(self.asked)}"
            self.asked[code] = query
            request.send_response(302)
            request.send_header("Location", f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}")
            request.end_headers()

    def post(self, request: BaseHTTPRequestHandler) -> None:
        sent = parse_qs(request.rfile.read(int(request.headers["Content-Length"])).decode())
        asked = self.asked.pop(sent["code"][0], None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", [""])[0].encode()).digest()).decode().rstrip("=")
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        is_client = request.headers.get("Authorization") == f"Basic {basic}"
        if asked is None or asked["code_challenge_method"] != "S256" or asked["code_challenge"] != proof or not is_client:
            self.say(request, {"error": "invalid_grant"}, 400)
            return
        self.tokens += 1
        now = int(self.now)
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": "peru-1", "iat": now, "exp": now + 300, "nonce": asked["nonce"],
            "email": "rosa@example.pe", "email_verified": True, "name": "Rosa Quispe Huamán",
        } | self.claims  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.signer or self.key)
        self.say(request, {"access_token": "x", "token_type": "Bearer", "expires_in": 300, "id_token": token})

    def say(self, request: BaseHTTPRequestHandler, content: Any, status: int = 200) -> None:
        body = json.dumps(content).encode()
        request.send_response(status)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
