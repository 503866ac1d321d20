"""Opening the origin of an article: by argument list, http and https only, never through a shell."""

from __future__ import annotations

import shutil
import subprocess
from urllib.parse import urlsplit

OPENERS = ("xdg-open", "open", "wslview")


def open_in_browser(url: str) -> str:
    """Open an address in the person's browser.

    Returns:
        What happened, in words: nothing is raised, for the address stands on the screen either way.
    """
    if not is_web_address(url):
        return f"Not opened, for it is no web address: {url}"
    opener = next((found for name in OPENERS if (found := shutil.which(name))), None)
    if opener is None:
        return f"There is no browser here: {url}"
    try:
        subprocess.Popen(  # noqa: S603 - an argument list, and the address begins with http
            [opener, url],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return f"Not opened ({error.strerror}): {url}"
    return f"Opened {url}"


def is_web_address(url: str) -> bool:
    """Whether an address begins with http or https and names a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
