"""Floor 1: what a person wrote in `config.toml` becomes typed settings. Importing this package does not import pydantic."""

from __future__ import annotations

from pathlib import Path

from sitmon.config.settings import Settings

__all__ = ["Settings", "load"]


def load(path: Path | None = None) -> Settings:
    """Read the configuration with its gazetteer.

    Args:
        path: The file to read; without one `./config.toml`, else `$XDG_CONFIG_HOME/sitmon/config.toml`, else the built-in.

    Returns:
        The settings, ready for every floor above.

    Raises:
        ConfigurationError: With file, line, key and cure in one sentence.
    """
    from sitmon.config.paths import locate  # noqa: PLC0415 - the desk imports this package and must not pay for pydantic
    from sitmon.config.reading import read  # noqa: PLC0415

    return read(locate(path))
