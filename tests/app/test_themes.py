"""Themes: one look for each role, readable in light and dark, and the terminal's own colours where it has no others."""

from __future__ import annotations

import pytest
from rich.color import Color
from rich.style import Style

from sitmon.app.themes import load_theme, theme_for_here, theme_names
from sitmon.errors import ConfigurationError

# The rule between panes and the bars of the activity are no text.
NO_TEXT = {"rule", "rule.current", "activity", "selected"}


def luminance(color: Color) -> float:
    channels = [value / 255 for value in color.get_truecolor()]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(style: Style) -> float:
    assert style.color is not None
    assert style.bgcolor is not None
    light, dark = sorted((luminance(style.color), luminance(style.bgcolor)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["dark", "light"])
def test_all_text_has_a_contrast_of_seven_to_one_or_more(name: str) -> None:
    looks = load_theme(name)
    faint = {}
    for role, look in looks.items():
        if role in NO_TEXT:
            continue
        for ground in (looks["text"], looks["text"] + looks["selected"]):
            ratio = contrast(ground + look)
            if ratio < 7:
                faint[role] = round(ratio, 2)
    assert faint == {}


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
        ({"TERM": "linux"}, "terminal"),
        ({"TERM": "vt220"}, "terminal"),
        ({}, "terminal"),
    ],
)
def test_a_terminal_of_sixteen_colours_gets_its_own(environment: dict[str, str], chosen: str) -> None:
    assert theme_for_here("light", environment) == chosen


def test_an_unknown_theme_is_refused_by_name_with_the_ones_there_are() -> None:
    with pytest.raises(ConfigurationError, match="no theme 'neon'; there are dark, light, terminal"):
        load_theme("neon")
