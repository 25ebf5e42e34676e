"""The lot that breaks ties: an order of all projects that anyone can recompute from a public seed."""

import hashlib
from collections.abc import Iterable


def digest(seed: str, project_id: str) -> str:
    """SHA-256 of "seed:id" in UTF-8, in hexadecimal: the lower it is, the earlier the project's lot."""
    return hashlib.sha256(f"{seed}:{project_id}".encode()).hexdigest()


def drawn(project_ids: Iterable[str], seed: str | None) -> list[str]:
    """All ids from the first lot to the last. Without a seed, in ascending order of the text of the id."""
    if seed is None:
        return sorted(project_ids)
    return sorted(project_ids, key=lambda project_id: (digest(seed, project_id), project_id))
