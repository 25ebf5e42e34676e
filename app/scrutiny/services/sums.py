"""One way of writing data down, so that its fingerprint is always the same."""

import hashlib
import json
from typing import Any


def canonical_sha256(data: Any) -> str:
    """SHA-256 of the JSON with its keys in order and no spaces, in UTF-8."""
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
