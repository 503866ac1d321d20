"""Article objects: one JSON object that is an article in the contract's names, or an agency's ninjs item."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sitmon.errors import ArticleError
from sitmon.sources import ninjs
from sitmon.sources.decoding import cleaned
from sitmon.sources.drafts import Draft, Origin, complete
from sitmon.sources.fields import Fields
from sitmon.sources.wire import draft_of as draft_of_wire


def json_of(written: str) -> Any:
    """Read JSON as the standard has it; NaN and infinities, which many programs write all the same, are no value.

    Raises:
        ArticleError: It is none; says line and column.
    """
    try:
        return json.loads(written, parse_constant=_nothing)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise ArticleError(f"it is not JSON ({error.msg.lower()}, {where})") from error
    except (RecursionError, ValueError) as error:
        raise ArticleError("it is not JSON that can be read (too deep, or a number out of bounds)") from error


def draft_of(given: object, origin: Origin) -> Draft:
    """Make an object a draft.

    Raises:
        ArticleError: It is no article.
    """
    if not isinstance(given, dict):
        raise ArticleError('it is not an object; write {…} with at least "text"')
    if ninjs.is_item(given):
        return draft_of_wire(ninjs.item_of(given), origin)
    text = given.get("text")
    if not isinstance(text, str):
        raise ArticleError('it has no "text"' if text is None else '"text" is not a string')
    clean = cleaned(text)
    draft = Fields(given, origin, "json").draft(clean.text)
    return complete(replace(draft, notes=clean.notes + draft.notes), origin)


def _nothing(constant: str) -> None:
    del constant
