/* Copies a text of the page to the clipboard. Without it the text is selected by hand: the button stays hidden. */
(function () {
  "use strict";
  if (!navigator.clipboard) return;
  document.querySelectorAll("button[data-copies]").forEach(function (button) {
    var text = document.getElementById(button.dataset.copies);
    var words = button.textContent;
    if (!text) return;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(text.textContent).then(function () {
        button.textContent = button.dataset.done;
        setTimeout(function () { button.textContent = words; }, 3000);
      });
    });
  });
})();
