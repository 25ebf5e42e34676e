"""A copy of the public site as files: which addresses belong in it, what each file is called, how its links are rewritten."""

import html
import posixpath
import re
from collections.abc import Callable
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

OFFLINE_PAGE = "fuera-de-linea.html"
KEPT_ARGUMENTS = frozenset({"pagina"})
FILTERS = frozenset({"resultado", "tema"})
_LINK = re.compile(r'(?P<before>\s(?:href|src)=")(?P<address>[^"]*)"')
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_LANGUAGES = re.compile(r'<nav class="languages".*?</nav>', re.DOTALL)
_SCRIPT = re.compile(r"<script\b[^>]*></script>\s*")
_BODY = re.compile(r"(<body\b[^>]*>)")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 80


def address_of(link: str, base: str, site: str) -> str | None:
    """The address inside the site that `link`, read on the page `base`, leads to; None when it leaves the site or the copy.

    The fragment is dropped. Lists keep their pages, and one filter at a time: every combination would be a site without end.
    """
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        home = urlsplit(site)
        if (parts.scheme, parts.netloc) != (home.scheme, home.netloc):
            return None
    if not parts.path and not parts.query:
        return None
    path = posixpath.normpath(urlsplit(urljoin(base, parts.path)).path) if parts.path else base.partition("?")[0]
    given = [(name, value) for name, value in parse_qsl(parts.query) if value]
    if any(name not in KEPT_ARGUMENTS | FILTERS for name, _ in given) or sum(name in FILTERS for name, _ in given) > 1:
        return None
    return f"{path}?{urlencode(sorted(given))}" if given else path


def file_name(address: str, extension: str) -> str:
    """Where the answer of `address` is kept, relative to the copy's folder. `extension` is that of what was answered (".html")."""
    path, _, query = address.partition("?")
    steps = [_UNSAFE.sub("-", unquote(step))[:_LONGEST_NAME] for step in path.split("/") if step not in ("", ".", "..")]
    suffix = posixpath.splitext(steps[-1])[1] if steps else ""
    if query:
        name = "-".join(f"{name}-{_UNSAFE.sub('-', value)[:40]}" for name, value in parse_qsl(query))
        return "/".join([*steps, name + extension])
    if extension == ".html":
        return "/".join([*steps, "index.html"])
    return "/".join(steps) if suffix == extension else "/".join(steps) + extension


def relative(from_file: str, to_file: str, fragment: str = "") -> str:
    """The link from one file of the copy to another, fit for reading without a server."""
    path = posixpath.relpath(to_file, posixpath.dirname(from_file) or ".")
    return quote(path) + (f"#{fragment}" if fragment else "")


def links_in(page: str) -> list[str]:
    """What the page's links and images lead to."""
    return [html.unescape(match["address"]) for match in _LINK.finditer(page)]


def rewritten(page: str, find: Callable[[str], str], banner: str, instead: str) -> str:
    """The page with its links changed by `find`, which turns what is written (unescaped) into what is to stand there.

    Forms need the server: `instead` stands in their place; scripts and the choice of language are left out. `banner` is markup for the top.
    """

    def link(match: re.Match[str]) -> str:
        return f'{match["before"]}{html.escape(find(html.unescape(match["address"])))}"'

    without = _LANGUAGES.sub("", _SCRIPT.sub("", _FORM.sub(lambda _: instead, page)))
    return _BODY.sub(lambda body: body.group() + banner, _LINK.sub(link, without), count=1)


def fragment_of(link: str) -> str:
    """What stands after # in a link."""
    return urlsplit(link).fragment


def is_elsewhere(link: str, site: str) -> bool:
    """A link that needs no file: a place on the same page, a mailbox, another site."""
    parts, home = urlsplit(link), urlsplit(site)
    return link.startswith(("#", "mailto:", "tel:", "data:")) or bool(
        parts.netloc and (parts.scheme, parts.netloc) != (home.scheme, home.netloc)
    )
