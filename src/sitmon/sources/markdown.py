"""`.md`: a dispatch in Markdown, with front matter if it has any; its text stays as written, marks of Markdown included."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace

import yaml
from frontmatter.default_handlers import YAMLHandler

from sitmon.errors import ArticleError
from sitmon.sources.decoding import decode
from sitmon.sources.drafts import Origin, Part, complete
from sitmon.sources.fields import Fields

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<block>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_BLANK_LINES = re.compile(r"(?:[ \t]*\r?\n)*")
_PLAIN_FIELD = re.compile(r"(?P<name>[\w-]+)\s*:\s*(?P<value>[^\s\[{&*!|>].*?|)\s*")
_LARGEST_BLOCK = 16_384


def parts(data: bytes, origin: Origin, known: Container[bytes] = ()) -> Iterator[Part]:  # noqa: ARG001 - it is one part
    """Read a Markdown text with its front matter.

    Raises:
        ArticleError: It is empty, no text, or its front matter cannot be read.
    """
    decoded = decode(data)
    given, text = split(decoded.text)
    draft = Fields(given, origin, "front_matter").draft(text)
    yield Part(complete(replace(draft, notes=decoded.notes + draft.notes), origin))


def split(text: str) -> tuple[Mapping[str, object], str]:
    """Part front matter from text; without front matter there are no fields, and the text is all of it.

    python-frontmatter's own split is not used: it strips the text and changes its line ends, which are verbatim here.

    Raises:
        ArticleError: The front matter is no mapping, too large, or not YAML.
    """
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}, text
    block = found["block"]
    if len(block) > _LARGEST_BLOCK:
        raise ArticleError(f"its front matter is longer than {_LARGEST_BLOCK:,d} characters")
    fields = _fields(block)
    if not isinstance(fields, dict):
        # A rule of dashes above the text is no front matter.
        return {}, text
    rest = text[found.end() :]
    blank = _BLANK_LINES.match(rest)
    return {str(name): value for name, value in fields.items()}, rest[blank.end() if blank else 0 :]


def _fields(block: str) -> object:
    try:
        return YAMLHandler().load(block, Loader=_PlainLoader) if block.strip() else {}
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        lines = [_PLAIN_FIELD.fullmatch(line) for line in block.splitlines() if line.strip()]
        if lines and all(lines):
            # People write `title: Homs: what is known`, which is no YAML and as clear as can be.
            return {line["name"]: line["value"] for line in lines if line}
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f" (line {line + 2})" if line is not None else ""
        raise ArticleError(f"its front matter cannot be read{where}; write one `name: value` a line") from error


class _PlainLoader(yaml.BaseLoader):
    """YAML whose scalars are text as written ("2024-12-08" no date, "12:30" no 750), without aliases (which can explode)."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse aliases: a kilobyte of merged ones unfolds to gigabytes."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)
