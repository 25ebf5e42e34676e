"""The queue of what came in by the web and waits for a moderator's eye."""

from typing import Any


class QueuePage:
    def __init__(self, page: Any, slug: str) -> None:
        self.page = page
        page.goto(f"/mesa/procesos/{slug}/moderacion")

    def waits(self, code: str) -> bool:
        return bool(self.page.get_by_role("article", name=code).count())

    def publish(self, code: str) -> None:
        self.page.get_by_role("article", name=code).get_by_role("button", name=f"Publicar {code}").click()
        self.page.get_by_role("article", name=code).wait_for(state="detached")
