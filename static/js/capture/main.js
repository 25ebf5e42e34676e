/* The capture sheet, with or without signal: every row is kept on this device before anything is sent (store.js), shown with where
   it stands, and sent when it can be (send.js). Without this script the same form posts and the page answers. */
import { amend, dropDraft, forgetOldSent, hold, keepDraft, leftDraft, newKey, put, remove, rowsOf } from "./store.js";
import { send, whoIsIn } from "./send.js";
import { saveCopy, takeCopy } from "./copies.js";
import { drawRows, say, show } from "./drawing.js";
import { prepare } from "./ready.js";

const form = document.getElementById("captura");
const sheet = form.dataset.sheet, draftLine = document.getElementById("borrador");
const STAYS = ["theme_slug", "language", "consent", "ubigeo", "place", "sector"];   // what stays for the next person
const FIRST_WAIT = 4000, LONGEST_WAIT = 60000;
let person = form.dataset.person, wait = FIRST_WAIT, timer = null, how = "clear", leaving = false, unsent = 0, mending = null, isOut = false;
const others = "BroadcastChannel" in window ? new BroadcastChannel("minka-captura") : null;

const key = () => form.elements.submission_key.value;
function fields() {
  const values = {};
  new FormData(form).forEach((value, name) => { if (!["csrf_token", "submission_key", "before"].includes(name)) values[name] = value; });
  return values;
}
function fill(values) {
  Object.entries(values).forEach(([name, value]) => { if (form.elements[name] && "value" in form.elements[name]) form.elements[name].value = value; });
}
async function startRow(next) {
  form.elements.submission_key.value = next || newKey();
  await hold(sheet, key());
}

async function draw() {
  const rows = await rowsOf(sheet);
  unsent = rows.filter((row) => row.state !== "sent").length;
  drawRows(rows, { mend, discard, keepTheirs, keepMine, adopt, person });
  say(rows, how === "clear" && isOut ? "signed-out" : how);
}
function changed() { if (others) others.postMessage(sheet); return draw(); }

/* What was typed, into the pile on this device; the form is ready for the next person. False when there was nothing to keep. */
async function keep() {
  const values = fields();
  if (!values.text.trim()) { draftLine.textContent = form.dataset.missing; form.elements.text.focus(); return false; }
  const row = mending && mending.key === key() ? mending : { key: key(), sheet, person, at: Date.now(), code: "", tried: null, before: "" };
  try { keepDraft(sheet, row.key, values); } catch (full) { /* the row itself is about to be kept */ }
  clearFor(values);                      // at once: whoever types fast is already writing the next one
  try {
    const known = await amend(row.key, (r) => ({ ...r, values, state: "kept", errors: null }));
    if (!known) await put({ ...row, values, state: "kept", errors: null });
  } catch (full) {
    fill(values);
    form.elements.submission_key.value = row.key;
    throw full;
  }
  dropDraft(sheet, row.key);
  await hold(sheet, key());
  await changed();
  return true;
}
function clearFor(values) {
  const next = {};
  STAYS.forEach((name) => { if (name in values) next[name] = values[name]; });
  form.querySelectorAll("textarea, input[type=text]").forEach((field) => { field.value = ""; });
  fill(next);
  form.elements.submission_key.value = newKey();
  draftLine.textContent = "";
  mending = null;
}
async function mend(row) {
  if (form.elements.text.value.trim() && key() !== row.key) await keep();   // what was being typed goes to the pile first
  fill(row.values);
  mending = row;
  await startRow(row.key);
  form.elements.text.focus();
}
async function discard(row) { await remove(row.key); await changed(); }
async function keepTheirs(row) { await amend(row.key, (r) => ({ ...r, state: "sent", sentAt: Date.now(), values: { text: r.theirs } })); await changed(); }
async function keepMine(row) { await amend(row.key, (r) => ({ ...r, state: "kept", before: r.theirs })); await changed(); go(); }
async function adopt() {
  for (const row of await rowsOf(sheet)) if (row.person !== person) await amend(row.key, (r) => ({ ...r, person }));
  await changed();
  go();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(round, wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}
let busy = null;
async function round() {
  busy = busy || send(sheet, (saved) => { show(saved); if (others) others.postMessage(sheet); });
  how = await busy;
  busy = null;
  if (how === "signed-out") isOut = true;
  await draw();
  if (how === "clear") { wait = FIRST_WAIT; if ((await rowsOf(sheet)).some((row) => row.state === "kept")) round(); } else later();
}
function go() { wait = FIRST_WAIT; clearTimeout(timer); return round(); }

/* What the server would refuse once the signal is back, when the person has gone home. */
function lacksName({ consent, speaker = "", organisation = "", text = "" }) {
  return Boolean(text.trim()) && form.dataset.named.split(" ").includes(consent) && !speaker.trim() && !organisation.trim();
}
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (lacksName(fields())) { draftLine.textContent = form.dataset.nameless; form.elements.speaker.focus(); return; }
  try {
    if (await keep()) { form.elements.text.focus(); go(); prepare(form, true); }
  } catch (full) {                       // nowhere to keep it: the form posts as it would without this script
    how = "full";
    say([], how);
    leaving = true;
    form.submit();
  }
});
form.addEventListener("input", () => {
  try { keepDraft(sheet, key(), fields()); draftLine.textContent = form.dataset.draft; } catch (full) { draftLine.textContent = ""; }
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
});
document.getElementById("enviar-ahora").addEventListener("click", go);
document.getElementById("guardar-copia").addEventListener("click", async () => { await saveCopy(sheet); });
document.getElementById("traer-copia").addEventListener("change", async (event) => {
  const taken = await takeCopy(sheet, event.target.files[0], person);
  event.target.value = "";
  document.getElementById("copia-dicho").textContent = taken < 0 ? form.dataset.notACopy : form.dataset.taken.replace("{n}", taken);
  if (taken > 0) { await changed(); go(); }
});
document.addEventListener("click", (event) => { if (event.target.closest("[data-goes-to-sign-in]")) leaving = true; });
window.addEventListener("beforeunload", (event) => { if (unsent && !leaving) event.preventDefault(); });
window.addEventListener("online", go);
window.addEventListener("offline", () => { how = "offline"; draw(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) go(); });
if (others) others.addEventListener("message", (event) => { if (event.data === sheet) draw(); });

async function start() {
  const draft = form.elements.text.value.trim() ? null : await leftDraft(sheet);   // a form sent back with its errors stays as it is
  if (draft) { fill(draft.values); await startRow(draft.key); } else await startRow();
  draftLine.textContent = draft ? form.dataset.draft : "";
  form.dataset.started = "1";
  document.getElementById("equipo").hidden = false;
  await forgetOldSent(sheet, Date.now());
  await draw();
  prepare(form, false);
  const who = await whoIsIn(sheet);
  if (who.person) person = who.person;
  isOut = who.how === "signed-out";
  await go();
}
if (window.indexedDB && window.fetch) start();
