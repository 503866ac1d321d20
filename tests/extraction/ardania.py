"""A country that does not exist, so that no rule of the code can know it."""

from __future__ import annotations

from sitmon.model.situation import Named, Outlet, Place, Region, Situation


def place(
    name: str, area: str, level: str = "locality", people: int = 50_000, *others: str, at: tuple[float, float] = (0, 0)
) -> Place:
    region = {"Capital": "oster", "Highlands": "north", "Coast": "west", "Plains": "east"}.get(area)
    return Place(name, (name, *others), level, area, region, *at, people)


ARDANIA = Situation(
    title="Ardania",
    country=("Ardania", "Ardanian", "أردانيا"),
    capital="oster",
    masks=("Oster Gate", "Marwick Herald", "the seaboard watch"),
    parties=(Named("the League", ("League fighters", "rebels")), Named("the Crown", ("the government", "royal army"))),
    outlets=(Outlet("Oster Times", ("OT",)),),
    regions=(
        Region("oster", "Oster", areas=("Capital",)),
        Region("north", "North", areas=("Highlands",)),
        Region("west", "West", areas=("Coast",), places=(Named("the seaboard"), Named("Western Ardania", ("the southwest",)))),
        Region("east", "East", areas=("Plains",)),
        Region(
            "abroad",
            "Abroad",
            actors=(Named("Russia", ("Putin",)), Named("United States", ("US", "U.S. officials")), Named("world powers")),
        ),
    ),
    gazetteer=(
        place("Oster", "Capital", "locality", 900_000, "أوستر", at=(50, 10)),
        place("Millgate", "Capital", "neighbourhood", 0),
        place("Marwick", "Highlands", "locality", 200_000, "مارويك", at=(52, 10)),
        place("Highlands", "Highlands", "admin1", 500_000, "Highlands province", at=(52, 10)),
        place("al-Sadr", "Highlands", "locality", 3_000, "السدر"),
        place("Tal Bishr", "Highlands", "locality", 9_000, "Tal Beshr", "تل بشر"),
        place("Kirkholm", "Coast", "locality", 90_000, at=(50, 8)),
        place("Hamma", "Coast", "locality", 40_000, at=(50, 8)),
        place("Newfold", "Coast", "locality", 15_000),
        place("Newfold", "Plains", "locality", 4_000),
        place("Brackwater", "Plains", "locality", 60_000, at=(51.9, 13)),
        place("Brackwater air base", "Plains", "airbase", 0),
        place("Outmark", "Islands", "locality", 70_000),
        Place("the seaboard", ("the seaboard",), "site", region="west"),
        Place("Western Ardania", ("Western Ardania", "the southwest"), "site", region="west"),
    ),
)
