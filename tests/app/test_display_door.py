"""Nothing reaches the terminal but through the display door: the code of the whole floor is walked for other ways."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sitmon.app
from sitmon.app.display import span, strip_of, width_of
from sitmon.app.themes import load_theme, theme_names

FLOOR = Path(sitmon.app.__file__).parent
FILES = sorted(FLOOR.rglob("*.py"))
DOOR = FLOOR / "display.py"

# Makers of things that Textual paints, and attributes through which it takes strings (as markup, some of them).
MAKERS = {
    "Span", "Segment", "Strip", "Content", "Text", "Static", "Label", "Markdown", "RichLog", "Log", "OptionList", "ListView",
    "DataTable", "Input", "TextArea", "Button", "Header", "Footer", "Tooltip", "from_markup", "notify", "panic", "print",
}  # fmt: skip
ATTRIBUTES = {"title", "sub_title", "border_title", "border_subtitle", "tooltip", "loading", "renderable"}


def doors(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in MAKERS:
                yield f"line {node.lineno}: {name}(…)"
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES:
                    yield f"line {node.lineno}: .{target.attr} = …"
        if isinstance(node, ast.FunctionDef) and node.name in ("render", "get_line"):
            yield f"line {node.lineno}: def {node.name}"


@pytest.mark.parametrize("file", [file for file in FILES if file != DOOR], ids=lambda file: str(file.relative_to(FLOOR)))
def test_no_room_of_the_desk_makes_what_is_painted_except_the_door(file: Path) -> None:
    found = list(doors(ast.parse(file.read_text("utf-8"))))
    # What is printed outside the screen: plain lines, and the one sentence after a fault.
    allowed = {"plain.py": "print", "desk.py": "print"}.get(file.name, "\0")
    assert [each for each in found if f" {allowed}(" not in each] == []


def test_the_walk_finds_a_door() -> None:
    tree = ast.parse("self.notify(title)\nStatic(f'{x}')\nself.border_title = name\nSegment(quote)")
    assert len(list(doors(tree))) == 4


@pytest.mark.parametrize(
    "hostile", ["\x1b]52;c;eA==\x07", "\x9b31m", "\u202edesrever", "one\ntwo", "\udcff", "[@click=app.quit]x[/]"]
)
def test_a_span_shows_controls_and_keeps_brackets(hostile: str) -> None:
    strip = strip_of((span(hostile), span(hostile, "quote")), 60, load_theme("dark"))
    painted = strip.text
    assert not {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x202E, 0xDCFF)} & set(painted)
    assert "[@click=app.quit]x[/]" not in hostile or painted.count("[@click=app.quit]x[/]") == 2
    assert strip.cell_length == 60


def test_a_line_is_as_wide_as_asked_whatever_is_in_it() -> None:
    line = (span("中文"), span("الغوطة"), span("e\u0301"), span("👨‍👩‍👧"))
    for width in range(1, 20):
        assert strip_of(line, width, load_theme("dark")).cell_length == width
    assert width_of(line) == 4 + 6 + 1 + 2


def test_every_role_that_is_worn_has_a_look_in_every_theme() -> None:
    worn = {
        each.value
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("span", "_wrapped", "_look", "_role")
        for each in (*node.args[1:], *(keyword.value for keyword in node.keywords))
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }
    assert len(worn) > 20
    for name in theme_names():
        assert worn - load_theme(name).keys() == set(), name


def test_a_selected_line_has_one_ground_but_for_letters_with_a_ground_of_their_own() -> None:
    styles = load_theme("dark")
    line = (span("•", "firm"), span(" "), span("who", "who"), span(" words"), span("title", "title.current"))
    grounds = {segment.text: segment.style.bgcolor for segment in strip_of(line, 40, styles, "selected") if segment.style}
    assert grounds.pop("title") == styles["title.current"].bgcolor
    assert set(grounds.values()) == {styles["selected"].bgcolor}
