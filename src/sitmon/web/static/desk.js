// What the page of the desk does beside textual-serve's own script: where the desk is asked for, focus, and the way back.
"use strict";
(() => {
  const left = 1000, full = 1013; // Close codes of RFC 6455: the viewer left by a key of the desk; there was no room.
  const terminal = document.getElementById("terminal"), again = document.getElementById("again");
  const size = Number(new URLSearchParams(location.search).get("fontsize"));
  // Whatever stands before this server (TLS, another name), the page was reached that way: so is the desk.
  terminal.dataset.sessionWebsocketUrl = new URL("ws", location.href.replace(/^http/, "ws").split(/[?#]/)[0]).href;
  terminal.dataset.fontSize = size >= 8 && size <= 40 ? size : 16;

  const focus = () => terminal.querySelector(".xterm-helper-textarea")?.focus();
  // A wall has nobody to press a button: what was lost is opened again once the server answers.
  const retry = (pause) => setTimeout(async () => {
    const answer = await fetch("board.json", { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (answer?.ok) location.reload();
    else retry(pause);
  }, pause);
  const closed = (code) => {
    if (code === left) return;
    document.getElementById("why").textContent =
      code === full ? "There is no room at this desk: it is tried again." : "The desk is lost: it is opened again once it can be.";
    retry(code === full ? 30000 : 3000);
  };

  const light = matchMedia("(prefers-color-scheme: light)");
  window.WebSocket = class extends WebSocket {
    constructor(address, ...words) {
      super(`${address}&light=${Number(light.matches)}`, ...words);
      this.addEventListener("close", (event) => closed(event.code));
    }
  };
  new MutationObserver(() => {
    if (document.body.classList.contains("-closed")) again.focus();
    else if (document.body.classList.contains("-first-byte")) focus();
  }).observe(document.body, { attributeFilter: ["class"] });
  window.addEventListener("focus", focus);
  again.addEventListener("click", () => location.reload());
})();
