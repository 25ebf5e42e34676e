/* What this device keeps of the capture sheets: one row for each contribution, under a key made here, until the server has it
   and two days longer. A row is told as kept only when the disk has it. The draft lives in localStorage, which writes at once. */
const DATABASE = "minka-captura", ROWS = "filas", SHEET = "sheet";
const KEPT_AFTER_SENDING = 2 * 24 * 3600 * 1000;
let opened = null;

function open() {
  opened = opened || new Promise((done, failed) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(ROWS, { keyPath: "key" }).createIndex(SHEET, SHEET);
    asked.onsuccess = () => {
      asked.result.onversionchange = () => { asked.result.close(); opened = null; };
      asked.result.onclose = () => { opened = null; };
      done(asked.result);
    };
    asked.onerror = () => { opened = null; failed(asked.error); };
  });
  return opened;
}

async function change(work) {
  const database = await open();
  return new Promise((done, failed) => {
    const act = database.transaction(ROWS, "readwrite", { durability: "strict" });
    const answer = work(act.objectStore(ROWS));
    act.oncomplete = () => done(answer && answer.result);
    act.onabort = act.onerror = () => failed(act.error);
  });
}

export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function rowsOf(sheet) {
  const database = await open();
  return new Promise((done, failed) => {
    const asked = database.transaction(ROWS).objectStore(ROWS).index(SHEET).getAll(sheet);
    asked.onsuccess = () => done(asked.result.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1)));
    asked.onerror = () => failed(asked.error);
  });
}

export const put = (row) => change((rows) => rows.put(row));
export const remove = (key) => change((rows) => rows.delete(key));

/* The row as it is now, changed by `how`; one transaction, so that two tabs never undo each other. Nothing when it is gone. */
export async function amend(key, how) {
  const database = await open();
  return new Promise((done, failed) => {
    const act = database.transaction(ROWS, "readwrite", { durability: "strict" });
    const rows = act.objectStore(ROWS), asked = rows.get(key);
    let changed = null;
    asked.onsuccess = () => { if (asked.result) { changed = how(asked.result); if (changed) rows.put(changed); } };
    act.oncomplete = () => done(changed);
    act.onabort = act.onerror = () => failed(act.error);
  });
}

export async function forgetOldSent(sheet, now) {
  for (const row of await rowsOf(sheet)) if (row.state === "sent" && now - row.sentAt > KEPT_AFTER_SENDING) await remove(row.key);
}

/* Drafts: what is being typed, under the key the row will have. A tab holds a lock on its own, so that another takes up only those
   whose tab is gone. */
const draftName = (sheet, key) => `${DATABASE}:${sheet}:${key}`;

export function keepDraft(sheet, key, values) {
  localStorage.setItem(draftName(sheet, key), JSON.stringify({ values, at: Date.now() }));
}
export function dropDraft(sheet, key) { localStorage.removeItem(draftName(sheet, key)); }

export function hold(sheet, key) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((told) => {
    navigator.locks.request(draftName(sheet, key), { ifAvailable: true }, (lock) => {
      told(!!lock);
      return lock ? new Promise(() => {}) : undefined;   // held until the tab is gone
    });
  });
}

const aMoment = () => new Promise((on) => { setTimeout(on, 250); });   // a page that reloads lets go of its lock a little late

/* The draft last written by a tab that is gone: {key, values}, or nothing. */
export async function leftDraft(sheet) {
  const start = draftName(sheet, ""), found = [];
  for (let n = 0; n < localStorage.length; n += 1) {
    const name = localStorage.key(n);
    if (!name.startsWith(start)) continue;
    try { found.push({ key: name.slice(start.length), ...JSON.parse(localStorage.getItem(name)) }); } catch (e) { /* not a draft */ }
  }
  found.sort((a, b) => b.at - a.at);
  const kept = new Set((await rowsOf(sheet)).map((row) => row.key));
  for (const draft of found) {
    if (kept.has(draft.key)) dropDraft(sheet, draft.key);        // the row was kept and the tab ended before forgetting its draft
    else if (await hold(sheet, draft.key) || (await aMoment(), await hold(sheet, draft.key))) return draft;
  }
  return null;
}
