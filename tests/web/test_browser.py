"""The desk and the board in a real browser: keys, a new article that arrives, and not one request beyond this machine."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from sitmon.web.access import VARIABLE
from tests.web.chromium import ABSENT, chromium, colours, program
from tests.web.looking import ended
from tests.web.serving import Serving, collect, serving, sitmon, situation
from tests.web.test_access import WORD
from tests.web.test_server import ask

pytestmark = pytest.mark.skipif(program() is None, reason=ABSENT)

LATER = """---
title: Bridge at Birchton bombed
outlet: DEMO Valley Post
---
Warplanes struck the bridge at Birchton, killing four people, residents said.
"""


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Serving, Path]]:
    """A server, and a collector at work on the same record; the folder it watches."""
    config = situation(tmp_path)
    collect(config)
    collector = subprocess.Popen(sitmon(config, "collect"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with serving(config) as served:
            yield served, config.parent / "inbox"
    finally:
        collector.terminate()
        collector.wait(10)


async def test_the_desk_in_a_browser_answers_keys_and_shows_an_article_that_arrives(
    watched: tuple[Serving, Path], tmp_path: Path
) -> None:
    served, inbox = watched
    async with chromium(tmp_path / "chromium") as page:
        await page.open(served.address)
        await page.sees("Rebel forces captured the dam at Alder")
        await page.press("?")
        await page.sees("What the board says")
        # On its own: a terminal reads escape and what follows at once as one key.
        await page.press("Escape")
        await page.sees("2 Town")
        await page.press("2", "f")
        await page.sees("Nobody has reported on Town yet")
        (inbox / "later.md").write_text(LATER, "utf-8")
        await page.sees("Warplanes struck the bridge at Birchton")
        await page.press("A")
        await page.sees("Not here (seen all): a desk in a browser only reads")
        # The wide title of the pane is painted in more than two colours, of which a blank page has one.
        assert colours(await page.picture(x=0, y=0, width=600, height=120)) > 8
        await page.window(700, 500)
        await page.until(page.columns, lambda columns: columns < 90, "the desk did not become as small as its window")
        await page.sees("Warplanes struck")
        assert await page.run("document.activeElement.className") == "xterm-helper-textarea"
        assert page.complaints == []
        await page.press("q")
        await page.until(
            lambda: page.run("getComputedStyle(document.querySelector('.closed')).display"),
            lambda display: display == "block",
            "the page did not say that the desk was closed",
        )
        assert page.outside() == []
        assert any(address.startswith("ws://127.0.0.1") for address in page.asked)
    assert await ended(served, 3)


async def test_a_browser_that_is_killed_leaves_no_desk_behind(watched: tuple[Serving, Path], tmp_path: Path) -> None:
    served, _ = watched
    async with chromium(tmp_path / "chromium") as page:
        await page.open(served.address)
        await page.sees("Alder")
        assert len(served.desks()) == 1
        page.process.kill()
        await page.until(lambda: _desks(served), lambda desks: not desks, "the desk of a killed browser was still there", 10)


async def _desks(served: Serving) -> list[int]:
    return served.desks()


async def test_a_desk_that_was_lost_is_opened_again_by_itself(flood: Path, tmp_path: Path) -> None:
    """On a wall there is nobody to press a button."""
    async with chromium(tmp_path / "chromium") as page:

        async def notice() -> str:
            return str(await page.run("document.querySelector('.closed').innerText"))

        with serving(flood) as first:
            await page.open(first.address)
            await page.sees("Alder")
            first.process.kill()
            assert await page.until(notice, lambda words: "opened again once it can be" in words, "it was not said")
        page.screen.reset()  # what is seen from here on the next desk has painted
        with serving(flood, "--port", str(first.port)) as second:
            await page.until(lambda: _desks(second), lambda desks: len(desks) == 1, "it was not opened again")
            await page.sees("Alder")
            await page.press("?")
            await page.sees("What the board says")
            second.process.terminate()
            assert await page.until(notice, lambda words: "opened again once it can be" in words, "the second end was not said")


async def test_a_browser_that_gave_the_password_is_shown_the_desk(flood: Path, tmp_path: Path) -> None:
    with serving(flood, "--public", "http://desk.example.org", **{VARIABLE: WORD}) as served:
        async with chromium(tmp_path / "chromium") as page:
            await page.open(served.address.replace("http://", f"http://anybody:{quote(WORD)}@"))
            await page.sees("Rebel forces captured the dam at Alder")
            assert WORD not in await page.run("document.cookie + document.documentElement.outerHTML")


async def test_a_link_that_asks_for_a_request_elsewhere_gets_none(served: Serving, tmp_path: Path) -> None:
    """The terminal's script fetches what `?ping=` names before it opens the desk: the page's own rules forbid it."""
    async with chromium(tmp_path / "chromium") as page:
        await page.open(f"{served.address}?ping=http://192.0.2.1/&fontsize=20")
        await page.until(lambda: page.run("String(window.onload)"), bool, "nothing ran")
        assert await page.run("fetch('http://192.0.2.1/').then(() => 'sent', () => 'refused')") == "refused"
        assert any("Content Security Policy" in complaint for complaint in page.complaints)


async def test_the_board_on_a_phone_needs_no_script_has_landmarks_and_follows_the_colours_wanted(
    served: Serving, tmp_path: Path
) -> None:
    async with chromium(tmp_path / "chromium") as page:
        await page.do("Emulation.setScriptExecutionDisabled", value=True)
        await page.open(f"{served.address}board", size=(390, 844))
        tree = (await page.do("Accessibility.getFullAXTree"))["nodes"]
        roles = [node["role"]["value"] for node in tree if not node.get("ignored")]
        for role in ("banner", "main", "navigation", "contentinfo", "heading", "region"):
            assert role in roles, role
        names = [node["name"]["value"] for node in tree if node["role"]["value"] == "heading"]
        assert names[0] == "Lake country: the flood"
        assert await page.run("document.documentElement.scrollWidth") <= 390
        light = await page.run("getComputedStyle(document.body).backgroundColor")
        assert colours(await page.picture(x=0, y=0, width=390, height=200)) > 8
        await page.open(f"{served.address}board", size=(390, 844), dark=True)
        assert await page.run("getComputedStyle(document.body).backgroundColor") != light
        assert page.outside() == []


async def test_a_board_that_is_loaded_again_keeps_its_style_and_its_script(served: Serving, tmp_path: Path) -> None:
    """The browser asks whether its copy still holds, and is answered 304."""
    async with chromium(tmp_path / "chromium") as page:
        await page.open(f"{served.address}board")
        face = await page.run("getComputedStyle(document.body).fontFamily")
        for _ in range(3):
            await page.open(f"{served.address}board")
            assert await page.run("getComputedStyle(document.body).fontFamily") == face
        assert page.complaints == []


CONTRAST = """
(() => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((each) => each / 255)
      .map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const ground = light(getComputedStyle(document.body).backgroundColor);
  return Math.min(...[...document.querySelectorAll("body *")].filter((each) => each.innerText).map((each) => {
    const ink = light(getComputedStyle(each).color);
    return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
  }));
})()
"""


@pytest.mark.parametrize("dark", [False, True])
async def test_every_word_of_the_board_stands_out_from_its_ground(served: Serving, tmp_path: Path, dark: bool) -> None:
    """WCAG 2.2, 1.4.6 (AAA): seven to one."""
    async with chromium(tmp_path / "chromium") as page:
        await page.open(f"{served.address}board", dark=dark)
        assert await page.run(CONTRAST) >= 7


async def test_the_page_of_the_board_keeps_itself_up_to_date(watched: tuple[Serving, Path], tmp_path: Path) -> None:
    served, inbox = watched
    async with chromium(tmp_path / "chromium") as page:
        await page.do("Page.enable")
        # The page looks every 15 seconds; here a second is one.
        sooner = "const later = setInterval; window.setInterval = (act, span) => later(act, span / 15);"
        await page.do("Page.addScriptToEvaluateOnNewDocument", source=sooner)
        await page.open(f"{served.address}board")
        (inbox / "second.md").write_text("Water reached the school at Alder, the mayor said.", "utf-8")
        earlier = "document.getElementById('earlier-1')"
        await page.until(lambda: page.run(f"{earlier} !== null"), bool, "nothing came earlier")
        assert "Water" not in await page.run("document.body.innerText")
        await page.run(f"{earlier}.querySelector('summary').click()")
        assert "Water" in await page.run("document.body.innerText")
        assert "Warplanes" not in await page.run("document.body.innerText")
        (inbox / "later.md").write_text(LATER, "utf-8")
        await page.until(lambda: page.run("document.body.innerText"), lambda text: "Warplanes" in text, "it did not change")
        assert await page.run("document.getElementById('kept').textContent") == "The board has changed."
        assert await page.run(f"{earlier}.open")
        served.process.terminate()
        await page.until(
            lambda: page.run("document.body.innerText"), lambda text: "does not answer" in text, "it did not say that it is old"
        )
        assert page.outside() == []


def test_the_pages_work_under_whatever_name_stands_before_them(served: Serving) -> None:
    page = ask(served, "/")[2]
    assert f":{served.port}" not in page
