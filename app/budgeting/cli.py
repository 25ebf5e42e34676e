"""`flask budgeting count`: counts a Pabulib file. It touches no database."""

import hashlib
import json
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.budgeting import messages
from app.budgeting.counting import amounts, comparing, explaining, ledger, pabulib_reading, pabulib_writing, privacy, report
from app.budgeting.counting.count import Result, count
from app.budgeting.counting.parameters import Completion, Order, Parameters, Rule, Utility
from app.budgeting.counting.replay import bundle
from app.core.errors import RuleBroken

budgeting = AppGroup("budgeting", help="Presupuesto participativo: conteo de votos.")
COMMANDS = [budgeting]
WAYS = (*comparing.FIVE, comparing.PER_COST)


def _amount(context: click.Context, parameter: click.Parameter, written: str | None) -> Fraction | None:
    if written is None:
        return None
    value = amounts.number(written)
    if value is None:
        raise click.BadParameter(f"«{written}» no es un número.")
    return value


def _reasons(context: click.Context, parameter: click.Parameter, written: tuple[str, ...]) -> dict[str, str]:
    told = (one.partition("=") for one in written)
    return {name.strip(): reason.strip() or "se pidió dejarlo fuera" for name, _equals, reason in told}


def _groups(context: click.Context, parameter: click.Parameter, written: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(name.strip() for name in group.split(",") if name.strip()) for group in written)


