"""What the fuzzer has found (tests/trust/fuzz), each held against the property it broke."""

from __future__ import annotations

import pytest

from tests.trust.fuzz.properties import DOORS, suffix_byte

_SAVED = b'{"version": "https://jsonfeed.org/version/1", "title": "x", "items": [{"id": "1", "content_text": "a%sb"}]}'
_LINK = b'\0<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>x</title><link href="%s"/></entry></feed>'
FINDINGS = {
    "a nul in a saved feed": ("documents", suffix_byte(b".json") + _SAVED % b"\\u0000"),
    "half a letter in a saved feed": ("documents", suffix_byte(b".json") + _SAVED % b"\\ud800"),
    "a link without a host": ("feeds", _LINK % b"http:s:/e/or"),
    "a link over two lines": ("feeds", _LINK % b"http&#10;s:e"),
    "an Arabic sign alone": ("display", "؟".encode()),
}


@pytest.mark.parametrize("finding", FINDINGS)
def test_what_was_found_once_is_not_found_again(finding: str) -> None:
    door, data = FINDINGS[finding]
    assert holds(door, data)


@pytest.mark.parametrize("door", DOORS)
def test_nothing_at_all_is_too_little_for_no_door(door: str) -> None:
    assert holds(door, b"")


def holds(door: str, data: bytes) -> bool:
    """Whether all that is to hold of a door does: True, or the error that says what does not."""
    DOORS[door](data)
    return True
