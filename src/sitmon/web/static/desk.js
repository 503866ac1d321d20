// What the page of the desk does beside textual-serve's own script: where the desk is asked for, focus, and the way back.
"use strict";
(() => {
  const terminal = document.getElementById("terminal");
  const size = Number(new URLSearchParams(location.search).get("fontsize"));
  // Whatever stands before this server (TLS, another name), the page was reached that way: so is the desk.
  terminal.dataset.sessionWebsocketUrl = new URL("ws", location.href.replace(/^http/, "ws").split(/[?#]/)[0]).href;
  terminal.dataset.fontSize = size >= 8 && size <= 40 ? size : 16;
  const focus = () => terminal.querySelector(".xterm-helper-textarea")?.focus();
  new MutationObserver(() => {
    if (document.body.classList.contains("-closed")) document.getElementById("again").focus();
    else if (document.body.classList.contains("-first-byte")) focus();
  }).observe(document.body, { attributeFilter: ["class"] });
  window.addEventListener("focus", focus);
  document.getElementById("again").addEventListener("click", () => location.reload());
})();
