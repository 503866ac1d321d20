"""ninjs (IPTC), versions 1.x to 3.x: an agency's item as a JSON object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sitmon.sources.markup import text_of
from sitmon.sources.wire import WireItem


def is_item(given: Mapping[str, Any]) -> bool:
    """Say whether an object is a ninjs item: it has the address of its identity, which no other kind calls so."""
    return "text" not in given and isinstance(given.get("uri"), str)


def item_of(given: Mapping[str, Any]) -> WireItem:
    """Read an item; names with an underscore are versions 1.x, lists of bodies and headlines later ones."""
    return WireItem(
        text=_text(given),
        # An item that evolved from another is a further version of it under a name of its own.
        id=_words(given.get("evolvedfrom")) or _words(given.get("uri")),
        version=_words(given.get("version")),
        headline=_chosen(given, "headline") or _words(given.get("title")) or _words(given.get("slugline")),
        provider=_provider(given),
        author=_author(given),
        language=_words(given.get("language")),
        url=_address(given),
        first_created=_words(given.get("firstcreated")) or _words(given.get("versioncreated")),
        version_created=_words(given.get("versioncreated")),
        status=tuple(filter(None, (_words(given.get("pubstatus")), *_signals(given)))),
        embargo=_words(given.get("embargoed")),
        dateline=_words(given.get("located")),
        editors_note=_words(given.get("ednote")),
    )


def _text(given: Mapping[str, Any]) -> str:
    """Return the fullest body; without one, the fullest description."""
    for name, several in (("body", "bodies"), ("description", "descriptions")):
        texts = [text for kind, value in _renditions(given, name, several) if (text := _plain(kind, value))]
        if texts:
            return max(texts, key=len)
    return ""


def _renditions(given: Mapping[str, Any], name: str, several: str) -> Iterator[tuple[str, str]]:
    """Yield what something is given as, with its kind: "body_xhtml" or {"contenttype": "text/html", "value": …}."""
    for field, value in given.items():
        if (field == name or field.startswith(f"{name}_")) and isinstance(value, str):
            yield field, value
    listed = given.get(several)
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict) and isinstance(value := one.get("value"), str):
            yield str(one.get("contenttype") or ""), value


def _plain(kind: str, value: str) -> str:
    return text_of(value) if "html" in kind.lower() else value.strip()


def _chosen(given: Mapping[str, Any], name: str) -> str | None:
    """Return a headline: the one called main, else the first."""
    if headline := _words(given.get(name)):
        return headline
    listed = given.get(f"{name}s")
    several = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    several.sort(key=lambda one: str(one.get("role", "main")).rpartition(":")[2] != "main")
    found = (_words(_plain(str(one.get("contenttype") or ""), str(one.get("value") or ""))) for one in several)
    return next(filter(None, found), None)


def _provider(given: Mapping[str, Any]) -> str | None:
    """Return who the item is from; the holder of its copyright where nobody else is named."""
    sources = given.get("infosource") or given.get("infosources")
    named = (_words(one.get("name")) for one in sources if isinstance(one, dict)) if isinstance(sources, list) else iter(())
    return next(filter(None, named), None) or _words(given.get("copyrightholder"))


def _author(given: Mapping[str, Any]) -> str | None:
    people = given.get("by") or given.get("bylines")
    if isinstance(people, list):
        names = [_words(one.get("byline") or one.get("name")) if isinstance(one, dict) else _words(one) for one in people]
        return ", ".join(filter(None, names)) or None
    return _words(people) or _words(given.get("byline"))


def _address(given: Mapping[str, Any]) -> str | None:
    """Return where a person finds it: an alternative identity that is an address, else the identity if it is one."""
    others = given.get("altids")
    values: list[object] = list(others.values()) if isinstance(others, dict) else []
    if isinstance(others, list):
        values = [one.get("value") for one in others if isinstance(one, dict)]
    found = (_words(value) for value in (*values, given.get("uri")))
    return next((value for value in found if value and value.startswith(("http://", "https://"))), None)


def _signals(given: Mapping[str, Any]) -> list[str | None]:
    signals = given.get("signals")
    listed = signals if isinstance(signals, list) else [signals]
    return [_words(one.get("code") or one.get("name")) if isinstance(one, dict) else _words(one) for one in listed]


def _words(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return " ".join(str(value).split()) or None
