"""Builds the wheel with its reading compiled by mypyc, if HATCH_BUILD_HOOK_ENABLE_CUSTOM=1 asks for it (`make compiled`).

Without that nothing happens and the wheel is pure Python, which reads the same. Needs a C compiler, and mypy and setuptools
in the environment (docs/decisions/101-reading-can-be-compiled.md).
"""

from __future__ import annotations

import os
import tempfile
from contextlib import chdir
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

GROUP = "sitmon_reading"


class CompiledReading(BuildHookInterface[Any]):
    """Adds an extension module beside each module that the table `[tool.sitmon.compiled]` names."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and tell the builder what to add."""
        del version
        from mypyc.build import mypycify  # noqa: PLC0415 - only who compiles needs it
        from setuptools import Distribution  # noqa: PLC0415

        root = Path(self.root)
        modules = modules_of(root / "src", self.metadata.config["tool"]["sitmon"]["compiled"])
        self._made = tempfile.TemporaryDirectory(prefix="sitmon-compiled-")  # until the builder has taken what is in it
        out = Path(self._made.name)
        with chdir(root / "src"):
            extensions = mypycify(
                [f"--config-file={root / 'pyproject.toml'}", *map(str, modules)],
                opt_level="3",
                debug_level="0",
                group_name=GROUP,
                target_dir=str(out),
            )
            distribution = Distribution({"name": "sitmon", "ext_modules": extensions})
            build = distribution.get_command_obj("build_ext")
            build.build_lib, build.build_temp, build.parallel = str(out / "lib"), str(out / "temp"), os.cpu_count()
            build.ensure_finalized()
            build.run()
        build_data["pure_python"], build_data["infer_tag"] = False, True
        for made in (out / "lib").rglob("*.so"):
            build_data["force_include"][str(made)] = str(made.relative_to(out / "lib"))


def modules_of(source: Path, chosen: dict[str, list[str]]) -> list[Path]:
    """Give the modules to compile, relative to the source: all that a pattern of `modules` finds and none of `except` does."""
    found = {path for pattern in chosen["modules"] for path in source.glob(pattern)}
    left = {path for pattern in chosen["except"] for path in source.glob(pattern)}
    return sorted(path.relative_to(source) for path in found - left)
