"""Feeds that are odd as documents: by encoding, form, size, or by what their items say."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from tests.hostile.answers import Told
from tests.hostile.outcome import Outcome
from tests.newsroom import Reply

_RANDOM = random.Random(20241208)
_ARABIC = "قصف المتمردون بلدة الشمال اليوم، بحسب ما أعلن الجيش السوري في بيان رقم تسعة."
_LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
_FULL_GUID = "<guid isPermaLink='false'>{key}</guid>"


def said(key: str) -> str:
    """Return the sentence of an item."""
    return f"Item {key}: rebels shelled Town01 today, the army said."


def item(key: str, more: str = "", guid: str | None = None, body: str | None = None) -> str:
    """Return an item that says its sentence."""
    guid = _FULL_GUID.format(key=key) if guid is None else guid
    return (
        f"<item>{guid}<title>Title {key}</title>{more}<description>{said(key) if body is None else body}</description></item>"
    )


def feed(*items: str, head: str = "", begin: str = '<?xml version="1.0"?>') -> str:
    """Return a feed of items."""
    return f'{begin}<rss version="2.0"><channel><title>Odd feed</title>{head}{"".join(items)}</channel></rss>'


def _told(name: str, document: str | bytes, *keys: str, kind: str = "application/rss+xml") -> Told:
    data = document.encode() if isinstance(document, str) else document
    sentences = tuple(said(key) for key in keys)
    return Told(name, Reply(data, headers=[("Content-Type", kind)]), Outcome.RECORDED, "", sentences, len(keys))


def _refused(name: str, document: str | bytes, says: str, kind: str = "application/rss+xml") -> Told:
    data = document.encode() if isinstance(document, str) else document
    return Told(name, Reply(data, headers=[("Content-Type", kind)]), Outcome.REFUSED, says)


def odd_feeds() -> Iterator[Told]:
    """Yield the answers, the same ones in the same order each time."""
    yield from _encoded()
    yield from _broken()
    yield from _reaching_out()
    yield from _telling()
    yield from _telling_of_all_kinds()
    yield from _json_feeds()
    yield from _no_feeds()


def _encoded() -> Iterator[Told]:
    yield _told("UTF-16", feed(item("u16"), begin='<?xml version="1.0" encoding="utf-16"?>').encode("utf-16"), "u16")
    yield _told(
        "UTF-16 without mark", feed(item("u16b"), begin='<?xml version="1.0" encoding="utf-16be"?>').encode("utf-16-be"), "u16b"
    )
    yield _told("UTF-8 mark", b"\xef\xbb\xbf" + feed(item("mark")).encode(), "mark")
    yield _told("two marks", b"\xef\xbb\xbf\xef\xbb\xbf" + feed(item("marks")).encode(), "marks")
    arabic = feed(item("cp1256", body=_ARABIC), begin='<?xml version="1.0" encoding="windows-1256"?>')
    told = Reply(arabic.encode("cp1256"), headers=[("Content-Type", "text/xml")])
    yield Told("Arabic of Windows", told, Outcome.RECORDED, "", (_ARABIC,), 1)
    body = "Cafe9: the café at Town01 was shelled, the army said."
    latin = Reply(
        feed(item("lat", body=body), begin="").encode("latin-1"), headers=[("Content-Type", "text/xml; charset=iso-8859-1")]
    )
    yield Told("Latin 1 by header alone", latin, Outcome.RECORDED, "", (body,), 1)
    body = "Cafe8: the café at Town01 was shelled, the army said."
    mixed = feed(item("mix", body=body), begin='<?xml version="1.0" encoding="iso-8859-1"?>').encode()
    yield Told("UTF-8 that says Latin 1", Reply(mixed), Outcome.RECORDED, "", (body,), 1)
    yield _told("charset that there is not", feed(item("nocs")), "nocs", kind="text/xml; charset=x-forged-\x07")
    yield _told("encoding that there is not", feed(item("noenc"), begin='<?xml version="1.0" encoding="x-none"?>'), "noenc")
    yield _told("UTF-7", feed(item("utf7"), begin='<?xml version="1.0" encoding="utf-7"?>'), "utf7")


def _broken() -> Iterator[Told]:
    sound = feed(item("x")).encode()
    yield _told("white space first", " \r\n\t" + feed(item("space")), "space")
    yield _told("nul within", feed(item("nul")).replace("<title>T", "<title>\0T"), "nul")
    yield _told("words behind", feed(item("behind")) + "<p>and more</p> & more", "behind")
    yield _told("bare ampersand", feed(item("amp", "<category>R&D</category>")), "amp")
    yield _told("entity of HTML", feed(item("nbsp", "<category>a&nbsp;b</category>")), "nbsp")
    yield _told("controls by number", feed(item("num", "<category>&#27;&#0;&#xd800;&#x110000;</category>")), "num")
    yield _told("never closed", feed(item("open")).replace("</channel></rss>", ""), "open")
    yield _told("prefix never declared", feed(item("pre", "<x:y>z</x:y>")), "pre")
    yield _told("tags crossed", feed(item("cross", "<b><i>x</b></i>")), "cross")
    yield _told("attribute twice", feed(item("twice", "<category a='1' a='2'>c</category>")), "twice")
    yield _told("CDATA within CDATA", feed(item("cdata", "<category><![CDATA[a<![CDATA[b]]>c]]></category>")), "cdata")
    yield _told("comment never closed", feed(item("comm")).replace("</channel>", "<!-- "), "comm")
    deep = "<category>" + "<b>" * 100_000 + "</b>" * 100_000 + "</category>"
    yield _told("nested a hundred thousand deep", feed(item("deep"), deep), "deep")
    escaped = "&lt;div&gt;" * 100_000
    yield _told("HTML nested a hundred thousand deep", feed(item("deeph", body=said("deeph") + escaped)), "deeph")
    yield _told("attribute of a million letters", feed(item("attr", f"<category a='{'a' * 1_000_000}'/>")), "attr")
    yield _told("name of a million letters", feed(item("name"), f"<{'a' * 1_000_000}/>"), "name")
    yield _refused("a hundred thousand items", feed("<item><title>t</title></item>" * 100_000), "tags")
    yield _refused("larger than any feed", sound + b" " * (11 * 1024 * 1024), "MB")
    yield _told("three hundred items", feed(*(item(f"many{n}") for n in range(300))), *(f"many{n}" for n in range(300)))


def _reaching_out() -> Iterator[Told]:
    secret = '<!ENTITY x SYSTEM "file:///etc/passwd">'
    yield _refused("billion laughs", feed(item("l", body="&l9;"), begin=f"<!DOCTYPE rss [{_LOL}]>"), "entities")
    yield _refused("billion laughs, broken", feed("<item>&l9;", begin=f"<!DOCTYPE rss [{_LOL}]><p>"), "entities")
    yield _refused("quadratic entity", feed("&a;" * 50_000, begin=f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>'), "entities")
    yield _refused("entity of a file", feed(item("f", body="&x;"), begin=f"<!DOCTYPE rss [{secret}]>"), "entities")
    yield _refused("entity of the network", feed("&x;", begin='<!DOCTYPE rss [<!ENTITY x SYSTEM "/tracked">]>'), "entities")
    yield _refused("entity of a DTD", feed("", begin='<!DOCTYPE rss [<!ENTITY % x SYSTEM "/tracked"> %x;]>'), "entities")
    utf16 = feed(item("f16", body="&x;"), begin=f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE rss [{secret}]>')
    yield _refused("entity in UTF-16", utf16.encode("utf-16"), "entities")
    yield _told("DTD elsewhere", feed(item("dtd"), begin='<!DOCTYPE rss SYSTEM "/tracked">'), "dtd")
    yield _told("DTD with a public name", feed(item("pub"), begin='<!DOCTYPE rss PUBLIC "-//x" "/tracked">'), "pub")
    yield _told(
        "style sheet", feed(item("xsl"), begin='<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="/tracked"?>'), "xsl"
    )
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{}" parse="text"/>'
    yield _told("XInclude of a file", feed(item("xif", include.format("file:///etc/passwd"))), "xif")
    yield _told("XInclude of the network", feed(item("xin", include.format("/tracked"))), "xin")
    schema = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://x /tracked"'
    yield _told("schema elsewhere", feed(item("xsd", f"<category {schema}>c</category>")), "xsd")
    media = '<enclosure url="/tracked" type="application/x-msdownload" length="9"/>'
    media += '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="/tracked"/>'
    yield _told("attached program", feed(item("exe", media)), "exe")
    html = "&lt;img src='/tracked'&gt;&lt;script src='/tracked'&gt;forged&lt;/script&gt;&lt;iframe src='/tracked'&gt;"
    yield _told("pictures and scripts", feed(item("img", body=said("img") + html)), "img")
    refresh = "&lt;meta http-equiv='refresh' content='0;url=/tracked'&gt;&lt;link rel='prefetch' href='/tracked'&gt;"
    yield _told("a page that leads on", feed(item("meta", body=refresh + said("meta"))), "meta")
    yield _told("a base elsewhere", feed(item("base", "<link xml:base='file:///etc/'>passwd</link>")), "base")
    hub = '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="hub" href="/tracked"/><cloud domain="x" path="/tracked"/>'
    hub += "<image><url>/tracked</url></image>"
    yield _told("hub, cloud and picture", feed(item("hub"), head=hub), "hub")


def _telling() -> Iterator[Told]:
    yield _told("guid twice, the same item", feed(item("dup"), item("dup")), "dup")
    yield _told(
        "guid of two links",
        feed(
            item("g1", "<link>http://n.example/1</link>", "<guid>same</guid>"),
            item("g2", "<link>http://n.example/2</link>", "<guid>same</guid>"),
        ),
        "g1",
        "g2",
    )
    yield _told("no guid, no link", feed(item("n1", guid=""), item("n2", guid="")), "n1", "n2")
    yield _told(
        "link of two items",
        feed(item("k1", "<link>http://n.example/</link>", ""), item("k2", "<link>http://n.example/</link>", "")),
        "k1",
        "k2",
    )
    yield _told("guid of a megabyte", feed(item("glong", guid=f"<guid>{'g' * 1_000_000}</guid>")), "glong")
    yield _told("guid that is empty", feed(item("gempty", guid="<guid> </guid>")), "gempty")
    entries = "".join(
        f'<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="t{n}" when="2024-12-08T00:00:00Z"/>'
        for n in range(50)
    )
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{entries}<entry><id>te</id><summary>{said("tomb")}</summary></entry></feed>'
    yield _told("tombstones of what was never told", atom, "tomb")
    empty = "<item><guid>e1</guid></item><item/><item><title> </title></item>"
    yield _told("items of nothing among one", feed(empty, item("among")), "among")
    yield _told("no items", feed())
    nested = item("nest", body=f"{said('nest')}<item><title>forged</title><description>forged</description></item>")
    yield _told("an item within an item", feed(nested), "nest")


def _telling_of_all_kinds() -> Iterator[Told]:
    dates = (
        "1 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 -1200",
        "0000-00-00",
        "Mon, 99 Foo 20244 25:61:61 XYZ",
        "-1",
        "2024-12-08T14:30:00+99:99",
        "0001-01-01T00:00:00+14:00",
        "9" * 400,
        "\u0662\u0660\u0662\u0664-12-08",
    )
    items = (item(f"date{n}", f"<pubDate>{date}</pubDate>") for n, date in enumerate(dates))
    yield _told("dates of all kinds", feed(*items), *(f"date{n}" for n in range(len(dates))))
    links = (
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "http://[",
        "//",
        "http://a@b:99999/",
        "\\\\host\\share",
        "http://x/ y\tz",
        "jAvAsCrIpT&#58;alert(1)",
    )
    items = (item(f"link{n}", f"<link>{link}</link>") for n, link in enumerate(links))
    yield _told("links of all kinds", feed(*items), *(f"link{n}" for n in range(len(links))))
    hints = "<ttl>999999999</ttl><skipHours><hour>x</hour><hour>-1</hour></skipHours><skipDays><day>[b]</day></skipDays>"
    yield _told("hints of all kinds", feed(item("ttl"), head=hints), "ttl")
    yield _told("language that is none", feed(item("lang"), head="<language>\u202exx-\u200b[b]</language>"), "lang")


def _json_feeds() -> Iterator[Told]:
    kind = "application/feed+json"

    def of(*items: object, **more: object) -> str:
        return json.dumps({"version": "https://jsonfeed.org/version/1", "title": "J", "items": items} | more)

    def one(key: str, **more: object) -> dict[str, object]:
        return {"id": key, "content_text": said(key)} | more

    yield _told(
        "JSON with half letters", of(one("half", title="\ud83d \udc00", authors=[{"name": "\ud800"}])), "half", kind=kind
    )
    yield _told(
        "JSON with fields of other kinds",
        of(one("kinds", title=[1], url={"a": 1}, tags="x", authors=7, date_published=-1)),
        "kinds",
        kind=kind,
    )
    yield _told("JSON with items of other kinds", of(None, 7, "x", [], {}, one("other")), "other", kind=kind)
    yield _told("JSON that says not a number", of(one("nan")).replace('"J"', "NaN"), "nan", kind=kind)
    yield _told("JSON with a key twice", of(one("key")).replace('{"id"', '{"id": "x", "id"'), "key", kind=kind)
    yield _told("JSON in UTF-16", of(one("j16")).encode("utf-16"), "j16", kind=kind)
    yield _told("JSON that says it is XML", of(one("jxml")), "jxml", kind="text/xml")
    yield _told("JSON with a huge number for an id", of({"id": 10**400, "content_text": said("hugeid")}), "hugeid", kind=kind)
    yield _told(
        "JSON that leads on",
        of(one("next"), next_url="file:///etc/passwd", icon="/tracked", hubs=[{"url": "/tracked"}]),
        "next",
        kind=kind,
    )
    yield _refused("JSON nested deep", '{"items": ' + "[" * 200_000, "JSON", kind)
    yield _refused("JSON broken off", of(one("cut"))[:-9], "JSON", kind)
    yield _refused("JSON of something else", '{"error": "\x07"}', "JSON", kind)
    yield _refused("JSON with a digit without end", '{"items": [], "title": ' + "9" * 100_000 + "}", "JSON", kind)


def _no_feeds() -> Iterator[Told]:
    page = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><item>x</item></body></html>"
    yield _refused("a page", page, "web page")
    yield _refused("a page that says it is a feed", page, "web page", "application/atom+xml")
    yield _refused("nothing", b"", "empty")
    yield _refused("white space", b" \r\n" * 1000, "empty")
    yield _refused("a mark alone", b"\xef\xbb\xbf", "empty")
    yield _refused("words", b"hello", "not a feed")
    yield _refused("zeros", bytes(100_000), "feed")
    yield _refused("random bytes", _RANDOM.randbytes(100_000), "feed")
    yield _refused("a program", b"\x7fELF\x02\x01\x01" + _RANDOM.randbytes(3000), "feed")
    yield _refused("a picture", b"\x89PNG\r\n\x1a\n" + _RANDOM.randbytes(3000), "feed")
    yield _refused("a PDF", b"%PDF-1.7\n" + _RANDOM.randbytes(3000), "feed")
    yield _refused("other XML", '<?xml version="1.0"?><svg onload="alert(1)"><script>x</script></svg>', "feed")
    yield _refused("a list of sources", "<opml version='1.0'><body><outline xmlUrl='/tracked'/></body></opml>", "feed")
    yield _refused("a hundred thousand signs", b"<" * 100_000, "feed")
