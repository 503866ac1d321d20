"""Which article an item is, poll after poll."""

from __future__ import annotations

from sitmon.collector.feedstate import Known
from sitmon.collector.identity import identified
from sitmon.sources.feeds.feed import Item


def item(guid: str | None = None, link: str | None = None, title: str = "Title", text: str = "Text") -> Item:
    return Item(guid=guid, link=link and f"http://news.example/{link}", title=title, text=text)


def polls(*documents: list[Item]) -> list[list[tuple[str, str]]]:
    """Return, for each poll, the id of each item and what it is: new, changed or the same."""
    known: tuple[Known, ...] = ()
    told = []
    for document in documents:
        found, known = identified(document, known)
        told.append([(one.known.id, "new" if one.is_new else "changed" if one.is_changed else "same") for one in found])
    return told


def test_an_item_is_known_by_its_guid_and_an_edit_changes_it() -> None:
    one, edited = item("1", "a"), item("1", "a", text="Corrected")
    assert polls([one], [edited], [edited], [one]) == [
        [("1", "new")],
        [("1", "changed")],
        [("1", "same")],
        [("1", "changed")],
    ]


def test_without_a_guid_by_its_link_and_without_that_by_what_it_says() -> None:
    assert polls([item(link="a")], [item(link="a", title="Other")])[1] == [("http://news.example/a", "changed")]
    first, second = polls([item(title="A"), item(title="B")], [item(title="B")])
    assert len({id for id, _ in first}) == 2
    assert second == [(first[1][0], "same")]


def test_items_that_share_one_link_and_have_no_guid_are_told_apart_by_what_they_say() -> None:
    assert len(dict(polls([item(link="home", title="A"), item(link="home", title="B")])[0])) == 2


def test_one_guid_with_two_links_in_one_document_is_two_items() -> None:
    both = [item("g", "a"), item("g", "b")]
    told = polls([item("g", "a")], both, [both[1]])
    assert told[0] == [("g", "new")]
    assert [state for _, state in told[1]] == ["same", "new"]
    assert told[2] == [(told[1][1][0], "same")]


def test_a_guid_whose_link_changes_from_poll_to_poll_is_one_item() -> None:
    assert polls([item("g", "a?x=1")], [item("g", "a?x=2")])[1] == [("g", "changed")]


def test_a_new_guid_with_the_same_link_and_title_is_the_same_item() -> None:
    told = polls([item("old", "a"), item("other", "b")], [item("new", "a"), item("other", "b")], [item("newest", "a")])
    assert told[1] == [("old", "same"), ("other", "same")]
    assert told[2] == [("old", "same")]


def test_two_items_that_stand_side_by_side_are_two_though_link_and_title_are_the_same() -> None:
    told = polls([item("1", "live", text="A")], [item("2", "live", text="B"), item("1", "live", text="A")])
    assert told[1] == [("2", "new"), ("1", "same")]


def test_dates_that_change_at_every_poll_change_nothing() -> None:
    dated = [Item(guid="1", title="T", text="X", published=f"2024-12-0{day}") for day in (1, 2)]
    assert polls([dated[0]], [dated[1]])[1] == [("1", "same")]


def test_an_item_that_comes_back_after_it_left_the_feed_is_known() -> None:
    assert polls([item("1", "a")], [item("2", "b", title="B")], [item("1", "a")])[2] == [("1", "same")]


def test_what_is_remembered_of_a_feed_is_bounded() -> None:
    known: tuple[Known, ...] = ()
    for poll in range(100):
        _, known = identified([item(f"{poll}-{number}", f"{poll}/{number}") for number in range(30)], known)
    assert len(known) <= 130


def test_a_guid_without_end_becomes_an_id_of_a_line() -> None:
    ids = [id for id, _ in polls([item("x" * 5000 + end, end) for end in "ab"])[0]]
    assert len(set(ids)) == 2
    assert max(map(len, ids)) <= 500


def test_what_several_items_of_a_live_page_have_alike_tells_none_of_them() -> None:
    first, second = ([item(f"{poll}-{n}", "live", text=f"{poll} {n}") for n in range(5)] for poll in range(2))
    told = polls(first, second, second)
    assert told[1] == [(f"1-{n}", "new") for n in range(5)]
    assert told[2] == [(f"1-{n}", "same") for n in range(5)]


def test_items_of_a_live_page_whose_guids_are_new_at_every_poll_are_known_by_all_they_say() -> None:
    told = polls(*([item(f"{poll}-{n}", "live", text=f"Update {n}") for n in range(3)] for poll in range(3)))
    assert told[1] == told[2] == [(f"0-{n}", "same") for n in range(3)]


def test_items_with_one_guid_and_one_link_but_titles_of_their_own_are_all_there() -> None:
    dam, bridge, road = (item("home", "home", title=title) for title in ("Dam holds", "Bridge fell", "Road open"))
    told = polls([dam], [bridge, dam], [road, bridge, dam], [road, bridge])
    assert told[0] == [("home", "new")]
    assert [state for _, state in told[1]] == ["new", "same"]
    assert told[1][1][0] == "home"
    assert [state for _, state in told[2]] == ["new", "same", "same"]
    assert told[3] == [(told[2][0][0], "same"), (told[1][0][0], "same")]


def test_an_item_listed_twice_is_one() -> None:
    assert polls([item("1", "a"), item("1", "a")], [item("1", "a", title="Edited"), item("1", "a", title="Edited")]) == [
        [("1", "new")],
        [("1", "changed")],
    ]


def test_an_item_without_a_title_whose_guid_is_new_at_every_poll_is_known() -> None:
    untitled = [Item(guid=str(poll), link="http://news.example/a", text="Text") for poll in range(3)]
    assert polls(*([one] for one in untitled))[1:] == [[("0", "same")]] * 2
