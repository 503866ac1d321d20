"""Reading a configuration: file and gazetteer in, checked settings out.

config.toml ─► tables ─► Document ─► Settings ◄─ gazetteer.csv
            document.py  schema.py   reading.py  gazetteer.py
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from sitmon.config import gazetteer, outlines
from sitmon.config.document import ConfigurationFile
from sitmon.config.paths import Located
from sitmon.config.positions import KeyPath
from sitmon.config.regions import checked_regions, placed
from sitmon.config.schema import Document
from sitmon.config.settings import Desk, FeedSource, FolderSource, Notify, PluginSource, Retention, Serve, Settings, fingerprint
from sitmon.config.sources import FeedTable, FolderTable, PluginTable
from sitmon.config.warning import alarm_rules, indicators
from sitmon.config.words import listed, nearest
from sitmon.model.situation import Limits, Named, Outlet, Place, Reliability, Situation
from sitmon.text.networks import is_private_name, without_login

_PUBLIC_FLOOR, _PRIVATE_FLOOR = 300.0, 1.0
_NO_HOME = "a home directory that there is not"


def read(located: Located) -> Settings:
    """Read one configuration with the gazetteer it names.

    Raises:
        ConfigurationError: With file, line, key and cure in one sentence.
    """
    file = ConfigurationFile(located.path)
    document = file.document()
    path, content = _gazetteer(file, document.situation.gazetteer)
    places = gazetteer.places(path, content) if path else []
    folders, feeds, plugins = _sources(file, document)
    situation = _situation(file, document, places)
    return Settings(
        origin=None if located.builtin else located.path,
        situation=situation,
        folders=folders,
        feeds=feeds,
        plugins=plugins,
        desk=Desk(**document.desk.model_dump()),
        notify=Notify(**(document.notify.model_dump() | {"command": tuple(document.notify.command)})),
        retention=Retention(**document.retention.model_dump()),
        serve=Serve(document.serve.viewers, _password_file(file, document)),
        keys=dict(document.keys),
        alarms=alarm_rules(file, document),
        indicators=indicators(file, document, situation),
        author=document.log.author,
        fingerprint=fingerprint(file.content, content),
        gazetteer=path,
        outlines=_borders(file, document.situation.outlines),
        contact=document.network.contact,
        store=document.store.url,
        lease=document.store.lease,
    )


def _password_file(file: ConfigurationFile, document: Document) -> Path | None:
    named = document.serve.password_file
    return None if named is None else _beside(file, named, ("serve", "password_file"))


def _beside(file: ConfigurationFile, named: str, key: KeyPath) -> Path:
    try:
        return (file.path.parent / Path(named).expanduser()).absolute()
    except RuntimeError as error:
        raise file.error(key, f'("{named}") begins with {_NO_HOME}; write the whole path') from error


def _why(error: OSError | RuntimeError) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else _NO_HOME


def _gazetteer(file: ConfigurationFile, named: str | None) -> tuple[Path | None, bytes]:
    if named is None:
        return None, b""
    try:
        path = gazetteer.gazetteer_file(named, file.path)
        return path, path.read_bytes()
    except (OSError, RuntimeError) as error:
        known = listed(gazetteer.shipped())
        cure = f"shipped is {known}, and a name ending in .csv is a file beside the configuration"
        raise file.error(("situation", "gazetteer"), f'("{named}") cannot be read ({_why(error)}); {cure}') from error


def _borders(file: ConfigurationFile, named: str | None) -> Path | None:
    if named is None:
        return None
    try:
        path = outlines.outlines_file(named, file.path)
        outlines.outlines(path, path.read_bytes())
    except (OSError, RuntimeError) as error:
        cure = f"shipped is {listed(outlines.shipped())}, and a name ending in .geojson is a file beside the configuration"
        raise file.error(("situation", "outlines"), f'("{named}") cannot be read ({_why(error)}); {cure}') from error
    return path


def _situation(file: ConfigurationFile, document: Document, places: list[Place]) -> Situation:
    table, limits = document.situation, document.limits
    regions = checked_regions(file, document.regions, places)
    known = [region.id for region in regions]
    if table.capital is not None and table.capital not in known:
        meant = nearest(table.capital, known)
        cure = f'did you mean "{meant}"' if meant else f"use one of {listed(known)}"
        raise file.error(("situation", "capital"), f'("{table.capital}") is no region; {cure}')
    return Situation(
        title=table.title,
        zone=table.zone,
        country=tuple(table.country),
        capital=table.capital,
        masks=tuple(table.masks),
        parties=tuple(Named(name, tuple(others)) for name, others in table.parties.items()),
        outlets=_outlets(file, document),
        regions=regions,
        gazetteer=placed(places, regions),
        limits=Limits(
            current_hours=limits.current / 3600,
            stale_hours=limits.stale / 3600,
            decay_hours=limits.decay / 3600,
            rumour_hours=limits.rumour / 3600,
            contest_hours=limits.contest / 3600,
            resolved_hours=limits.resolved / 3600,
            dormant_days=limits.dormant / 86400,
            corroboration_hours=limits.corroboration / 3600,
            future_minutes=limits.future / 60,
            recent=limits.recent,
        ),
    )


def _outlets(file: ConfigurationFile, document: Document) -> tuple[Outlet, ...]:
    owners: dict[str, str] = {}
    for index, outlet in enumerate(document.outlets):
        for name in dict.fromkeys(other.casefold() for other in (outlet.name, *outlet.aliases)):
            if name in owners:
                key = ("outlets", index, "name" if name == outlet.name.casefold() else "aliases")
                raise file.error(key, f'("{name}") already stands for the outlet {owners[name]}; keep it in one of them')
            owners[name] = outlet.name
    return tuple(
        Outlet(outlet.name, tuple(outlet.aliases), Reliability(outlet.reliability), outlet.family)
        for outlet in document.outlets
    )


def _sources(
    file: ConfigurationFile, document: Document
) -> tuple[tuple[FolderSource, ...], tuple[FeedSource, ...], tuple[PluginSource, ...]]:
    folders: dict[str, FolderSource] = {}
    feeds: dict[str, FeedSource] = {}
    plugins: dict[str, PluginSource] = {}
    zone = document.situation.zone
    for index, source in enumerate(document.sources):
        match source:
            case FolderTable(path=written):
                id = f"folder:{written}"
                if id in folders:
                    raise file.error(("sources", index, "path"), f'("{written}") is already a source; keep one of them')
                path = _beside(file, written, ("sources", index, "path"))
                folders[id] = FolderSource(id, path, source.outlet, source.zone or zone, source.language, source.shared)
            case FeedTable(url=written):
                id = f"feed:{written}"
                if id in feeds:
                    raise file.error(("sources", index, "url"), f'("{written}") is already a source; keep one of them')
                _check_interval(file, index, source)
                feeds[id] = FeedSource(
                    id,
                    written,
                    source.interval,
                    source.outlet,
                    source.zone or zone,
                    source.language,
                    source.full_text,
                )
            case PluginTable(name=name, label=label):
                id = f"plugin:{name}:{label}" if label else f"plugin:{name}"
                if id in plugins:
                    cure = "give each source of one plug-in a label of its own"
                    raise file.error(("sources", index, "label" if label else "name"), f'("{label or name}") is twice; {cure}')
                told = source.model_dump(exclude={"kind", "zone"})
                plugins[id] = PluginSource(id, zone=source.zone or zone, **told)
    return tuple(folders.values()), tuple(feeds.values()), tuple(plugins.values())


def _check_interval(file: ConfigurationFile, index: int, feed: FeedTable) -> None:
    try:
        parts = urlsplit(feed.url)
        # Asked for its port, what only begins like an address says that it is none: "http://ada:pass/word@host/".
        host, has_login, _ = parts.hostname, "@" in parts.netloc, parts.port
    except ValueError:
        host, has_login = None, False
    if has_login:
        cure = f"write it into ~/.netrc instead (machine {host} login NAME password WORD) and leave it out here"
        raise file.error(
            ("sources", index, "url"), f"holds a login, which everybody would see who looks at the sources; {cure}"
        )
    if not host:
        raise file.error(
            ("sources", index, "url"),
            f'("{without_login(feed.url)}") names no host; write an address like https://example.org/rss.xml',
        )
    if is_private_name(host):
        if feed.interval < _PRIVATE_FLOOR:
            raise file.error(("sources", index, "interval"), "is shorter than 1s; write 1s or more")
    elif feed.interval < _PUBLIC_FLOOR:
        raise file.error(("sources", index, "interval"), f"is too short for the public host {host}; write 5m or more")
