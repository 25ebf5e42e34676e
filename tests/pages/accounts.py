"""Entering and leaving."""

from typing import Any


class SignInPage:
    def __init__(self, page: Any) -> None:
        self.page = page

    def enter(self, email: str, password: str) -> None:
        """Ends on the person's own desk."""
        self.page.goto("/ingresar")
        self.page.get_by_label("Correo").fill(email)
        self.page.get_by_label("Clave").fill(password)
        self.page.get_by_role("main").get_by_role("button", name="Ingresar").click()
        self.page.get_by_role("heading", level=1, name="Mi mesa").wait_for()
