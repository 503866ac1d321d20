"""`.json`: one article object, an agency's ninjs item, a list of either, or a saved JSON Feed."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from dataclasses import replace
from hashlib import sha256

from sitmon.errors import ArticleError, MisreadError
from sitmon.sources.decoding import decode
from sitmon.sources.drafts import Origin, Part
from sitmon.sources.objects import draft_of, json_of


def parts(data: bytes, origin: Origin, known: Container[bytes] = ()) -> Iterator[Part]:
    """Read a JSON document.

    Raises:
        ArticleError: It is not JSON, or no article.
    """
    decoded = decode(data)
    given = json_of(decoded.text)
    if isinstance(given, dict) and isinstance(given.get("items"), list) and "text" not in given:
        from sitmon.sources.feeds import saved  # noqa: PLC0415 - brings the parsers of feeds

        yield from saved.parts(data, origin, known)
    elif isinstance(given, list):
        if not given:
            raise ArticleError("it is an empty list")
        yield from (_part(one, number, origin, known) for number, one in enumerate(given, 1))
    else:
        draft = draft_of(given, origin)
        yield Part(replace(draft, notes=decoded.notes + draft.notes))


def _part(given: object, number: int, origin: Origin, known: Container[bytes]) -> Part:
    key = sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()[:24].encode()
    part = Part(None, key=key, where=f"item {number}")
    if key in known:
        return part
    try:
        return replace(part, draft=draft_of(given, origin))
    except Exception as error:  # one item, and even a fault of ours in it, is no reason to lose those after it
        return replace(part, fault=str(error if isinstance(error, ArticleError) else MisreadError(error)))
