"""A newsroom on the loopback, for the tests of this folder."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.newsroom import Newsroom, newsroom


@pytest.fixture
async def room() -> AsyncIterator[Newsroom]:
    async with newsroom() as room:
        yield room
