"""`.txt`: a dispatch as plain text; everything but its words it says by its form."""

from __future__ import annotations

from collections.abc import Container, Iterator

from sitmon.sources.decoding import decode
from sitmon.sources.drafts import Draft, Origin, Part, complete


def parts(data: bytes, origin: Origin, known: Container[bytes] = ()) -> Iterator[Part]:  # noqa: ARG001 - it is one part
    """Read a plain text.

    Raises:
        ArticleError: It is empty, no text, or its encoding cannot be told.
    """
    decoded = decode(data)
    yield Part(complete(Draft(decoded.text, notes=decoded.notes), origin))
