"""Which addresses are this machine's alone, and under which names a server there is asked."""

from __future__ import annotations

import pytest

from sitmon.text.hosting import is_loopback, local_names


@pytest.mark.parametrize(
    ("host", "is_local"),
    [
        ("localhost", True),
        ("LocalHost", True),
        ("127.0.0.1", True),
        ("127.9.8.7", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.1", False),
        ("news.example", False),
        ("localhost.news.example", False),
        ("", False),
    ],
)
def test_what_this_machine_alone_reaches(host: str, is_local: bool) -> None:
    assert is_loopback(host) is is_local


@pytest.mark.parametrize(
    ("host", "port", "more"),
    [
        ("127.0.0.1", 9464, set()),
        ("127.9.8.7", 9464, {"127.9.8.7:9464"}),
        ("::1", 9464, set()),
        ("0.0.0.0", 9464, set()),
        ("news.example", 9464, set()),
    ],
)
def test_a_server_here_is_asked_for_by_the_names_of_this_machine(host: str, port: int, more: set[str]) -> None:
    assert local_names(host, port) == {"localhost:9464", "127.0.0.1:9464", "[::1]:9464"} | more


def test_the_port_of_the_scheme_stands_in_no_name() -> None:
    assert local_names("127.0.0.1", 80) == {"localhost", "127.0.0.1", "[::1]"}
