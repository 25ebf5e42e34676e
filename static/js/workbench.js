/* J, K and G on the workbench: next, previous, save. Never while somebody writes; can be switched off and stays so (WCAG 2.1.4). */
(function () {
  "use strict";
  var OFF = "minka.shortcuts-off";
  function isOff() { try { return localStorage.getItem(OFF) === "1"; } catch (e) { return false; } }
  function setOff(off) { try { localStorage.setItem(OFF, off ? "1" : ""); } catch (e) { /* private window: lasts as long as the page */ } }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isOff()) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    var target = document.querySelector('[data-key="' + CSS.escape(event.key.toLowerCase()) + '"]');
    if (target) { event.preventDefault(); target.click(); }
  });

  document.addEventListener("DOMContentLoaded", function () {
    var legend = document.querySelector("[data-shortcuts]");
    if (!legend) return;
    var label = document.createElement("label"), box = document.createElement("input");
    box.type = "checkbox";
    box.checked = !isOff();
    box.addEventListener("change", function () { setOff(!box.checked); });
    label.append(box, " ", legend.dataset.shortcuts || "teclas");
    legend.append(" ", label);
  });
})();
