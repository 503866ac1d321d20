"""The map: true to scale, every place reachable, words for every sign, in Braille and in ASCII."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from math import cos, radians
from pathlib import Path

import pytest

from sitmon.app.display import Span, width_of
from sitmon.app.glyphs import ASCII, UNICODE
from sitmon.app.places import Atlas, stands
from sitmon.app.screens.board import BoardScreen
from sitmon.app.views.drawing import drawn, ground_for
from sitmon.app.views.map import Scene, Spot, map_lines, place_rows
from sitmon.config import load
from sitmon.config.outlines import outlines
from sitmon.config.settings import Settings
from sitmon.errors import ConfigurationError
from sitmon.model.claim import Auxiliary, Modality
from sitmon.store.sqlite import RECORD_NAME, open_reader
from tests.app.boards import BRIDGE, NOW, recorded
from tests.app.real import at, real_desk, screen, until
from tests.app.records import Dispatch, file, settings
from tests.app.terminals import ROOT

SQUARE = ((36.0, 34.0), (38.0, 34.0), (38.0, 36.0), (36.0, 36.0), (36.0, 34.0))
GEOJSON = '{"type":"Polygon","coordinates":[[[15.0,47.1],[16.5,47.1],[16.5,47.8],[15.0,47.8],[15.0,47.1]]]}'


def lake(state: Path) -> Settings:
    """Return settings with a gazetteer and outlines, and record claims that name two of its places."""
    (state / "lake.csv").write_text(
        "name,names,level,area,lat,lon,population\nAlder,,locality,North,47.6,15.2,100\nReed,,locality,East,47.2,16.3,90\n"
    )
    (state / "lake.geojson").write_text(GEOJSON)
    sentences = [("north", "Alder is dry."), ("north", "Alder was wet."), ("east", "Reed is cut off."), ("town", "No place.")]
    names = {"Alder is dry.": "Alder", "Alder was wet.": "Alder", "Reed is cut off.": "Reed"}
    file(state, [Dispatch("m", sentences, at=at(9), seen=at(9), places=names)])
    return replace(settings(state / "inbox"), gazetteer=state / "lake.csv", outlines=state / "lake.geojson")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
async def test_places_are_on_the_map_and_in_the_list_with_their_newest_line(tmp_path: Path, size, glyphs) -> None:  # type: ignore[no-untyped-def]
    given = lake(tmp_path)
    async with real_desk(tmp_path, size, given=given, glyphs=glyphs) as pilot:
        await pilot.press("m")
        text = await until(pilot, "3 claims in 2 places")
        assert "2 Alder" in text
        assert "1 Reed" in text
        assert "A number on the map is how many claims name the place." in " ".join(text.split())
        assert "Alder is dry." in text or "Alder was wet." in text
        if glyphs is ASCII:
            assert not any("\u2800" <= letter <= "\u28ff" for letter in text)
        await pilot.press("j", "enter")
        assert "Reed is cut off." in screen(pilot)
        await pilot.press("escape")
        assert pilot.app.screen.chosen == ("place", "Reed\x1fEast")  # type: ignore[attr-defined]
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert pilot.app.screen.chosen == ("place", "Reed\x1fEast")  # type: ignore[attr-defined]
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, BoardScreen)


async def test_what_an_article_no_longer_says_is_not_on_the_map(tmp_path: Path) -> None:
    given = lake(tmp_path)
    corrected = Dispatch("m", [("north", "Alder is dry.")], at=at(9), seen=at(9.5), places={"Alder is dry.": "Alder"})
    file(tmp_path, [corrected])
    async with real_desk(tmp_path, given=given) as pilot:
        await pilot.press("m")
        assert "Reed" not in await until(pilot, "1 claim in 1 place")


@pytest.mark.parametrize(
    ("version", "latest", "withdrawn", "is_said"), [(1, 1, False, True), (1, 2, False, False), (2, 2, True, False)]
)
def test_only_the_newest_version_says_it_and_none_once_it_is_withdrawn(
    version: int, latest: int, withdrawn: bool, is_said: bool
) -> None:
    article = replace(BRIDGE.article, version=version, latest=latest, withdrawn=withdrawn)
    assert stands(replace(BRIDGE, article=article)) is is_said


async def test_a_situation_without_coordinates_says_so(tmp_path: Path) -> None:
    lake(tmp_path)
    async with real_desk(tmp_path, given=settings(tmp_path / "inbox")) as pilot:
        await pilot.press("m")
        text = await until(pilot, "Nothing to draw")
        assert "no coordinates" in text


def test_a_square_on_the_ground_is_as_wide_as_it_is_high() -> None:
    ground = ground_for(SQUARE, 60, 30, is_braille=True)
    (left, top), (right, bottom) = ground.dot((36.0, 36.0)), ground.dot((38.0, 34.0))
    assert (right - left) / (bottom - top) == pytest.approx(cos(radians(35.0)), abs=0.03)
    ground = ground_for(SQUARE, 60, 30, is_braille=False)
    (left, top), (right, bottom) = ground.cell((36.0, 36.0)), ground.cell((38.0, 34.0))
    assert (right - left) / (2 * (bottom - top)) == pytest.approx(cos(radians(35.0)), abs=0.06)


@pytest.mark.parametrize("is_braille", [True, False])
@pytest.mark.parametrize("size", [(4, 2), (10, 30), (100, 5), (160, 50)])
def test_all_that_is_given_lies_inside(size: tuple[int, int], *, is_braille: bool) -> None:
    ground = ground_for(SQUARE, *size, is_braille=is_braille)
    for point in SQUARE:
        column, row = ground.cell(point)
        assert 0 <= column < size[0]
        assert 0 <= row < size[1]
    rows = drawn([SQUARE], ground, ".")
    assert [len(row) for row in rows] == [size[0]] * size[1]
    assert "".join(rows).strip()


def test_north_is_up_and_east_is_right() -> None:
    ground = ground_for(SQUARE, 40, 20, is_braille=True)
    assert ground.cell((37.0, 35.9))[1] < ground.cell((37.0, 34.1))[1]
    assert ground.cell((36.1, 35.0))[0] < ground.cell((37.9, 35.0))[0]


def test_numbers_never_touch_and_the_chosen_place_is_always_marked() -> None:
    spots = tuple(Spot(f"Place {n}", None, (37.0 + n / 500, 35.0), n + 1, BRIDGE) for n in range(20))
    lines = map_lines(Scene((SQUARE,), spots), spots[19].item, (60, 20), UNICODE)
    text = ["".join(part.text for part in line) for line in lines]
    assert all(width_of(line) == 60 for line in lines)
    assert any("20 Place 19" in line for line in text)
    assert not any(char.isdigit() and other.isdigit() for line in lines for char, other in _seams(line))


def _seams(line: Sequence[Span]) -> list[tuple[str, str]]:
    return [(one.text[-1:], other.text[:1]) for one, other in itertools.pairwise(line)]


def test_names_that_mean_ill_stay_text() -> None:
    spot = Spot("[b]\x1b]52;c;x\x07\u202ealder", None, (37.0, 35.0), 1, recorded(9, "x"))
    text = "".join(part.text for line in map_lines(Scene((SQUARE,), (spot,)), None, (80, 20), UNICODE) for part in line)
    rows = place_rows(Scene((), (spot,)), {}, "24 hours", NOW, 80, UNICODE)
    text += "".join(part.text for row in rows for part in row.line)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_the_shipped_outlines_cover_the_shipped_gazetteer() -> None:
    given = load(ROOT / "config.toml")
    assert given.outlines
    lines = outlines(given.outlines, given.outlines.read_bytes())
    west, east = min(lon for line in lines for lon, _ in line), max(lon for line in lines for lon, _ in line)
    inside = [place for place in given.situation.gazetteer if place.lon is not None and west - 0.2 <= place.lon <= east + 0.2]
    placed = [place for place in given.situation.gazetteer if place.lon is not None]
    assert len(inside) > 0.99 * len(placed)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "is no GeoJSON"),
        ("[]", "is no GeoJSON"),
        ('{"type":"Point","coordinates":[1,2]}', "holds no line"),
        ('{"type":"LineString","coordinates":[[200,2],[1,1]]}', "is not between"),
        ('{"type":"LineString","coordinates":[["a",2]]}', "is no GeoJSON"),
        ("[" * 100_000, "is no GeoJSON"),
    ],
)
def test_what_is_no_outline_is_refused_with_its_file(content: str, says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        outlines(Path("borders.geojson"), content.encode())


@pytest.mark.parametrize("named", ["atlantis", "missing.geojson"])
def test_outlines_that_cannot_be_read_are_named(tmp_path: Path, named: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        f'[situation]\ntitle = "x"\noutlines = "{named}"\n[[sources]]\nkind = "folder"\npath = "in"\n'
        '[[regions]]\nid = "a"\ntitle = "A"\n'
    )
    with pytest.raises(ConfigurationError, match=r"outlines.*cannot be read.*shipped is syria"):
        load(config)


@pytest.mark.parametrize(
    ("auxiliary", "counts"),
    [(Auxiliary.NONE, 3), (Auxiliary.HYPOTHETICAL, 2), (Auxiliary.HISTORICAL, 2), (Auxiliary.FUTURE, 2)],
)
def test_what_only_might_be_or_was_long_ago_is_no_activity(tmp_path: Path, auxiliary: Auxiliary, counts: int) -> None:
    given, sentence = lake(tmp_path), "If the dam breaks, Alder drowns."
    file(
        tmp_path,
        [
            Dispatch(
                "if",
                [("north", sentence)],
                at=at(9.5),
                seen=at(9.5),
                places={sentence: "Alder"},
                auxiliary={sentence: auxiliary},
            )
        ],
    )
    record = open_reader(tmp_path / RECORD_NAME)
    alder = next(spot for spot in Atlas(given).scene(record, at(0), at(10)).spots if spot.name == "Alder")
    record.close()
    assert (alder.claims, alder.newest.quote == sentence) == (counts, counts == 3)


@pytest.mark.parametrize(("who", "shown"), [("the harbour master", "the harbour master"), (None, "DEMO Lake Wire")])
@pytest.mark.parametrize("width", [44, 80, 120])
def test_a_place_s_newest_line_stands_under_who_says_it(who: str | None, shown: str, width: int) -> None:
    said = f"{who or 'It'} says, after long talks at the town hall of Reed, that Alder is dry."
    spot = Spot("Alder", None, (37.0, 35.0), 1, recorded(9, said, who=who, modality=Modality.CLAIMED, claim="Alder is dry"))
    rows = [
        "".join(part.text for part in row.line) for row in place_rows(Scene((), (spot,)), {}, "24 hours", NOW, width, UNICODE)
    ]
    assert f"CLAIMED {shown}" in rows[-3]
    assert "Alder is dry" in rows[-2]
    assert all(len(row) <= width for row in rows)


def test_of_places_of_one_name_the_one_in_the_claims_region_is_meant(tmp_path: Path) -> None:
    given = lake(tmp_path)
    (tmp_path / "lake.csv").write_text(
        "name,names,level,area,lat,lon,population\nAlder,,locality,Far,10.0,10.0,999\nAlder,,locality,North,47.6,15.2,1\n"
    )
    regions = tuple(replace(each, areas=("North",)) if each.id == "north" else each for each in given.situation.regions)
    here = replace(given, situation=replace(given.situation, regions=regions))
    record = open_reader(tmp_path / RECORD_NAME)
    scene = Atlas(here).scene(record, at(0), at(10))
    record.close()
    assert next(spot for spot in scene.spots if spot.name == "Alder").point == (15.2, 47.6)
    assert scene.placeless == 1
