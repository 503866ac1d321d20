"""Word classes: what a word may be, as bits of one number; and the vocabulary of a language that knows them.

There is no parser: closed word classes are known in full (lexicon/<language>/wordclasses.toml), verbs by their inflection, the
rest by its ending. A word may belong to several classes; whoever asks decides by what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from sitmon.extraction.words.lexicon import lexicon_of
from sitmon.text.fold import fold_word

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670"
_LONGEST = 40  # Longer ones are no words of a language and must not fill the cache.
_CACHED = 20_000


class Tag:
    """Word classes as bits; a token's tag is the sum of all it may be."""

    DETERMINER: Final = 1 << 0
    PREDETERMINER: Final = 1 << 1
    NUMERAL: Final = 1 << 2
    PRONOUN: Final = 1 << 3
    STANDALONE: Final = 1 << 4
    NEGATIVE: Final = 1 << 5
    OBJECT_PRONOUN: Final = 1 << 6
    POSSESSIVE_PRONOUN: Final = 1 << 7
    POSSESSIVE: Final = 1 << 8
    RELATIVE: Final = 1 << 9
    INTERROGATIVE: Final = 1 << 10
    COMPLEMENTIZER: Final = 1 << 11
    PREPOSITION: Final = 1 << 12
    LINK: Final = 1 << 13
    CONJUNCTION: Final = 1 << 14
    CONTRAST: Final = 1 << 15
    CONCESSION: Final = 1 << 16
    SUBORDINATOR: Final = 1 << 17
    BE: Final = 1 << 18
    HAVE: Final = 1 << 19
    DO: Final = 1 << 20
    MODAL: Final = 1 << 21
    NEGATION: Final = 1 << 22
    INFINITIVE: Final = 1 << 23
    ADVERB: Final = 1 << 24
    TIME: Final = 1 << 25
    LAST: Final = 1 << 26
    VENUE: Final = 1 << 27
    ROLE: Final = 1 << 28
    BASE: Final = 1 << 29
    THIRD: Final = 1 << 30
    PAST: Final = 1 << 31
    PARTICIPLE: Final = 1 << 32
    GERUND: Final = 1 << 33
    CAPITAL: Final = 1 << 34
    PLURAL: Final = 1 << 35
    COMMA: Final = 1 << 36
    COLON: Final = 1 << 37
    SEMICOLON: Final = 1 << 38
    DASH: Final = 1 << 39
    QUOTE: Final = 1 << 40
    OPEN: Final = 1 << 41
    CLOSE: Final = 1 << 42
    STOP: Final = 1 << 43
    MARK: Final = 1 << 44
    CUE: Final = 1 << 45
    ADJECTIVE: Final = 1 << 46
    CLOSE_LINK: Final = 1 << 47

    AUXILIARY: Final = BE | HAVE | DO | MODAL
    VERB: Final = BASE | THIRD | PAST | PARTICIPLE | GERUND
    PUNCTUATION: Final = COMMA | COLON | SEMICOLON | DASH | QUOTE | OPEN | CLOSE | STOP | MARK
    FUNCTION: Final = (
        PRONOUN
        | OBJECT_PRONOUN
        | RELATIVE
        | INTERROGATIVE
        | COMPLEMENTIZER
        | PREPOSITION
        | CONJUNCTION
        | CONTRAST
        | SUBORDINATOR
        | AUXILIARY
        | INFINITIVE
        | NEGATION
        | PUNCTUATION
    )


_PUNCTUATION = {
    **dict.fromkeys(",،、", Tag.COMMA),
    **dict.fromkeys(":", Tag.COLON),
    **dict.fromkeys(";؛", Tag.SEMICOLON),
    **dict.fromkeys(("-", "–", "—", "―", "--", "---"), Tag.DASH),
    **dict.fromkeys(("“", "”", '"', "''", "``", "«", "»", "„", "‟", "‘", "’", "'", "‹", "›"), Tag.QUOTE),
    **dict.fromkeys("([{", Tag.OPEN),
    **dict.fromkeys(")]}", Tag.CLOSE),
    **dict.fromkeys((".", "!", "?", "…", "...", "؟", "۔"), Tag.STOP),
}


class _Tagged(dict[str, int]):
    """All that a word may be, as bits of `Tag`; fills itself as words are met."""

    def __init__(self, tagged: Callable[[str], int]) -> None:
        super().__init__(_PUNCTUATION)
        self._tagged = tagged

    def __missing__(self, word: str) -> int:
        found = self._tagged(word)
        if len(word) <= _LONGEST and len(self) < _CACHED:
            self[word] = found
        return found


