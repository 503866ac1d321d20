"""The threat model names the tests that guard against each risk; they are there, and no risk is without one."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")


def test_every_test_that_is_named_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    written = {
        name for file in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))
    }
    assert named - written == set()


def test_every_risk_has_a_test() -> None:
    risks = PAGE.split("## Risks")[1].split("## ")[0]
    rows = [line for line in risks.splitlines() if line.startswith("| ") and not line.startswith(("| risk", "| ---"))]
    assert len(rows) > 10
    assert [row for row in rows if "`test_" not in row] == []
