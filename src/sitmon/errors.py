"""The errors of sitmon: each is one sentence for a person, naming what, where and the cure."""

from __future__ import annotations


class SitmonError(Exception):
    """Anything sitmon can say in one sentence instead of a traceback."""


class ConfigurationError(SitmonError):
    """The configuration cannot be used; the sentence names file, line, key and cure (exit code 2)."""


class SourceError(SitmonError):
    """A source cannot be read just now."""


class StoreError(SitmonError):
    """The record cannot be read or written."""


class ArticleError(SitmonError):
    """A document cannot be read as an article."""


class MisreadError(ArticleError):
    """A document met a fault of sitmon's own; it is tried again, for a later sitmon may read it."""

    def __init__(self, fault: Exception | str) -> None:
        # In words already where it has come from another process.
        words = (
            fault
            if isinstance(fault, str)
            else f"a fault in sitmon keeps it from being read ({type(fault).__name__}: {str(fault)[:200]}); report this"
        )
        super().__init__(words)
