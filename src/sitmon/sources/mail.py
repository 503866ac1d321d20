"""`.eml`: a newsletter or a wire's mail; its text, or what its HTML says. No attachment is opened, nothing is fetched.

The standard library takes mail apart under its forgiving policy; headers are decoded here, within bounds.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from typing import Any

from sitmon.errors import ArticleError
from sitmon.sources.decoding import Decoded, cleaned, decode
from sitmon.sources.drafts import Draft, Origin, Part, complete
from sitmon.sources.fields import Fields
from sitmon.sources.markup import text_of

# A mail of news has three parts; the library's time grows with the square of what these bound.
_MOST_PARTS = 100
_MOST_BOUNDARIES = 20_000
_LONGEST_HEAD = 65_536
_LONGEST_HEADER = 2000
_BOUNDARY = re.compile(rb"^--", re.MULTILINE)
_STATUS = re.compile(rb"^(content-type\s*:\s*)message/delivery-status", re.IGNORECASE | re.MULTILINE)
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_MULTIPART = re.compile(rb"^content-type\s*:\s*multipart", re.IGNORECASE | re.MULTILINE)
_HEADER = re.compile(rb"\s*(?:from |[!-9;-~]+\s*:)", re.IGNORECASE)
_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|رد|إعادة توجيه)\s*:\s*)+", re.IGNORECASE)
# Newsletters often say no more in their text part than where to find them.
_STUB, _FULLER = 600, 3


def parts(data: bytes, origin: Origin, known: Container[bytes] = ()) -> Iterator[Part]:  # noqa: ARG001 - it is one part
    """Read a mail.

    Raises:
        ArticleError: It is no mail, holds no text, or has too many parts.
    """
    message = mail_of(data)
    written = _body(message)
    subject = _header(message, "Subject")
    given: dict[str, Any] = {
        "id": (_header(message, "Message-ID") or "").strip("<> "),
        "title": _REPLY.sub("", subject, count=1).strip() if subject else None,
        "outlet": _sender(message),
        "language": (_header(message, "Content-Language") or "").partition(",")[0],
        "published_at": _header(message, "Date"),
    }
    draft = Fields({name: value for name, value in given.items() if value}, origin, "json").draft(written.text)
    yield Part(_filled(replace(draft, notes=written.notes + draft.notes), origin))


def mail_of(data: bytes) -> Message:
    """Take a MIME document apart.

    Raises:
        ArticleError: It is none, or has too many parts.
    """
    if not _HEADER.match(data):
        raise ArticleError("it is no mail: it does not begin with headers; save the mail with its source")
    if len(_MULTIPART.findall(data)) > _MOST_PARTS or len(_BOUNDARY.findall(data)) > _MOST_BOUNDARIES:
        raise ArticleError("it has more parts than any mail has")
    end = _END_OF_HEAD.search(data)
    if (end.start() if end else len(data)) > _LONGEST_HEAD:
        raise ArticleError("its headers are longer than any mail's")
    try:
        return message_from_bytes(_STATUS.sub(rb"\1application/octet-stream", data), policy=policy.compat32)
    except (RecursionError, ValueError, LookupError) as error:
        raise ArticleError("it is no mail that can be read") from error


def leaves(message: Message) -> Iterator[Message]:
    """Yield what a mail holds itself; of what is attached, attached mails included, nothing."""
    waiting = [message]
    for _ in range(10 * _MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting[:0] = [one for one in part.get_payload() if isinstance(one, Message)]
        elif part.get_content_maintype() == "multipart":
            # One that names no boundary has no parts (RFC 2046, 5.1.1), and is words all the same.
            del part["Content-Type"]
            yield part
        elif part.get_content_disposition() != "attachment" and part.get_content_maintype() != "message":
            yield part


def decoded(part: Message) -> Decoded:
    """Return a part's text: transfer encoding undone, character set as declared.

    Raises:
        ArticleError: Its encoding cannot be told.
    """
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    return decode(data, part.get_content_charset()) if data else Decoded("")


def _filled(draft: Draft, origin: Origin) -> Draft:
    # The configured name of a source goes before that of whoever sends for it.
    return complete(replace(draft, outlet=origin.outlet or draft.outlet), origin)


def _body(message: Message) -> Decoded:
    """Return the text part, unless it only leads to an HTML part that says much more."""
    plain = _joined(_plain(part) for part in leaves(message) if part.get_content_type() == "text/plain")
    pages = (decoded(part) for part in leaves(message) if part.get_content_type() in ("text/html", "application/xhtml+xml"))
    if len(plain.text) > _STUB:
        return plain
    html = _joined(page._replace(text=text_of(page.text)) for page in pages)
    return html if len(html.text) > _FULLER * len(plain.text) else plain


def _joined(texts: Iterator[Decoded]) -> Decoded:
    several = [one for one in texts if one.text.strip()]
    return Decoded("\n\n".join(one.text.strip() for one in several), tuple(note for one in several for note in one.notes))


def _plain(part: Message) -> Decoded:
    """Join the lines that were only broken for the journey (RFC 3676, format=flowed)."""
    found = decoded(part)
    text = found.text.replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() != "flowed":
        return found._replace(text=text)
    is_spaceless = str(part.get_param("delsp", "")).lower() == "yes"
    pieces: list[str] = []
    for line in text.split("\n"):
        unstuffed = line.removeprefix(" ")
        is_open = unstuffed.endswith(" ") and unstuffed != "-- "
        pieces += (unstuffed[:-1] if is_open and is_spaceless else unstuffed, "" if is_open else "\n")
    return found._replace(text="".join(pieces).removesuffix("\n"))


def _sender(message: Message) -> str | None:
    """Return the name of who sent it, else the domain; the address itself is nobody's business."""
    written = _header(message, "From") or ""
    try:
        name, address = parseaddr(written)
    except RecursionError:
        name, address = written, ""
    return " ".join(name.split()) or address.rpartition("@")[2].strip() or None


def _header(message: Message, name: str) -> str | None:
    """Return a header's words: encoded ones decoded (RFC 2047), raw bytes read as what they look like."""
    raw = message.get(name)
    if raw is None:
        return None
    written = str(raw)[:_LONGEST_HEADER]
    if not written.isascii():
        # compat32 holds raw bytes as surrogates, which it hides behind question marks where it can.
        kept = next((value for key, value in message.raw_items() if key.lower() == name.lower()), written)
        written = _guessed(str(kept)[:_LONGEST_HEADER])
    try:
        words = "".join(_word(word, charset) for word, charset in decode_header(written))
    except (HeaderParseError, ValueError):
        words = written
    return " ".join(cleaned(words).text.split()) or None


def _word(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        return word
    try:
        return decode(word, charset).text if charset else word.decode("ascii", "replace")
    except ArticleError:
        return word.decode("latin-1")


def _guessed(written: str) -> str:
    try:
        return decode(written.encode("ascii", "surrogateescape")).text
    except (ArticleError, UnicodeEncodeError):
        return written
