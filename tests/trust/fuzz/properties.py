"""What holds whatever the bytes: one function for each door, which raises if it does not hold."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sitmon.app.display import as_seen, span, strip_of, width_of
from sitmon.app.themes import load_theme
from sitmon.app.wrapping import cut, excerpt, wrap
from sitmon.config import load
from sitmon.config.paths import builtin
from sitmon.errors import ConfigurationError, SourceError
from sitmon.extraction.reader import Reader, reader_for
from sitmon.model.article import Article
from sitmon.sources.decoding import cleaned
from sitmon.sources.documents import ROOMS
from sitmon.sources.feeds.parsing import parse_feed
from tests.sources.storable import articles_in, can_be_stored

_SUFFIXES = sorted(ROOMS)
_NOW = datetime(2024, 12, 8, 14, 30, tzinfo=UTC)
_CHARSETS = (None, "text/xml", "application/json", "text/xml; charset=windows-1256", "text/html; charset=\udcff")


def documents(data: bytes) -> None:
    """A document becomes articles that can be stored, or a sentence, and never for a fault of ours."""
    name = b"a" + _SUFFIXES[data[0] % len(_SUFFIXES)] if data else b"a.txt"
    assert all(map(can_be_stored, articles_in(data[1:], name)))


def suffix_byte(suffix: bytes) -> bytes:
    """Return what makes `documents` read the rest as a file of this kind."""
    return bytes([_SUFFIXES.index(suffix)])


def feeds(data: bytes) -> None:
    """A feed is read or refused; its links lead to pages alone."""
    with suppress(SourceError):
        charset = _CHARSETS[data[0] % len(_CHARSETS)] if data else None
        feed = parse_feed(data[1:], content_type=charset, address="https://demo.example/feed")
        for item in feed.items:
            assert item.link is None or item.link.startswith(("http://", "https://"))
            str(item).encode("utf-8", "backslashreplace")


def configuration(data: bytes) -> None:
    """A configuration is taken, or refused with the name of its file."""
    with tempfile.NamedTemporaryFile(suffix=".toml") as written:
        written.write(data)
        written.flush()
        refused = None
        try:
            load(Path(written.name))
        except ConfigurationError as error:
            refused = str(error)
        assert refused is None or written.name in refused


def extraction(data: bytes) -> None:
    """Every character that is not white space lies in exactly one report, and every quote is its slice."""
    text = cleaned(data.decode("utf-8", "replace")).text
    reading = _reader().read(Article("folder:x", "1", text, _NOW))
    end = 0
    for report in reading.reports:
        assert not text[end : report.start].strip()
        assert report.quote == text[report.start : report.end]
        end = report.end
        for claim in report.claims:
            assert report.start <= claim.start <= claim.end <= report.end
            said = claim.attribution
            assert said is None or text[said.start : said.end] == said.text
    assert not text[end:].strip()


def display(data: bytes) -> None:
    """What comes through the door is exactly as wide as it was to be, and nothing in it commands a terminal."""
    text = _text(data)
    line = (span(text), span(text[::-1], "quote"))
    width = 1 + len(data) % 90
    for shown in (line, as_seen(line)):
        painted = strip_of(shown, width, load_theme("dark")).text
        for letter in painted:
            assert unicodedata.category(letter) not in ("Cc", "Cs", "Zl", "Zp"), hex(ord(letter))
            assert letter not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
    for start, end in wrap(span(text).text, width, 50):
        assert 0 <= start <= end <= len(text)
    cut(span(text).text, width, "…")
    excerpt(span(text).text, (len(text) // 2, len(text)), width + 3, 3, 2)
    assert width_of(line) >= 0


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("latin-1")


@cache
def _reader() -> Reader:
    return reader_for(load(builtin()).situation)


DOORS: dict[str, Callable[[bytes], None]] = {
    door.__name__: door for door in (documents, feeds, configuration, extraction, display)
}
