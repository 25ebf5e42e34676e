"""A replay bundle: everything anyone needs to count again, in one ZIP that is the same, byte by byte, for the same count."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from importlib import metadata
from pathlib import Path

from app.budgeting.counting import amounts, pabulib_writing, privacy, report
from app.budgeting.counting.count import VERSION, Result
from app.budgeting.counting.parameters import default_utility, threshold_of

BALLOTS, RULES, RESULT, SUMS = "eleccion.pb", "reglas.json", "resultado.json", "SHA256SUMS"
_MIDNIGHT = (1980, 1, 1, 0, 0, 0)
_COUNTER = Path(__file__).with_name("recount.py")
_READ_ME = """Cómo repetir este conteo
========================

1. Instale Python 3.9 o más nuevo (python.org). No hace falta nada más.
2. Ponga estos archivos en una carpeta, ábrala en una terminal y escriba:

       python3 recount.py

   Tarda segundos, o minutos si la votación fue muy grande. Escribe los proyectos ganadores y dice si no son los publicados.

Qué hay aquí
------------
eleccion.pb      las papeletas, los proyectos y el presupuesto, en el formato abierto Pabulib. No dice quién votó.
reglas.json      la regla y todos sus parámetros, con la semilla del sorteo de desempate, tal como se fijaron antes de votar.
resultado.json   el resultado publicado: ganadores, cada paso del conteo, cada empate y el orden de los sorteos.
recount.py       otro contador, escrito aparte del programa que contó: cien líneas que cualquiera puede leer.
SHA256SUMS       la huella de cada archivo. Compárela con la que se anunció en el acto de cierre:

       sha256sum -c SHA256SUMS

El sorteo
---------
Los empates se deciden por un orden sorteado. A cada proyecto le toca el SHA-256 del texto «semilla:código»; gana el menor.
La semilla es pública: se anunció de dónde saldría antes de votar, y nadie podía elegirla. Sin semilla, se sigue el orden
alfabético de los códigos.

Semilla: {seed}
Versión del conteo: {version}
Ganadores: {winners}
"""


def make(result: Result) -> bytes:
    """The ZIP. Ballots carry no voter, age, sex or place, in an order that says nothing; the caller decides whether they may be
    published at all (privacy.py)."""
    election = privacy.without_persons(result.election)
    files = {
        BALLOTS: pabulib_writing.write(election, selected=result.winners, tallies=tallies(result)),
        RULES: _json(rules(result)),
        RESULT: _json(report.as_data(result)),
        "recount.py": _COUNTER.read_bytes(),
        "LEEME.txt": _READ_ME.format(
            seed=result.parameters.seed or "(sin sorteo)", version=VERSION, winners=", ".join(result.winners) or "ninguno"
        ).encode(),
    }
    files[SUMS] = sums(files).encode()
    return _zipped(files)


def rules(result: Result) -> report.Data:
    """The sheet with nothing left to guess: what it left open is written as it was decided."""
    parameters, election = result.parameters, result.election
    settled = replace(
        parameters,
        utility=parameters.utility or default_utility(election.vote_type),
        threshold=threshold_of(parameters, election),
    )
    return {"program": "minka", "program_version": program_version(), **report.sheet(settled)}


def sums(files: dict[str, bytes]) -> str:
    """As `sha256sum` writes them."""
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))


def tallies(result: Result) -> dict[str, tuple[int, str]]:
    """By project: voters and score, for the columns of the file."""
    profile = result.contest.profile
    return {name: (profile.votes[at], amounts.exact(profile.score(at))) for at, name in enumerate(profile.ids)}


def program_version() -> str:
    """Of numpy, the only part of the count that is not this program's own; the program's own is its counting version."""
    return f"counting {VERSION}, numpy {metadata.version('numpy')}"


def _json(data: report.Data) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=False) + "\n").encode()


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _MIDNIGHT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()
