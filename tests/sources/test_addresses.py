"""Addresses: how they are sent, and which of them are nobody else's business."""

from __future__ import annotations

import pytest
from httpx import Request
from hypothesis import given
from hypothesis import strategies as st

from sitmon.errors import SourceError
from sitmon.sources.addresses import address_of
from sitmon.sources.opml import subscriptions
from sitmon.text.networks import is_public


@pytest.mark.parametrize(
    ("numeric", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("127.8.9.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
        ("no address", False),
    ],
)
def test_which_addresses_are_public(numeric: str, public: bool) -> None:
    assert is_public(numeric) is public


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("HTTP://News.Example:80/a b?q=ä#x", "http://news.example/a%20b?q=%C3%A4"),
        ("https://müller.example", "https://xn--mller-kva.example/"),
        ("http://me:word@news.example/a%20b", "http://news.example/a%20b"),
        ("http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("http://0177.0.0.1:8080/", "http://127.0.0.1:8080/"),
        ("http://0x7F.1/", "http://127.0.0.1/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://１２７.0.0.1./", "http://127.0.0.1/"),
    ],
)
def test_addresses_are_sent_as_the_standards_write_them(written: str, url: str) -> None:
    assert address_of(written).url == url


@pytest.mark.parametrize(
    "written",
    [
        *("", "news.example", "file:///x", "http://", "http://a:99999/", "http://[x/", "http://a b/"),
        "http://news.example/\ud800",
        *(
            "http://256.1.1.1/",
            "http://1.2.3.4.5/",
            "http://a.1/",
            "http://a%20b/",
            "http://a\x01b/",
            "http://a/" + "b" * 70_000,
        ),
    ],
)
def test_what_is_no_web_address_is_said_to_be_none(written: str) -> None:
    with pytest.raises(SourceError):
        address_of(written)


@given(st.text(st.sampled_from(".-_%:@[]/?#ab1xé\u202e\u0001~^|\\`{} \u3002\ud800"), min_size=1, max_size=12))
def test_what_is_an_address_can_be_asked_for(written: str) -> None:
    try:
        address = address_of(f"http://{written}")
    except SourceError:
        return
    asked = Request("GET", address.url, headers=[(b"host", address.netloc.encode())])
    # As it is sent; httpx shows some hosts to nobody that IDNA 2008 has no letters for ("-é").
    assert asked.url.raw_host.decode() == address.host.lower()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("ftp://ada:s3cret@news.example/feed", "ftp://ada:…@news.example/feed is neither http nor https"),
        ("ftp://ada:s3cret/with?all#signs@news.example/", "ftp://ada:…@news.example/ is no web address"),
        ("ftp://s3cret@news.example/", "ftp://…@news.example/ is neither"),
        ("ada:s3cret@news.example/feed", "ada:…@news.example/feed is neither"),
        ("http://ada:s3cret@[::1/", "http://ada:…@[::1/ is no web address"),
        ("https://ada:s3cret@ex ample/", "https://ada:…@ex ample/ names no host"),
        (f"https://ada:s3cret@news.example/{'a' * 40_000}", "https://ada:…@news.example/aaa"),
        ("ftp://news.example/feed", "ftp://news.example/feed is neither"),
    ],
)
def test_an_address_that_is_refused_is_told_without_its_login(written: str, shown: str) -> None:
    with pytest.raises(SourceError) as refused:
        address_of(written)
    assert str(refused.value).startswith(shown)
    listed = subscriptions(f"<opml><body><outline xmlUrl='{written}'/></body></opml>".encode())
    assert listed.feeds == ()
    assert "s3cret" not in " ".join(listed.refused)
