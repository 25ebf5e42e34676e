"""Pages as PDF/UA-1: tagged, with language and title, made without leaving the machine.

The library needs Pango, which a server may lack: nothing here is imported before it is asked for, and every page that offers a
PDF has the same page to print from the browser.
"""

import threading
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app
from flask_babel import lazy_gettext
from PIL import ImageFile

VARIANT = "pdf/ua-1"
PATIENCE_SECONDS = 20.0
HOW_TO_ENABLE = lazy_gettext(
    "Este servidor no puede hacer PDF: falta Pango. Quien lo administra lo activa con: apt install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0. Mientras tanto, imprima esta página."
)
_one_at_a_time = threading.Semaphore(1)
"""Drawing pages takes a whole core: a second one waits, so that the rest of the site keeps answering."""


class PdfBusy(Exception):
    """Other pages are being drawn and did not end in time; ask again."""


class PdfUnavailable(Exception):
    """The system library is missing on this machine."""


def _library() -> Any:
    """WeasyPrint, without what importing it does to the rest of the process: it makes Pillow accept damaged pictures (S40)."""
    library = import_module("weasyprint")
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return library


@cache
def is_available() -> bool:
    """Whether this machine can make PDF. Looks once."""
    try:
        _library()
    except (ImportError, OSError):  # OSError: the package is there, Pango is not
        return False
    return True


def render(html: str, base: str) -> bytes:
    """A whole page of HTML as PDF/UA-1. Addresses are relative to `base`, the address of this site.

    Style sheets, fonts and pictures come from this site's static files or from `data:` addresses; anything else is refused, the
    network above all. Raises PdfUnavailable, and PdfBusy when other pages take longer than 20 seconds.
    """
    if not is_available():
        raise PdfUnavailable
    weasyprint, fonts = _library(), import_module("weasyprint.text.fonts")
    if not _one_at_a_time.acquire(timeout=PATIENCE_SECONDS):
        raise PdfBusy
    try:
        page = weasyprint.HTML(string=html, base_url=base, url_fetcher=_local(base))
        drawn: bytes = page.write_pdf(pdf_variant=VARIANT, pdf_tags=True, font_config=fonts.FontConfiguration())
    finally:
        _one_at_a_time.release()
    return drawn


def _local(base: str) -> Any:
    """What fetches for WeasyPrint: `data:` addresses, and static files straight from the disk."""
    urls = import_module("weasyprint.urls")
    folder = Path(current_app.config["DATA_DIR"]) / "static"
    site = urlsplit(base)

    class Local(urls.URLFetcher):  # type: ignore[name-defined]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = static_file(url, site.netloc, folder)
            if path is None:
                raise ValueError(f"refused: {url[:200]}")
            return urls.URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _TYPES.get(path.suffix, "application/octet-stream")})

    return Local(allowed_protocols={"data"})


_TYPES = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


def static_file(url: str, host: str, folder: Path) -> Path | None:
    """The built static file that an address of this site names; None for any other address, however it is written."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if parts.scheme not in ("http", "https") or parts.netloc != host or not path.startswith("/static/"):
        return None
    found = (folder / path.removeprefix("/static/")).resolve()
    return found if found.is_relative_to(folder.resolve()) and found.is_file() else None
