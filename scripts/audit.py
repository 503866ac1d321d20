"""Look up known weaknesses of the pinned dependencies, where an advisory service can be reached; say so where it cannot.

Uses pip-audit if it is installed (`pip install pip-audit`). Exit code 1 if one is known, 0 otherwise.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

PINS = Path(__file__).resolve().parents[1] / "requirements.txt"


def main() -> int:
    """Audit; return the exit code."""
    program = shutil.which("pip-audit")
    if program is None:
        print("audit: not done, pip-audit is not installed (pip install pip-audit)")
        return 0
    words = [
        program,
        "--requirement",
        str(PINS),
        "--require-hashes",
        "--disable-pip",
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(f"audit: not done, the advisory service cannot be reached ({done.stderr.strip().splitlines()[-1:]})")
        return 0
    known = [(one["name"], weakness["id"]) for one in packages for weakness in one.get("vulns", ())]
    unknown = [one["name"] for one in packages if "skip_reason" in one]
    for name, id in known:
        print(f"audit: {name}: {id}")
    print(f"audit: {len(packages) - len(unknown)} of {len(packages)} packages looked up, {len(known)} known weaknesses")
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main())
