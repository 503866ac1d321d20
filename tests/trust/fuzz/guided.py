"""Fuzz one door, guided by coverage: `python -m tests.trust.fuzz.guided DOOR --seconds N [--keep DIR]`; needs atheris.

Ends with 0 if nothing was found; else the bytes lie in the directory and the fault is on stderr.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

LARGEST = 4096
SECONDS_FOR_ONE = 10
SAMPLES = Path(__file__).parents[2] / "data" / "documents"


def main() -> None:
    """Fuzz for so long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("door")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", type=Path, required=True, help="for the corpus and what is found")
    options = parser.parse_args()
    with atheris.instrument_imports(include=["sitmon", "email", "html", "feedparser", "tomllib"]):
        from tests.trust.fuzz.properties import DOORS  # noqa: PLC0415 - what is imported here is what guides
    corpus = options.keep / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(_seeds(options.door)):
        (corpus / f"seed-{number}").write_bytes(data[:LARGEST])
    limits = [f"-max_total_time={options.seconds}", f"-max_len={LARGEST}", f"-timeout={SECONDS_FOR_ONE}", "-rss_limit_mb=1500"]
    words = [sys.argv[0], str(corpus), f"-artifact_prefix={options.keep}/", "-seed=20241208", "-verbosity=0", *limits]
    atheris.Setup(words, DOORS[options.door])
    atheris.Fuzz()


def _seeds(door: str) -> list[bytes]:
    from sitmon.config.paths import builtin  # noqa: PLC0415 - after what guides is instrumented
    from tests.hostile.payloads import ALL  # noqa: PLC0415
    from tests.sources.test_fuzz_formats import FEEDS, SOUND  # noqa: PLC0415
    from tests.trust.fuzz.properties import suffix_byte  # noqa: PLC0415

    carried = [payload.encode("utf-8", "surrogatepass") for payload in ALL.values()]
    match door:
        case "documents":
            return [suffix_byte(suffix) + data for suffix, data in SOUND]
        case "feeds":
            return [b"\0" + data for data in FEEDS]
        case "configuration":
            return [builtin().read_bytes()]
        case _:
            return [*carried, "قالت مصادر إن الجيش انسحب من حمص. Rebels said “they” fled Homs, the army denied it.".encode()]


if __name__ == "__main__":
    main()
