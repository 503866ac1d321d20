"""What `sitmon sources check` does: addresses asked side by side, and each told in words or as JSON when it has answered."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sitmon.cli.invocation import Invocation, now
from sitmon.cli.printing import print_json, print_text
from sitmon.collector.asking import Network
from sitmon.collector.checking import Checked, check
from sitmon.config.adding import NewFeed, tables_of
from sitmon.model.health import Health, SourceHealth
from sitmon.sitrep.current import health_of
from sitmon.sources.examining import Examined
from sitmon.sources.http import ABOUT, Web
from sitmon.text.networks import without_login
from sitmon.text.sanitise import flowing
from sitmon.text.times import age, dtg, rfc3339

# From so many minutes between polls on, a feed's own wish is worth a word: less is what it is asked anyway.
_USUAL = 60
_BACK = (
    "it said that it is gone for good and is not asked any more, but it is back: remove its table from the configuration, "
    "save, and add it again"
)


def checked(invocation: Invocation, addresses: Sequence[str], *, is_json: bool) -> int:
    """Check addresses, or all configured feeds if none is given, and print what each is.

    Returns:
        1 if one of them is no feed that can be followed, nor a page with one.
    """
    wanted = addresses or tuple(feed.url for feed in invocation.settings.feeds)
    if not wanted:
        print_text("No feed is configured; give the address of a feed or of a site.\n")
        return 0
    healths = _healths(invocation)
    waiting = {} if addresses else _left_alone(invocation, healths)
    gone = {feed.url for feed in invocation.settings.feeds if healths[feed.id].health is Health.STOPPED}
    web = Web(about=invocation.settings.contact or ABOUT)
    bad = asyncio.run(_each(wanted, waiting, gone, web, is_json=is_json))
    if len(wanted) > 1 and not is_json:
        print_text(f"{len(wanted)} checked, {bad} of them cannot be followed\n")
    return int(bool(bad))


async def _each(
    wanted: Sequence[str], waiting: Mapping[str, datetime], gone: Collection[str], web: Web, *, is_json: bool
) -> int:
    network, bad, is_shown = Network(web), 0, sys.stderr.isatty() and len(wanted) > 1

    async def one(written: str) -> Checked:
        if written in waiting:
            return Checked(written, f"it was not asked: it is to be left alone until {dtg(waiting[written])}")
        return await check(written, network)

    try:
        for number, coming in enumerate(asyncio.as_completed([one(written) for written in wanted]), 1):
            found = await coming
            bad += found.feed is None and not any(each.feed for each in found.found)
            if is_shown:
                print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            _print(found, is_json=is_json, is_back=found.feed is not None and found.written in gone)
            if is_shown and number < len(wanted):
                print(f"{number} of {len(wanted)} checked", end="", file=sys.stderr, flush=True)
    finally:
        await network.close()
    return bad


def _healths(invocation: Invocation) -> dict[str, SourceHealth]:
    if not invocation.has_record:
        return {one.id: one for one in health_of(None, invocation.settings)}
    with invocation.record() as record:
        return {one.id: one for one in health_of(record, invocation.settings)}


def _left_alone(invocation: Invocation, healths: Mapping[str, SourceHealth]) -> dict[str, datetime]:
    """Return the configured feeds that are failing and to be asked later: their servers, or good manners, want it so."""
    later = {}
    for feed in invocation.settings.feeds:
        health = healths[feed.id]
        if health.failing_since and health.next_poll and health.next_poll > invocation.now():
            later[feed.url] = health.next_poll
    return later


def _print(found: Checked, *, is_json: bool, is_back: bool) -> None:
    if is_json:
        print_json(_plain(asdict(found) | {"written": without_login(found.written)}))
    else:
        back = (f"  {_BACK}",) if is_back else ()
        print_text("".join(f"{line}\n" for line in (*_lines(found), *back, "")))


def _lines(found: Checked) -> Iterator[str]:
    yield flowing(without_login(found.written))
    if found.trouble:
        yield f"  {flowing(found.trouble)}"
    if found.found:
        yield "  it is a web page; the feeds found from there:"
        for one in found.found:
            yield from (f"  {line}" for line in _lines(one))
    if found.feed:
        yield from (f"  {line}" for line in _feed(found, found.feed))


def _feed(found: Checked, feed: Examined) -> Iterator[str]:
    named = f": {flowing(feed.title)}" if feed.title else ", without a title"
    language = f", language {flowing(feed.language)}" if feed.language else ""
    broken = ", not well-formed (read nevertheless)" if feed.is_broken else ""
    yield f"{feed.form}{named}{language}, {feed.encoding}, {found.size:,d} bytes{broken}"
    newest = f", the newest {dtg(feed.newest)} ({_ago(feed.newest)})" if feed.newest else ", none of them dated"
    yield f"{feed.items} item{'' if feed.items == 1 else 's'}{newest if feed.items else ''}"
    if feed.items:
        yield f"the whole article in {feed.whole} of them" + ("" if feed.whole else ": only beginnings")
    yield (
        f"says what changed: {', '.join(found.validators)}"
        if found.validators
        else "has no validators: every poll fetches all of it"
    )
    if found.is_moved:
        yield f"it has moved for good to {flowing(found.url)}"
    elif found.answered != found.url:
        yield f"it is redirected, for now, to {flowing(found.answered)}"
    if found.pages is not None:
        yield f"robots.txt {'allows' if found.pages else 'does not allow'} programs to fetch its pages"
    if feed.ttl and feed.ttl > _USUAL:
        yield f"it wants {feed.ttl} minutes between two polls, and gets them"
    if found.is_open:
        yield "it is sent without encryption: anybody on the way can change it"
    yield from (flowing(note) for note in feed.notes)
    yield "to follow it:"
    full = "short" if feed.whole < feed.items / 2 and found.pages else "never"
    table = tables_of([NewFeed(found.url, feed.title and flowing(feed.title)[:200], full)])
    yield from (f"    {line}" for line in table.splitlines())


def _ago(at: datetime) -> str:
    words = age((now() - at).total_seconds())
    return "just now" if words == "now" else f"{words} ago"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
