"""A new language is a folder of word lists: sitmon reads French by three small files, and no line of Python."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

ROOT = Path(__file__).parents[2]
FRENCH = ROOT / "tests" / "data" / "lexicon" / "fr"
# In a process of its own: what is compiled of a lexicon stays for the life of one.
READ = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from sitmon.extraction.words import lexicon
lexicon._folder = lambda: Path(sys.argv[1])
from sitmon.config import load
from sitmon.extraction.reader import reader_for
from sitmon.model.article import Article
reader, told = reader_for(load(Path("config.toml")).situation), []
for text in json.load(sys.stdin):
    article = Article("folder:x", "1", text, datetime(2024, 12, 8, tzinfo=UTC), language="fr")
    [claim] = [claim for report in reader.read(article).reports for claim in report.claims]
    said = claim.attribution
    regions = [route.region for route in claim.regions]
    told.append([said and said.text, said and said.cue, claim.modality.value, text[claim.start : claim.end], regions])
print(json.dumps(told))
"""
TOLD = {
    "Les rebelles ont pris Homs dimanche, a déclaré le gouverneur de la province.": [
        "le gouverneur de la province",
        "a déclaré",
        "reported",
        "Les rebelles ont pris Homs dimanche",
        ["west"],
    ],
    "L’armée a démenti que Homs soit tombée.": ["L’armée", "a démenti", "denied", "Homs soit tombée", ["west"]],
    "Le ministère a confirmé que la route près de Deraa est fermée.": [
        "Le ministère",
        "a confirmé",
        "confirmed",
        "la route près de Deraa est fermée",
        ["south"],
    ],
    "Selon l'Observatoire, 14 soldats ont été tués près de Deraa.": [
        "l'Observatoire",
        "Selon",
        "reported",
        "14 soldats ont été tués près de Deraa",
        ["south"],
    ],
    "Des habitants ont indiqué que des avions ont bombardé Rastan.": [
        "Des habitants",
        "ont indiqué",
        "reported",
        "des avions ont bombardé Rastan",
        ["west"],
    ],
    "« Nous tenons Homs », a prétendu le général.": ["le général", "a prétendu", "claimed", "« Nous tenons Homs »", ["west"]],
}


def test_a_folder_of_word_lists_is_a_language(tmp_path: Path) -> None:
    with resources.as_file(resources.files("sitmon.extraction").joinpath("lexicon")) as known:
        shutil.copytree(known, tmp_path / "lexicon")
    shutil.copytree(FRENCH, tmp_path / "lexicon" / "fr")
    # What the language it is like has no section for is its own alone.
    (tmp_path / "lexicon" / "fr" / "dialects.toml").write_text('ch = "septante nonante"\n', "utf-8")
    words = [sys.executable, "-c", READ, str(tmp_path / "lexicon")]
    done = subprocess.run(words, input=json.dumps(list(TOLD)), capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert dict(zip(TOLD, json.loads(done.stdout), strict=True)) == TOLD
