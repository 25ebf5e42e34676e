"""Somebody says it aloud: the browser's own microphone, a file that lasts too long, and a phone that gives no permission."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.access.looking import ask_axe
from tests.evidence.test_lengths import wav
from tests.journeys import neighbourhood
from tests.journeys.conftest import CHROMIUM, LONGEST_WAIT_MS, PHONE, QUIET
from tests.journeys.demonstration import DemonstrationSite
from tests.pages.contributions import ContributionForm

pytestmark = pytest.mark.browser
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
"""A microphone that beeps, and a browser that lets the page hear it without asking."""
HEARD = """() => new Promise((heard, failed) => {
    const audio = document.querySelector('audio');
    audio.addEventListener('loadedmetadata', heard, {once: true});
    audio.addEventListener('error', () => failed(audio.error), {once: true});
    audio.load();
})"""
"""Waits until the browser knows how long the audio lasts; waiting by polling would need the eval that the policy refuses."""


@pytest.fixture(scope="module")
def speaking(chromium: Any) -> Iterator[Any]:
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*QUIET, *MICROPHONE])
    yield browser
    browser.close()


def said_aloud(browser: Any, site: DemonstrationSite, *, javascript: bool = True) -> Any:
    """The page for the audio, reached as its author reaches it: by sending a contribution without words."""
    context = browser.new_context(
        base_url=site.address, locale="es-PE", viewport={"width": PHONE[0], "height": PHONE[1]}, java_script_enabled=javascript
    )
    context.set_default_timeout(LONGEST_WAIT_MS)
    page = context.new_page()
    page.goto(f"/procesos/{neighbourhood.SLUG}/aportes/nuevo")
    form = ContributionForm(page)
    page.get_by_role("checkbox", name="Prefiero decirlo con mi voz").check()
    page.get_by_label("Su nombre y apellidos").fill("Teodora Ccama Puma")
    page.get_by_role("radio", name="Con mis iniciales").check()
    form.send_button.click()
    page.get_by_role("heading", level=1, name="Fotos y audio de su aporte").wait_for()
    return page


def test_a_voice_is_recorded_sent_and_heard_again(speaking: Any, site: DemonstrationSite) -> None:
    page = said_aloud(speaking, site)
    status = page.locator("#grabador [role=status]")
    page.get_by_role("button", name="Grabar").press("Enter")
    expect(status).to_contain_text("Grabando: 2 de 180 segundos")
    assert ask_axe(page) == []
    page.get_by_role("button", name="Terminar").press("Enter")
    expect(status).to_contain_text("Listo")
    page.get_by_role("button", name="Subir el audio").click()
    audio = page.get_by_label("Su audio", exact=True)
    expect(audio).to_be_visible()
    assert ask_axe(page) == []
    page.evaluate(HEARD)
    assert page.evaluate("document.querySelector('audio').error") is None
    page.context.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_what_lasts_too_long_is_refused_in_plain_words(speaking: Any, site: DemonstrationSite, tmp_path: Path, javascript: bool) -> None:
    page = said_aloud(speaking, site, javascript=javascript)
    long = tmp_path / "asamblea.wav"
    long.write_bytes(wav(240, rate=2_000))
    page.get_by_label("Audio", exact=True).set_input_files(long)
    page.get_by_role("button", name="Subir el audio").click()
    expect(page.get_by_role("alert")).to_contain_text("El audio dura 240 segundos y se reciben hasta 3 minutos. Grabe uno más corto")
    page.context.close()


def test_without_permission_a_file_can_still_be_chosen(chromium: Any, site: DemonstrationSite) -> None:
    page = said_aloud(chromium, site)
    page.evaluate("void (navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('NotAllowedError')))")
    page.get_by_role("button", name="Grabar").click()
    expect(page.locator("#grabador [role=status]")).to_contain_text("no dio permiso")
    expect(page.get_by_label("Audio", exact=True)).to_be_enabled()
    page.context.close()
