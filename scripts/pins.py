"""Pin what sitmon needs: requirements.txt to run it, requirements-dev.txt to work on it, both with the hashes of every file.

Run it by `make requirements` after a change of the dependencies in pyproject.toml. It needs pip-tools. hatchling is pinned
with the rest, so that an install builds sitmon with what was reviewed instead of what the registry holds that day.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_COMPILE = (sys.executable, "-m", "piptools", "compile", "-q", "--generate-hashes", "--strip-extras", "--allow-unsafe")
# Neither may say where this machine fetches from: a newcomer's registry is another one.
_ANONYMOUS = ("--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host")


def main() -> None:
    """Write both files anew."""
    upgrade = [argument for argument in sys.argv[1:] if argument.startswith("--upgrade")]
    _compile("requirements.txt", ["--build-deps-for", "wheel", *upgrade, "pyproject.toml"])
    group = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]["dev"]
    _compile("requirements-dev.txt", [*upgrade, "-c", "requirements.txt", "pyproject.toml", "-"], "\n".join(group))
    pins = ROOT / "requirements-dev.txt"
    pins.write_text(pins.read_text("utf-8").replace("-r -", "sitmon (dev group of pyproject.toml)"), encoding="utf-8")


def _compile(output: str, arguments: list[str], given: str | None = None) -> None:
    environment = os.environ | {"CUSTOM_COMPILE_COMMAND": "make requirements"}
    command = [*_COMPILE, *_ANONYMOUS, "-o", output, *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, input=given, text=True, check=True)


if __name__ == "__main__":
    main()
