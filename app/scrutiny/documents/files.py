"""What is published of a count as files: Pabulib, and a ZIP with everything that is needed to count again.

Ballots go out one by one only where that was announced and tells nobody's vote; otherwise, where projects win by their own votes,
papers that add up to the published totals stand for them, and where each ballot matters the files hold totals (decision 0035).
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from app.budgeting.counting import pabulib_writing, privacy, report
from app.budgeting.counting.count import Result, count
from app.budgeting.counting.election import Ballot, Election
from app.budgeting.counting.parameters import Completion
from app.budgeting.counting.replay import bundle
from app.scrutiny.rules.counts import Counted
from app.scrutiny.rules.elections import from_totals

SUMS = bundle.SUMS
STANDING_IN = (
    "Las papeletas de este archivo suman los totales publicados y no son las de nadie: publicarlas una por una podría decir quién votó qué."
)
TOTALS_ONLY = "Aquí van los totales y ninguna papeleta: publicarlas una por una podría decir quién votó qué. num_votes dice cuántas eran."
_MIDNIGHT = (1980, 1, 1, 0, 0, 0)


def sealed(done: Counted) -> dict[str, bytes]:
    """By territory, the bundle with every ballot: what the second program counts. It leaves the server only if it may be published."""
    return {zone: bundle.make(result) for zone, result in done.apart.items()}


def adds_up(result: Result) -> bool:
    """Whether papers that add up to the totals give the same winners: projects win by their own votes, and no preference is counted."""
    sheet = result.parameters
    return sheet.rule.is_greedy and sheet.completion is Completion.NONE and result.election.vote_type != "ordinal"


def standing_in(election: Election) -> Election:
    """The same election with papers that add up to its totals, for rules that see nothing else."""
    totals: dict[int, tuple[int, int]] = {}
    for ballot in election.ballots:
        for at, name in enumerate(ballot.projects):
            voters, points = totals.get(int(name), (0, 0))
            totals[int(name)] = (voters + 1, points + int(ballot.points[at] if ballot.points else 1))
    papers = from_totals(totals, len(election.ballots), 0)
    made = tuple(
        Ballot(tuple(str(number) for number, _ in choices), tuple(points for _, points in choices) if election.vote_type.has_points else ())
        for choices in papers
    )
    return replace(election, ballots=made, meta={**election.meta, "comment": f"#1: {STANDING_IN}"})


def published(done: Counted, *, with_ballots: bool, names: Mapping[str, str], told: Mapping[str, Any]) -> bytes:
    """`conteo.zip`. One territory: the files at the top. Several: a folder for each. Always the same bytes for the same count.

    `told` is the published result: of a part told without figures only its rules and its winners are here.
    """
    results, discreet = done.apart, discreet_zones(told)
    files: dict[str, bytes] = {}
    for zone, result in results.items():
        folder = "" if len(results) == 1 else f"{zone or 'para-todos'}/"
        for name, content in _files_of(result, with_ballots=with_ballots, is_discreet=zone in discreet).items():
            files[folder + name] = content
    files["publicado.json"] = (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    files["LEAME-PRIMERO.txt"] = _first(results, with_ballots, names, told).encode()
    return _zipped(files)


def discreet_zones(told: Mapping[str, Any]) -> set[str]:
    """The parts of the vote that are told without figures."""
    return {part["zone"] for part in told["parts"] if part["is_discreet"]}


def _files_of(result: Result, *, with_ballots: bool, is_discreet: bool) -> dict[str, bytes]:
    if with_ballots:
        return _unzipped(bundle.make(result))
    if adds_up(result) and not is_discreet:
        return _unzipped(bundle.make(replace(count(standing_in(result.election), result.parameters), parameters=result.parameters)))
    files = {name: content for name, content in _unzipped(bundle.make(result)).items() if name in (bundle.RULES, "recount.py")}
    if not is_discreet:
        files["totales.csv"] = _totals(result)
    files["ganadores.txt"] = ("\n".join(result.winners) + "\n").encode()
    files[SUMS] = bundle.sums(files).encode()
    return files


def pabulib(done: Counted, *, with_ballots: bool, discreet: Collection[str] = ()) -> bytes:
    """The whole vote as one Pabulib file; without ballots that may be told, its projects with their totals and no ballot at all.

    Of the parts in `discreet` only who won is told.
    """
    election = done.election
    tallies: dict[str, tuple[int, str]] = {}
    for zone, result in done.results.items():
        tallies |= dict.fromkeys(result.contest.profile.ids, (0, "")) if zone in discreet else bundle.tallies(result)
    if with_ballots:
        election = privacy.without_persons(election)
    elif not discreet and all(adds_up(result) for result in done.results.values()):
        election = standing_in(election)
    else:
        election = replace(election, ballots=(), meta={**election.meta, "comment": f"#1: {TOTALS_ONLY}"})
    return pabulib_writing.write(election, selected=done.winners, tallies=tallies, num_votes=len(done.election.ballots))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def of_all(bundles: Mapping[str, bytes]) -> str:
    """One fingerprint for the bundles of all territories, in order."""
    return sha256("".join(f"{zone}:{sha256(content)}\n" for zone, content in bundles.items()).encode())


def _totals(result: Result) -> bytes:
    out = io.StringIO(newline="")
    sheet = csv.writer(out, delimiter=";", lineterminator="\n")
    sheet.writerow(["project_id", "cost", "votes", "score", "selected"])
    tallies = bundle.tallies(result)
    for p in result.election.projects:
        sheet.writerow([p.id, str(p.cost), *tallies[p.id], int(p.id in result.winners)])
    return out.getvalue().encode()


def replayable(results: Mapping[str, Result], with_ballots: bool, discreet: Collection[str]) -> list[str]:
    """The territories whose files are enough to count again."""
    return [zone for zone, result in results.items() if with_ballots or (adds_up(result) and zone not in discreet)]


def _first(results: Mapping[str, Result], with_ballots: bool, names: Mapping[str, str], told: Mapping[str, Any]) -> str:
    lines = ["Cómo repetir este conteo", "========================", ""]
    again = replayable(results, with_ballots, discreet_zones(told))
    if again:
        places = [""] if len(results) == 1 else [zone or "para-todos" for zone in again]
        lines += [
            "1. Instale Python 3.9 o más nuevo (python.org).",
            "2. Descomprima este archivo y abra una terminal en su carpeta.",
            "3. Escriba:",
            "",
        ]
        lines += [f"       python3 {place + '/' if place else ''}recount.py {place or '.'}" for place in places]
        lines += ["", "Escribe los ganadores, y dice si no son los publicados."]
    if not with_ballots:
        lines += ["", "Por qué no están las papeletas", "------------------------------", STANDING_IN if again else TOTALS_ONLY]
        lines += [
            "Quien observa el escrutinio puede repetir el conteo con las papeletas, en la sede y sin llevárselas. La "
            "huella de ese paquete es:",
            "", f"       {told['sealed_sha256']}",
        ]  # fmt: skip
    if len(results) > 1:
        lines += [
            "",
            "Carpetas",
            "--------",
            *(f"{zone or 'para-todos'}: {names.get(zone, '') or 'para todo el territorio'}" for zone in results),
        ]
    return "\n".join(lines) + "\n"


def _unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _MIDNIGHT)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def report_sheet(done: Counted) -> dict[str, Any]:
    """The sheet that was counted, as it is kept."""
    return report.sheet(done.parameters)
