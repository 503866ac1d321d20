"""The settings for whoever collects for weeks: all places of the gazetteer, and none of what checking a configuration imports.

settings.json (compiled.py) + gazetteer.csv ─► Settings
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sitmon.config import gazetteer
from sitmon.config.compiled import load_compiled
from sitmon.config.regions import placed
from sitmon.config.settings import Settings
from sitmon.errors import ConfigurationError


def load_placed(path: Path | None, state: Path) -> Settings:
    """Return what `sitmon.config.load` returns, from the copy in `state` as far as it goes.

    Args:
        path: As for `load`.
        state: The state directory.

    Raises:
        ConfigurationError: What `load` would say of the configuration.
    """
    bare = load_compiled(path, state)
    try:
        places = gazetteer.places(bare.gazetteer, bare.gazetteer.read_bytes()) if bare.gazetteer else []
    except OSError as error:
        raise ConfigurationError(f"{bare.gazetteer}: cannot be read ({error.strerror}); mend it, or try again.") from error
    return replace(bare, situation=replace(bare.situation, gazetteer=placed(places, bare.situation.regions)))
