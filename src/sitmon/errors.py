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
