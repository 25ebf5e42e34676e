/* htmx as this house allows it. Loaded with defer after htmx and only on staff pages; htmx starts at DOMContentLoaded, so this is in time. */
(function () {
  "use strict";
  Object.assign(htmx.config, {
    allowEval: false,                  // the content security policy forbids eval: no hx-on, no trigger filters, no js: values
    allowScriptTags: false,
    includeIndicatorStyles: false,     // htmx would add an inline <style>; the rules are in desk.css
    historyCacheSize: 0,               // never keep pages of staff in the storage of a shared computer
    refreshOnHistoryMiss: true,
    historyRestoreAsHxRequest: false,  // "back" asks for the whole page, not for a fragment
    selfRequestsOnly: true,
    timeout: 30000,
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: "409", swap: true, error: false },  // somebody else changed it first: the fragment says so
      { code: "422", swap: true, error: false },  // the form comes back with its errors
      { code: "...", swap: false, error: true }
    ]
  });

  // A failure is said in words, in the alert line of the desk layout; what the person wrote stays on the page.
  function say(kind) {
    var line = document.getElementById("trouble");
    if (line) line.textContent = kind ? line.dataset[kind] : "";
  }
  document.addEventListener("htmx:responseError", function (event) {
    var status = event.detail.xhr.status;
    say(status === 401 || status === 403 ? "signedOut" : "refused");
  });
  document.addEventListener("htmx:sendError", function () { say("unreachable"); });
  document.addEventListener("htmx:timeout", function () { say("unreachable"); });
  document.addEventListener("htmx:beforeRequest", function () { say(""); });

  // After a swap, attention goes where the answer asks for it.
  document.addEventListener("htmx:afterSettle", function (event) {
    var target = event.target.querySelector(".error-summary, [autofocus]");
    if (target) target.focus();
  });
})();
