/* Keeps one capture sheet so that it opens without signal. It answers only for its sheet and for this release's static files;
   everything else goes to the network as if it were not here. The server writes BUILD and ASSETS above these lines. */
const SHEET = new URL(self.registration.scope).pathname;
const SHELL = `${SHEET}/equipo`;
const OWN = `minka-captura:${SHEET}:`;
const CACHE = OWN + BUILD;
const PATIENCE = 5000;

async function keepShell(cache) {
  const shell = await fetch(SHELL, { credentials: "same-origin", redirect: "error", cache: "no-store" });
  if (!shell.ok) throw new Error(`the sheet answered ${shell.status}`);
  await cache.put(SHELL, shell);
}

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll(ASSETS);
  await keepShell(cache);
  await self.skipWaiting();
}

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OWN) && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

function inTime(answer) {
  return new Promise((done, failed) => {
    setTimeout(() => failed(new Error("too slow")), PATIENCE);
    answer.then(done, failed);
  });
}

/* The sheet from the server while it answers; the kept one when it does not, or when the session is over. */
async function openSheet(event) {
  const cache = await caches.open(CACHE), kept = await cache.match(SHELL, { ignoreVary: true });
  try {
    const answer = await (kept ? inTime(fetch(event.request)) : fetch(event.request));
    if (answer.ok) event.waitUntil(keepShell(cache).catch(() => {}));
    const isOut = answer.type === "opaqueredirect" || answer.status >= 500;
    return isOut && kept ? kept : answer;
  } catch (unreachable) {
    return kept || Response.error();
  }
}

async function fromCache(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  return kept || fetch(request);
}

self.addEventListener("install", (event) => { event.waitUntil(fill()); });
self.addEventListener("activate", (event) => { event.waitUntil(tidy()); });
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && (address.pathname === SHEET || address.pathname === SHELL)) event.respondWith(openSheet(event));
  else if (address.pathname.startsWith("/static/")) event.respondWith(fromCache(event.request));
});
