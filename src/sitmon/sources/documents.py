"""Documents: the one door through which bytes become articles, whatever their format; a new format is one room and one line.

bytes, name ─► room by suffix ─► Part (a Draft, or the sentence that says why there is none)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterator
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path

from sitmon.errors import ArticleError, MisreadError
from sitmon.model.article import Article
from sitmon.sources.drafts import Origin, Part, article_of, identity_of
from sitmon.sources.files import is_passed_over, printable, read_regular, suffix_of

Room = Callable[[bytes, Origin, Container[bytes]], Iterator[Part]]

# Room and function for each suffix; imported when the first such file comes: a folder of texts pays for no parser of pages.
ROOMS: dict[bytes, str] = {
    b".txt": "plain.parts",
    b".text": "plain.parts",
    b".md": "markdown.parts",
    b".markdown": "markdown.parts",
    b".html": "savedpages.parts",
    b".htm": "savedpages.parts",
    b".xhtml": "savedpages.parts",
    b".mhtml": "savedpages.archived",
    b".mht": "savedpages.archived",
    b".eml": "mail.parts",
    b".json": "jsondocuments.parts",
    b".jsonl": "jsonlines.parts",
    b".ndjson": "jsonlines.parts",
    b".xml": "xmldocuments.parts",
    b".rss": "xmldocuments.parts",
    b".atom": "xmldocuments.parts",
}
# Formats whose parsers a page may keep busy for seconds; and those that are simple while they are small (bytes).
_TANGLED = frozenset((b".html", b".htm", b".xhtml", b".mhtml", b".mht", b".eml", b".xml", b".rss", b".atom"))
_NESTED, _SIMPLE = frozenset((b".json", b".md", b".markdown")), 256 * 1024


def parts_of(data: bytes, name: bytes, origin: Origin, known: Container[bytes] = ()) -> Iterator[Part]:
    """Read a document part by part.

    Args:
        data: All of it, at most `files.LARGEST` bytes.
        name: Its file name, whose suffix chooses the room.
        origin: What its source's configuration says.
        known: Keys of parts that need not be read again; they come without draft and fault.

    Raises:
        ArticleError: Nothing more of it can be read; the sentence begins with "it", or tells of a fault of our own.
    """
    try:
        yield from room_for(name)(data, origin, known)
    except (ArticleError, MemoryError):
        raise
    except Exception as fault:
        # Whatever one document does to the rules that read it must not keep others from being read.
        raise MisreadError(fault) from fault


def has_lines(name: bytes) -> bool:
    """Say whether each line of a document stands for itself: those that are ended may be read while others are written."""
    return ROOMS.get(suffix_of(name)) == "jsonlines.parts"


def is_taken_apart(name: bytes, size: int) -> bool:
    """Say whether a document is to be taken apart in a process of its own: what it is made of may hold its reader up.

    Args:
        name: Its file name.
        size: In bytes.
    """
    suffix = suffix_of(name)
    return suffix in _TANGLED or (suffix in _NESTED and size > _SIMPLE)


def parts_apart(data: bytes, name: bytes, origin: Origin, known: Container[bytes]) -> tuple[list[Part], str | None]:
    """Read all of a document, to be called in another process; the arguments are those of `parts_of`.

    Returns:
        Its parts, and why nothing more of it can be read, or None.
    """
    parts: list[Part] = []
    try:
        for part in parts_of(data, name, origin, known):
            parts.append(part)
    except ArticleError as error:
        return parts, str(error)
    return parts, None


def room_for(name: bytes) -> Room:
    """Return the room that reads files of this name.

    Raises:
        ArticleError: No room does.
    """
    room = ROOMS.get(suffix_of(name))
    if room is None:
        known = ", ".join(suffix.decode() for suffix in ROOMS)
        raise ArticleError(f"files of this kind are not read; read are {known}")
    return _opened(room)


def documents_in(path: Path, now: datetime, origin: Origin | None = None) -> Iterator[Article | ArticleError]:
    """Yield every article of a file, or of the files in a folder by name; in the place of each that cannot be read, the error.

    Args:
        path: A file or a folder. A file named here is read whatever its name begins with, through a link too.
        now: When articles that do not say when they were first seen are first seen, UTC.
        origin: What to assume where the documents are silent.
    """
    origin = origin or Origin("read")
    for file in files_in(path):
        # A file that a person named may be a link; one that lies in a folder is not followed out of it. (Not Path.resolve: it
        # raises on a link to itself.)
        opened = os.path.realpath(file) if file == os.fsencode(path) else file
        yield from _articles(opened, file, now, origin)


def articles_of(
    data: bytes, name: bytes, shown: str, now: datetime, origin: Origin | None = None
) -> Iterator[Article | ArticleError]:
    """Yield every article of a document at hand; in the place of each part that cannot be read, the error.

    Args:
        data: All of it.
        name: A file name, whose suffix chooses the room.
        shown: What it is called in errors; the articles' path.
        now: When articles that do not say when they were first seen are first seen, UTC.
        origin: What to assume where the document is silent.
    """
    origin = origin or Origin("read")
    try:
        for part in parts_of(data, name, origin):
            if part.draft is None:
                yield ArticleError(f"{shown}, {part.where}: {part.fault}")
            else:
                seen = part.draft.first_seen_at or now
                yield article_of(part.draft, origin.source, identity_of(part.draft), 1, seen, shown)
    except ArticleError as error:
        yield ArticleError(f"{shown}: {error}")


def files_in(path: Path) -> Iterator[bytes]:
    """Yield a file, or the files of a folder and of all below it by name, as bytes; hidden and unfinished ones are left out."""
    if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises on a name that is too long, or that may not be looked at
        yield os.fsencode(path)
        return
    for folder, folders, names in os.walk(os.fsencode(path)):
        folders[:] = sorted(name for name in folders if not is_passed_over(name))
        yield from (os.path.join(folder, name) for name in sorted(names) if not is_passed_over(name))  # noqa: PTH118 - bytes


@cache
def _opened(room: str) -> Room:
    module, _, function = room.partition(".")
    opened: Room = getattr(import_module(f"sitmon.sources.{module}"), function)
    return opened


def _articles(file: bytes, named: bytes, now: datetime, origin: Origin) -> Iterator[Article | ArticleError]:
    shown = printable(named)
    try:
        data = read_regular(file)
    except ArticleError as error:
        yield ArticleError(f"{shown}: {error}")
    else:
        yield from articles_of(data, named, shown, now, origin)
