"""By what a reading is known: the same fingerprint, and every article would be read the same way again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable

from sitmon.model.situation import Limits, Situation

# What decides how an article is read, beside the situation: the rules and their word lists.
_PACKAGES = ("sitmon.extraction", "sitmon.text")


def reading_fingerprint(situation: Situation) -> str:
    """Return SHA-256 over everything a reading depends on: the situation with its gazetteer, the word lists, the rules.

    The limits are left out: they judge claims, they do not make them.
    """
    hashed = sha256(repr(replace(situation, limits=Limits())).encode("utf-8", "surrogatepass"))
    for package in _PACKAGES:
        for name, content in sorted(_files(resources.files(package), "")):
            hashed.update(f"\0{name}\0".encode())
            hashed.update(content)
    return hashed.hexdigest()


def _files(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry, f"{name}/{entry.name}")
        elif entry.name.endswith((".py", ".toml")):
            yield f"{name}/{entry.name}", entry.read_bytes()
