"""docs/configuration.md is what the schema says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from sitmon.config.kinds import Table
from sitmon.config.paths import Located
from sitmon.config.reading import read

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "configuration.md"


def test_the_page_is_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "configuration_reference.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_key_stands_on_it_with_its_meaning() -> None:
    page = PAGE.read_text("utf-8")
    models: list[type[Table]] = Table.__subclasses__()
    for model in models:
        for name, field in model.model_fields.items():
            assert field.description, f"{model.__name__}.{name}"
            assert re.search(rf"^\| `{name}` \| [^|]+ \| [^|]* \| {re.escape(field.description)} \|$", page, re.MULTILINE), name


def test_its_example_loads(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```toml\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    path = tmp_path / "config.toml"
    path.write_text(example, encoding="utf-8")
    assert read(Located(path)).situation.title == "Harbour strike"
