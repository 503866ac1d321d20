"""`.jsonl`: one article object a line, as `sitmon export` writes it; a bad line is said, and the others go on."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from hashlib import sha256

from sitmon.errors import ArticleError, MisreadError
from sitmon.sources.decoding import decode
from sitmon.sources.drafts import Origin, Part
from sitmon.sources.objects import draft_of, json_of


def parts(data: bytes, origin: Origin, known: Container[bytes] = ()) -> Iterator[Part]:
    """Read article objects, one from each line that is not blank.

    A line is told from others by its content, so that lines added, moved or removed leave the rest what they were.

    Raises:
        ArticleError: There is no line with anything in it, or it is no text.
    """
    decoded = decode(data)
    is_empty = True
    for number, line in enumerate(_lines(decoded.text), 1):
        if line := line.strip():
            is_empty = False
            key = sha256(line.encode("utf-8", "replace")).hexdigest()[:24].encode()
            part = Part(None, key=key, where=f"line {number}")
            yield part if key in known else _part(line, part, origin)
    if is_empty:
        raise ArticleError("it is empty")


def _lines(text: str) -> Iterator[str]:
    """Yield line after line; all of them at once would weigh twice what the file does."""
    begin = 0
    while (end := text.find("\n", begin)) >= 0:
        yield text[begin:end]
        begin = end + 1
    yield text[begin:]


def _part(line: str, part: Part, origin: Origin) -> Part:
    try:
        return replace(part, draft=draft_of(json_of(line), origin))
    except Exception as error:  # one line, and even a fault of ours in it, is no reason to lose those after it
        return replace(part, fault=str(error if isinstance(error, ArticleError) else MisreadError(error)))
