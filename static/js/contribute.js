/* The public form, kept while it is written: on this device at once, on the server shortly after. Nothing that names anybody stays on
   the device: it may belong to a cabin or to a neighbour. Without this script "Guardar y seguir después" does the same. */
(function () {
  "use strict";
  var form = document.getElementById("aporte"), sent = document.getElementById("aporte-recibido");
  var HERE = ["text", "title", "theme_slug", "ubigeo", "place", "language"], LASTS = 15 * 864e5, REST = 2500;

  function read(name) { try { return JSON.parse(localStorage.getItem(name)); } catch (e) { return null; } }
  function forget(name) { try { localStorage.removeItem(name); } catch (e) { /* nothing was kept */ } }
  if (sent) forget(sent.dataset.store);
  if (!form || !window.fetch || !window.FormData) return;

  var words = form.dataset, line = document.getElementById("guardado"), others = document.getElementById("parecidos");
  var timer = null, saving = false, again = false, lastText = form.elements.text.value;

  function say(text, link) {
    line.textContent = text;
    if (!link) return;
    var a = document.createElement("a");
    a.href = link;
    a.textContent = words.later;
    line.append(" ", a);
  }
  function keepHere() {
    var kept = { key: form.elements.submission_key.value, at: Date.now() };
    HERE.forEach(function (name) { if (form.elements[name]) kept[name] = form.elements[name].value; });
    try { localStorage.setItem(words.store, JSON.stringify(kept)); return true; } catch (e) { return false; }
  }
  function post(address, accept, more) {
    var stop = new AbortController(), clock = setTimeout(function () { stop.abort(); }, 20000), body = new FormData(form), heads = { Accept: accept };
    ["photo", "audio"].forEach(function (name) { body.delete(name); });   // files travel once, when it is sent
    if (more) { body.append(more.name, more.value); heads["HX-Request"] = "true"; }   // only that part of the page is asked for
    return fetch(address, { method: "POST", body: body, headers: heads, credentials: "same-origin", signal: stop.signal })
      .finally(function () { clearTimeout(clock); });
  }
  function save() {
    if (!form.elements.text.value.trim()) return;
    if (saving) { again = true; return; }
    saving = true;
    post(words.save, "application/json")
      .then(function (answer) { return answer.status === 200 || answer.status === 422 ? answer.json() : Promise.reject(); })
      .then(function (kept) {
        if (kept.error) say(kept.error);
        else say(words.saved.replace("{hour}", kept.saved).replace("{day}", kept.until), kept.link);
      })
      .catch(function () { say(words.offline); again = true; })
      .then(function () { saving = false; if (again) { again = false; later(REST * 4); } });
  }
  function later(rest) { clearTimeout(timer); timer = setTimeout(save, rest); }

  form.addEventListener("input", function (event) {
    if (event.target.type === "file") return;
    if (!keepHere()) say("");
    later(REST);
  });
  window.addEventListener("online", save);
  form.addEventListener("submit", function (event) {
    if (navigator.onLine) { clearTimeout(timer); return; }
    event.preventDefault();            // the browser would show its own page, and this one would be gone
    keepHere();
    say(words.offline);
    line.scrollIntoView({ block: "center" });
  });

  // What others said, on leaving the text. A hint: nothing waits for it.
  form.elements.text.addEventListener("change", function () {
    var text = form.elements.text.value;
    if (text === lastText || text.trim().length < 30) return;
    lastText = text;
    post(words.alike, "text/html")
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (html) { others.innerHTML = html; })    // made by our own server, escaped there
      .catch(function () { /* without signal there is no hint */ });
  });

  // The map, loaded when it is opened. Without this script the same button sends the form, and the page comes back with its map.
  var chosen = document.getElementById("lugar-elegido");
  if (chosen) chosen.addEventListener("click", function (event) {
    var button = event.target.closest("button[name=mapa]");
    if (!button) return;
    event.preventDefault();
    button.disabled = true;
    post(form.action, "text/html", button)
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(); })
      .then(function (html) {
        chosen.innerHTML = html;                             // made by our own server, escaped there
        (chosen.querySelector("input:checked:not([type=hidden])") || chosen.querySelector("input[type=radio], select, button")).focus();
      })
      .catch(function () { button.disabled = false; say(words.offline); });
  });

  // The place of this device, only when it is asked for.
  var here = document.getElementById("aqui");
  if (here && navigator.geolocation) {
    here.hidden = false;
    here.querySelector("button").addEventListener("click", function () {
      var told = here.querySelector("span");
      told.textContent = here.dataset.asking;
      navigator.geolocation.getCurrentPosition(function (place) {
        form.elements.coordinates.value = place.coords.latitude.toFixed(4) + ", " + place.coords.longitude.toFixed(4);
        told.textContent = here.dataset.found;
        later(REST);
      }, function () { told.textContent = here.dataset.refused; }, { timeout: 20000, maximumAge: 60000 });
    });
  }

  // What was being written here before, if it is not what is on the page.
  var before = read(words.store);
  if (before && Date.now() - before.at > LASTS) { forget(words.store); before = null; }
  if (before && before.text && !form.elements.text.value) {
    var offer = document.getElementById("recuperar");
    offer.hidden = false;
    offer.querySelector("blockquote").textContent = before.text.slice(0, 160) + (before.text.length > 160 ? "…" : "");
    offer.addEventListener("click", function (event) {
      var chosen = event.target.closest("button");
      if (!chosen) return;
      if (chosen.value === "si") {
        HERE.forEach(function (name) { if (form.elements[name] && name in before) form.elements[name].value = before[name]; });
        form.elements.submission_key.value = before.key;
        later(0);
      } else forget(words.store);
      offer.hidden = true;
      form.elements.text.focus();
    });
  }
})();
