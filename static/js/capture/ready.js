/* Making the sheet open without signal: the worker that keeps it, the promise of the device not to clean it away, the installation. */
let offered = null;

function tell(form, ready) {
  const line = document.getElementById("sin-senal");
  line.textContent = ready ? form.dataset.ready : form.dataset.notReady;
  line.dataset.ready = ready ? "1" : "";
}

async function isKept(sheet) {
  const found = await caches.match(`${sheet}/equipo`, { ignoreVary: true });
  return !!found;
}

export async function prepare(form, ask) {
  const sheet = form.dataset.sheet;
  if (ask && navigator.storage && navigator.storage.persist) navigator.storage.persist();
  if (!("serviceWorker" in navigator)) { tell(form, false); return; }
  try {
    if (!ask) await navigator.serviceWorker.register(form.dataset.worker, { scope: sheet, updateViaCache: "none" });
    for (let n = 0; n < 40 && !(await isKept(sheet)); n += 1) await new Promise((on) => { setTimeout(on, 250); });
  } catch (offline) { /* the one kept before goes on working */ }
  tell(form, await isKept(sheet));
}

window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offered = event;
  const button = document.getElementById("instalar");
  button.hidden = false;
  button.addEventListener("click", async () => { button.hidden = true; await offered.prompt(); }, { once: true });
});