@budgeting.command("count")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rule", required=True, type=click.Choice([str(rule) for rule in Rule]), help="Regla de conteo.")
@click.option("--completion", default="none", show_default=True, type=click.Choice([str(c) for c in Completion]), help="En Partes Iguales.")
@click.option(
    "--increment", default="1", show_default=True, help="Aumento por votante en cada paso: unidades de moneda, o «1%» de la parte."
)
@click.option("--utility", type=click.Choice([str(u) for u in Utility]), help="Cuánto vale un proyecto para quien lo votó.")
@click.option("--order", default="score", show_default=True, type=click.Choice([str(o) for o in Order]), help="Orden de los más votados.")
@click.option("--threshold", callback=_amount, help="Puntaje mínimo; si falta, el del archivo, en las reglas que lo usan.")
@click.option("--minimum-votes", default=0, type=click.IntRange(min=0), help="Votantes que necesita un proyecto.")
@click.option("--fair-share", callback=_amount, help="Un proyecto que cuesta x del presupuesto necesita esta parte de x de los votantes.")
@click.option(
    "--exclude", "excluded", multiple=True, callback=_reasons, help="Proyecto fuera del conteo: «código» o «código=razón». Puede repetirse."
)
@click.option("--conflict", "conflicts", multiple=True, callback=_groups, help="Códigos separados por coma: gana uno. Puede repetirse.")
@click.option("--seed", help="Semilla pública del sorteo que desempata.")
@click.option("--compare", is_flag=True, help="Dice además qué habrían elegido otras reglas con los mismos votos.")
@click.option("--write", "pb_file", type=click.Path(dir_okay=False, path_type=Path), help="Escribe un archivo Pabulib con el resultado.")
@click.option("--bundle", "bundle_file", type=click.Path(dir_okay=False, path_type=Path), help="Escribe un ZIP para repetir el conteo.")
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON, con cada paso.")
def count_file(
    file: Path, rule: str, completion: str, increment: str, utility: str | None, order: str, threshold: Fraction | None,
    minimum_votes: int, fair_share: Fraction | None, excluded: dict[str, str], conflicts: tuple[frozenset[str], ...],
    seed: str | None, compare: bool, pb_file: Path | None, bundle_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Cuenta FILE, un archivo Pabulib (.pb), y dice qué proyectos ganan y por qué."""
    is_share = increment.strip().endswith("%")
    step = amounts.number(increment.strip().removesuffix("%"))
    if step is None:
        raise click.BadParameter(f"«{increment}» no es un número.", param_hint="--increment")
    parameters = Parameters(
        Rule(rule), Completion(completion), Utility(utility) if utility else None, step / 100 if is_share else step, is_share,
        Order(order), threshold, minimum_votes, fair_share, excluded, conflicts, seed,
    )  # fmt: skip
    content = file.read_bytes()
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        try:
            result = count(pabulib_reading.read(content), parameters)
        except RuleBroken as broken:
            for problem in broken.problems:
                click.echo(messages.told(problem), err=True)
            sys.exit(1)
        if bundle_file is not None:
            if not privacy.publication(result.election).may_publish_ballots:
                click.echo("El ZIP lleva papeletas que marcaron menos de cinco personas: úselo para contar, no lo publique.", err=True)
            bundle_file.write_bytes(bundle.make(result))
        if pb_file is not None:
            pb_file.write_bytes(_open_file(result))
        if as_json:
            told = {"file": file.name, "sha256": hashlib.sha256(content).hexdigest(), **report.as_data(result)}
            if compare:
                told["alternatives"] = [_alternative(one) for one in comparing.compared(result, WAYS)]
            click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            _tell(result)
            if compare:
                _tell_others(result)


def _open_file(result: Result) -> bytes:
    """The election with its result. Ballots are in it only if five people or more cast each (reliability.md 6.1); totals always."""
    election = privacy.without_persons(result.election)
    number = len(election.ballots)
    if not privacy.publication(election).may_publish_ballots:
        click.echo("Algunas papeletas las marcaron menos de cinco personas: el archivo lleva los totales y ninguna papeleta.", err=True)
        election = replace(election, ballots=())
    return pabulib_writing.write(election, selected=result.winners, tallies=bundle.tallies(result), num_votes=number)


def _alternative(one: comparing.Alternative) -> dict[str, object]:
    return {
        "rule": str(one.rule), "completion": str(one.completion), "order": str(one.order), "winners": list(one.winners),
        "spent": amounts.exact(one.spent), "added": list(one.added), "lacking": list(one.lacking), "voters_without": one.voters_without,
        "tie_sensitive": one.is_tie_sensitive,
    }  # fmt: skip


def _tell_others(result: Result) -> None:
    click.echo("Con otra regla:")
    for one in comparing.compared(result, WAYS):
        click.echo(f"  {messages.RULES[one.rule]}. {messages.COMPLETIONS[one.completion]}. {messages.ORDERS[one.order]}.")
        entering, leaving = ", ".join(one.added) or "ninguno", ", ".join(one.lacking) or "ninguno"
        click.echo(f"    Ganan {len(one.winners)}, cuestan {amounts.money(one.spent)}; entrarían: {entering}; saldrían: {leaving}.")
        click.echo(f"    {one.voters_without} votantes quedan sin ningún proyecto.")


def _tell(result: Result) -> None:
    profile, reach = result.contest.profile, ledger.reach(result.contest, result.won)
    click.echo(f"{messages.RULES[result.parameters.rule]}. {profile.voters} votos, {len(profile.ids)} proyectos.")
    click.echo(f"Ganan {len(result.winners)}: cuestan {amounts.money(result.spent)} de {amounts.money(result.election.budget)}.")
    click.echo(f"{reach.without} de {reach.voters} votantes quedan sin ningún proyecto de los que eligieron.")
    if result.is_tie_sensitive:
        click.echo("El sorteo decidió un empate: con otro orden ganarían otros." if result.parameters.seed else
                   "Un empate se decidió por el orden de los códigos: con otro orden ganarían otros. Use --seed.")  # fmt: skip
    explained = explaining.explained(result)
    for row in sorted(report.projects(result), key=lambda row: not row["selected"]):
        found = explained[row["project_id"]]
        values = {name: _shown(name, value) for name, value in found.values.items()}
        click.echo(f"{'*' if row['selected'] else '-'} {row['project_id']} {row['name']}".rstrip())
        click.echo(f"    {messages.why(found.why, values)}")


def _shown(name: str, value: object) -> object:
    if not isinstance(value, Fraction):
        return value
    return amounts.exact(value) if name in ("score", "threshold") else amounts.money(value)
