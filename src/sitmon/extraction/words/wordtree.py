"""Word trees: phrases as paths of words, so that looking for thousands of them costs one look-up per word.

Used by gazetteer.py (names, forwards), roles.py (phrases that end before a place, backwards) and phrases.py (patterns).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

# A node: word → what is below it, and under END, which is no word, what the path from the root to here means. A node with
# nothing below it is its meanings alone: most of a gazetteer is such, and a dict takes 200 bytes.
END = " "
Meanings = tuple[Any, ...]
Tree = dict[str, Any]


def meanings(node: Tree | Meanings) -> Meanings:
    """Give what the path to a node means, nothing if it only leads on."""
    return node if isinstance(node, tuple) else node.get(END, ())


def planted(tree: Tree, words: Sequence[str], value: Any) -> None:
    """Add a meaning to a phrase, unless the phrase has it."""
    grow(tree, words, lambda known: known if value in known else (*known, value))


def grow(tree: Tree, words: Sequence[str], meant: Callable[[Meanings], Meanings]) -> None:
    """Lay a path into the tree; `meant` says of what it has meant so far what it means from now on."""
    node = tree
    for word in words[:-1]:
        below = node.get(word)
        if not isinstance(below, dict):
            below = node[word] = {} if below is None else {END: below}
        node = below
    last = node.get(words[-1], ())
    if isinstance(last, dict):
        last[END] = meant(meanings(last))
    else:
        node[words[-1]] = meant(last)


def tree_of(phrases: Iterable[tuple[str, Any]], backwards: bool = False) -> Tree:
    """Make a tree of phrases, each with a value."""
    tree: Tree = {}
    for phrase, value in phrases:
        words = phrase.split()
        planted(tree, words[::-1] if backwards else words, value)
    return tree


def ending_before(tree: Tree, keys: Sequence[str], index: int, first: int) -> dict[Any, int]:
    """Find what ends right before a word, in a tree of phrases backwards.

    Args:
        tree: The phrases.
        keys: Folded words.
        index: The word before which they end.
        first: The first word that may belong to one.

    Returns:
        Value → the words of its longest phrase.
    """
    found: dict[Any, int] = {}
    node: Tree | Meanings = tree
    for back in range(index - 1, first - 1, -1):
        if isinstance(node, tuple) or keys[back] not in node:
            break
        node = node[keys[back]]
        found.update(dict.fromkeys(meanings(node), index - back))
    return found
