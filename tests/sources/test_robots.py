"""What a robots.txt allows, by the examples of RFC 9309 and by what is found in the wild."""

from __future__ import annotations

import pytest

from sitmon.sources.robots import robots_of


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("", "/a", True),
        ("Disallow:", "/a", True),
        ("Disallow: /", "/a", False),
        ("Disallow: /a", "/b", True),
        ("Disallow: /a", "/ab?x", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /*.pdf$", "/x/y.pdf", False),
        ("Disallow: /*.pdf$", "/x/y.pdf?z", True),
        ("Disallow: /*/print", "/news/1/print", False),
        ("Disallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("Allow: /a\nDisallow: /a", "/a", True),
        ("Disallow: /a%3Cd", "/a%3cd", False),
        ("Disallow: /a # comment", "/a", False),
        ("disallow : /a", "/a", False),
        ("Disallow: " + "*" * 5000 + "x", "/" + "a" * 5000, True),
        ("Disallow: /*a/*b$", "/a/b/c/ab", False),
        ("Disallow: /*a/*b$", "/a/b/c", True),
        ("Disallow: /ab*b$", "/ab", True),
        ("Disallow: /*", "/x", False),
        # A hundred stars, and a path that fits all but the end: tried again from each place it would take for ever.
        ("Disallow: /" + "*a" * 100 + "*b$", "/" + "a" * 5000, True),
    ],
)
def test_what_is_allowed(rules: str, path: str, allowed: bool) -> None:
    assert robots_of(f"User-agent: *\n{rules}\n", "sitmon").allows(path) is allowed


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: other\nDisallow: /", True),
        ("User-agent: Sitmon\nDisallow: /", False),
        ("User-agent: Sitmon/1.0\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: other\nUser-agent: sitmon\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: sitmon\nDisallow:", True),
        ("User-agent: sitmon\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", False),
        ("<html>no robots here</html>", True),
    ],
)
def test_whom_a_group_is_for(text: str, allowed: bool) -> None:
    assert robots_of(text, "sitmon").allows("/news") is allowed


def test_how_long_to_wait_between_two_pages() -> None:
    assert robots_of("User-agent: *\nCrawl-delay: 2.5\nDisallow: /x", "sitmon").delay == 2.5
    assert robots_of("User-agent: *\nCrawl-delay: soon", "sitmon").delay is None
