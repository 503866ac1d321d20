"""The desk's quick start: settings without the gazetteer, kept as JSON in the state directory and read without pydantic.

The copy holds while the version of sitmon, the configuration and its gazetteer are byte for byte what it was made from. If it
does not, a child process reads the configuration anew (compile.py) and hands the copy over, so the desk itself stays small.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from sitmon import __version__
from sitmon.config.paths import Located, locate
from sitmon.config.settings import Desk, FeedSource, FolderSource, Notify, PluginSource, Retention, Serve, Settings, fingerprint
from sitmon.errors import ConfigurationError
from sitmon.model.alarm import AlarmRules
from sitmon.model.claim import Modality
from sitmon.model.indicator import Indicator, Level
from sitmon.model.situation import Limits, Named, Outlet, Region, Reliability, Situation

FILE = "settings.json"
# A gazetteer of 100,000 places is read in 2 s; nothing honest takes this long.
_PATIENCE_SECONDS = 60.0


def load_compiled(path: Path | None, state: Path) -> Settings:
    """Return the settings with an empty gazetteer, from the copy in `state` if it still holds, else by a child process.

    Args:
        path: As for `sitmon.config.load`.
        state: The state directory; a copy that cannot be written there is only made again at the next start.

    Raises:
        ConfigurationError: What `load` would say of the configuration.
    """
    located = locate(path)
    try:
        copy = json.loads((state / FILE).read_bytes())
        if copy["made_by"] == made_by(located) and copy["settings"]["fingerprint"] == _present(located, copy["settings"]):
            return _settings(copy["settings"])
    except (OSError, ValueError, KeyError, TypeError):
        # No copy, or one that another version or a full disk left: the configuration itself is the truth.
        return _compiled_by_child(located, state)
    return _compiled_by_child(located, state)


def compiled(settings: Settings, located: Located) -> bytes:
    """Return the copy that `load_compiled` reads, as JSON: everything but the gazetteer's places."""
    bare = replace(settings, situation=replace(settings.situation, gazetteer=()))
    copy = {"made_by": made_by(located), "settings": asdict(bare)}
    # Escaped: a path may hold bytes that are not UTF-8, which Python carries as half characters.
    return json.dumps(copy, default=str, separators=(",", ":")).encode()


def made_by(located: Located) -> list[str | bool]:
    """Return what a copy depends on besides the bytes it was made from."""
    return [__version__, str(located.path), located.builtin]


def _present(located: Located, written: dict[str, Any]) -> str:
    gazetteer = written["gazetteer"]
    return fingerprint(located.path.read_bytes(), Path(gazetteer).read_bytes() if gazetteer else b"")


def _compiled_by_child(located: Located, state: Path) -> Settings:
    command = [sys.executable, "-m", "sitmon.config.compile", str(state), str(located.path)]
    if located.builtin:
        command.append("builtin")
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, as an argument list
            command, capture_output=True, stdin=subprocess.DEVNULL, timeout=_PATIENCE_SECONDS, check=False
        )
    except OSError as error:
        raise ConfigurationError(
            f"{located.path}: cannot be read just now, for no process can be started ({error.strerror}); try again."
        ) from error
    except subprocess.TimeoutExpired as error:
        raise ConfigurationError(f"{located.path}: took longer than a minute to read; is its gazetteer too large?") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ConfigurationError(said[-1] if said else f"{located.path}: could not be read (status {done.returncode}).")
    return _settings(json.loads(done.stdout)["settings"])


def _settings(written: dict[str, Any]) -> Settings:
    return Settings(
        origin=Path(written["origin"]) if written["origin"] else None,
        situation=_situation(written["situation"]),
        folders=tuple(FolderSource(**(folder | {"path": Path(folder["path"])})) for folder in written["folders"]),
        feeds=tuple(FeedSource(**feed) for feed in written["feeds"]),
        plugins=tuple(PluginSource(**plugin) for plugin in written["plugins"]),
        desk=Desk(**written["desk"]),
        notify=Notify(**(written["notify"] | {"command": tuple(written["notify"]["command"])})),
        retention=Retention(**written["retention"]),
        serve=Serve(written["serve"]["viewers"], Path(word) if (word := written["serve"]["password_file"]) else None),
        keys=written["keys"],
        alarms=AlarmRules(tuple(written["alarms"]["regions"]), written["alarms"]["keep_hours"]),
        indicators=tuple(map(_indicator, written["indicators"])),
        author=written["author"],
        fingerprint=written["fingerprint"],
        gazetteer=Path(written["gazetteer"]) if written["gazetteer"] else None,
        outlines=Path(written["outlines"]) if written["outlines"] else None,
        contact=written["contact"],
        store=written["store"],
        lease=written["lease"],
    )


def _indicator(written: dict[str, Any]) -> Indicator:
    lists = {name: tuple(written[name]) for name in ("regions", "events", "places", "actors", "place_names", "actor_names")}
    modalities = tuple(map(Modality, written["modalities"]))
    return Indicator(**(written | lists | {"level": Level(written["level"]), "modalities": modalities}))


def _situation(written: dict[str, Any]) -> Situation:
    return Situation(
        title=written["title"],
        zone=written["zone"],
        country=tuple(written["country"]),
        capital=written["capital"],
        masks=tuple(written["masks"]),
        parties=_named(written["parties"]),
        outlets=tuple(
            Outlet(outlet["name"], tuple(outlet["aliases"]), Reliability(outlet["reliability"]), outlet["family"])
            for outlet in written["outlets"]
        ),
        regions=tuple(
            Region(region["id"], region["title"], tuple(region["areas"]), _named(region["places"]), _named(region["actors"]))
            for region in written["regions"]
        ),
        limits=Limits(**(written["limits"] | {"precedence": tuple(written["limits"]["precedence"])})),
    )


def _named(written: list[dict[str, Any]]) -> tuple[Named, ...]:
    return tuple(Named(each["name"], tuple(each["aliases"])) for each in written)
