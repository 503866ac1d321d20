"""Robots: what a site asks programs not to fetch (RFC 9309). Pure: the text of its robots.txt in, yes or no out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from sitmon.model.noun import dataclass

# RFC 9309, 2.5: so much of it is read at least; more would be no list of rules.
_LONGEST = 500 * 1024


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one program, each with whether it allows, the longest first.

    Attributes:
        delay: Seconds that the site wants between two requests, or None.
    """

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None

    def allows(self, target: str) -> bool:
        """Say whether path and query may be fetched: the longest rule that fits decides, of two the one that allows."""
        path = unquote(target)
        return next((allowed for rule, allowed in self.rules if _fits(rule, path)), True)


NOTHING = Robots((("/", False),))


def robots_of(text: str, agent: str) -> Robots:
    """Read a robots.txt.

    Args:
        text: All of it.
        agent: The program's name in small letters; the group that names it counts, else the one for all.
    """
    own, others = list[tuple[str, str]](), list[tuple[str, str]]()
    names: set[str] = set()
    was_rule, has_own = True, False
    for key, value in _lines(text[:_LONGEST]):
        if key == "user-agent":
            # Some write a version after the name, which is no part of it.
            name = value.lower().partition("/")[0].strip()
            names = {name} if was_rule else names | {name}
            has_own |= agent in names
            was_rule = False
            continue
        was_rule = True
        if agent in names:
            own.append((key, value))
        elif "*" in names:
            others.append((key, value))
    chosen = own if has_own else others
    rules = [(unquote(value), key == "allow") for key, value in chosen if key in ("allow", "disallow") and value]
    delays = [float(value) for key, value in chosen if key == "crawl-delay" and re.fullmatch(r"\d{1,6}(\.\d+)?", value)]
    return Robots(tuple(sorted(rules, key=lambda rule: (-len(rule[0]), not rule[1]))), max(delays, default=None))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.removeprefix("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _fits(rule: str, path: str) -> bool:
    """Say whether a path begins as a rule says, or with `$` at the rule's end is what it says (RFC 9309, 2.2.3).

    Between two stars the first place will do, so the time grows with the two lengths alone: a search that goes back and
    tries again would let ten stars hold the collector up for ever.
    """
    is_whole = rule.endswith("$")
    first, *parts = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not parts:
        return not is_whole or at == len(path)
    for part in parts[:-1]:
        if (found := path.find(part, at)) < 0:
            return False
        at = found + len(part)
    return path[at:].endswith(parts[-1]) if is_whole else path.find(parts[-1], at) >= 0
