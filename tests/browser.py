"""A client that reads pages as people and assistive programs do, and fails on any page that breaks a house rule."""

from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder._html5lib import HTML5TreeBuilder, TreeBuilderForHtml5lib
from flask import Flask, url_for
from werkzeug.test import TestResponse

from tests.cast import CastMember

FREE_OF_LABEL = {"hidden", "submit", "button", "image"}


class _Tree(TreeBuilderForHtml5lib):
    """Keeps what the parser found wrong, which Beautiful Soup forgets."""

    errors: list[tuple[Any, str, Any]]

    def getDocument(self) -> Any:
        self.errors = self.parser.errors
        return super().getDocument()


class _Reading(HTML5TreeBuilder):
    """One reading gives the tree and the errors: reading is most of what a test of pages costs."""

    def create_treebuilder(self, namespaceHTMLElements: bool) -> _Tree:
        self.underlying_builder = _Tree(namespaceHTMLElements, self.soup, store_line_numbers=self.store_line_numbers)
        return self.underlying_builder


class ParsedPage:
    """A response and its page, parsed when somebody looks at it."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True)

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, builder=_Reading())

    @property
    def errors(self) -> list[tuple[Any, str, Any]]:
        """What is not valid HTML, as html5lib names it."""
        return self.soup.builder.underlying_builder.errors

    @property
    def text(self) -> str:
        return " ".join(self.soup.get_text(" ").split())

    @property
    def heading(self) -> str:
        h1 = self.soup.find("h1")
        return " ".join(h1.get_text(" ").split()) if h1 else ""

    def __contains__(self, words: str) -> bool:
        return words in self.text

    def check(self) -> None:
        """Valid HTML, one h1 repeated in the title, unique ids, labelled fields, nothing inline, a language."""
        serious = [e for e in self.errors if e[1] not in {"unexpected-end-tag-implies-table-voodoo"}]
        assert not serious, f"invalid HTML: {serious[:3]}"
        assert self.soup.html["lang"], "no language"
        headings = self.soup.find_all("h1")
        assert len(headings) == 1, f"{len(headings)} h1"
        title = " ".join(self.soup.title.get_text().split())
        assert self.heading in title, f"h1 {self.heading!r} is not in the title {title!r}"
        ids = [tag["id"] for tag in self.soup.find_all(id=True)]
        assert len(ids) == len(set(ids)), f"repeated ids: {sorted({i for i in ids if ids.count(i) > 1})}"
        assert not self.soup.find_all(style=True), "inline style"
        assert not [s for s in self.soup.find_all("script") if not s.get("src")], "inline script"
        labelled = {label.get("for") for label in self.soup.find_all("label")}
        for field in self.soup.find_all(["input", "select", "textarea"]):
            if field.get("type") in FREE_OF_LABEL:
                continue
            named = field.get("id") in labelled or field.find_parent("label") or field.get("aria-label") or field.get("aria-labelledby")
            assert named, f"unlabelled field {field}"


class Browser:
    """`get("feedback.show", code=...)` and `post(...)` by endpoint; `sign_in(ROSA)` once."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()

    def url(self, endpoint: str, **arguments: Any) -> str:
        if endpoint.startswith("/"):
            return endpoint
        with self.app.test_request_context():
            return url_for(endpoint, **arguments)

    def sign_in(self, person: CastMember) -> "Browser":
        response = self.client.post("/ingresar", data={"email": person.email, "password": person.password})
        assert response.status_code == 303, response.get_data(as_text=True)[:500]
        return self

    def sign_out(self) -> "Browser":
        self.client.post("/salir")
        return self

    def get(self, endpoint: str, *, status: int = 200, headers: Any = None, **arguments: Any) -> ParsedPage:
        response = self.client.get(self.url(endpoint, **arguments), headers=headers)
        assert response.status_code == status, f"{response.status_code}: {response.get_data(as_text=True)[:800]}"
        return self._parsed(response)

    def post(
        self, endpoint: str, data: dict[str, Any] | None = None, *, status: int = 303, headers: Any = None, follow: bool = False,
        **arguments: Any,
    ) -> ParsedPage:  # fmt: skip
        response = self.client.post(
            self.url(endpoint, **arguments), data=data or {}, headers=headers, content_type="multipart/form-data", follow_redirects=follow
        )
        assert response.status_code == status, f"{response.status_code}: {response.get_data(as_text=True)[:1500]}"
        return self._parsed(response)

    def _parsed(self, response: TestResponse) -> ParsedPage:
        page = ParsedPage(response)
        is_page = response.mimetype == "text/html" and "<html" in page.html[:500] and response.status_code not in (302, 303)
        if is_page:
            page.check()
        return page
