"""Files that are odd in themselves: by name, kind, size, encoding or form."""

from __future__ import annotations

import gzip
import json
import os
import random
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.outcome import Outcome

_RANDOM = random.Random(20241208)
SAID = "rebels shelled Town00 today, the army said."


@dataclass(frozen=True, slots=True)
class Odd:
    """An odd file; the attributes are those of a case."""

    name: str
    lay: Callable[[Path], object]
    outcome: Outcome
    says: str = ""
    sentence: str | None = None


def holding(name: str | bytes, data: bytes) -> Callable[[Path], object]:
    """Return what lays a file of that name and content."""

    def lay(folder: Path) -> None:
        file = os.path.join(os.fsencode(folder), os.fsencode(name))  # noqa: PTH118 - names that are no UTF-8
        written = os.open(file, os.O_WRONLY | os.O_CREAT)
        os.write(written, data)
        os.close(written)

    return lay


def _sized(name: str, size: int) -> Callable[[Path], object]:
    def lay(folder: Path) -> None:
        with (folder / name).open("wb") as written:
            written.truncate(size)

    return lay


def _made(name: str, make: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda folder: make(folder / name)


def _deep_folder(path: Path) -> None:
    for _ in range(60):
        path = path / "d"
    path.mkdir(parents=True)
    (path / "deep.txt").write_text(f"Deep: {SAID}")


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may be 107 bytes long
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _shown(name: str, file: str | bytes, data: bytes, sentence: str) -> Odd:
    return Odd(name, holding(file, data), Outcome.RECORDED, sentence=sentence)


def _refused(name: str, file: str, data: bytes, says: str) -> Odd:
    return Odd(name, holding(file, data), Outcome.REFUSED, says)


def _said(name: str) -> str:
    return f"{name}: {SAID}"


_ARABIC = "قصف المتمردون بلدة الشمال اليوم، بحسب ما أعلن الجيش السوري في بيان."
_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(ord('b') + n)}: &{chr(ord('b') + n)} [{','.join(['*' + chr(ord('a') + n)] * 9)}]\n" for n in range(8)
)
_CALL = f"---\ntitle: !!python/object/apply:os.system ['touch pwned']\n---\n{_said('Call')}".encode()
_HUGE = b'{"published_at": 1' + b"0" * 400 + f', "text": "{_said("Huge")}"}}'.encode()

