/* Records the voice of whoever contributes into the same field a file would go to; without it, or without a microphone, a file is chosen. */
(function () {
  "use strict";
  var form = document.getElementById("voz"), box = document.getElementById("grabador");
  if (!form || !navigator.mediaDevices || !window.MediaRecorder || !window.DataTransfer) return;
  var words = form.dataset, button = box.querySelector("button"), line = box.querySelector("span");
  var TYPES = { "audio/webm": "webm", "audio/ogg": "ogg", "audio/mp4": "m4a" };
  var type = Object.keys(TYPES).filter(function (t) { return MediaRecorder.isTypeSupported(t); })[0];
  var recorder = null, tick = null, most = words.most * 60;
  if (!type) return;
  box.hidden = false;

  function ended(pieces, stream) {
    clearInterval(tick);
    stream.getTracks().forEach(function (track) { track.stop(); });
    recorder = null;
    button.textContent = words.record;
    var file = new File(pieces, "voz." + TYPES[type], { type: type }), held = new DataTransfer();
    held.items.add(file);
    form.elements.audio.files = held.files;
    line.textContent = words.ready;
  }
  button.addEventListener("click", function () {
    if (recorder) { recorder.stop(); return; }
    navigator.mediaDevices.getUserMedia({ audio: true }).then(function (stream) {
      var pieces = [], seconds = 0;
      recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 32000 });
      recorder.addEventListener("dataavailable", function (event) { pieces.push(event.data); });
      recorder.addEventListener("stop", function () { ended(pieces, stream); });
      recorder.start();
      button.textContent = words.stop;
      tick = setInterval(function () {
        line.textContent = words.going.replace("{s}", ++seconds).replace("{m}", most);
        if (seconds >= most && recorder) recorder.stop();
      }, 1000);
    }).catch(function () { line.textContent = words.refused; });
  });
})();
