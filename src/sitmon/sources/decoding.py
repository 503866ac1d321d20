"""Bytes to text, never mojibake in silence: byte order mark, then what is declared, then UTF-8, then what looks like writing.

Every format's room calls it first; what it had to assume it says in a note.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

from sitmon.errors import ArticleError

REPLACEMENT = "\ufffd"
# How much of a document is looked at to tell its encoding: enough for any statistics, and no time.
_SAMPLE = 65536
_MARKS = (
    (codecs.BOM_UTF8, "utf_8"),
    (codecs.BOM_UTF32_LE, "utf_32"),
    (codecs.BOM_UTF32_BE, "utf_32"),
    (codecs.BOM_UTF16_LE, "utf_16_le"),
    (codecs.BOM_UTF16_BE, "utf_16_be"),
)
# Scripts news is written in, and general punctuation: what a guess at UTF-16 must consist of.
_WRITING = re.compile(
    "[\t\n\r -~\u00a0-\u024f\u0370-\u058f\u0590-\u06ff\u0750-\u077f\u2000-\u206f\u20a0-\u20bf\ufb50-\ufdff\ufe70-\ufefc\ufeff]"
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# What JSON writes as "\ud83d\udc69" is one letter; YAML reads two halves there.
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r\x0c\x1b\x00"))
_UPPER_HALF = re.compile("[\x80-\U0010ffff]")
_LETTER_PAIR = re.compile(r"(?=([^\W\d_]{2}))")
_TWO_ACCENTS = re.compile("(?=[\u00c0-\u024f]{2})")
_TWO_SCRIPTS = re.compile("[A-Za-z][\u0400-\u06ff]|[\u0400-\u06ff][A-Za-z]")


class Decoded(NamedTuple):
    """A document's text, with one sentence for each thing that had to be assumed or replaced."""

    text: str
    notes: tuple[str, ...] = ()


class _Rules(NamedTuple):
    """What encodings.toml says: letters are the frequent and the possible ones of each script."""

    names: dict[str, str]
    candidates: dict[str, str]
    letters: dict[str, tuple[str, str]]
    punctuation: str
    magic: dict[bytes, str]


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode a document.

    Args:
        data: All of it.
        declared: The encoding that the document or its carrier names; an unknown one is passed over.

    Raises:
        ArticleError: It is no text, or its encoding cannot be told.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replacing(data if encoding == "utf_32" else data[len(mark) :], encoding, said=True)
    if magic := next((what for begin, what in _rules().magic.items() if data.startswith(begin)), None):
        raise ArticleError(f"it is {magic}, not text; save its text as .txt or .md")
    if wide := _wide(data):
        return _replacing(data, wide, said=False)
    if _is_binary(data):
        raise ArticleError("it is binary data, not text")
    encoding = _known(declared) or "utf_8"
    try:
        return cleaned(data.decode(encoding))
    except UnicodeDecodeError as error:
        if encoding == "utf_8" and _is_broken_utf8(data):
            return _replacing(data, encoding, said=True)
        detected = detect(data)
        if detected is None and _is_nearly_ascii(data):
            return _replacing(data, "utf_8", said=False)
        if detected is None:
            raise ArticleError("its encoding cannot be told; save it as UTF-8") from error
        return _replacing(data, detected, said=False)


def cleaned(text: str) -> Decoded:
    """Replace what no record can hold (NUL, surrogates without their half), and say so."""
    if "\0" not in text and _is_whole(text):
        return Decoded(text)
    whole = _HALVES.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    clean, count = _UNSTORABLE.subn(REPLACEMENT, whole)
    return Decoded(clean, (f"characters that no text may hold ({count}) were replaced by {REPLACEMENT}",) if count else ())


def _is_whole(text: str) -> bool:
    # Encoding it looks for surrogates in a twentieth of the time that a search takes.
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


def detect(data: bytes) -> str | None:
    """Tell an encoding of one byte a letter by how its letters look; None if nothing looks like writing.

    charset-normalizer is asked only where no candidate does: of short texts it takes windows-1256 Arabic for Big5 or Thai.
    """
    sample = data[:_SAMPLE]
    # Each place further down the list must look a little better: "naïve £5" is fair Polish as well.
    rated = {name: _rating(sample, name) - 0.01 * place for place, name in enumerate(_rules().candidates)}
    name = max(rated, key=rated.__getitem__)
    if rated[name] > 0:
        return name
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 3 MiB, for documents that hardly ever come

    guess = from_bytes(sample).best()
    return guess.encoding if guess is not None and guess.coherence > 0.1 else None


