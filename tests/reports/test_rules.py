"""Addresses and files of a copy of the site."""

import pytest

from app.reports.rules import snapshot

SITE = "https://minka.example.pe"


@pytest.mark.parametrize(
    ("link", "base", "address"),
    [
        ("/procesos", "/", "/procesos"),
        ("cronograma", "/procesos/plan/inicio", "/procesos/plan/cronograma"),
        ("?pagina=2", "/procesos/plan/respuestas", "/procesos/plan/respuestas?pagina=2"),
        ("/procesos/plan/respuestas?tema=agua&pagina=3#x", "/", "/procesos/plan/respuestas?pagina=3&tema=agua"),
        ("/procesos/plan/respuestas?tema=agua&resultado=adopted", "/", None),
        ("/procesos/plan/aportes?q=posta", "/", None),
        ("https://minka.example.pe/registro", "/", "/registro"),
        ("https://otro.example.pe/registro", "/", None),
        ("mailto:foro@example.pe", "/", None),
        ("#respuestas", "/procesos", None),
    ],
)
def test_a_link_leads_to_an_address_of_the_copy_or_nowhere(link: str, base: str, address: str | None) -> None:
    assert snapshot.address_of(link, base, SITE) == address


@pytest.mark.parametrize(
    ("address", "extension", "name"),
    [
        ("/", ".html", "index.html"),
        ("/procesos/plan/respuestas", ".html", "procesos/plan/respuestas/index.html"),
        ("/procesos/plan/respuestas?pagina=2", ".html", "procesos/plan/respuestas/pagina-2.html"),
        ("/procesos/plan/respuestas?tema=../../x", ".html", "procesos/plan/respuestas/tema-..-..-x.html"),
        ("/procesos/plan/respuestas.csv", ".csv", "procesos/plan/respuestas.csv"),
        ("/documentos/abc", ".pdf", "documentos/abc.pdf"),
        ("/../../etc/passwd", ".html", "etc/passwd/index.html"),
    ],
)
def test_every_address_has_one_file_inside_the_folder(address: str, extension: str, name: str) -> None:
    assert snapshot.file_name(address, extension) == name


def test_links_between_files_need_no_server() -> None:
    assert snapshot.relative("procesos/plan/index.html", "registro/index.html", "fin") == "../../registro/index.html#fin"
    assert snapshot.relative("index.html", "procesos/índice.html") == "procesos/%C3%ADndice.html"


def test_forms_and_scripts_stay_behind_and_values_are_escaped() -> None:
    page = '<body class="x"><form action="/b"><a href="/c">c</a></form><script defer src="/j.js"></script><a href="/a?x=1&amp;y=2">a</a>'
    seen: list[str] = []
    done = snapshot.rewritten(page, lambda link: seen.append(link) or '"><b>', "<p>copia</p>", "<p>en línea</p>")
    assert done == '<body class="x"><p>copia</p><p>en línea</p><a href="&quot;&gt;&lt;b&gt;">a</a>'
    assert seen == ["/a?x=1&y=2"]
