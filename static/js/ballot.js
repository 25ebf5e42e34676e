/* Keeps the account of a ballot while it is marked; without it the button «Actualizar la cuenta» does the same on the server. */
(function () {
  "use strict";
  var form = document.getElementById("papeleta");
  if (!form) return;
  var words = form.dataset, kind = words.kind, limit = words.limit ? Number(words.limit) : null, most = Number(words.most), points = Number(words.points);
  var projects = Array.prototype.slice.call(form.querySelectorAll(".project"));
  var refresh = document.getElementById("actualizar");
  if (refresh) refresh.hidden = true;

  function soles(cents) {
    return (cents / 100).toLocaleString("en-US", { minimumFractionDigits: cents % 100 ? 2 : 0, maximumFractionDigits: cents % 100 ? 2 : 0 });
  }
  function say(template, value) { return template.replace("{}", value); }
  function entry(project) { return project.querySelector("input[type=checkbox], select, input[inputmode]"); }
  function chosen(project) {
    var field = entry(project);
    return field.type === "checkbox" ? field.checked : field.value.trim() !== "" && field.value.trim() !== "0";
  }
  function put(id, text) { var node = document.getElementById(id); if (node && node.textContent !== text) node.textContent = text; return node; }

  function why(project, spent, count) {
    if (chosen(project)) return "";
    if (limit !== null) {
      var missing = Number(project.dataset.cost) - (limit - spent);
      if (missing > 0) return say(words.short, soles(missing));
    }
    return kind === "approval" && count >= most ? words.full : "";
  }
  function account() {
    var marked = projects.filter(chosen);
    var spent = marked.reduce(function (sum, p) { return sum + Number(p.dataset.cost); }, 0);
    projects.forEach(function (project) {
      var reason = why(project, spent, marked.length), line = project.querySelector(".project__why"), field = entry(project);
      project.classList.toggle("project--chosen", chosen(project));
      project.classList.toggle("project--over", reason !== "");
      line.hidden = reason === "";
      line.textContent = reason;
      if (field.type === "checkbox") {
        field.setAttribute("aria-disabled", reason ? "true" : "false");
        field.setAttribute("aria-describedby", field.id + "-datos" + (reason ? " " + line.id : ""));
      }
    });
    if (limit !== null) {
      put("usado", say(words.used, soles(spent)));
      var left = put("queda", spent > limit ? say(words.over, soles(spent - limit)) : say(words.left, soles(limit - spent)));
      left.classList.toggle("money-bar__over", spent > limit);
      var bar = document.getElementById("tramo");
      bar.setAttribute("width", String(Math.min(1000, Math.floor(spent * 1000 / limit))));
      bar.classList.toggle("money-bar__used--over", spent > limit);
    }
    if (kind === "cumulative") {
      var given = projects.reduce(function (sum, p) { return sum + (parseInt(entry(p).value, 10) || 0); }, 0);
      put("puntos-quedan", say(words.pointsLeft, String(points - given)));
    }
    put("elegidos", say(words.chosen, String(marked.length)));
  }
  /* What does not fit stays in reach of the keyboard and says why, but is not marked. */
  form.addEventListener("click", function (event) {
    var field = event.target;
    if (field.type === "checkbox" && field.getAttribute("aria-disabled") === "true" && field.checked) event.preventDefault();
  });
  form.addEventListener("input", account);
  form.addEventListener("change", account);
  account();
})();
