"""Whatever is wrong with a configuration is said in one sentence that names file, line and key, and the cure."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitmon.config import load
from sitmon.errors import ConfigurationError
from tests.config.writing import COLUMNS, FEED, SMALLEST, loaded, with_gazetteer, written

REGION = '[[regions]]\nid = "{id}"\ntitle = "T"\n'

WRONG = [
    # what is written after the smallest configuration (8 lines), the line that is named, what else the sentence holds
    ("[limit]\ncurrent = 1\n", 9, "limit is no known key; did you mean limits?"),
    ('[desk]\nmous = "x"\n', 10, "desk.mous is no known key; did you mean mouse?"),
    ("[desk]\nmouse = 1\n", 10, "desk.mouse must be true or false, not 1"),
    ('[limits]\ncurrent = "6 hours"\n', 10, 'limits.current ("6 hours") is no duration; write a number and a unit'),
    ("[limits]\ncurrent = 6\n", 10, "limits.current (6) is no duration"),
    ('[limits]\ncurrent = "0s"\n', 10, "must be longer than nothing"),
    ("[limits]\nrecent = 0\n", 10, "limits.recent is 0; write a larger number"),
    ("[limits]\nrecent = 5000\n", 10, "limits.recent is 5000; write a smaller number"),
    ('[[sources]]\nkind = "ftp"\n', 10, 'sources[2].kind is "ftp"; write "folder", "feed" or "plugin"'),
    ('[[sources]]\npath = "x"\n', 9, 'sources[2].kind is missing; write kind = "folder", kind = "feed" or kind = "plugin"'),
    ('[[sources]]\nkind = "feed"\nurl = "ftp://x"\n', 11, "sources[2].url"),
    ('[[sources]]\nkind = "feed"\nurl = "https://x.org/f"\nintervall = "1h"\n', 12, "did you mean interval?"),
    (
        FEED.format(url="https://example.org/f", interval="4m"),
        12,
        "too short for the public host example.org; write 5m or more",
    ),
    (FEED.format(url="http://127.0.0.1/f", interval="0.5s"), 12, "write 1s or more"),
    (FEED.format(url="https://me:word@example.org/f", interval="1h"), 11, "holds a login"),
    ('[[sources]]\nkind = "folder"\npath = "articles"\n', 11, "is already a source"),
    ('[[sources]]\nkind = "folder"\npath = "b"\nzone = "Asia/Damaskus"\n', 12, "write one like Asia/Damascus"),
    ('[[sources]]\nkind = "folder"\npath = "b"\nlanguage = "Arabic"\n', 12, "two-letter code"),
    ('[[outlets]]\nname = "A"\nreliability = "G"\n', 11, "outlets[1].reliability"),
    ('[[outlets]]\nname = "A"\n[[outlets]]\nname = "B"\naliases = ["a"]\n', 13, "already stands for the outlet A"),
    ('[[outlets]]\nname = ""\n', 10, "outlets[1].name must not be empty"),
    (REGION.format(id="Harbour!"), 10, "use small letters, digits, - and _"),
    (REGION.format(id="harbour"), 10, '("harbour") is used twice'),
    (REGION.format(id="b") + 'areas = "North"\n', 12, 'must be a list, like ["one", "two"], not "North"'),
    (REGION.format(id="b") + 'areas = ["North"]\n', 12, '("North") is no area of the gazetteer'),
    (REGION.format(id="b") + '[regions.places]\n"P" = "Q"\n', 13, "must be a list"),
    (REGION.format(id="b") + "places = []\n", 12, "must be a table of names"),
    ("".join(REGION.format(id=f"r{n}") for n in range(12)), 6, "regions has 13 entries; give at most 12"),
    ("[keys]\nquit = 3\n", 10, "keys.quit must be text in quotes, not 3"),
    ('[alarms]\nregions = ["harbor"]\n', 10, 'alarms.regions ("harbor") is no region; did you mean "harbour"'),
    ('[[indicators]]\ntitle = "A"\n', 9, "indicators[1] looks for nothing; give it a region, event"),
    ('[[indicators]]\ntitle = "A"\nmodality = "said"\n', 11, "indicators[1].modality"),
    ('[[indicators]]\ntitle = "A"\nregion = "harbor"\n', 11, 'did you mean "harbour"'),
    ('[[indicators]]\ntitle = "A"\nevent = "x"\n[[indicators]]\ntitle = "a"\nevent = "x"\n', 13, "is used twice"),
    ('[[indicators]]\ntitle = "A"\nplace = "Nowhere"\n', 11, 'indicators[1].place ("Nowhere") is no place'),
    ('[[indicators]]\ntitle = "A"\nlevel = "red"\n', 11, "indicators[1].level"),
    ('[store]\nurl = "postgresql://ada:s3#cret@db/x"\n', 10, 'store.url ("postgresql://ada:…@db/x") is no database'),
    (
        '[[sources]]\nkind = "feed"\nurl = "ftp://ada:s3cret@a.example/x"\n',
        11,
        'url ("ftp://ada:…@a.example/x") is no feed address',
    ),
    ('[[sources]]\nkind = "feed"\nurl = "http://ada:s3cret@[a/x"\n', 11, 'url ("http://ada:…@[a/x") names no host'),
    (
        '[[sources]]\nkind = "feed"\nurl = "http://ada:s3/cret@a.example/x"\n',
        11,
        'url ("http://ada:…@a.example/x") names no host',
    ),
    ('[limits]\ncurrent = "999999999d"\n', 10, "is longer than a century"),
    ('[[sources]]\nkind = "folder"\npath = "a\\u0000b"\n', 11, "holds a NUL character"),
    ('[[sources]]\nkind = "folder"\npath = "~nobody at all/in"\n', 11, "begins with a home directory that there is not"),
    ('[serve]\npassword_file = "~nobody at all/in"\n', 10, "begins with a home directory that there is not"),
    ("[desk\n", 9, "is not valid TOML there"),
    ('[desk]\ntheme = "dark"\ntheme = "light"\n', 11, "is not valid TOML there"),
]


@pytest.mark.parametrize(("added", "line", "said"), WRONG, ids=[said[:40] for _, _, said in WRONG])
def test_the_sentence_names_file_line_key_and_cure(tmp_path: Path, added: str, line: int, said: str) -> None:
    path = written(tmp_path, SMALLEST + added)
    with pytest.raises(ConfigurationError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "situation is missing; add it"),
        (SMALLEST.replace("title = ", "titel = ", 1), "situation.titel is no known key; did you mean title?"),
        (SMALLEST.replace("[[sources]]", "[sources]"), "sources must be a list"),
        (SMALLEST.partition("[[regions]]")[0], "regions is missing; add it"),
        (SMALLEST.replace("[situation]", '[situation]\ncapital = "harbor"'), 'is no region; did you mean "harbour"'),
        (SMALLEST.replace("[situation]", '[situation]\ngazetteer = "siria"'), "shipped is syria"),
        (SMALLEST.replace("[situation]", '[situation]\nzone = "Nowhere"'), "is no IANA time zone"),
        (
            SMALLEST.replace("[situation]", '[situation]\ngazetteer = "~nobody at all/x.csv"'),
            "a home directory that there is not",
        ),
        (f"{SMALLEST}\n[limits]\nrecent = {'9' * 5000}\n", "holds a number without end"),
        (f"{SMALLEST}\n[keys]\nquit = {'[' * 5000}{']' * 5000}\n", "holds a list in a list"),
    ],
)
def test_so_does_what_is_missing_or_points_nowhere(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        loaded(tmp_path, text)
    assert said in str(caught.value)


@pytest.mark.parametrize("kind", ["places", "actors"])
def test_a_name_belongs_to_one_region(tmp_path: Path, kind: str) -> None:
    both = f'[regions.{kind}]\n"Quay" = []\n' + REGION.format(id="b") + f'[regions.{kind}]\n"Pier" = ["quay"]\n'
    with pytest.raises(ConfigurationError, match=r"already belongs to the region harbour"):
        loaded(tmp_path, SMALLEST + both)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Quay,locality,A,,,", "has 6 fields instead of 7"),
        (",,locality,A,,,", "name is empty"),
        ("Quay,,village,A,,,", 'level "village" is unknown; use one of admin1'),
        ("Quay,,locality,A,91,,", 'lat "91" is not between -90 and 90'),
        ("Quay,,locality,A,,east,", 'lon "east" is not between'),
        ("Quay,,locality,A,,nan,", 'lon "nan" is not between'),
        ("Quay,,locality,A,,,-5", 'population "-5" is no whole number'),
        ("Quay,,incident,A,,,", 'day "" does not go with the level incident; give one'),
        ("Quay,,locality,A,,,,2031-03-09", 'day "2031-03-09" does not go with the level locality'),
        (f'Quay,"{"x" * 200_000}",locality,A,,,', "is no CSV (field larger than field limit"),
        ("Quay,,incident,A,,,,9 March", 'day "9 March" is no date; write it as YYYY-MM-DD'),
    ],
)
def test_a_wrong_row_of_a_gazetteer_is_named_by_its_line(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        loaded(tmp_path, with_gazetteer(), f"Hill,,locality,A,,,\n{row}\n")
    assert str(caught.value).startswith(f"{tmp_path / 'places.csv'}:3: ")
    assert said in str(caught.value)


def test_a_gazetteer_without_its_first_line_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, with_gazetteer())
    (tmp_path / "places.csv").write_text("Hill,,locality,A,,,\n")
    with pytest.raises(ConfigurationError, match=COLUMNS):
        load(path)


@pytest.mark.parametrize("name", ["config.toml", "places.csv"])
def test_a_file_in_another_encoding_is_refused_by_its_line(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, with_gazetteer(), "Quay,,locality,A,,,\n")
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + "# é\n".encode("latin-1"))
    with pytest.raises(ConfigurationError, match=r"UTF-8; save the"):
        load(path)


def test_a_file_that_is_not_there_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="sitmon init"):
        load(tmp_path / "none.toml")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, SMALLEST)
    path.chmod(0)
    with pytest.raises(ConfigurationError, match="mend its permissions"):
        load(path)


def test_a_directory_in_place_of_the_gazetteer_is_said(tmp_path: Path) -> None:
    (tmp_path / "places.csv").mkdir()
    with pytest.raises(ConfigurationError, match=r"cannot be read"):
        loaded(tmp_path, with_gazetteer())
