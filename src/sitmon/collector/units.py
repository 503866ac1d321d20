"""Units: what of the configured sources can only be looked after as a whole, by one collector at a time. Pure.

All feeds of one host are one unit, so that one collector keeps that host's manners for all of them
(docs/decisions/095-a-host-belongs-to-one-collector.md).
"""

from __future__ import annotations

import socket
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from sitmon.config.settings import Settings
from sitmon.errors import SourceError
from sitmon.sources.addresses import address_of
from sitmon.store.leases import Unit
from sitmon.text.networks import is_private_name


def units_of(settings: Settings, machine: str) -> tuple[Unit, ...]:
    """Return the units of these settings.

    Args:
        settings: What is configured.
        machine: Tells this machine from others: a folder that is not shared is its own.
    """
    hosts: dict[str, list[str]] = defaultdict(list)
    for feed in settings.feeds:
        hosts[_host_of(feed.url)].append(feed.id)
    folders = (
        Unit(f"folder:{folder.id}", (folder.id,))
        if folder.shared
        else Unit(f"folder:{machine}:{folder.path}", (folder.id,), is_local=True)
        for folder in settings.folders
    )
    plugins = (Unit(plugin.id, (plugin.id,)) for plugin in settings.plugins)
    return (*(Unit(f"host:{host}", tuple(ids)) for host, ids in hosts.items()), *folders, *plugins)


def this_machine() -> str:
    """Return what tells this machine from all others: its name, and the number it was given when it was set up."""
    try:
        number = Path("/etc/machine-id").read_text(encoding="ascii").strip()[:12]
    except (OSError, ValueError):
        number = ""
    return f"{socket.gethostname()}/{number}"


def circle_of(units: Iterable[Unit]) -> str:
    """Return what collectors have in common that are configured with the same sources, their own folders aside."""
    names = sorted(f"{unit.name} {sorted(unit.sources)}" for unit in units if not unit.is_local)
    return sha256("\n".join(names).encode("utf-8", "surrogatepass")).hexdigest()


def share(total: int, members: int, rank: int) -> int:
    """Return how many sources the collector of a rank (from 0) is to have, of so many that are shared out among so many."""
    each, left = divmod(total, members)
    return each + (rank < left)


def surplus(held: Sequence[Unit], due: int) -> list[Unit]:
    """Return the units that may go without leaving less than a share, the last taken first."""
    given, mine = [], size(held)
    for unit in reversed(held):
        if mine - len(unit.sources) >= due:
            given.append(unit)
            mine -= len(unit.sources)
    return given


def lacking(free: Sequence[Unit], held: Sequence[Unit], due: int) -> list[Unit]:
    """Return the units to take until a share is reached; one too large for it is taken whole, so that none is left over."""
    taken: list[Unit] = []
    for unit in free:
        if size(held) + size(taken) >= due:
            break
        taken.append(unit)
    return taken


def size(units: Iterable[Unit]) -> int:
    """Return how many sources there are in units that are shared out."""
    return sum(len(unit.sources) for unit in units if not unit.is_local)


def unit_by_source(units: Iterable[Unit]) -> Mapping[str, Unit]:
    """Return each source's unit."""
    return {source: unit for unit in units for source in unit.sources}


def _host_of(url: str) -> str:
    """Return whose requests follow each other, as sources/http.py has it: a private host's ports are servers of their own."""
    try:
        address = address_of(url)
    except SourceError:
        return url
    return address.netloc if is_private_name(address.host) else address.host
