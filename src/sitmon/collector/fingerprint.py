"""By what a reading is known: the same fingerprint, and every article would be read the same way again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable

from sitmon.model.situation import Limits, Situation

# What decides how an article is read, beside the situation: the rules and their word lists, and what folds a word.
_RULES = (("sitmon.extraction", ""), ("sitmon.text", "/fold"))


def reading_fingerprint(situation: Situation) -> str:
    """Return SHA-256 over everything a reading depends on: the situation with its gazetteer, the word lists, the rules.

    The limits are left out: they judge claims, they do not make them.
    """
    hashed = sha256(repr(replace(situation, limits=Limits())).encode("utf-8", "surrogatepass"))
    for package, beginning in _RULES:
        for name, content in sorted(_files(resources.files(package), "")):
            if name.startswith(beginning):
                hashed.update(f"\0{name}\0".encode())
                hashed.update(content)
    return hashed.hexdigest()


def _files(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry, f"{name}/{entry.name}")
        elif entry.name.endswith((".py", ".toml")):
            yield f"{name}/{entry.name}", entry.read_bytes()
