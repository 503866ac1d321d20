"""What is to be done with a document's article: decided from what the record knows, touching nothing."""

from __future__ import annotations

from enum import Enum, auto

from sitmon.model.article import Article
from sitmon.model.noun import dataclass


class Verdict(Enum):
    """What a document is to the record."""

    NEW = auto()
    VERSION = auto()
    SAME = auto()
    MOVED = auto()
    DUPLICATE = auto()
    OLDER = auto()


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done.

    Attributes:
        id: Identity of the article within its source.
        version: Number of the version to record, or of the one it is the same as.
    """

    verdict: Verdict
    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Known:
    """What the record knows that bears on one document.

    Attributes:
        here: Newest version of the article last seen at the same place, or None.
        named: Newest version of the article whose id the document gives, or None.
        twin: Newest version in this source with the same content, or None.
        newest_of_twin: Newest version of the twin's article, or None.
        is_twin_elsewhere: The twin's article has another place in the source, and the document is still there.
        is_overtaken: Another document of the source, still there, showed the named article as of a later moment.
    """

    here: Article | None = None
    named: Article | None = None
    twin: Article | None = None
    newest_of_twin: Article | None = None
    is_twin_elsewhere: bool = False
    is_overtaken: bool = False


def decide(made: str, given: str | None, is_same: bool, known: Known) -> Decision:
    """Decide what a document's article is to the record.

    | the document | is |
    | --- | --- |
    | has the content that its article has now | the same |
    | bears the id of an article that another document shows as of a later moment | an older version, which came late |
    | stands in the place of an article, or bears its id, with other content | its next version |
    | has the content of another article whose place is still there | a duplicate |
    | has the content of another article whose place is gone | that article, moved |
    | is anything else | new |

    Args:
        made: The id to give it if it is new and gives none.
        given: The id the document gives, or None.
        is_same: Its content is that of `named`, or without an id of its own, of `here`.
        known: What the record knows.
    """
    own = known.named if given else known.here
    if own is not None and is_same:
        is_copy = known.is_twin_elsewhere and known.here is None
        return Decision(Verdict.DUPLICATE if is_copy else Verdict.SAME, own.id, own.version)
    if own is not None and not _is_old_copy(own, known):
        is_late = known.is_overtaken and known.here is None
        return Decision(Verdict.OLDER, own.id, own.version) if is_late else Decision(Verdict.VERSION, own.id, own.version + 1)
    if known.twin is None or known.newest_of_twin is None:
        return Decision(Verdict.NEW, given or made, 1)
    if known.is_twin_elsewhere:
        return Decision(Verdict.DUPLICATE, known.twin.id, known.twin.version)
    if known.twin.version < known.newest_of_twin.version:
        return Decision(Verdict.VERSION, known.twin.id, known.newest_of_twin.version + 1)
    return Decision(Verdict.MOVED, known.twin.id, known.twin.version)


def _is_old_copy(own: Article, known: Known) -> bool:
    """Tell a copy of an earlier version, come to a new place, from an edit taken back, which stands in the article's own."""
    return known.here is None and known.twin is not None and known.twin.id == own.id and known.is_twin_elsewhere
