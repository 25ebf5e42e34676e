/* The last resort: what is not sent yet, as a file; and such a file taken back on this or another device. The keys travel with the
   rows, so that a row sent from two devices is still one. */
import { newKey, put, rowsOf } from "./store.js";

const KIND = "minka-captura";

export async function saveCopy(sheet) {
  const rows = (await rowsOf(sheet)).filter((row) => row.state !== "sent");
  const text = JSON.stringify({ kind: KIND, version: 1, sheet, rows }, null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `captura-${sheet.split("/").slice(-2)[0]}-${new Date().toISOString().slice(0, 16).replace(/[:T]/g, "-")}.json`;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  return rows.length;
}

/* How many rows came back; -1 when the file is not a copy of this sheet. */
export async function takeCopy(sheet, file, person) {
  let copy = null;
  try { copy = JSON.parse(await file.text()); } catch (e) { return -1; }
  if (!copy || copy.kind !== KIND || copy.sheet !== sheet || !Array.isArray(copy.rows)) return -1;
  const known = new Set((await rowsOf(sheet)).map((row) => row.key));
  const texts = (values) => Object.fromEntries(Object.entries(values || {}).map(([name, value]) => [name, String(value)]));
  let taken = 0;
  for (const row of copy.rows) {
    if (!row.values || known.has(row.key)) continue;
    await put({
      key: String(row.key || newKey()), sheet, person, values: texts(row.values), at: Number(row.at) || Date.now(), state: "kept",
      code: row.code ? String(row.code) : "", tried: row.tried ? texts(row.tried) : null, before: row.before ? String(row.before) : "",
    });
    taken += 1;
  }
  return taken;
}
