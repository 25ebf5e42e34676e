/* Whoever is writing is there: tells the server now and then, so that a long text does not meet a closed session. */
(() => {
  "use strict";
  const EVERY_MS = 5 * 60 * 1000;
  let told = Date.now();
  document.addEventListener("input", () => {
    if (Date.now() - told < EVERY_MS) return;
    told = Date.now();
    fetch("/mi-cuenta/sesiones/sigo", { credentials: "same-origin", redirect: "manual" }).catch(() => {});
  });
})();
