/* What is kept on this device, drawn: where each row stands, and one sentence for all of them. Sentences come from the page. */
const form = document.getElementById("captura"), sync = document.getElementById("sync"), list = document.getElementById("por-enviar");
const words = form.dataset;

function element(tag, text, name) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (name) made.className = name;
  return made;
}
function button(text, act, plain) {
  const made = element("button", text, plain ? "button button--plain button--small" : "button button--quiet button--small");
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}
const STANDS = { kept: "pending", wrong: "wrong", conflict: "conflict", sent: "sent" };

function drawn(row, acts) {
  const item = element("li"), card = element("article", "", `voice voice--${row.state === "sent" ? "kept" : "wait"}`);
  const line = element("p", "", "voice__row"), stands = element("span", words[STANDS[row.state]]);
  if (row.code) stands.prepend(element("b", row.code), " · ");
  line.append(stands, " ", element("span", row.values.speaker || ""));
  card.append(line, element("p", row.values.text));
  item.append(card);
  item.dataset.state = row.state;
  const tools = element("p", "", "meta voices__act");
  if (row.state === "wrong") {
    item.append(element("p", (row.errors || []).join(" "), "field__error"));
    tools.append(button(words.mend, () => acts.mend(row)), button(words.discard, () => { if (confirm(words.discardSure)) acts.discard(row); }, true));
  } else if (row.state === "conflict") {
    item.append(element("p", words.theirs.replace("{text}", row.theirs), "field__error"));
    tools.append(button(words.keepTheirs, () => acts.keepTheirs(row)), button(words.keepMine, () => acts.keepMine(row)));
  } else if (row.state === "kept") tools.append(button(words.mend, () => acts.mend(row), true));
  if (tools.children.length) item.append(tools);
  return item;
}

export function drawRows(rows, acts) {
  const nothing = document.getElementById("recogidos-nada");
  const shown = rows.filter((row) => !(row.state === "sent" && document.getElementById(`fila-${row.code}`)));
  list.replaceChildren(...shown.reverse().map((row) => drawn(row, acts)));
  list.hidden = !shown.length;
  if (nothing && !nothing.dataset.stays) nothing.hidden = !!shown.length;
  const strange = rows.some((row) => row.state === "kept" && row.person !== acts.person);
  document.getElementById("de-otra").hidden = !strange;
  document.getElementById("de-otra").querySelector("button").onclick = acts.adopt;
  document.getElementById("guardar-copia").disabled = !rows.some((row) => row.state !== "sent");
}

/* One sentence: how many wait, and why. */
export function say(rows, how) {
  const kept = rows.filter((row) => row.state === "kept").length, wrong = rows.filter((row) => row.state === "wrong" || row.state === "conflict").length;
  const why = how === "clear" || how === "later" || how === "other-person" ? "waiting" : how;
  const kind = how === "full" ? "full" : kept ? (why === "waiting" && !navigator.onLine ? "offline" : why) : wrong ? "wrong" : how === "signed-out" ? how : "clear";
  const known = kind === "signed-out" && !kept ? "signedOutNone" : kind.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  sync.hidden = false;
  sync.className = `sync${kind === "clear" ? " sync--clear" : ""}`;
  sync.dataset.kind = kind;
  sync.querySelector("span").textContent = sync.dataset[known].replace("{n}", kind === "wrong" ? wrong : kept);
  sync.querySelector("[data-goes-to-sign-in]").hidden = kind !== "signed-out";
}

/* A row the server answered with, above the others; in place of itself when it was corrected. */
export function show(saved) {
  const there = document.getElementById(`fila-${saved.code}`), holder = document.createElement("template");
  const nothing = document.getElementById("recogidos-nada");
  holder.innerHTML = saved.html;   // made by our own server, escaped there
  if (there) there.replaceWith(holder.content); else document.getElementById("recogidos-lista").prepend(holder.content);
  if (nothing) nothing.remove();
}
