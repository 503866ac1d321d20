"""Themes: readable by everyone, one accent for each state, the terminal's own where it has no others, files of one's own."""

from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path

import pytest
from rich.color import Color
from rich.style import Style
from textual.pilot import Pilot

from sitmon.app.app import DeskApp
from sitmon.app.glyphs import UNICODE
from sitmon.app.looks import looks_for_here
from sitmon.app.themes import load_theme, theme_for_here, theme_names, theme_on
from sitmon.errors import ConfigurationError
from tests.app.desks import Stage, text_of

# The rule between panes and the bars of the activity are no text.
NO_TEXT = {"rule", "rule.current", "activity", "selected"}
PAINTED = sorted(set(theme_names()) - {"terminal"})
STATES = ("new", "ageing", "stale", "blind", "contested")

# What each kind of eye makes of linear red, green and blue (Machado, Oliveira, Fernandes 2009, severity 1.0).
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(color: Color) -> list[float]:
    channels = [value / 255 for value in color.get_truecolor()]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def contrast(style: Style) -> float:
    """Return the contrast of WCAG 2 between a style's letters and their ground."""
    assert style.color is not None
    assert style.bgcolor is not None
    shades = [
        sum(map(math.prod, zip((0.2126, 0.7152, 0.0722), linear(each), strict=True))) for each in (style.color, style.bgcolor)
    ]
    return (max(shades) + 0.05) / (min(shades) + 0.05)


def perceived(color: Color, eye: str) -> tuple[float, float, float]:
    """Return a colour as an eye sees it, in OKLab (Ottosson 2020), in hundredths."""
    rgb = linear(color)
    red, green, blue = (min(max(sum(map(math.prod, zip(row, rgb, strict=True))), 0), 1) for row in EYES[eye])
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        100 * (0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short),
        100 * (1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short),
        100 * (0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short),
    )


@pytest.mark.parametrize("name", PAINTED)
def test_all_text_has_a_contrast_of_seven_to_one_or_more(name: str) -> None:
    looks = load_theme(name)
    least = 10 if name == "high-contrast" else 7
    faint = {}
    for role, look in looks.items():
        if role in NO_TEXT:
            continue
        for ground in (looks["text"], looks["text"] + looks["selected"]):
            ratio = contrast(ground + look)
            if ratio < least:
                faint[role] = round(ratio, 2)
    assert faint == {}


@pytest.mark.parametrize("name", PAINTED)
async def test_whatever_is_painted_has_that_contrast_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    app = Stage().app()
    faint = set()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        app.wear(name)
        for key in (
            "j",
            "f",
            "c",
            "w",
            "S",
            "question_mark",
            "slash",
            "m",
            "H",
            "t",
            "d",
            "ctrl+p",
            "semicolon",
            "exclamation_mark",
            "I",
            "W",
        ):
            await pilot.press(key)
            await pilot.pause()
            for strip in app.screen._compositor.render_strips(app.size):
                for part in strip:
                    if part.style and any(map(str.isalnum, part.text)) and contrast(part.style) < 7:
                        faint.add((key, part.text.strip(), round(contrast(part.style), 2)))
            await pilot.press("escape")
    assert faint == set()


@pytest.mark.parametrize(
    ("name", "eyes"),
    [
        ("dark", ["all cones"]),
        ("light", ["all cones"]),
        ("high-contrast", ["all cones"]),
        ("deuteranopia", ["all cones", "deuteranopia", "protanopia"]),
        ("deuteranopia-light", ["all cones", "deuteranopia", "protanopia"]),
        ("tritanopia", ["all cones", "tritanopia"]),
        ("tritanopia-light", ["all cones", "tritanopia"]),
    ],
)
def test_the_accents_of_states_are_told_apart_by_the_eyes_a_theme_is_for(name: str, eyes: list[str]) -> None:
    looks = load_theme(name)
    colors = {state: looks[state].color for state in STATES}
    alike = {}
    for eye in eyes:
        for one, other in combinations(STATES, 2):
            first, second = colors[one], colors[other]
            assert first is not None
            assert second is not None
            apart = math.dist(perceived(first, eye), perceived(second, eye))
            if apart < 7.5:
                alike[eye, one, other] = round(apart, 1)
    assert alike == {}


def test_all_themes_dress_the_same_roles() -> None:
    roles = {name: set(load_theme(name)) for name in theme_names()}
    assert len({frozenset(each) for each in roles.values()}) == 1, roles


def test_the_terminals_own_theme_names_no_colour_of_its_own() -> None:
    numbers = {style.color.number for style in load_theme("terminal").values() if style.color and not style.color.is_default}
    assert all(number is not None and number < 16 for number in numbers)


