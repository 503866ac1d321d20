"""What a newcomer installs is whole: the wheel, its pins and the two lines of the README."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PINS = ["requirements.txt", "requirements-dev.txt"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel on its own, as on a machine that forbids Python to write byte-code."""
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(target), str(wheel)]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return target


def run_installed(installed: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed program far from the checkout, with an empty home."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PYTHON"))}
    environment = bare | {"PYTHONPATH": str(installed), "HOME": str(home)}
    command = [sys.executable, "-P", "-m", "sitmon", *arguments]
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_the_wheel_is_of_python_alone_unless_a_compiled_one_is_asked_for(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if name.endswith(".so")]


@pytest.mark.parametrize("kind", ["modules", "except"])
def test_what_a_compiled_wheel_compiles_is_there(kind: str) -> None:
    patterns = PROJECT["tool"]["sitmon"]["compiled"][kind]
    assert [pattern for pattern in patterns if not list((ROOT / "src").glob(pattern))] == []


def test_every_data_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    source = ROOT / "src"
    files = {
        str(path.relative_to(source)) for path in (source / "sitmon").rglob("*") if path.is_file() and path.suffix != ".pyc"
    }
    assert files - names == set()


def test_the_built_in_situation_the_licence_and_the_notice_are_in_it_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    seeds = {path.name for path in (ROOT / "seeds").iterdir()}
    assert "sitmon/builtin/config.toml" in names
    assert "sitmon/builtin/week.jsonl" in names
    assert {Path(name).name for name in names if name.startswith("sitmon/builtin/seeds/")} == seeds
    assert {Path(name).name for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"sitmon"}


def test_manual_page_and_completions_lie_where_man_and_the_shells_look(installed: Path) -> None:
    for made, place in (
        ("man/sitmon.1", "man/man1/sitmon.1"),
        ("completions/sitmon.bash", "bash-completion/completions/sitmon"),
        ("completions/_sitmon", "zsh/site-functions/_sitmon"),
        ("completions/sitmon.fish", "fish/vendor_completions.d/sitmon.fish"),
    ):
        assert (installed / "share" / place).read_bytes() == (ROOT / "docs" / made).read_bytes()


def test_everything_is_byte_compiled_where_python_may_not_write(installed: Path) -> None:
    sources = [path for path in installed.rglob("*.py") if "__pycache__" not in path.parts]
    compiled = {path.name.partition(".")[0] for path in installed.rglob("*.pyc")}
    assert sources
    assert {path.stem for path in sources} - compiled == set()


def test_outside_the_checkout_it_starts_with_the_built_in_situation(installed: Path, tmp_path: Path) -> None:
    code = "import sitmon, sitmon.config.paths as p; print(sitmon.__file__); print(p.locate(None))"
    environment = {"PYTHONPATH": str(installed), "HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.count(str(installed)) == 2
    assert "builtin=True" in done.stdout


def test_outside_the_checkout_it_reads_the_bundled_dispatches(installed: Path, tmp_path: Path) -> None:
    collected = run_installed(installed, tmp_path, "collect", "--once")
    assert collected.returncode == 0, collected.stderr
    brief = run_installed(installed, tmp_path, "brief")
    assert brief.returncode == 0, brief.stderr
    for pane in ("Damascus", "South", "West", "International"):
        assert pane.upper() in brief.stdout
    assert "DEMO" in brief.stdout


@pytest.mark.parametrize("name", PINS)
def test_every_pin_is_exact_and_has_hashes(name: str) -> None:
    for line in logical_lines(name):
        assert re.fullmatch(r"[\w.-]+==\S+( --hash=sha256:[0-9a-f]{64})+", line), line[:80]


@pytest.mark.parametrize("name", PINS)
def test_the_pins_name_no_registry_and_no_path(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert re.findall(r"https?:|file:/|--index|--find-links|--trusted|(?<=[\s\"'=])/\w|-r -", text) == []


def test_the_pins_satisfy_what_the_project_asks_for() -> None:
    runtime, everything = (pinned(name) for name in PINS)
    for needed in (*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]):
        requirement = Requirement(needed)
        assert requirement.specifier.contains(runtime[canonicalize_name(requirement.name)]), needed
    for needed in PROJECT["dependency-groups"]["dev"]:
        requirement = Requirement(needed)
        assert requirement.specifier.contains(everything[canonicalize_name(requirement.name)]), needed
    assert runtime.items() <= everything.items()


def test_the_readme_has_two_lines_for_a_fresh_machine() -> None:
    run, test = set_up_lines((ROOT / "README.md").read_text("utf-8"))
    assert run.endswith("/sitmon")
    assert "pytest" in test
    for line in (run, test):
        assert "--require-hashes" in line
        assert "--no-build-isolation" in line


def test_the_continuous_check_runs_the_second_of_them_word_for_word(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    readme = set_up("false\ntouch wrong # pytest", heading="Other") + set_up("false\ntouch 'right one' # pytest\nfalse")
    (tmp_path / "README.md").write_text(readme)
    done = subprocess.run([tmp_path / ".ci" / "run"], cwd="/", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "+ touch 'right one' # pytest" in done.stdout
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".md" and path.name != ".ci"] == ["right one"]


def test_the_continuous_check_fails_with_its_line(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    for block in ("true\nfalse && echo pytest", "true"):
        (tmp_path / "README.md").write_text(set_up(block))
        assert subprocess.run([tmp_path / ".ci" / "run"], capture_output=True, check=False).returncode == 1


def set_up(block: str, heading: str = "Set up") -> str:
    """Give a section of a README with one code block."""
    return f"## {heading}\n\n```sh\n{block}\n```\n\n"


def logical_lines(name: str) -> list[str]:
    """Give the requirements of a file, continuation lines joined, comments left out."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE)
    return [" ".join(line.split()) for line in text.replace("\\\n", " ").splitlines() if line.strip()]


def pinned(name: str) -> dict[str, str]:
    """Give name and version of every pin of a file."""
    pairs = (line.split()[0].split("==") for line in logical_lines(name))
    return {canonicalize_name(package): version for package, version in pairs}


def set_up_lines(readme: str) -> list[str]:
    """Give the lines of the code block under "Set up"."""
    section = re.split(r"^## Set up\b.*$", readme, flags=re.MULTILINE)[1]
    block = re.search(r"^```\w*\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    return block[1].splitlines() if block else []
