/* Sending what is kept, oldest first, one at a time. The server knows each row by its key: sending it again never doubles it.
   `send` says how the round ended: "clear", "later", "offline", "signed-out", "not-allowed", "other-person". */
import { amend, rowsOf } from "./store.js";

const PATIENCE = 20000;
const asks = { credentials: "same-origin", redirect: "manual", cache: "no-store" };
const JSON_ONLY = { Accept: "application/json" };

async function ask(address, options) {
  const stop = new AbortController(), clock = setTimeout(() => stop.abort(), PATIENCE);
  try { return await fetch(address, { ...asks, headers: JSON_ONLY, ...options, signal: stop.signal }); }
  finally { clearTimeout(clock); }
}

class Refused extends Error {
  constructor(how) { super(how); this.how = how; }
}
function refuseUnlessIn(answer) {
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new Refused("signed-out");
  if (answer.status === 403 || answer.status === 404) throw new Refused("not-allowed");
}

/* Who is signed in now, with a fresh token against forged requests: the one of a page opened this morning is too old. */
async function session(sheet) {
  const answer = await ask(`${sheet}/sesion`);
  refuseUnlessIn(answer);
  if (!answer.ok) throw new Refused("later");
  return answer.json();
}

async function post(address, values, who) {
  const body = new FormData();
  Object.entries(values).forEach(([name, value]) => body.append(name, value));
  body.append("csrf_token", who.csrf);
  const answer = await ask(address, { method: "POST", body });
  refuseUnlessIn(answer);
  return answer;
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/* One row: true when the server answered about it, whatever it said. */
async function sendRow(sheet, row, who, told) {
  if (!row.code) {
    // What was tried once is sent again exactly as it was: its answer may have been lost on the way back.
    const first = row.tried || row.values;
    await amend(row.key, (r) => ({ ...r, tried: first }));
    const answer = await post(sheet, { ...first, submission_key: row.key }, who);
    if (answer.status === 201) return arrived(row, first, await answer.json(), told);
    if (answer.status === 422) {
      const { errors } = await answer.json();
      await amend(row.key, (r) => ({ ...r, state: same(r.values, first) ? "wrong" : "kept", errors, tried: null }));
      return true;
    }
    return false;
  }
  const answer = await post(`${sheet}/${encodeURIComponent(row.code)}`, { ...row.values, submission_key: row.key, before: row.before }, who);
  if (answer.ok) return arrived(row, row.values, await answer.json(), told);
  if (answer.status === 409 || answer.status === 422) {
    const said = await answer.json();
    await amend(row.key, (r) => ({ ...r, state: answer.status === 409 ? "conflict" : "wrong", theirs: said.text || "", errors: said.errors || [] }));
    return true;
  }
  return false;
}

/* The server has it. If it was corrected here meanwhile, the correction is what waits now. */
async function arrived(row, sent, saved, told) {
  await amend(row.key, (r) => same(r.values, sent)
    ? { ...r, state: "sent", code: saved.code, tried: null, errors: null, sentAt: Date.now(), values: { text: r.values.text } }
    : { ...r, state: "kept", code: saved.code, tried: null, errors: null, before: sent.text });
  told(saved);
  return true;
}

async function round(sheet, told) {
  const waiting = async () => (await rowsOf(sheet)).filter((row) => row.state === "kept");
  if (!(await waiting()).length) return "clear";
  let who = await session(sheet), renewed = false;
  for (let rows = await waiting(); rows.length; rows = await waiting()) {
    const row = rows.find((r) => r.person === who.person);
    if (!row) return "other-person";
    if (await sendRow(sheet, row, who, told)) { renewed = false; continue; }
    if (renewed) return "later";
    who = await session(sheet);                            // the token may have been the trouble
    renewed = true;
  }
  return "clear";
}

export async function send(sheet, told) {
  const work = async () => {
    try { return await round(sheet, told); }
    catch (trouble) { return trouble instanceof Refused ? trouble.how : "offline"; }
  };
  if (!navigator.locks) return work();
  return navigator.locks.request("minka-captura-envio", work);   // one tab at a time
}

/* Who is signed in: {person, name}, {how: "signed-out"} when nobody is, {} when the server cannot be asked. */
export async function whoIsIn(sheet) {
  try { return await session(sheet); } catch (trouble) { return trouble instanceof Refused ? { how: trouble.how } : {}; }
}
