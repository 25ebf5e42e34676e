"""Entering and leaving."""

from typing import Any


class SignInPage:
    def __init__(self, page: Any) -> None:
        self.page = page

    def enter(self, email: str, password: str) -> None:
        """Ends on the person's own desk, or on the account of a citizen."""
        self.page.goto("/ingresar")
        self.page.get_by_label("Correo").fill(email)
        self.page.get_by_label("Clave").fill(password)
        self.page.get_by_role("main").get_by_role("button", name="Ingresar").click()
        self.page.wait_for_url(lambda address: "/ingresar" not in address)
