"""The sources as a person is told of them: is each well, when did it answer, when is it asked next, how is it configured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sitmon.config.machines import is_of
from sitmon.config.settings import Settings
from sitmon.model.health import AtWork, Finding, FindingKind, Health, SourceHealth
from sitmon.model.situation import Outlet
from sitmon.text.sanitise import flowing
from sitmon.text.times import age, dtg, rfc3339

# Of a source's documents that could not be read; who has more of them reads them in what lists them all.
_MOST_REFUSED = 10


def source_lines(
    sources: Sequence[SourceHealth], findings: Sequence[Finding], settings: Settings, now: datetime
) -> Iterator[str]:
    """Yield the list, line by line.

    Args:
        sources: With their health, in the configured order.
        findings: What stands against documents; only those that could not be read are told.
        settings: What is configured of the sources.
        now: UTC.
    """
    total = 0
    for source in sources:
        word = source.health.value if source.health in (Health.OK, Health.WAITING) else source.health.value.upper()
        yield f"{word:<8} {source.kind:<7} {flowing(source.title)}"
        yield f"         {', '.join(_when(source, now))}"
        yield f"         {', '.join(_configured(source, settings))}"
        if source.error:
            yield f"         {flowing(source.error)}"
        refused = refused_of(source, findings)
        yield from (f"         {line}" for line in _refused(refused))
        total += len(refused)
    words = [f"{sum(one.health is health for one in sources)} {health.value}" for health in Health]
    unread = f"; {_documents(total)} could not be read" if total else ""
    yield f"{len(sources)} configured: {', '.join(word for word in words if not word.startswith('0 '))}{unread}"


def refused_of(source: SourceHealth, findings: Sequence[Finding]) -> list[Finding]:
    """Return the documents of a source that could not be read, newest first."""
    return [one for one in findings if one.source == source.id and one.kind is FindingKind.REFUSED]


def collector_facts(one: AtWork, now: datetime) -> list[str]:
    """Return what there is to say of a collector at work, in few words each; `now` UTC."""
    beat = max((now - one.beat).total_seconds(), 0.0)
    return [
        f"process {one.process}",
        f"since {dtg(one.since)}",
        f"{one.sources:,d} source{'' if one.sources == 1 else 's'} ({one.feeds:,d} feed{'' if one.feeds == 1 else 's'})",
        f"last heard of {f'{beat:.0f} s' if beat < 120 else age(beat)} ago",
    ]


def source_json(source: SourceHealth, findings: Sequence[Finding], settings: Settings) -> dict[str, object]:
    """Return one source as a program reads it."""
    configured = _options(source.id, settings)
    outlet = _outlet(configured.get("outlet"), settings)
    return {
        "id": source.id,
        "kind": source.kind,
        "title": source.title,
        "health": source.health.value,
        "last_success": _moment(source.last_success),
        "next_poll": _moment(source.next_poll),
        "failing_since": _moment(source.failing_since),
        "error": source.error,
        "items": source.items,
        "interval_seconds": source.interval_seconds,
        "refused": [
            {"document": one.locator, "sentence": one.sentence, "since": rfc3339(one.at)}
            for one in refused_of(source, findings)
        ],
        **configured,
        "reliability": outlet.reliability.value if outlet else "F",
        "family": outlet.family if outlet else None,
    }


def _when(source: SourceHealth, now: datetime) -> Iterator[str]:
    yield f"{source.items:,d} article{'' if source.items == 1 else 's'}"
    if source.last_success:
        yield f"answered {dtg(source.last_success)} ({_ago(source.last_success, now)})"
    else:
        yield "has not answered yet"
    if source.failing_since:
        yield f"failing since {dtg(source.failing_since)}"
    if source.next_poll and source.next_poll > now:
        left = age((source.next_poll - now).total_seconds())
        yield f"asked again {dtg(source.next_poll)}" + ("" if left == "now" else f" (in {left})")
    elif source.health is Health.STOPPED:
        yield "not asked any more"
    else:
        yield "due"


def _refused(refused: Sequence[Finding]) -> Iterator[str]:
    if refused:
        yield f"{_documents(len(refused))} could not be read:"
    for one in refused[:_MOST_REFUSED]:
        yield f"  {flowing(one.locator)}: {flowing(one.sentence)}"
    if len(refused) > _MOST_REFUSED:
        yield f"  and {len(refused) - _MOST_REFUSED:,d} more; sitmon doctor lists them all"


def _documents(number: int) -> str:
    return f"{number:,d} document{'' if number == 1 else 's'}"


def _configured(source: SourceHealth, settings: Settings) -> Iterator[str]:
    options = _options(source.id, settings)
    seconds = source.interval_seconds
    yield f"every {f'{seconds:g} s' if seconds < 120 else age(seconds)}"
    if (named := options.get("outlet")) is None:
        yield "outlet as the feed says" if source.kind == "feed" else "outlet as the documents say"
    else:
        outlet = _outlet(named, settings)
        yield f"{flowing(str(named))}, reliability {outlet.reliability.value if outlet else 'F'}"
        if outlet and outlet.family:
            yield f"family {flowing(outlet.family)}"
    if "full_text" in options:
        yield f"full text {options['full_text']}"
    if options.get("language"):
        yield f"language {options['language']}"
    if options.get("zone") != settings.situation.zone:
        yield f"zone {options.get('zone')}"


def _options(id: str, settings: Settings) -> dict[str, object]:
    for feed in settings.feeds:
        if feed.id == id:
            told = {"outlet": feed.outlet, "language": feed.language, "zone": feed.zone}
            return {"url": feed.url, **told, "full_text": feed.full_text}
    for folder in settings.folders:
        if is_of(id, folder):
            told = {"outlet": folder.outlet, "language": folder.language, "zone": folder.zone}
            return {"path": str(folder.path), **told}
    for one in settings.plugins:
        if one.id == id:
            told = {"outlet": one.outlet, "language": one.language, "zone": one.zone}
            return {"plugin": one.name, **told}
    return {}


def _outlet(name: object, settings: Settings) -> Outlet | None:
    folded = str(name).casefold()
    outlets = settings.situation.outlets
    return next((one for one in outlets if folded in (each.casefold() for each in (one.name, *one.aliases))), None)


def _ago(at: datetime, now: datetime) -> str:
    words = age((now - at).total_seconds())
    return "just now" if words == "now" else f"{words} ago"


def _moment(at: datetime | None) -> str | None:
    return rfc3339(at) if at else None
