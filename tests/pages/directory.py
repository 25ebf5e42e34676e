"""Organisations: registering one, naming who acts for it, verifying it, and what anybody sees of it."""

from typing import Any


class RegisterPage:
    def __init__(self, page: Any) -> None:
        self.page = page
        page.goto("/organizaciones")
        page.get_by_role("link", name="Registrar una organización").click()

    def register(self, name: str, *, sector: str, place: str, email: str, space: str) -> "OwnPage":
        main = self.page.get_by_role("main")
        main.get_by_label("Nombre de la organización").fill(name)
        main.get_by_label("Sector").select_option(label=sector)
        main.get_by_label("Dónde trabaja").fill(place)
        main.get_by_label("Correo de la organización").fill(email)
        main.get_by_label("Quién la verifica").select_option(label=space)
        main.get_by_role("button", name="Registrar y pedir la verificación").click()
        return OwnPage(self.page)


class OwnPage:
    """The organisation as its own people see it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=2, name="Quién actúa por ella").wait_for()

    def invite(self, email: str) -> None:
        self.page.get_by_label("Correo de la persona").fill(email)
        self.page.get_by_role("button", name="Invitar").click()
        self.page.get_by_text("La invitación salió por correo").wait_for()


class MinePage:
    def __init__(self, page: Any) -> None:
        self.page = page
        page.goto("/mi-cuenta/organizaciones")

    def accept(self, name: str) -> OwnPage:
        self.page.get_by_role("button", name=f"Aceptar {name}").click()
        return OwnPage(self.page)


class VerifyingDesk:
    def __init__(self, page: Any, space: str) -> None:
        self.page = page
        page.goto("/mesa")
        page.get_by_role("link", name=f"Organizaciones de {space}").click()

    def verify(self, name: str) -> None:
        self.page.get_by_role("link", name=name).click()
        self.page.get_by_role("button", name="Verificar", exact=True).click()
        self.page.get_by_text("La decisión quedó anotada").wait_for()


class OrganisationPage:
    def __init__(self, page: Any, name: str) -> None:
        self.page = page
        page.goto("/organizaciones")
        page.get_by_role("searchbox", name="Nombre").fill(name)
        page.get_by_role("button", name="Buscar").click()
        page.get_by_role("main").get_by_role("link", name=name).click()
        page.get_by_role("heading", level=1, name=name).wait_for()

    @property
    def words(self) -> str:
        return str(self.page.get_by_role("main").inner_text())