ODD = [
    # by encoding
    _shown("UTF-16 with mark", "utf16.txt", _said("Utf16").encode("utf-16"), _said("Utf16")),
    _shown("UTF-16 big endian", "utf16be.txt", b"\xfe\xff" + _said("Be").encode("utf-16-be"), _said("Be")),
    _shown("UTF-8 with mark", "mark.txt", b"\xef\xbb\xbf" + _said("Mark").encode(), _said("Mark")),
    _shown("Windows line ends", "crlf.txt", f"First line here.\r\n\r\n{_said('Crlf')}\r\n".encode(), _said("Crlf")),
    _shown("old Mac line ends", "cr.txt", f"First line here.\r\r{_said('Cr')}\r".encode(), _said("Cr")),
    _shown("Arabic of Windows", "cp1256.txt", (_ARABIC + "\n").encode("cp1256") * 3, _ARABIC),
    _shown("Latin 1", "latin.txt", f"Café: {SAID}".encode("latin-1"), f"Café: {SAID}"),
    Odd("cut within a letter", holding("cut.txt", f"“{_said('Cut')}” é".encode()[:-1]), Outcome.NOTED, "UTF-8", _said("Cut")),
    _shown("nul bytes within", "nul.txt", f"Some\x00where. {_said('Nul')}".encode(), _said("Nul")),
    # by content
    _refused("empty", "empty.txt", b"", "empty"),
    _refused("white space alone", "white.txt", b" \n\t\n " * 50, "empty"),
    _refused("mark alone", "bom.txt", b"\xef\xbb\xbf", "empty"),
    _refused("zeros", "zeros.txt", bytes(5000), "binary"),
    _refused("random bytes", "random.txt", _RANDOM.randbytes(20_000), "binary"),
    _refused("a program", "program.txt", b"\x7fELF\x02\x01\x01" + bytes(200) + _RANDOM.randbytes(3000), "program"),
    _refused("packed", "packed.txt", gzip.compress(_said("Packed").encode() * 500), "gzip"),
    _shown("one endless line", "endless.txt", f"{_said('Endless')} {'word ' * 100_000}".encode(), _said("Endless")),
    _shown("a hundred thousand lines", "lines.txt", f"{_said('Lines')}\n".encode() + b"\n" * 100_000, _said("Lines")),
    _shown("full stops alone follow", "stops.txt", f"{_said('Stops')} {'. ' * 50_000}".encode(), _said("Stops")),
    # by front matter
    _shown("front matter that never ends", "open.md", f"---\ntitle: x\n{_said('Open')}".encode(), _said("Open")),
    _shown("front matter that is a list", "list.md", f"---\n- a\n- b\n---\n{_said('List')}".encode(), _said("List")),
    _refused("front matter that is a bomb", "bomb.md", f"---\n{_BOMB}---\n{SAID}".encode(), "front matter"),
    _refused("front matter nested deeply", "nested.md", f"---\ntitle: {'[' * 5000}\n---\n{SAID}".encode(), "front matter"),
    Odd("front matter that calls", holding("call.md", _CALL), Outcome.NOTED, "title", _said("Call")),
    # by lines of JSON
    _refused("JSON nested deeply", "deep.jsonl", b"[" * 200_000, "deep"),
    _refused("JSON that is no object", "number.jsonl", b"42\n", "object"),
    _refused("JSON without a text", "textless.jsonl", b'{"title": "x"}\n', "text"),
    _refused("JSON with a text that is none", "list.jsonl", b'{"text": ["a"]}\n', "text"),
    _refused("JSON broken off", "broken.jsonl", b'{"text": "abc\n', "not JSON"),
    _shown("JSON with half a letter", "half.jsonl", json.dumps({"text": f"Half: {SAID} \ud83d"}).encode(), _said("Half")),
    _shown("JSON with a huge number", "huge.jsonl", _HUGE, _said("Huge")),
    # by kind and name
    Odd("link out of the folder", _made("passwd.txt", lambda path: path.symlink_to("/etc/passwd")), Outcome.REFUSED, "link"),
    Odd("link to itself", _made("self.txt", lambda path: path.symlink_to(path)), Outcome.REFUSED, "link"),
    Odd("link to the folder", _made("loop", lambda path: path.symlink_to(".")), Outcome.REFUSED, "link"),
    Odd("pipe", _made("pipe.txt", os.mkfifo), Outcome.REFUSED, "pipe"),
    Odd("socket", _made("socket.txt", _socket), Outcome.REFUSED, "socket"),
    Odd("folder named as a file", _made("folder.txt", Path.mkdir), Outcome.NOTHING),
    Odd("folders sixty deep", _made("deep", _deep_folder), Outcome.RECORDED, sentence=_said("Deep")),
    Odd("two hundred megabytes", _sized("large.txt", 200_000_000), Outcome.REFUSED, "MB"),
    _shown("name that is no UTF-8", b"n\xe4me-\xff.txt", _said("Bytename").encode(), _said("Bytename")),
    _shown("name of 255 bytes", "n" * 251 + ".txt", _said("Longname").encode(), _said("Longname")),
    _shown("name that looks like an option", "--help.txt", _said("Optionname").encode(), _said("Optionname")),
    _shown("name in small letters", "twin.txt", _said("Smallname").encode(), _said("Smallname")),
    _shown("the same in capitals", "TWIN.txt", _said("Capitalname").encode(), _said("Capitalname")),
    _shown("name of composed letters", "caf\u00e9.txt", _said("Composedname").encode(), _said("Composedname")),
    _shown("the same of parts", "cafe\u0301.txt", _said("Partsname").encode(), _said("Partsname")),
    _shown("name of two lines", "a.txt\n REPORTED b.txt", _said("Linename").encode(), _said("Linename")),
    Odd("hidden file", holding(".hidden.txt", _said("Hidden").encode()), Outcome.NOTHING),
    Odd("file of another kind", holding("x.exe", b"MZ" + bytes(100)), Outcome.REFUSED, "kind"),
]  # fmt: skip
