"""`flask budgeting count` and the bundle it writes, which anybody recounts with Python alone."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app.budgeting.counting import pabulib_reading
from app.budgeting.counting.count import count
from app.budgeting.counting.parameters import Parameters, Rule
from app.budgeting.counting.replay import bundle
from tests.budgeting import real

ASSEN = str(real.path_of("Netherlands_Assen_2024"))
OFFICIAL = {"2", "3", "5", "6", "9", "11", "12", "13", "14"}


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["budgeting", "count", *arguments])


def counted(app: Flask, *arguments: str) -> dict[str, Any]:
    done = run(app, *arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.output, parse_float=lambda text: pytest.fail(f"a float at the border: {text}"))


def test_a_file_is_counted_and_the_result_is_data_without_floats(app: Flask) -> None:
    told = counted(app, ASSEN, "--rule", "equal-shares", "--completion", "add1")
    assert set(told["winners"]) == OFFICIAL
    assert (told["rule"], told["completion"], told["budget"], told["tie_sensitive"], told["raises"]) == (
        "equal-shares", "add1", "100000", False, 843,
    )  # fmt: skip
    assert {row["project_id"] for row in told["projects"] if row["selected"]} == OFFICIAL
    assert sum(int(row["cost"]) for row in told["projects"] if row["selected"]) == int(told["spent"])


def test_a_person_reads_who_won_and_why(app: Flask) -> None:
    told = run(app, ASSEN, "--rule", "greedy").output
    assert "Ganan 7: cuestan 99200.00 de 100000.00." in told
    assert "* 3 PopUp Podium\n    Quedó en el puesto 1 con 43" in told
    assert "Cuando llegó su turno quedaban" in told


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--rule", "greedy-threshold"], 1, "necesita un mínimo de votos"),
        (["--rule", "greedy", "--completion", "add1"], 1, "solo existe en Partes Iguales"),
        (["--rule", "greedy", "--exclude", "99"], 1, "«99», que no está en la elección"),
        (["--rule", "azar"], 2, "Invalid value for '--rule'"),
        (["--rule", "greedy", "--threshold", "mucho"], 2, "no es un número"),
        (["--rule", "equal-shares", "--increment", "x%"], 2, "no es un número"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_reason(app: Flask, arguments: list[str], code: int, words: str) -> None:
    done = run(app, ASSEN, *arguments)
    assert (done.exit_code, words in done.stderr, done.stdout) == (code, True, "")


def test_a_file_that_is_not_pabulib_is_refused(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "otra.pb").write_text("hola")
    done = run(app, str(tmp_path / "otra.pb"), "--rule", "greedy")
    assert (done.exit_code, done.stderr) == (1, "No es un archivo Pabulib: debe empezar con una línea «META».\n")


def test_every_option_reaches_the_sheet(app: Flask) -> None:
    told = counted(
        app, ASSEN, "--rule", "equal-shares", "--completion", "add1u", "--increment", "2%", "--utility", "cardinality",
        "--order", "score-per-cost", "--threshold", "2", "--minimum-votes", "3", "--fair-share", "0.1", "--exclude", "3",
        "--conflict", "9, 13", "--seed", "dado-2027",
    )  # fmt: skip
    assert [told[name] for name in ("increment", "increment_is_share", "utility", "order", "threshold", "minimum_votes", "fair_share")] == [
        "0.02", True, "cardinality", "score-per-cost", "2", 3, "0.1",
    ]  # fmt: skip
    assert (list(told["exclusions"]), told["conflicts"], told["seed"]) == (["3"], [["13", "9"]], "dado-2027")
    assert "3" not in told["winners"] and len({"9", "13"} & set(told["winners"])) == 1


def test_the_command_touches_no_database(app: Flask, data_dir: Path) -> None:
    kept = (data_dir / "minka.db").read_bytes()
    (data_dir / "minka.db").write_bytes(b"not a database")
    try:
        assert counted(app, ASSEN, "--rule", "greedy")["winners"]
    finally:
        (data_dir / "minka.db").write_bytes(kept)


ALIKE = """META
key;value
budget;100
vote_type;approval
PROJECTS
project_id;cost;name
a;60;Parque
b;50;Losa
c;40;Posta
VOTES
voter_id;vote;age
"""


def poll(times: dict[str, int]) -> str:
    rows = [marked for marked, number in times.items() for _ in range(number)]
    return ALIKE + "".join(f"dni{at};{marked};{20 + at}\n" for at, marked in enumerate(rows))


def test_the_result_is_written_as_a_pabulib_file_that_says_nobodys_age(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "dentro.pb").write_text(poll({"a": 7, "b": 6, "c": 5}))
    done = run(app, str(tmp_path / "dentro.pb"), "--rule", "greedy", "--write", str(tmp_path / "fuera.pb"))
    assert done.exit_code == 0 and done.stderr == ""
    written = pabulib_reading.read((tmp_path / "fuera.pb").read_bytes())
    assert {p.id: (p.more["votes"], p.more["selected"]) for p in written.projects} == {"a": ("7", "1"), "b": ("6", "0"), "c": ("5", "1")}
    assert len(written.ballots) == 18 and {tuple(b.more or {}) for b in written.ballots} == {()}
    assert counted(app, str(tmp_path / "fuera.pb"), "--rule", "greedy")["winners"] == ["a", "c"]
    assert "dni" not in (tmp_path / "fuera.pb").read_text()


def test_ballots_that_fewer_than_five_cast_are_not_written(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "dentro.pb").write_text(poll({"a": 7, "b": 6, "c": 4}))
    done = run(app, str(tmp_path / "dentro.pb"), "--rule", "greedy", "--write", str(tmp_path / "fuera.pb"))
    assert done.exit_code == 0 and "menos de cinco personas" in done.stderr
    written = (tmp_path / "fuera.pb").read_text()
    assert "num_votes;17\n" in written and "c;40;4;4;Posta;1\n" in written and written.endswith("voter_id;vote\n")


def test_other_rules_are_told_beside_the_one_that_counts(app: Flask) -> None:
    told = counted(app, ASSEN, "--rule", "greedy", "--compare")["alternatives"]
    own, *others = told
    assert (own["rule"], own["order"], own["added"], own["lacking"]) == ("greedy", "score", [], [])
    assert {(one["rule"], one["completion"], one["order"]) for one in others} == {
        ("greedy-no-skip", "none", "score"), ("equal-shares", "none", "score"), ("equal-shares", "add1", "score"),
        ("phragmen", "none", "score"), ("greedy", "none", "score-per-cost"),
    }  # fmt: skip
    added = next(one for one in others if one["completion"] == "add1")
    assert set(own["winners"]) - set(added["lacking"]) | set(added["added"]) == OFFICIAL
    said = run(app, ASSEN, "--rule", "greedy", "--compare").output
    assert "Con otra regla:" in said and "Partes Iguales" in said and "entrarían:" in said


def test_a_project_left_out_is_told_with_its_reason(app: Flask) -> None:
    told = counted(app, ASSEN, "--rule", "greedy", "--exclude", "3=Perdió su terreno")
    assert told["exclusions"] == {"3": "Perdió su terreno"} and "3" not in told["winners"]
    assert "Quedó fuera del conteo: Perdió su terreno." in run(app, ASSEN, "--rule", "greedy", "--exclude", "3=Perdió su terreno").output


def test_anybody_recounts_a_bundle_with_python_alone(app: Flask, tmp_path: Path) -> None:
    made = tmp_path / "conteo.zip"
    run(app, ASSEN, "--rule", "equal-shares", "--seed", "dado-2027", "--bundle", str(made))
    with zipfile.ZipFile(made) as archive:
        archive.extractall(tmp_path / "abierto")
    for place in (made, tmp_path / "abierto"):
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(tmp_path / "abierto" / "recount.py"), str(place)], capture_output=True, text=True
        )
        assert (done.returncode, done.stdout.split()) == (
            0,
            counted(app, ASSEN, "--rule", "equal-shares", "--seed", "dado-2027")["winners"],
        )


@pytest.mark.parametrize("name", [bundle.BALLOTS, bundle.RULES, bundle.RESULT, "LEEME.txt"])
def test_a_bundle_with_a_changed_file_is_refused(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(bundle.make(count(real.election("Netherlands_Assen_2024"), Parameters(Rule.GREEDY))))) as archive:
        archive.extractall(tmp_path)
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b"\n")
    done = subprocess.run([sys.executable, "recount.py"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, name in done.stderr) == (1, True)


def test_winners_other_than_those_counted_are_noticed(tmp_path: Path) -> None:
    result = count(real.election("Netherlands_Assen_2024"), Parameters(Rule.GREEDY))
    with zipfile.ZipFile(io.BytesIO(bundle.make(result))) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != bundle.SUMS}
    files[bundle.RESULT] = files[bundle.RESULT].replace(b'"winners": [\n  "3"', b'"winners": [\n  "4"')
    files[bundle.SUMS] = bundle.sums(files).encode()
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    done = subprocess.run([sys.executable, "recount.py"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "No es lo publicado: los ganadores.\n")


def test_the_same_count_makes_the_same_bundle_and_says_nobodys_age() -> None:
    election = real.election("Netherlands_Assen_2024")
    made = bundle.make(count(election, Parameters(Rule.GREEDY, seed="7")))
    assert made == bundle.make(count(election, Parameters(Rule.GREEDY, seed="7")))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert not any(b.voter_id.encode() in archive.read(bundle.BALLOTS) for b in election.ballots if len(b.voter_id) > 9)
        assert "Semilla: 7" in archive.read("LEEME.txt").decode()