def _rating(sample: bytes, encoding: str) -> float:
    """Rate how much the upper half of a sample looks like writing: 1 for common letters of one script, below 0 for none."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    weights = _weights(_rules().candidates[encoding])
    letters = _UPPER_HALF.findall(text)
    total = sum(weights.get(letter, -1.0) for letter in letters)
    # "ПгФЮ" is "دمشق" misread: no word has a capital after a small letter, or two scripts, and few have many accents in a row.
    humps: int = sum(pair[0].islower() and pair[1].isupper() for pair in _LETTER_PAIR.findall(text))
    faults = 2.0 * (humps + len(_TWO_SCRIPTS.findall(text))) + 0.5 * len(_TWO_ACCENTS.findall(text))
    return (total - faults) / max(1, len(letters))


def _replacing(data: bytes, encoding: str, said: bool) -> Decoded:
    text = data.decode(encoding, "replace")
    clean, notes = cleaned(text)
    lost = text.count(REPLACEMENT)
    name = _rules().names.get(encoding, encoding)
    if lost:
        notes = (f"bytes that are not {name} ({lost}) were replaced by {REPLACEMENT}", *notes)
    return Decoded(clean, notes if said else (f"it does not say its encoding and was read as {name}", *notes))


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    # Wires mark the parts of a dispatch with control characters; what is no UTF-8 besides is allowed few of them.
    share = 0.02 if _UPPER_HALF.search(sample.decode("latin_1")) and not _is_utf8(sample) else 0.2
    return controls > len(sample) * share or sample.count(0) > max(1, len(sample) // 1000)


def _is_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf_8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _wide(data: bytes) -> str | None:
    """Tell UTF-16 without a byte order mark: spaces and line ends make every other byte of some pair NUL."""
    sample = data[: min(len(data), _SAMPLE) // 2 * 2]
    if 0 not in sample:
        return None
    for encoding in ("utf_16_le", "utf_16_be"):
        text = sample.decode(encoding, "replace")
        if len(_WRITING.findall(text)) >= 0.97 * len(text):
            return encoding
    return None


def _is_broken_utf8(data: bytes) -> bool:
    """Tell UTF-8 with a few bad bytes from another encoding: its good sequences outnumber the bad ones.

    No other encoding makes one of its sequences more than once in a while. A document cut within a letter needs but one.
    """
    sample = data[:_SAMPLE]
    text = sample.decode("utf-8", "replace")
    bad = text.count(REPLACEMENT)
    good = len(_UPPER_HALF.findall(text)) - bad
    return good >= (1 if _is_utf8(sample) else 3 * bad)


def _is_nearly_ascii(data: bytes) -> bool:
    return len(_UPPER_HALF.findall(data[:_SAMPLE].decode("latin_1"))) <= len(data[:_SAMPLE]) * 0.02


def _known(declared: str | None) -> str | None:
    try:
        codec = codecs.lookup(declared.strip()) if declared else None
    except (LookupError, ValueError):
        return None
    # Python has codecs that are no character sets (idna, unicode_escape, utf_7 among them); none of those is in the list.
    return codec.name.replace("-", "_") if codec and codec.name.replace("-", "_") in _rules().names else None


@cache
def _weights(script: str) -> dict[str, float]:
    often, seen = _rules().letters[script]
    known = dict.fromkeys(seen, 0.5) | dict.fromkeys(_rules().punctuation, 0.5)
    # The commonest first: a text misread as the same script has the rare ones.
    return known | {letter: 1.0 - 0.4 * rank / len(often) for rank, letter in enumerate(often)}


@cache
def _rules() -> _Rules:
    written = tomllib.loads(resources.files("sitmon.sources").joinpath("encodings.toml").read_text("utf-8"))
    letters = {script: (table["often"], table["seen"]) for script, table in written["letters"].items()}
    magic = {bytes.fromhex(begin): what for begin, what in written["magic"].items()}
    return _Rules(written["names"], written["candidates"], letters, written["punctuation"]["seen"], magic)