class Vocabulary:
    """The word classes of one language, from its grammar and its cues; `tag` gives all that a word may be.

    Args:
        grammar: The document of lexicon/<language>/wordclasses.toml.
        cues: Inflected cue verbs: form → bits of the verb forms it may be.
    """

    def __init__(self, grammar: Mapping[str, Any], cues: Mapping[str, int] | None = None) -> None:
        self.pattern = _pattern(grammar["clitics"], grammar.get("elisions", ()))
        self._abbreviations = frozenset(grammar["abbreviations"].split())
        self._acronyms = frozenset(grammar.get("acronyms", "").split())
        self._before_names = frozenset(grammar.get("before_names", "").split())
        self._endings = [
            (tuple(endings), getattr(Tag, name.upper()) | (Tag.PAST if name == "participle" else 0))
            for name, endings in grammar["endings"].items()
            if name not in ("plural", "singular", "exceptions")
        ]
        self._exceptions = frozenset(grammar["endings"].get("exceptions", "").split())
        self._plural = tuple(grammar["endings"]["plural"])
        self._singular = tuple(grammar["endings"]["singular"])
        self._classes: dict[str, int] = {}
        for name, words in grammar["classes"].items():
            for word in words.split():
                self._add(word, getattr(Tag, name.upper()))
        for lemma, forms in verbs_of(grammar["verbs"], grammar).items():
            for form, bits in form_bits(lemma, forms).items():
                self._add(form, bits)
        for form, bits in (cues or {}).items():
            self._add(form, bits | Tag.CUE)
        self.tag = _Tagged(self._tagged).__getitem__

    def tags(self, words: Sequence[str]) -> list[int]:
        """Give all that each of some words may be."""
        return list(map(self.tag, words))

    def keeps_stop(self, word: str) -> bool:
        """Tell whether a full stop belongs to the word before it: an abbreviation ("Gen"), an initial, initials ("U.S")."""
        if len(word) == 1:
            return word.isupper() and not self.tag(word) & Tag.PRONOUN
        return word.lower() in self._abbreviations or (word[1] == "." and all(len(part) == 1 for part in word.split(".")))

    def _add(self, word: str, bits: int) -> None:
        key = key_of(word)
        self._classes[key] = self._classes.get(key, 0) | bits

    def _tagged(self, word: str) -> int:
        if not (word[0].isalnum() or word[-1].isalnum()):
            return Tag.MARK
        key = key_of(word)
        if key in self._acronyms and len(word) > 1 and word.isupper():
            return Tag.CAPITAL
        bits = self._classes.get(key) or self._classes.get(key.rstrip("."), 0)
        if word[0].isupper() or self._is_name(word):
            bits |= Tag.CAPITAL
        if word[0].isdigit():
            bits |= Tag.NUMERAL
        if len(key) > 3:
            if not bits & ~Tag.CAPITAL and key not in self._exceptions:
                for endings, tag in self._endings:
                    if key.endswith(endings):
                        bits |= tag
            if key.endswith(self._plural) and not key.endswith(self._singular):
                bits |= Tag.PLURAL | self._classes.get(key[:-1], 0) & Tag.ROLE
        return bits

    def _is_name(self, word: str) -> bool:
        """Tell whether a small word is written onto a name: "al-Watan"."""
        before, hyphen, name = word.partition("-")
        return bool(hyphen) and before in self._before_names and name[:1].isupper()


def _pattern(clitics: Sequence[str], elisions: Sequence[str]) -> re.Pattern[str]:
    """Numbers, words with their inner hyphens, dots and apostrophes ("al-Qa'im", "O’Neill"), what is split off them, marks."""
    # Where a language has none, nothing is: "(?!)".
    split_off = "|".join(re.escape(clitic.lstrip("'")) for clitic in clitics) or "(?!)"
    letters = rf"[\w{_MARKS}]++"
    word = rf"{letters}(?>(?:[-&/@.‑](?:(?<=\.)[-‑])?{letters}|['’](?!(?i:{split_off})\b){letters})*)"
    elided = "|".join(re.escape(elision.rstrip("'")) for elision in elisions)
    split_before = rf"(?<!\w)(?i:{elided})['’](?=\w)|" if elisions else ""
    number = r"\d++(?>(?:[.,:]\d++)*)(?>(?:-\w++)*)"
    return re.compile(rf"({number}|{split_before}{word}|['’](?i:{split_off})\b|''|``|--+|\.\.\.|\S)")


def key_of(word: str) -> str:
    """Give the form under which a word stands in word lists: lower case, straight apostrophes, Arabic letters folded."""
    if word.isascii():
        return word.lower()
    plain = word.lower().replace("’", "'")
    return plain if plain.isascii() or plain[0] < "\u0600" else fold_word(plain)


def verbs_of(verbs: Mapping[str, Any], grammar: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Inflect a list of verbs: lemma → third person, past, participle, gerund."""
    irregular = {lemma: tuple(forms.split()) for lemma, forms in verbs.get("irregular", {}).items()}
    return {lemma: inflected(lemma, grammar) for lemma in verbs.get("regular", "").split()} | irregular


def inflected(lemma: str, grammar: Mapping[str, Any]) -> tuple[str, ...]:
    """Inflect one regular verb by the grammar's first rule that fits its ending."""
    for endings, cut, added in grammar["inflection"]["rules"]:
        if not endings or lemma.endswith(tuple(endings.split())):
            stem = lemma[: len(lemma) - cut]
            return tuple(stem + ending for ending in added.split())
    return ()


def form_bits(lemma: str, forms: tuple[str, ...]) -> dict[str, int]:
    """Give each form of a verb with what it may be."""
    bits: dict[str, int] = {}
    for form, tag in zip((lemma, *forms), (Tag.BASE, Tag.THIRD, Tag.PAST, Tag.PARTICIPLE, Tag.GERUND), strict=False):
        bits[form] = bits.get(form, 0) | tag
    return bits


@cache
def vocabulary_of(language: str | None) -> Vocabulary:
    """Give the vocabulary of a language, compiled once per process."""
    return Vocabulary(lexicon_of(language).section("wordclasses"))
