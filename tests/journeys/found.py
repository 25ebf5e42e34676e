"""The public pages of the demonstration, found by following its links: what is added tomorrow is looked at without being listed."""

import re
from collections import deque
from html import unescape
from urllib.error import HTTPError
from urllib.request import urlopen

from werkzeug.exceptions import HTTPException

from app.factory import create_app
from config import Config
from tests.journeys.demonstration import DemonstrationSite

_LINK = re.compile(r'href="(/[^"#]*)')
_FILE = re.compile(r"\.[a-z]{2,4}(\?|$)")
_HTML = "text/html"


def public_pages(site: DemonstrationSite) -> dict[str, str]:
    """Endpoint → the first address of it that a visitor without account meets, and that answers with a page.

    Links are followed from one page of each kind in each process: what only a budget has is not missed because a plan was met first.
    """
    addresses = create_app(Config(site.environ)).url_map.bind("127.0.0.1")
    waiting, met, found = deque(["/"]), set(), {}
    while waiting:
        path = waiting.popleft()
        if _FILE.search(path):
            continue
        try:
            endpoint, values = addresses.match(path.partition("?")[0])
        except HTTPException:  # another language, or a file beside the pages
            continue
        kind = endpoint, values.get("slug")
        if kind in met:
            continue
        met.add(kind)
        page = _page(site.address, path)
        if page:
            found.setdefault(endpoint, path)
            waiting.extend(unescape(link) for link in _LINK.findall(page))
    return found


def _page(site: str, path: str) -> str:
    """The page at that address; empty when it is a file, leads elsewhere, or is not for everybody."""
    try:
        with urlopen(site + path, timeout=30) as answer:  # noqa: S310 - the test's own site
            is_here = answer.url == site + path and answer.headers.get_content_type() == _HTML
            return answer.read().decode() if is_here else ""
    except HTTPError:
        return ""
