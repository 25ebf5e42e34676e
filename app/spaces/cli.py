"""Starting a real space from the command line."""

import click
from flask.cli import AppGroup

from app.accounts import queries as accounts
from app.accounts import services as accounts_services
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.fields import sentence
from app.organisations import queries as organisations
from app.spaces import messages, queries, services
from app.spaces.rules import Role, SpaceKind
from app.territories import services as territories

spaces = AppGroup("spaces", help="Espacios que convocan y los roles en ellos.")
COMMANDS = [spaces]


def _refuse(broken: RuleBroken) -> None:
    for problem in broken.problems:
        click.echo(sentence({**messages.PROBLEMS}, problem), err=True)
    raise SystemExit(1)


@spaces.command("create")
@click.argument("slug")
@click.argument("name")
@click.option("--kind", type=click.Choice([kind.value for kind in SpaceKind]), default=SpaceKind.DISTRICT.value, help="Qué es.")
@click.option("--ubigeo", default=None, help="Código INEI del territorio, por ejemplo 0801.")
@click.option("--contact", default="", help="Correo o teléfono público.")
@click.option("--official-url", default="", help="Página oficial.")
def create(slug: str, name: str, kind: str, ubigeo: str | None, contact: str, official_url: str) -> None:
    """Crea un espacio; carga los territorios del Perú si faltan."""
    territories.load_peru()
    try:
        services.create_space(slug, SpaceKind(kind), name, ubigeo=ubigeo, contact=contact, official_url=official_url, now=clock.now())
    except RuleBroken as broken:
        _refuse(broken)
    db.session.commit()
    click.echo(f"Espacio {slug} creado.")


@spaces.command("appoint")
@click.argument("slug")
@click.argument("email")
@click.argument("name")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--document", default="Puesta en marcha", help="Documento que nombra a la persona.")
@click.option("--organisation", default="", help="Entidad por la que responde (para ENT).")
def appoint(slug: str, email: str, name: str, role: str, document: str, organisation: str) -> None:
    """Da un rol a una persona; si no tiene cuenta, la invita por carta, o sin MAIL_URL imprime su primera clave."""
    space = queries.space_by_slug(slug)
    if space is None:
        click.echo(f"No existe el espacio {slug}. Créelo con: flask spaces create", err=True)
        raise SystemExit(1)
    try:
        first_password = services.invite_and_appoint(
            space,
            email,
            name,
            Role(role),
            appointed_by=document,
            organisation=organisations.organisation_by_slug(organisation),
            appoints=frozenset(Role),
            now=clock.now(),
        )
    except RuleBroken as broken:
        _refuse(broken)
    db.session.commit()
    person = accounts.person_by_email(email)
    invited = " La invitación está en la bandeja de salida." if person and person.invited_at else ""
    click.echo(f"{email} tiene el rol {role}." + (f" Primera clave: {first_password}" if first_password else invited))


@spaces.command("invitation")
@click.argument("email")
def invitation(email: str) -> None:
    """Imprime un enlace nuevo para quien fue invitado y todavía no entra; el anterior deja de servir."""
    person = accounts.person_by_email(email)
    if person is None or person.invited_at is None:
        click.echo(f"{email} no tiene una invitación pendiente.", err=True)
        raise SystemExit(1)
    token = accounts_services.invite(person, services.SITE, now=clock.now())
    db.session.commit()
    click.echo(accounts_services.invitation_address(token))
