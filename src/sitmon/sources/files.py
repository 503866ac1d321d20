"""Files as a hostile world has them: opened without following or waiting, read up to a limit, named as bytes.

Every read of a folder's file goes through here (folder source, `sitmon read`).
"""

from __future__ import annotations

import errno
import os
import stat
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

from sitmon.errors import ArticleError

LARGEST = 10 * 1024 * 1024
# What the machine lacks for a moment (descriptors, memory, a disk's answer) is no fault of the file.
_PASSING = frozenset(
    {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO, errno.EAGAIN, errno.ESTALE, errno.ETIMEDOUT, errno.EINTR}
)
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a symbolic link, and links are not followed",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class Still(NamedTuple):
    """By what a file shows that nobody has touched it: none of it can be set back by a writer but the size and mtime."""

    device: int
    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int


def still(status: os.stat_result) -> Still:
    """Take a file's stillness from its status."""
    return Still(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def refuse_kind(status: os.stat_result) -> None:
    """Refuse, by its status alone, what is no regular file or is too large.

    Raises:
        ArticleError: It is one of them.
    """
    kind = stat.S_IFMT(status.st_mode)
    if kind != stat.S_IFREG:
        raise ArticleError(f"it is {_KINDS.get(kind, 'no regular file')}")
    if status.st_size > LARGEST:
        raise ArticleError(_too_large(status.st_size))


def open_below(root: bytes, locator: bytes) -> int:
    """Open a regular file below a folder, through no link on the way: none may lead out, not even one put there a moment ago.

    Args:
        root: The folder; it may itself be reached through links.
        locator: The file's path below it.

    Returns:
        A file descriptor that the caller closes.

    Raises:
        ArticleError: As for `open_regular`.
        FileNotFoundError: It is gone, or is no longer in that folder.
    """
    *folders, name = locator.split(b"/")
    at = -1
    try:
        at = os.open(root, _FOLDER)
        for folder in folders:
            above, at = at, os.open(folder, _FOLDER | os.O_NOFOLLOW, dir_fd=at)
            os.close(above)
        return open_regular(name, at)
    except FileNotFoundError:
        raise
    except NotADirectoryError as error:
        raise FileNotFoundError(f"{printable(locator)} is no longer below its folder") from error
    except OSError as error:
        raise ArticleError(_refused_by(error)) from error
    finally:
        if at >= 0:
            os.close(at)


def open_regular(path: bytes, folder: int | None = None) -> int:
    """Open a file for reading if it is a regular one; neither a link is followed nor a pipe waited for.

    Args:
        path: Its path; with a `folder`, below that.
        folder: Descriptor of an open folder, or None.

    Returns:
        A file descriptor that the caller closes.

    Raises:
        ArticleError: It is no regular file, larger than `LARGEST`, or may not be read.
        FileNotFoundError: It is gone.
    """
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY, dir_fd=folder)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ArticleError(_refusal(path, folder, error)) from error
    try:
        refuse_kind(os.fstat(file))
    except ArticleError:
        os.close(file)
        raise
    return file


def read_all(file: int) -> bytes:
    """Read an open file to its end.

    Raises:
        ArticleError: It grew beyond `LARGEST` meanwhile, or the disk fails.
    """
    pieces, size = [], 0
    try:
        while piece := os.read(file, 1 << 20):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST:
                raise ArticleError(_too_large(size))
    except OSError as error:
        raise ArticleError(f"it cannot be read ({error.strerror})") from error
    return b"".join(pieces)


def read_regular(path: bytes) -> bytes:
    """Read a whole regular file.

    Raises:
        ArticleError: It is gone, no regular file, too large, or may not be read.
    """
    try:
        file = open_regular(path)
    except FileNotFoundError as error:
        raise ArticleError("there is no such file") from error
    try:
        return read_all(file)
    finally:
        os.close(file)


def is_passing(error: ArticleError) -> bool:
    """Say whether a file is refused for what may be over in a moment: it is tried again, however untouched it lies."""
    return isinstance(error.__cause__, OSError) and error.__cause__.errno in _PASSING


def is_passed_over(name: bytes) -> bool:
    """Say whether a name is a hidden or an unfinished file's: an editor's, a browser's, a copying program's."""
    rules = _rules()
    return name.startswith(rules.prefixes) or name.lower().endswith(rules.suffixes) or name.lower() in rules.names


def suffix_of(name: bytes) -> bytes:
    """Return a file name's last suffix in small letters, with its dot; empty without one."""
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 - names as bytes


def printable(path: bytes) -> str:
    r"""Show a path to a person: bytes that are not UTF-8 and control characters as escapes (`\xff`)."""
    shown = path.decode("utf-8", "backslashreplace")
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in shown)


def _too_large(size: int) -> str:
    return f"it is larger than {LARGEST // 1_048_576} MB ({size / 1_048_576:.0f} MB); split it"


def _refusal(path: bytes, folder: int | None, error: OSError) -> str:
    try:
        kind = stat.S_IFMT(os.stat(path, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        kind = stat.S_IFREG
    if kind in _KINDS:
        return f"it is {_KINDS[kind]}"
    return _refused_by(error)


def _refused_by(error: OSError) -> str:
    if error.errno in _PASSING:
        return f"it cannot be opened just now ({error.strerror}); it is tried again"
    return f"it cannot be opened ({error.strerror}); let the user of sitmon read it"


class _Rules(NamedTuple):
    prefixes: tuple[bytes, ...]
    suffixes: tuple[bytes, ...]
    names: frozenset[bytes]


@cache
def _rules() -> _Rules:
    written = tomllib.loads(resources.files("sitmon.sources").joinpath("files.toml").read_text("utf-8"))["passed_over"]
    prefixes, suffixes, names = (tuple(word.encode() for word in written[kind]) for kind in ("prefixes", "suffixes", "names"))
    return _Rules(prefixes, suffixes, frozenset(names))
