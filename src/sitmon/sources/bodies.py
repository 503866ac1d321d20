"""Bodies: what an answer carries, never more of it than is wanted, however small it was packed."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

from sitmon.errors import SourceError

LARGEST = 10 * 1024 * 1024
# What is unpacked at one step: a few bytes may hold a thousand times as many.
_STEP = 256 * 1024
# From this size on a body needs leave: many large ones at once would be more than the collector may hold.
LARGE = 1024 * 1024


# What says that nothing is packed, and what some servers write there though it says nothing of it.
_NO_PACKING = frozenset(("", "identity", "none", "utf-8", "utf8", "7bit", "8bit", "binary"))


class TooLargeError(SourceError):
    """A body without a reasonable end."""


async def body_of(chunks: AsyncIterator[bytes], coding: str, leave: Callable[[], Awaitable[None]]) -> bytes:
    """Read and unpack a body.

    Args:
        chunks: As they come.
        coding: The Content-Encoding header; empty for none.
        leave: Awaited once, before more than `LARGE` bytes are held.

    Raises:
        TooLargeError: It is larger than `LARGEST`, packed or unpacked.
        SourceError: It is packed in a way that was not asked for, or damaged.
    """
    unpacker = _unpacker(coding)
    body, raw, has_leave = bytearray(), 0, False
    async for chunk in chunks:
        raw += len(chunk)
        for piece in unpacker.unpack(chunk):
            body += piece
            if not has_leave and len(body) > LARGE:
                await leave()
                has_leave = True
            if max(raw, len(body)) > LARGEST:
                raise TooLargeError(f"it is larger than {LARGEST // 1_048_576} MB and was not read to its end")
    body += unpacker.rest()
    return bytes(body)


class _Plain:
    def unpack(self, chunk: bytes) -> Iterator[bytes]:
        yield chunk

    def rest(self) -> bytes:
        return b""


class _Packed:
    def __init__(self, *, is_deflate: bool) -> None:
        self._is_deflate, self._has_begun = is_deflate, False
        self._stream = zlib.decompressobj(zlib.MAX_WBITS if is_deflate else zlib.MAX_WBITS | 16)
        self._begin = b""

    def unpack(self, chunk: bytes) -> Iterator[bytes]:
        """Yield the chunk unpacked, in pieces of at most `_STEP` bytes."""
        is_held_back = False
        chunk, self._begin = self._begin + chunk, b""
        while chunk or is_held_back:
            if self._stream.eof:
                if chunk == b"\x1f":
                    # Perhaps half of what a member begins with: the next chunk tells.
                    self._begin = chunk
                    return
                # What follows the end is padding, or another member of a gzip file (RFC 1952, 2.2).
                if self._is_deflate or not chunk.startswith(b"\x1f\x8b"):
                    return
                self._stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                piece = self._stream.decompress(chunk, _STEP)
            except zlib.error as error:
                if self._has_begun or not self._is_deflate:
                    raise SourceError("it is packed, and damaged; it is asked again") from error
                # Some servers mean by "deflate" the bare stream (RFC 9110, 8.4.1.2).
                self._has_begun, self._stream = True, zlib.decompressobj(-zlib.MAX_WBITS)
                continue
            self._has_begun = True
            chunk = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
            # All may be taken in while some of what it unpacks to is still to come.
            is_held_back = len(piece) == _STEP and not self._stream.eof
            yield piece

    def rest(self) -> bytes:
        """Return what was held back; raise if the end is missing."""
        if self._has_begun and not self._stream.eof:
            raise SourceError("it broke off in the middle; it is asked again")
        return self._stream.flush()


def _unpacker(coding: str) -> _Plain | _Packed:
    names = [name for one in coding.split(",") if (name := one.strip().lower()) not in _NO_PACKING]
    if not names:
        return _Plain()
    if len(names) > 1 or names[0] not in ("gzip", "x-gzip", "deflate"):
        raise SourceError(f'its server packs it as "{coding[:40]}", which was not asked for and is not read')
    return _Packed(is_deflate=names[0] == "deflate")
