"""Waits until the site answers, then says where it is and how to sign in as each demonstration person."""

import json
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

LONGEST_WAIT_SECONDS = 60


def is_answering(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def main(address: str, demo: Path) -> int:
    until = time.monotonic() + LONGEST_WAIT_SECONDS
    while not is_answering(address):
        if time.monotonic() > until:
            print(f"Minka no respondió en {LONGEST_WAIT_SECONDS} segundos en {address}.", file=sys.stderr)
            return 1
        time.sleep(0.1)
    lines = ["", f"  Minka está lista en {address}", ""]
    people = json.loads(demo.read_text())["people"]
    if people:
        width = max(len(person["email"]) for person in people)
        lines.append(f"  Para entrar como cada persona de la demostración: {address}/ingresar")
        lines += [f"    {p['email']:<{width}}  {p['password']}  {', '.join(p['roles']) or 'ciudadanía'}" for p in people]
        lines.append("")
    lines.append("  Para detenerla: Ctrl+C")
    print("\n".join(lines), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/"), Path(sys.argv[2])))
