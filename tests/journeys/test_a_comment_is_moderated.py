"""Somebody comments, somebody reports it, moderation hides it, its author appeals, and a third person puts it back."""

from typing import Any

import pytest

from tests.journeys import neighbourhood
from tests.journeys.conftest import DESK, PHONE, Visit
from tests.pages.contributions import Said
from tests.pages.moderation import QueuePage
from tests.pages.portal import ProcessPage

pytestmark = pytest.mark.browser
SLUG = neighbourhood.SLUG
STAIRS = Said("La escalera de Tres Cruces tiene cuatro gradas rotas. Pido que se cambien antes de las lluvias.")
COMMENTS = {  # the same words twice would wait for a moderator
    True: "No conviene: primero hay que arreglar el tubo que pasa por debajo.",
    False: "Sin una baranda las gradas nuevas serán igual de peligrosas para los mayores.",
}
A_PERSON_READS_MS = 4_500  # a form that comes back sooner is taken for a machine's and waits for a moderator


def main(page: Any) -> str:
    return str(page.get_by_role("main").inner_text())


def a_public_contribution(visit: Visit) -> str:
    form = ProcessPage(visit(size=PHONE), SLUG).contribute()
    form.fill(STAIRS)
    code = form.send().code
    QueuePage(visit("marco"), SLUG).publish(code)
    return code


def comment(page: Any, code: str, words: str) -> None:
    page.goto(f"/aportes/{code}")
    page.get_by_role("link", name="Comentar", exact=True).click()
    page.get_by_label("En contra").check()
    page.get_by_label("Su comentario").fill(words)
    page.wait_for_timeout(A_PERSON_READS_MS)
    page.get_by_role("button", name="Publicar comentario").click()
    assert "ya está publicado" in main(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without"])
def test_what_is_hidden_by_mistake_comes_back_by_an_appeal(visit: Visit, javascript: bool) -> None:
    code, words = a_public_contribution(visit), COMMENTS[javascript]
    rosa = visit("rosa", size=PHONE, javascript=javascript)
    comment(rosa, code, words)
    rosa.goto(f"/aportes/{code}/apoyar")
    rosa.get_by_role("button", name="Apoyar este aporte").click()
    assert "1 persona apoya este aporte" in main(rosa)

    visitor = visit(size=PHONE, javascript=javascript)
    visitor.goto(f"/aportes/{code}/comentarios")
    assert words in main(visitor)
    visitor.get_by_role("link", name="Denunciar").click()
    visitor.get_by_label("No tiene que ver con el proceso").check()
    visitor.get_by_role("button", name="Enviar denuncia").click()
    assert "Una persona lo va a mirar" in main(visitor)

    marco = visit("marco", size=DESK, javascript=javascript)
    marco.goto(f"/mesa/procesos/{SLUG}/moderacion?ver=denunciados")
    said = marco.locator("article", has_text=words).first
    said.locator("summary").click()
    said.get_by_label("Razón, que se publica").select_option("off-topic")
    said.get_by_role("button", name="Ocultar").click()
    visitor.goto(f"/aportes/{code}/comentarios")
    assert words not in main(visitor) and "Moderación retiró este comentario" in main(visitor)
    visitor.get_by_role("link", name="Ver la razón").click()
    assert "No tiene que ver con el proceso" in main(visitor)

    rosa.goto("/mis-comentarios")
    rosa.get_by_role("link", name="Ver por qué y apelar").first.click()
    rosa.get_by_label("Por qué cree que fue un error").fill("Hablo de la misma escalera y de su tubo de agua.")
    rosa.get_by_role("button", name="Enviar apelación").click()
    assert "Espera a que la resuelva" in main(rosa)

    felix = visit("felix", size=DESK, javascript=javascript)
    felix.goto(f"/mesa/procesos/{SLUG}/moderacion/apelaciones")
    felix.get_by_role("main").get_by_role("link", name="Resolver").first.click()
    felix.get_by_label("Revocar: fue un error y se deshace").check()
    felix.get_by_label("Por qué, para quien apeló").fill("Habla de la misma escalera: es una opinión sobre el aporte.")
    felix.get_by_role("button", name="Resolver").click()
    visitor.goto(f"/aportes/{code}/comentarios")
    assert words in main(visitor)
