"""Kill the collector between answer and commit of a feed: `python -m bench.feed_kills [KILLS]`, a hundred by default."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from tests.collector.test_feed_kills import rounds


def main() -> None:
    """Kill, check after each, and say what was there in the end."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("kills", nargs="?", type=int, default=100)
    kills = asked.parse_args().kills
    with tempfile.TemporaryDirectory() as place:
        items = asyncio.run(rounds(Path(place), kills))
    print(f"{kills} kills: {items} items, each on the record once; validators never ahead")


if __name__ == "__main__":
    main()
