"""Word trees: phrases as paths of words, so that looking for thousands of them costs one look-up per word.

Used by gazetteer.py (names, forwards) and roles.py (phrases that end before a place, backwards).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

# A node: word → node below, and under END, which is no word, what the path from the root to here means.
Tree = dict[str, Any]
END = " "


def planted(tree: Tree, words: Iterable[str], value: Any) -> None:
    """Add a value to those of a phrase, unless the phrase has it; values of a phrase are a tuple."""
    node = tree
    for word in words:
        node = node.setdefault(word, {})
    known = node.get(END, ())
    if value not in known:
        node[END] = (*known, value)


def tree_of(phrases: Iterable[tuple[str, Any]], backwards: bool = False) -> Tree:
    """Make a tree of phrases, each with a value."""
    tree: Tree = {}
    for phrase, value in phrases:
        words = phrase.split()
        planted(tree, reversed(words) if backwards else words, value)
    return tree


def ending_before(tree: Tree, words: Sequence[Any], index: int, first: int) -> dict[Any, int]:
    """Find what ends right before a word, in a tree of phrases backwards.

    Args:
        tree: The phrases.
        words: Words with a `key`.
        index: The word before which they end.
        first: The first word that may belong to one.

    Returns:
        Value → the words of its longest phrase.
    """
    found: dict[Any, int] = {}
    for back in range(index - 1, first - 1, -1):
        node = tree.get(words[back].key)
        if node is None:
            break
        tree = node
        for value in tree.get(END, ()):
            found[value] = index - back
    return found
