"""Pages, mails, agencies' items, saved feeds and web archives that are odd: bombs, nesting, programs, ways out of them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from email.message import EmailMessage

from tests.hostile.odd_files import Odd, holding
from tests.hostile.outcome import Outcome

_LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
_SECRET = '<!ENTITY x SYSTEM "file:///etc/passwd">'
_MESSAGE = "From: Desk <desk@demo.example>\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n{head}\r\n\r\n{body}"


def _said(key: str) -> str:
    return f"Document {key}: rebels shelled Town03 today, the army said."


def _shown(name: str, file: str, data: str | bytes, key: str) -> Odd:
    return Odd(name, holding(file, _bytes(data)), Outcome.RECORDED, sentence=_said(key))


def _noted(name: str, file: str, data: str | bytes, key: str, says: str) -> Odd:
    return Odd(name, holding(file, _bytes(data)), Outcome.NOTED, says, _said(key))


def _refused(name: str, file: str, data: str | bytes, says: str) -> Odd:
    return Odd(name, holding(file, _bytes(data)), Outcome.REFUSED, says)


def _bytes(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data


def _page(key: str, more: str = "", head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>Page {key}</title>{head}</head><body><p>{_said(key)}</p>{more}</body></html>"


def odd_documents() -> Iterator[Odd]:
    """Yield the cases, the same ones in the same order each time."""
    yield from _pages()
    yield from _mails()
    yield from _mails_oddly_written()
    yield from _archives()
    yield from _agencies()
    yield from _saved_feeds()
    yield from _json_items()


def _pages() -> Iterator[Odd]:
    yield _shown("page with a script", "script.html", _page("script", "<script>document.write('forged')</script>"), "script")
    yield _shown(
        "page that leads on",
        "refresh.html",
        _page("refresh", head='<meta http-equiv="refresh" content="0;url=file:///etc/passwd">'),
        "refresh",
    )
    yield _shown(
        "page with links that run",
        "links.html",
        _page("links", '<a href="javascript:alert(1)">a</a><a href="data:text/html,x">b</a>'),
        "links",
    )
    yield _shown(
        "page that names no page",
        "canon.html",
        _page("canon", head='<link rel="canonical" href="javascript:alert(1)"><base href="file:///etc/">'),
        "canon",
    )
    yield _shown(
        "page with frames",
        "frames.html",
        _page("frames", '<iframe src="file:///etc/passwd"></iframe><object data="/etc/passwd"></object>'),
        "frames",
    )
    yield _shown("page with handlers", "on.html", _page("on", '<img src=x onerror="alert(1)"><svg onload="alert(1)">'), "on")
    yield _shown("page never closed", "open.html", _page("openp", "<div><p><b>" * 50).removesuffix("</body></html>"), "openp")
    yield _shown("page nested deep", "deep.html", _page("deepp", "<div>" * 50_000), "deepp")
    yield _shown("page of one endless attribute", "attr.html", _page("attrp", f"<p title='{'a' * 1_000_000}'>x</p>"), "attrp")
    yield _shown("page with an endless comment", "comment.html", _page("commp", "<!--" * 100_000), "commp")
    yield _shown("page with entities", "entity.html", f"<!DOCTYPE html [{_LOL}]>" + _page("entp", "&l9;"), "entp")
    yield _shown("page in UTF-16", "wide.html", _page("widep").encode("utf-16"), "widep")
    yield _shown("page that says another charset", "charset.html", _page("charp", head='<meta charset="utf-16">'), "charp")
    yield _refused("page with nuls", "nul.html", _page("nulp", "\0\0<p>x\0y</p>"), "binary")
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": ' + "[" * 5000 + "</script>"
    yield _shown("page whose particulars are a bomb", "ld.html", _page("ldp", head=data), "ldp")
    odd = '<script type="application/ld+json">{"@type": 7, "author": {"name": {}}, "url": "javascript:x"}</script>'
    yield _shown("page whose particulars are of other kinds", "ldk.html", _page("ldk", head=odd), "ldk")
    yield _shown(
        "page with a template",
        "template.html",
        _page("tpl", "<template><p>forged</p></template><noscript>forged</noscript>"),
        "tpl",
    )
    yield _refused("page of tags alone", "tags.html", "<" * 2_000_000, "tags")
    yield _refused("page without a word", "wordless.html", "<html><body><script>x</script></body></html>", "empty")
    yield _refused("picture said to be a page", "picture.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "")


def _mail(key: str, head: str = "Content-Type: text/plain; charset=utf-8", body: str | None = None, subject: str = "") -> str:
    return _MESSAGE.format(subject=subject or f"Mail {key}", head=head, body=_said(key) if body is None else body)


_PARTS = 'Content-Type: multipart/mixed; boundary="b"'


def _mails() -> Iterator[Odd]:
    message = EmailMessage()
    message["From"], message["Subject"] = "Desk <desk@demo.example>", "Mail program"
    message.set_content(_said("program"))
    message.add_attachment(b"MZ" + bytes(500), maintype="application", subtype="x-msdownload", filename="../../pwned.exe")
    message.add_attachment(b"touch pwned", maintype="text", subtype="x-sh", filename="/tmp/pwned.sh")
    yield _shown("mail with programs", "program.eml", message.as_bytes(), "program")
    inner = "Content-Type: message/rfc822\r\n\r\n" * 200 + _mail("forged")
    yield _shown(
        "mail within mail within mail",
        "russian.eml",
        _mail("russian", _PARTS, f"--b\r\n\r\n{_said('russian')}\r\n--b\r\n{inner}\r\n--b--"),
        "russian",
    )
    nested = "".join(f'--b{n}\r\nContent-Type: multipart/mixed; boundary="b{n + 1}"\r\n\r\n' for n in range(90))
    yield _shown(
        "mail nested deep",
        "nestedm.eml",
        _mail("nestedm", 'Content-Type: multipart/mixed; boundary="b0"', f"--b0\r\n\r\n{_said('nestedm')}\r\n{nested}"),
        "nestedm",
    )
    bomb = "".join(f'--b{n}\r\nContent-Type: multipart/mixed; boundary="b{n + 1}"\r\n\r\n' for n in range(5000))
    yield _refused(
        "mail nested without end", "nestbomb.eml", _mail("x", 'Content-Type: multipart/mixed; boundary="b0"', bomb), "parts"
    )
    yield _refused("mail of parts without end", "parts.eml", _mail("x", _PARTS, "--b\r\n\r\nx\r\n" * 50_000), "parts")
    yield _refused("mail of headers without end", "heads.eml", "X-A: b\r\n" * 50_000 + "\r\n" + _said("x"), "headers")
    external = 'Content-Type: message/external-body; access-type=local-file; name="/etc/passwd"'
    yield _shown(
        "mail whose body is elsewhere",
        "external.eml",
        _mail("ext", _PARTS, f"--b\r\n\r\n{_said('ext')}\r\n--b\r\n{external}\r\n\r\n\r\n--b--"),
        "ext",
    )
    yield _refused("no mail at all", "nomail.eml", "hello there\r\n\r\nworld", "headers")
    yield _shown("mail with no boundary", "noboundary.eml", _mail("nobound", "Content-Type: multipart/mixed"), "nobound")


def _mails_oddly_written() -> Iterator[Odd]:
    page = f"<html><body><p>{_said('htmlmail')}</p><img src='http://tracker.invalid/1'><script>x</script></body></html>"
    yield _shown(
        "mail that is a page", "htmlmail.eml", _mail("htmlmail", "Content-Type: text/html; charset=utf-8", page), "htmlmail"
    )
    packed = base64.encodebytes(_said("base").encode()).decode()
    yield _shown("mail packed", "base.eml", _mail("base", "Content-Transfer-Encoding: base64", packed), "base")
    packed = base64.b64encode(_said("badb").encode()).decode() + "=\x00!"
    yield _shown("mail packed badly", "badbase.eml", _mail("badb", "Content-Transfer-Encoding: base64", packed), "badb")
    yield _shown("mail of an unknown packing", "unknown.eml", _mail("unkn", "Content-Transfer-Encoding: x-forged"), "unkn")
    yield _shown(
        "mail of an unknown charset", "charset.eml", _mail("chars", "Content-Type: text/plain; charset=x-\x1b[2J"), "chars"
    )
    yield _shown(
        "mail with a subject that commands",
        "subject.eml",
        _mail("subj", subject="=?utf-8?b?G10wO2ZvcmdlZAc=?= =?x?q?=1B[2J?= =?utf-8?q?=ED=A0=80?="),
        "subj",
    )
    yield _shown("mail with a folded subject", "folded.eml", _mail("fold", subject="a\r\n b\r\n\tc"), "fold")
    yield _shown(
        "mail with two subjects", "twosubj.eml", _mail("two", "Subject: other\r\nFrom: x@y\r\nContent-Type: text/plain"), "two"
    )
    dated = _mail("dated", "Date: Fri, 99 Foo 20244 25:61:61 +9999\r\nMessage-ID: <" + "m" * 5000 + ">")
    yield _noted("mail dated nonsense", "dated.eml", dated, "dated", "no full date")
    yield _shown("mail from a bomb of addresses", "from.eml", _mail("from", "From: " + "(" * 1500), "from")
    yield _shown("mail of an mbox", "mbox.eml", "From desk Sun Dec  8 00:00:00 2024\r\n" + _mail("mbox"), "mbox")
    yield _shown(
        "mail without a text", "textless.eml", _mail("x", "Content-Type: application/zip", "UEsDBA==", _said("sub")), "sub"
    )


def _archives() -> Iterator[Odd]:
    head = 'Content-Type: multipart/related; boundary="b"\r\nSnapshot-Content-Location: javascript:alert(1)'
    part = f"--b\r\nContent-Type: text/html\r\n\r\n{_page('arch')}\r\n"
    program = "--b\r\nContent-Type: application/x-msdownload\r\nContent-Location: file:///pwned.exe\r\n\r\nMZ\r\n--b--"
    yield _shown("archive with a program", "arch.mhtml", _mail("x", head, part + program), "arch")
    yield _refused("archive without a page", "archno.mhtml", _mail("x", head, program), "without a page")
    yield _refused("archive that is a page", "page.mhtml", _page("x"), "headers")
    cid = f"--b\r\nContent-Type: text/html\r\n\r\n{_page('cid', '<img src=cid:x><frame src=cid:y>')}\r\n--b--"
    yield _shown("archive that refers to itself", "cid.mht", _mail("x", head, cid), "cid")


def _agencies() -> Iterator[Odd]:
    def nitf(key: str, begin: str = "", more: str = "") -> str:
        body = f"<body><body.content><p>{_said(key)}</p>{more}</body.content></body>"
        return f'<?xml version="1.0"?>{begin}<nitf><head><title>Item {key}</title></head>{body}</nitf>'

    yield _shown("NITF with its DTD", "nitf.xml", nitf("nitf", '<!DOCTYPE nitf SYSTEM "nitf.dtd">'), "nitf")
    yield _refused("NITF that is a bomb", "nitfbomb.xml", nitf("x", f"<!DOCTYPE nitf [{_LOL}]>", "<p>&l9;</p>"), "entities")
    yield _refused(
        "NITF that reads a file", "nitffile.xml", nitf("x", f"<!DOCTYPE nitf [{_SECRET}]>", "<p>&x;</p>"), "entities"
    )
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    yield _shown("NITF that includes a file", "nitfinc.xml", nitf("ninc", "", f"<p>{include}</p>"), "ninc")
    yield _shown("NITF with a style sheet", "nitfxsl.xml", nitf("nxsl", '<?xml-stylesheet href="file:///etc/passwd"?>'), "nxsl")
    news = '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{}" version="{}"><contentSet>{}</contentSet></newsItem>'
    inline = "<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><body><p>{}</p>{}</body></html></inlineXML>"
    yield _shown(
        "NewsML with a script", "news.xml", news.format("n1", "1", inline.format(_said("news"), "<script>x</script>")), "news"
    )
    yield _shown(
        "NewsML of no version", "newsv.xml", news.format("\u202en2", "-9" * 50, inline.format(_said("newsv"), "")), "newsv"
    )
    remote = '<remoteContent href="file:///etc/passwd"/>' + inline.format(_said("newsr"), "")
    yield _shown("NewsML whose content is elsewhere", "newsr.xml", news.format("n3", "1", remote), "newsr")
    yield _refused("NewsML without content", "newse.xml", news.format("n4", "1", ""), "")
    yield _refused("XML nested deep", "xmldeep.xml", "<a>" * 100_000, "")
    yield _refused("XML of another kind", "svg.xml", '<svg onload="x"/>', "kind that is not read")
    yield _refused("XML of tags without end", "xmltags.xml", "<a>" + "<b/>" * 500_000 + "</a>", "tags")
    yield _refused("XML in another's charset", "xmlcs.xml", '<?xml version="1.0" encoding="x-\x07"?><a/>', "")


def _saved_feeds() -> Iterator[Odd]:
    def rss(items: str, begin: str = "") -> str:
        return f'{begin}<rss version="2.0"><channel><title>Saved</title>{items}</channel></rss>'

    def item(key: str, more: str = "") -> str:
        return f"<item><guid>{key}</guid><description>{_said(key)}</description>{more}</item>"

    yield _shown(
        "saved feed with a program", "saved.rss", rss(item("saved", '<enclosure url="file:///bin/sh" type="x"/>')), "saved"
    )
    yield _noted("saved feed with a broken tag", "broken.rss", rss(item("brokenf", "<b><i>x</b>")), "brokenf", "mended")
    yield _shown(
        "saved feed with links that run", "savedl.rss", rss(item("savedl", "<link>javascript:alert(1)</link>")), "savedl"
    )
    yield _refused("saved feed that is a bomb", "savedb.rss", rss("&l9;", f"<!DOCTYPE rss [{_LOL}]>"), "entities")
    yield _refused("saved feed that reads a file", "savedx.atom", rss("&x;", f"<!DOCTYPE rss [{_SECRET}]>"), "entities")
    yield _refused("saved feed of nothing", "savede.rss", rss(""), "without any item")


def _json_items() -> Iterator[Odd]:
    def ninjs(key: str, **more: object) -> str:
        return json.dumps({"uri": f"urn:{key}", "type": "text", "headline": f"Item {key}", "body_text": _said(key)} | more)

    yield _shown("ninjs with a body that runs", "ninjs.json", ninjs("ninjs", body_xhtml="<script>x</script>"), "ninjs")
    yield _shown(
        "ninjs of other kinds", "ninjsk.json", ninjs("ninjsk", by=7, version=[], headlines={}, altids="x", place=None), "ninjsk"
    )
    half = ninjs("ninjsh", headline="\ud800", byline="\udfff")
    yield _noted("ninjs with half a letter", "ninjsh.json", half, "ninjsh", "no text may hold")
    yield _shown(
        "ninjs linked to what runs",
        "ninjsl.json",
        ninjs("ninjsl", uri="javascript:alert(1)", renditions={"a": {"href": "file:///etc/passwd"}}),
        "ninjsl",
    )
    yield _shown(
        "object with a path",
        "path.json",
        json.dumps({"text": _said("pathj"), "id": "../../../pwned", "path": "/etc/passwd"}),
        "pathj",
    )
    yield _refused("JSON bomb", "bomb.json", "[" * 500_000, "JSON")
    yield _refused("JSON of a number without end", "digits.json", '{"text": ' + "9" * 100_000 + "}", "JSON")
    yield _refused("JSON of nothing", "nothing.json", "[]", "empty list")
    yield _refused("JSON that is null", "null.json", "null", "object")
    saved = {
        "version": "https://jsonfeed.org/version/1",
        "title": "x",
        "items": [{"id": "1", "content_text": _said("jfeed") + "\0\ud800"}],
    }
    yield _noted("saved JSON Feed with what no text may hold", "feed.json", json.dumps(saved), "jfeed", "no text may hold")
