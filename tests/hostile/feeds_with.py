"""Feeds whose items carry a payload in every place that a feed has, each payload in two formats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from tests.hostile.answers import TOWNS, Told
from tests.hostile.outcome import Outcome
from tests.hostile.payloads import ALL
from tests.newsroom import Reply

PLACES = ("title", "description", "content", "guid", "link", "author")


def feeds_with() -> Iterator[Told]:
    """Yield the answers, the same ones in the same order each time."""
    for number, (kind, payload) in enumerate(ALL.items()):
        yield _told(f"{kind} in JSON", f"J{number}", _json(f"J{number}", payload), "application/feed+json", payload)
        if number % 2:
            yield _told(f"{kind} in Atom", f"A{number}", _atom(f"A{number}", payload), "application/atom+xml", payload)
        else:
            yield _told(f"{kind} in RSS", f"R{number}", _rss(f"R{number}", payload), "application/rss+xml", payload)


def _told(name: str, key: str, body: str, kind: str, payload: str) -> Told:
    reply = Reply(body.encode("utf-8", "surrogatepass"), headers=[("Content-Type", kind)])
    said = payload if payload.isprintable() and len(payload) < 1000 and "  " not in payload else None
    sentences = [_said(key, place, said) for place in PLACES]
    return Told(name, reply, Outcome.RECORDED, sentences=tuple(sentences), articles=len(PLACES))


def _said(key: str, place: str, payload: str | None = None) -> str:
    """Return what is said in the item that carries the payload there; its beginning if it cannot be told word for word."""
    begun = f"Feed {key}{place}: rebels shelled Town{sum(map(ord, key + place)) % TOWNS:02d} "
    if place not in ("description", "content"):
        return f"{begun}heavily today, the army said."
    return begun.strip() if payload is None else f"{begun}{payload} today, the army said."


def _fields(key: str, place: str, payload: str) -> dict[str, str]:
    fields = {"title": f"Title {key}{place}", "guid": f"{key}{place}", "author": f"Author {key}"}
    fields["link"] = f"http://news.example/{key}/{place}"
    fields["text"] = _said(key, place, payload)
    if place not in ("description", "content"):
        fields[place] = f"{payload} {key}{place}"
    return fields


def _json(key: str, payload: str) -> str:
    items = []
    for place in PLACES:
        fields = _fields(key, place, payload)
        told = "summary" if place == "description" else "content_text"
        named = {"id": fields["guid"], "url": fields["link"], "title": fields["title"]}
        items.append({**named, told: fields["text"], "authors": [{"name": fields["author"], "url": fields["author"]}]})
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": f"{payload} {key}", "items": items})


def _rss(key: str, payload: str) -> str:
    items = "".join(
        "<item><guid isPermaLink='false'>{guid}</guid><link>{link}</link><title>{title}</title><author>{author}</author>"
        "<{body}>{text}</{body}></item>".format(body=_RSS_BODY.get(place, "description"), **_marked(key, place, payload))
        for place in PLACES
    )
    begin = '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    title = _written(escape(f"{payload} {key}"))
    return f"{begin}<channel><title>{title}</title>{items}</channel></rss>"


_RSS_BODY = {"content": "content:encoded"}


def _atom(key: str, payload: str) -> str:
    entries = "".join(
        "<entry><id>{guid}</id><link href='{link}'/><title type='html'>{title}</title><author><name>{author}</name></author>"
        "<{body} type='html'>{text}</{body}></entry>".format(
            body="content" if place == "content" else "summary", **_marked(key, place, payload)
        )
        for place in PLACES
    )
    title = _written(escape(f"{payload} {key}"))
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title type="html">{title}</title>{entries}</feed>'


def _marked(key: str, place: str, payload: str) -> dict[str, str]:
    """Return the fields as XML: what is HTML in a feed is escaped twice."""
    fields = _fields(key, place, payload)
    return {name: _written(escape(text) if name in ("title", "text") else text) for name, text in fields.items()}


def _written(text: str) -> str:
    """Write text as XML, what XML cannot hold as references that a lenient reader understands."""
    return "".join(letter if _is_xml(letter) else f"&#{ord(letter)};" for letter in escape(text))


def _is_xml(letter: str) -> bool:
    return letter in "\t\n\r" or " " <= letter <= "\ud7ff" or "\ue000" <= letter <= "\ufffd" or letter >= "\U00010000"
