"""Make the pictures of docs/web.md: the desk in a browser, and the board on a phone, both of the bundled dispatches.

They are filed into a state directory that is thrown away afterwards, served on loopback and looked at with the tests' browser;
without Chromium nothing is drawn.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.web.chromium import ABSENT, chromium, program  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
DESK, PHONE = (1200, 780), (390, 844)


def main() -> None:
    """File the dispatches, serve them, and take both pictures."""
    if program() is None:
        print(f"{ABSENT}: the pictures of the web were not drawn", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as directory:
        words = [sys.executable, "-m", "sitmon", "--config", str(ROOT / "config.toml"), "--state", f"{directory}/state"]
        subprocess.run([*words, "collect", "--once"], check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([*words, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True)
        try:
            line = server.stdout.readline() if server.stdout else ""
            found = re.search(r"http://\S+/ ", line)
            if found is None:
                raise SystemExit(f"the server did not begin: {line}")
            asyncio.run(taken(found[0].strip(), Path(directory)))
        finally:
            server.terminate()
            server.wait()


async def taken(address: str, directory: Path) -> None:
    """Look at desk and board, and keep what is seen."""
    async with chromium(directory / "desk") as page:
        await page.open(address, size=DESK, dark=True)
        await page.sees("Damascus")
        # The strips of activity and the alarms come a moment after the first picture.
        await asyncio.sleep(2)
        (PICTURES / "web-desk.png").write_bytes(await page.picture())
    async with chromium(directory / "board") as page:
        await page.open(f"{address}board", size=PHONE)
        (PICTURES / "web-board.png").write_bytes(await page.picture())


if __name__ == "__main__":
    main()
