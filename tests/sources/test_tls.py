"""Encrypted connections: whom a server must be vouched for by, and what is said of one that is not."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from pathlib import Path

import pytest

from sitmon.sources.addresses import address_of
from sitmon.sources.http import Ask, Web
from sitmon.sources.troubles import FetchError
from tests.newsroom import newsroom


@pytest.fixture
def certificate(tmp_path: Path) -> ssl.SSLContext:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        key,
        "-out",
        certificate,
        "-days",
        "1",
        "-subj",
        "/CN=x",
    ]
    subprocess.run(["openssl", *map(str, made)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


async def test_a_certificate_nobody_vouches_for_is_refused_in_words(certificate: ssl.SSLContext) -> None:
    async with newsroom(ssl=certificate) as room:
        address = address_of(f"https://127.0.0.1:{room.port}/")
        with pytest.raises(FetchError, match="cannot be trusted: its certificate"):
            await Web(deadline=5).fetch(Ask(address, address))
        assert room.visits == []


async def test_a_server_without_encryption_at_an_https_address_is_refused_in_words() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(plain, "127.0.0.1", 0)
    address = address_of(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
    with pytest.raises(FetchError, match="encrypted"):
        await Web(deadline=5).fetch(Ask(address, address))
    server.close()


async def test_a_trusted_certificate_is_checked_for_the_name_that_was_asked(
    certificate: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    async with newsroom(ssl=certificate) as room:
        address = address_of(f"https://127.0.0.1:{room.port}/")
        with pytest.raises(FetchError, match="cannot be trusted: its certificate is for another address"):
            await Web(deadline=5).fetch(Ask(address, address))
