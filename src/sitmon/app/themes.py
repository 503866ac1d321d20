"""Themes: which look each role wears, read from a file; a terminal of 16 colours gets its own.

A theme is a TOML file: `extends` names the theme it begins with, `accent.new` and its like the colour of a state, and every
other key is a role with its look, in which "$new" stands for that accent. The themes that sitmon brings lie in styles/, a
person's own beside the configuration.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

from rich.errors import StyleSyntaxError
from rich.style import Style

from sitmon.errors import ConfigurationError

STYLES = Path(__file__).parent / "styles"
TERMINAL = "terminal"
_DEFAULT, _LIGHT = "dark", "light"
_EXTENDS, _ACCENT, _SUFFIX = "extends", "accent", ".toml"
_MANY_COLOURS = ("256color", "direct", "truecolor", "kitty", "ghostty", "alacritty", "wezterm")


class _Written(NamedTuple):
    """A theme as its file has it; `where` names the file in errors."""

    where: str
    looks: dict[str, Any]
    accents: dict[str, Any]


def theme_names() -> list[str]:
    """Return the names of the themes that sitmon brings."""
    return sorted(path.stem for path in STYLES.glob(f"*{_SUFFIX}"))


def theme_for_here(wanted: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return the theme to use: the one wanted, or the terminal's own where it has no other colours or none are wanted."""
    if environment.get("NO_COLOR"):
        return TERMINAL
    has_many = environment.get("COLORTERM") or any(name in environment.get("TERM", "") for name in _MANY_COLOURS)
    return wanted if has_many else TERMINAL


def theme_on(ground: str | None, wanted: str) -> str:
    """Return the theme of the wanted one's kind for a ground, light or dark; itself if there is none, or no ground is told.

    Args:
        ground: As terminals tell it in COLORFGBG: numbers of the 16 colours, that of the ground last ("0;15").
        wanted: A theme for dark surroundings or for light ones: `dark` or `light`, `tritanopia` or `tritanopia-light`.
    """
    names = theme_names()
    lights = {_DEFAULT: _LIGHT} | {name: lit for name in names if (lit := f"{name}-{_LIGHT}") in names}
    match (ground or "").rpartition(";")[2]:
        case "7" | "15":
            return lights.get(wanted, wanted)
        case "0" | "8":
            return {lit: name for name, lit in lights.items()}.get(wanted, wanted)
        case _:
            return wanted


def load_theme(name: str, beside: Path | None = None) -> dict[str, Style]:
    """Return the look of every role.

    Args:
        name: Of a theme that sitmon brings, or of a file ending in .toml.
        beside: The directory such a file lies in: the configuration's.

    Raises:
        ConfigurationError: There is no theme of that name, or something in it is no look, role or accent.
    """
    lineage = _lineage(name, beside)
    roles, accents = lineage[0].looks.keys(), lineage[0].accents.keys()
    looks: dict[str, tuple[str, str]] = {}
    colours: dict[str, str] = {}
    for theme in lineage:
        for role, look in theme.looks.items():
            looks[role] = _checked(role, look, roles, theme.where, "role"), f"{theme.where}: {role}"
        for accent, colour in theme.accents.items():
            colours[accent] = _checked(accent, colour, accents, f"{theme.where}: {_ACCENT}", "accent")
    return {role: _style(look, colours, where) for role, (look, where) in looks.items()}


def _lineage(name: str, beside: Path | None) -> list[_Written]:
    """Return a theme with what it extends, the outermost ancestor first."""
    asked = "[desk] theme"
    lineage: list[_Written] = []
    while name:
        is_own = name.endswith(_SUFFIX) and not lineage
        if not is_own and name not in theme_names():
            own = "" if lineage else ", and a name ending in .toml is a file beside the configuration"
            raise ConfigurationError(f"{asked}: there is no theme {name!r}; there are {', '.join(theme_names())}{own}.")
        path = (beside or Path()) / name if is_own else STYLES / f"{name}{_SUFFIX}"
        document = _document(path, asked)
        name = document.pop(_EXTENDS, _DEFAULT if is_own else "")
        asked = f"{path}: {_EXTENDS}"
        accents = document.pop(_ACCENT, {})
        if not isinstance(accents, dict) or not isinstance(name, str):
            raise ConfigurationError(f'{path}: write extends = "dark" and accent.new = "#rrggbb".')
        lineage.insert(0, _Written(str(path), document, accents))
    return lineage


def _document(path: Path, asked: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise ConfigurationError(f"{asked}: {path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: is not UTF-8; save the file in that encoding.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: is not valid TOML: {error}.") from error


def _checked(name: str, look: object, known: Iterable[str], where: str, noun: str) -> str:
    if name not in known:
        near = get_close_matches(name, list(known), 1)
        cure = (
            f"did you mean {near[0]}?" if near else f"they are listed in docs/themes.md of sitmon (every {noun} of dark.toml)."
        )
        raise ConfigurationError(f"{where}: {name}: there is no such {noun}; {cure}")
    if not isinstance(look, str):
        raise ConfigurationError(f'{where}: {name}: must be text in quotes, like "bold #7cc4ff".')
    return look


def _style(look: str, colours: Mapping[str, str], where: str) -> Style:
    try:
        return Style.parse(Template(look).substitute(colours))
    except KeyError as error:
        raise ConfigurationError(f"{where}: ${error.args[0]} is no accent; there are {', '.join(colours)}.") from error
    except (StyleSyntaxError, ValueError) as error:
        raise ConfigurationError(f'{where}: {look!r} is no look; write one like "bold #7cc4ff on #11151a".') from error