@pytest.mark.parametrize(
    ("environment", "chosen"),
    [
        ({"TERM": "xterm-256color"}, "light"),
        ({"TERM": "tmux-256color"}, "light"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "light"),
        ({"TERM": "xterm", "COLORTERM": "truecolor", "NO_COLOR": "1"}, "terminal"),
        ({"TERM": "linux"}, "terminal"),
        ({"TERM": "vt220"}, "terminal"),
        ({}, "terminal"),
    ],
)
def test_a_terminal_of_sixteen_colours_gets_its_own(environment: dict[str, str], chosen: str) -> None:
    assert theme_for_here("light", environment) == chosen


def test_an_unknown_theme_is_refused_by_name_with_the_ones_there_are() -> None:
    with pytest.raises(ConfigurationError, match=r"no theme 'neon'; there are dark, .*light, .*terminal.* file beside"):
        load_theme("neon")


def test_a_theme_of_ones_own_changes_what_it_names_and_leaves_the_rest(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('extends = "light"\naccent.new = "#0000aa"\nquote = "bold underline $new"\n', "utf-8")
    mine, light = load_theme("mine.toml", tmp_path), load_theme("light")
    assert mine["quote"] == Style.parse("bold underline #0000aa")
    assert mine["new"] == Style.parse("bold #0000aa")
    assert {role for role in light if mine[role] != light[role]} == {"quote", "new", "rule.current", "title.current"}


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('qoute = "bold"', r"mine\.toml: qoute: there is no such role; did you mean quote\?"),
        ('quote = "boldly"', r"mine\.toml: quote: 'boldly' is no look; write one like"),
        ('quote = "$nwe"', r"mine\.toml: quote: \$nwe is no accent; there are new, ageing"),
        ("quote = 3", r"mine\.toml: quote: must be text in quotes"),
        ('accent.newt = "red"', r"mine\.toml: accent: newt: there is no such accent; did you mean new\?"),
        ('extends = "neon"', r"mine\.toml: extends: there is no theme 'neon'; there are dark"),
        ("extends = 3", r"mine\.toml: write extends = "),
        ('quote = \nx = "a"', r"mine\.toml: is not valid TOML: .*line 1"),
    ],
)
def test_what_is_wrong_with_a_theme_of_ones_own_is_said_with_file_and_cure(tmp_path: Path, written: str, says: str) -> None:
    (tmp_path / "mine.toml").write_text(written, "utf-8")
    with pytest.raises(ConfigurationError, match=says):
        load_theme("mine.toml", tmp_path)
    with pytest.raises(ConfigurationError, match=r"\[desk\] theme: .*other\.toml cannot be read \(No such file"):
        load_theme("other.toml", tmp_path)


def test_the_themes_follow_each_other_and_come_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    looks = looks_for_here("dark")
    worn = [looks.theme]
    while (name := looks.next_theme()) not in worn:
        looks.wear(name)
        worn.append(looks.theme)
    assert sorted(worn) == theme_names()
    assert looks.glyphs is UNICODE


async def test_the_theme_is_changed_under_way_by_a_key_and_painted_on_screens_that_were_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    app = Stage().app()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.press("question_mark")
        await pilot.press("T")
        assert "Theme deuteranopia." in text_of(app)
        for _ in range(theme_names().index("light") - theme_names().index("deuteranopia")):
            await pilot.press("T")
        grounds = await grounds_after(pilot, app, "escape")
        assert grounds == {"#fbfbf9", "#004f9f", "#ecf1f6"}
        assert "#fbfbf9" in await grounds_after(pilot, app, "question_mark")


async def grounds_after(pilot: Pilot[None], app: DeskApp, key: str) -> set[str]:
    await pilot.press(key)
    await pilot.pause()
    strips = app.screen._compositor.render_strips(app.size)
    return {part.style.bgcolor.get_truecolor().hex for strip in strips for part in strip if part.style and part.style.bgcolor}


@pytest.mark.parametrize(
    ("ground", "wanted", "worn"),
    [
        ("0;15", "dark", "light"),
        ("15;0", "light", "dark"),
        ("0;default;15", "tritanopia", "tritanopia-light"),
        ("15;0", "deuteranopia-light", "deuteranopia"),
        ("0;15", "light", "light"),
        ("0;15", "high-contrast", "high-contrast"),
        ("0;15", "mine.toml", "mine.toml"),
        (None, "dark", "dark"),
        ("nonsense", "dark", "dark"),
    ],
)
def test_a_ground_that_is_told_chooses_between_a_theme_and_its_twin(ground: str | None, wanted: str, worn: str) -> None:
    assert theme_on(ground, wanted) == worn
