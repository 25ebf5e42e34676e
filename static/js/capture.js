/* The capture sheet when the signal comes and goes. Each contribution is kept on this device until the server has it; its own key
   makes a repeated sending harmless. Without this script the same form posts and the page answers. */
(function () {
  "use strict";
  var form = document.getElementById("captura");
  if (!form || !window.fetch || !window.localStorage) return;
  var NAME = form.dataset.store, DRAFT = NAME + ".borrador", SEEN = NAME + ".recibidos";
  var sync = document.getElementById("sync"), list = document.getElementById("por-enviar"), draftLine = document.getElementById("borrador");
  var KEPT = ["theme_slug", "language", "consent", "ubigeo", "place", "sector"];   // what stays for the next person
  var FIRST_WAIT = 4000, LONGEST_WAIT = 60000;
  var wait = FIRST_WAIT, timer = null, sending = false, signedOut = false, storing = true;

  function read(name, otherwise) {
    try { return JSON.parse(localStorage.getItem(name)) || otherwise; } catch (e) { return otherwise; }
  }
  function write(name, value) {
    try { localStorage.setItem(name, JSON.stringify(value)); return true; } catch (e) { storing = false; say(); return false; }
  }
  function rows() { return read(NAME, []); }
  function change(key, how) {
    write(NAME, rows().map(function (row) { return row.key === key ? how(row) : row; }).filter(Boolean));
  }
  function newKey() {
    var bytes = crypto.getRandomValues(new Uint8Array(18)), text = "";
    bytes.forEach(function (b) { text += ("0" + b.toString(16)).slice(-2); });
    return text;
  }
  function fields() {
    var values = {};
    new FormData(form).forEach(function (value, name) { if (name !== "csrf_token") values[name] = value; });
    return values;
  }
  function fill(values) {
    Object.keys(values).forEach(function (name) {
      var field = form.elements[name];
      if (field && "value" in field) field.value = values[name];
    });
  }

  function say() {
    var all = rows(), wrong = all.filter(function (r) { return r.errors; }).length, n = all.length - wrong;
    var kind = !storing ? "full" : signedOut && n ? "signedOut" : n && !navigator.onLine ? "offline" : n ? "waiting" : wrong ? "wrong" : "clear";
    sync.hidden = false;
    sync.className = "sync" + (kind === "clear" ? " sync--clear" : "");
    sync.lastElementChild.textContent = sync.dataset[kind].replace("{n}", kind === "wrong" ? wrong : n);
  }
  function element(tag, text, name) {
    var made = document.createElement(tag);
    if (text) made.textContent = text;
    if (name) made.className = name;
    return made;
  }
  function draw() {
    list.textContent = "";
    rows().slice().reverse().forEach(function (row) {
      var item = element("li"), card = element("article", "", "voice voice--wait"), line = element("p", "", "voice__row");
      line.append(element("span", row.errors ? form.dataset.wrong : form.dataset.pending), " ", element("span", row.values.speaker || ""));
      card.append(line, element("p", row.values.text));
      item.append(card);
      if (row.errors) {
        item.append(element("p", row.errors.join(" "), "field__error"));
        var mend = element("button", form.dataset.mend, "button button--quiet button--small");
        mend.type = "button";
        mend.addEventListener("click", function () { takeBack(row); });
        item.append(mend);
      }
      list.append(item);
    });
    list.hidden = !list.children.length;
    say();
  }
  function takeBack(row) {
    if (form.elements.text.value.trim() && !keep()) return;   // what was being typed goes to the pile first
    change(row.key, function () { return null; });
    fill(row.values);
    form.elements.submission_key.value = newKey();
    keepDraft();
    draw();
    form.elements.text.focus();
  }

  // One row from the form into the pile; the form is ready for the next person.
  function keep() {
    var values = fields();
    if (!values.text.trim()) { draftLine.textContent = form.dataset.missing; form.elements.text.focus(); return false; }
    if (!write(NAME, rows().concat([{ key: values.submission_key, values: values }]))) return false;
    var next = {};
    KEPT.forEach(function (name) { if (name in values) next[name] = values[name]; });
    form.querySelectorAll("textarea, input[type=text]").forEach(function (field) { field.value = ""; });
    fill(next);
    form.elements.submission_key.value = newKey();
    try { localStorage.removeItem(DRAFT); } catch (e) { /* nothing was kept */ }
    draftLine.textContent = "";
    draw();
    return true;
  }
  function keepDraft() {
    if (write(DRAFT, fields())) draftLine.textContent = form.dataset.draft;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
  // Oldest first, one at a time. A refused row steps aside; a lost connection stops here and is tried again.
  function send() {
    if (sending) return;
    var row = rows().filter(function (r) { return !r.errors; })[0];
    if (!row) { wait = FIRST_WAIT; draw(); return; }
    sending = true;
    var body = new FormData(), stop = new AbortController(), clock = setTimeout(function () { stop.abort(); }, 20000);
    Object.keys(row.values).forEach(function (name) { body.append(name, row.values[name]); });
    body.append("csrf_token", form.elements.csrf_token.value);
    fetch(form.action, { method: "POST", body: body, headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual", signal: stop.signal })
      .then(function (answer) {
        if (answer.status === 201) return answer.json().then(function (saved) { saw(row, saved); return true; });
        if (answer.status === 422) return answer.json().then(function (refused) {
          change(row.key, function (r) { r.errors = refused.errors; return r; });
          return true;
        });
        signedOut = answer.type === "opaqueredirect" || answer.status === 400 || answer.status === 401 || answer.status === 403;
        return false;
      })
      .catch(function () { return false; })
      .then(function (goesOn) {
        clearTimeout(clock);
        sending = false;
        draw();
        if (goesOn) { wait = FIRST_WAIT; signedOut = false; send(); } else later();
      });
  }
  function saw(row, saved) {
    change(row.key, function () { return null; });
    write(SEEN, read(SEEN, []).concat([saved]).slice(-20));
    show(saved);
  }
  function show(saved) {
    var there = document.getElementById("fila-" + saved.code);
    if (there) return;   // the page already came with it
    var holder = document.createElement("template"), shown = document.getElementById("recogidos-lista"), nothing = document.getElementById("recogidos-nada");
    holder.innerHTML = saved.html;   // made by our own server, escaped there
    shown.prepend(holder.content);
    if (nothing) nothing.remove();
  }

  form.addEventListener("submit", function (event) {
    if (!storing) return;            // nowhere to keep it: the form posts as it would without this script
    event.preventDefault();
    if (keep()) { form.elements.text.focus(); wait = FIRST_WAIT; send(); }
  });
  form.addEventListener("input", function () { clearTimeout(form.minkaDraft); form.minkaDraft = setTimeout(keepDraft, 400); });
  form.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
  });
  window.addEventListener("online", function () { wait = FIRST_WAIT; send(); });
  window.addEventListener("offline", say);
  window.addEventListener("storage", function (event) { if (event.key === NAME) draw(); });

  var draft = read(DRAFT, null);
  if (draft && !form.elements.text.value.trim() && !rows().some(function (r) { return r.key === draft.submission_key; })) fill(draft);
  read(SEEN, []).forEach(show);   // saved while this page was on its way here
  try { localStorage.removeItem(SEEN); } catch (e) { /* nothing was kept */ }
  draw();
  send();
})();
