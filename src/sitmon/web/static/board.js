// Keeps the page of the board up to date: asked for again every 15 seconds, put in place only if it says something else.
"use strict";
(() => {
  const every = 15000;
  let tag = null;
  const say = (words) => { document.getElementById("kept").textContent = words; };
  const take = (text) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    // What its reader has opened stays open.
    for (const one of document.querySelectorAll("details[open]")) fresh.getElementById(one.id)?.setAttribute("open", "");
    const was = document.querySelector("main").innerHTML;
    for (const part of ["header > .asof time", "header > nav", "main", "footer"]) {
      const mine = document.querySelector(part), other = fresh.querySelector(part);
      // What is the same stays untouched: whoever reads it, with eyes or ears, is not thrown back.
      if (mine && other && mine.innerHTML !== other.innerHTML) mine.replaceWith(document.adoptNode(other));
    }
    document.title = fresh.title;
    say(document.querySelector("main").innerHTML === was ? "" : "The board has changed.");
  };
  const look = async () => {
    try {
      const answer = await fetch("board", { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
      if (answer.status === 304) return;
      if (!answer.ok) throw new Error(String(answer.status));
      tag = answer.headers.get("ETag");
      take(await answer.text());
    } catch (error) {
      say("The server does not answer: this is the last board that came.");
    }
  };
  setInterval(look, every);
})();
