"""What fills the slots of a proposition: a person, a place, an agent, a pact, read from the words beside its phrase."""

from __future__ import annotations

from sitmon.extraction.matters.scene import Scene
from sitmon.extraction.words.phrases import BREAKS, Mark
from sitmon.extraction.words.rules import Rules
from sitmon.model.noun import dataclass
from sitmon.text.fold import fold

_REACH = 6  # words between a phrase and its slot: "captured the strategic central city of Hama"
_NAME_WORDS = 4
_PACT_REACH = 5


@dataclass(frozen=True, slots=True)
class Filler:
    """A word or name in a slot.

    Attributes:
        key: Folded, to be compared: "assad".
        shown: For people: "Assad".
        lasting: It means the same in every article; "the city" does not, "the capital" does.
    """

    key: str
    shown: str
    lasting: bool = True

    @classmethod
    def named(cls, name: str) -> Filler:
        """Take a name as it stands."""
        return cls(fold(name), name)


def subject_start(mark: Mark) -> int:
    """Give the word at which a subject that follows its phrase, or stands inside it, begins."""
    lead: int | None = mark.value.lead
    return mark.last if lead is None else mark.first + lead


def person_of(scene: Scene, mark: Mark, first: int, known: Filler | None, rules: Rules, *, trusted: bool) -> Filler | None:
    """Find the person a phrase is about: a name, or a title or pronoun that stands for the person known.

    Args:
        scene: The sentence.
        mark: The phrase; its value says on which side the person stands.
        first: Where its clause, with what interrupts it, begins.
        known: The person named last.
        rules: The language's.
        trusted: A name may be taken for a person's without further signs.
    """
    span = _subject_span(scene, mark, first, rules)
    head = scene.words[span[1] - 1] if span else ""
    if span is None or head in rules.words["groups"] or head in rules.words["states"]:
        return None
    if head in rules.words["persons"]:
        return known
    if head in rules.words["titles"]:
        unique = _definite(scene, span[1] - 1, rules) if head in rules.words["unique"] else None
        return _apposed(scene, span[1], rules) or known or unique
    person = _person(scene, span, rules) if _is_name_like(scene, span, rules) else None
    if person is None or (known is not None and person.key == known.key) or _has_title(scene, span, rules):
        return person
    personal = trusted or not rules.words["personal"].isdisjoint(scene.words)
    return person if rules.capitals and personal else None


def place_of(scene: Scene, at: int, rules: Rules, before: int | None = None, *, whole: bool = False) -> Filler | None:
    """Find a place beside a phrase: a name, or "the city" where none is given.

    Args:
        scene: The sentence.
        at: The word behind the phrase, or with `before` its first word.
        rules: The language's.
        before: Look in front of the phrase instead, down to this word.
        whole: Only the place itself: "the city of Homs", "most of Homs", not "villages near Homs"; "Homs airport" is another.
    """
    if before is not None:
        span = _run_before(scene, at, before, rules) or _run_at(scene, before, at, rules)
        return _place(scene, span, rules) if span and not (whole and _is_beside(scene, before, span[0], rules)) else None
    kinds = rules.words
    definite = None
    for here in range(at, min(at + _REACH, len(scene.words))):
        word = scene.words[here]
        if word in BREAKS or here in scene.verbs or word in kinds["auxiliaries"]:
            break
        if whole and word in kinds["prepositions"] and not _leads_into(scene, at, here, rules):
            break
        if _is_proper(scene, here, rules):
            last = here + 1
            while last < len(scene.words) and last < here + _NAME_WORDS and _is_proper(scene, last, rules):
                last += 1
            found = _place(scene, (here, last), rules)
            return _with_kind(scene, last, found, rules) if whole and found else found
        if word in kinds["kinds_of_place"] and definite is None:
            definite = _definite(scene, here, rules)
    return definite


def _leads_into(scene: Scene, first: int, at: int, rules: Rules) -> bool:
    """Say whether a preposition leads to the place itself: "most | of Homs", "the city | of Homs", "moved | into Homs"."""
    kinds = rules.words
    if at == first:
        return scene.words[at] not in kinds["where"]
    return not kinds["itself"] or (scene.words[at] in kinds["of"] and scene.words[at - 1] in kinds["itself"])


def _is_beside(scene: Scene, first: int, begin: int, rules: Rules) -> bool:
    """Say whether what stands before a verb is only said of a place: "villages near | Homs have fallen"."""
    while begin > first and scene.words[begin - 1] in rules.words["determiners"]:
        begin -= 1
    return (
        begin > first + 1
        and scene.words[begin - 1] in rules.words["prepositions"]
        and not _leads_into(scene, first, begin - 1, rules)
    )


def _with_kind(scene: Scene, at: int, place: Filler, rules: Rules) -> Filler:
    """Take "Homs airport" for a place of its own, "Homs city" for Homs."""
    kinds = rules.words
    word = scene.words[at] if at < len(scene.words) else ""
    if not kinds["itself"] or word not in kinds["kinds_of_place"] or word in kinds["itself"]:
        return place
    return Filler(f"{place.key} {word}", f"{place.shown} {scene.written(at, at + 1)}")


def is_pointed_at(key: str, rules: Rules) -> bool:
    """Say whether a filler's key is "the city", which means another place in every article; "the capital" does not."""
    article, _, kind = key.partition(" ")
    kinds = rules.words
    return article in kinds["definite"] and kind in kinds["kinds_of_place"] and kind not in kinds["unique"]


def agent_of(scene: Scene, mark: Mark, first: int, rules: Rules) -> Filler | None:
    """Find who is held responsible: a name or a group, on the side where the phrase has its subject."""
    span = _subject_span(scene, mark, first, rules)
    if span is None or scene.words[span[1] - 1] in rules.words["persons"]:
        return None
    if any(scene.words[at] in rules.words["nobody"] for at in (span[0], span[0] - 1) if at >= 0):
        return None
    proper = [at for at in range(*span) if _is_proper(scene, at, rules)]
    shown = scene.written(proper[0], proper[-1] + 1) if proper else scene.written(*span)
    return Filler.named(shown)


def named_at(scene: Scene, at: int, last: int, rules: Rules) -> Filler | None:
    """Find a name or group that begins at a word: "the League", "rebels"; None for a pronoun."""
    span = _run_after(scene, at, rules)
    if span is None or span[1] > last or scene.words[span[0]] in rules.words["pronouns"]:
        return None
    proper = [here for here in range(*span) if _is_proper(scene, here, rules)]
    return Filler.named(scene.written(proper[0], proper[-1] + 1) if proper else scene.written(*span))


def pact_of(scene: Scene, mark: Mark) -> Filler | None:
    """Find the deal a phrase is about, within a few words on its side; truce and ceasefire are one."""
    if mark.value.subject_after:
        found = next(iter(scene.marks_of("pact", mark.last - 1, mark.last + _PACT_REACH)), None)
    else:
        marks = scene.marks_of("pact", max(0, mark.first - _PACT_REACH), mark.last)
        found = marks[-1] if marks else None
    return None if found is None else Filler(found.value, found.value)


def _subject_span(scene: Scene, mark: Mark, first: int, rules: Rules) -> tuple[int, int] | None:
    if mark.value.subject_after:
        return _run_after(scene, subject_start(mark), rules)
    span = _run_before(scene, mark.first, first, rules)
    if span is None:
        return _run_at(scene, first, mark.first, rules)
    begin = span[0]
    while begin > first and scene.words[begin - 1] in rules.words["determiners"]:
        begin -= 1
    # "supporters of the president fled": the president is not who fled
    return None if begin > first and scene.words[begin - 1] in rules.words["prepositions"] else span


def _run_before(scene: Scene, at: int, first: int, rules: Rules) -> tuple[int, int] | None:
    """The noun phrase that ends before a verb and its auxiliaries ("was believed to have"), back to a preposition or a mark."""
    kinds = rules.words
    while at > first and scene.words[at - 1] in kinds["before_verbs"]:
        at -= 1
    begin = at
    while begin > max(first, at - _NAME_WORDS) and _is_nominal(scene, begin - 1, rules):
        begin -= 1
    return (begin, at) if begin < at else None


def _run_after(scene: Scene, at: int, rules: Rules) -> tuple[int, int] | None:
    while at < len(scene.words) and scene.words[at] in rules.words["determiners"]:
        at += 1
    end = at
    while end < min(at + _NAME_WORDS, len(scene.words)) and _is_nominal(scene, end, rules):
        end += 1
    return (at, end) if end > at else None


def _run_at(scene: Scene, first: int, last: int, rules: Rules) -> tuple[int, int] | None:
    """The noun phrase at the head of a sentence whose subject and verb something interrupts: "Assad, who …, has fled"."""
    while first < last and not _is_nominal(scene, first, rules):
        first += 1
    end = first
    while end < min(first + _NAME_WORDS, last) and _is_nominal(scene, end, rules):
        end += 1
    stop = end
    while stop < last and scene.words[stop] not in BREAKS and stop not in scene.verbs:
        stop += 1
    return (first, end) if first < end and stop < last and scene.words[stop] in BREAKS else None


def _is_nominal(scene: Scene, at: int, rules: Rules) -> bool:
    word, kinds = scene.words[at], rules.words
    return not (
        word in BREAKS
        or word in kinds["determiners"]
        or word in kinds["prepositions"]
        or word in kinds["auxiliaries"]
        or word in kinds["adverbs"]
        or word in kinds["joints"]
        or word in kinds["openers"]
        or word in kinds["calendar"]
    )


def _is_proper(scene: Scene, at: int, rules: Rules) -> bool:
    if not _is_nominal(scene, at, rules) or scene.words[at] in rules.words["calendar"]:
        return False
    if not rules.capitals or scene.is_name(at):
        return True
    inside = scene.words[at] in rules.words["particles"] and at + 1 < len(scene.words)
    return inside and scene.is_name(at + 1)  # "Bashar al-Assad"


def _apposed(scene: Scene, at: int, rules: Rules) -> Filler | None:
    """The name that follows a title: "the mayor, Hassan Diab, …"."""
    if at + 1 >= len(scene.words) or scene.words[at] != ",":
        return None
    span = _run_after(scene, at + 1, rules)
    closed = span is not None and span[1] < len(scene.words) and scene.words[span[1]] == ","
    return _person(scene, span, rules) if span and closed and _is_name_like(scene, span, rules) else None


def _has_title(scene: Scene, span: tuple[int, int], rules: Rules) -> bool:
    return any(word in rules.words["titles"] for word in scene.words[slice(*span)])


def _is_name_like(scene: Scene, span: tuple[int, int], rules: Rules) -> bool:
    """Say whether a phrase ends in a name; a plural at the beginning of a sentence is written like one and is none."""
    last = span[1] - 1
    if not _is_proper(scene, last, rules):
        return False
    return last > 0 or not rules.capitals or not scene.words[last].endswith(rules.plural)


def _person(scene: Scene, span: tuple[int, int], rules: Rules) -> Filler | None:
    """The last name, titles and articles taken off: "President Bashar al-Assad" is Assad."""
    kept = _kept(scene, span, rules)
    return Filler(scene.words[kept[-1]], _bare(scene, kept[-1])) if kept else None


def _place(scene: Scene, span: tuple[int, int], rules: Rules) -> Filler | None:
    last = span[1] - 1
    if scene.words[last] in rules.words["kinds_of_place"]:
        return _definite(scene, last, rules)
    kept = _kept(scene, span, rules)
    if not kept or kept[-1] != last or scene.words[last] in rules.words["groups"] or _qualifies(scene, last + 1, rules):
        return None
    shown = scene.written(kept[0], last + 1)
    return Filler(" ".join(scene.words[at] for at in kept), shown.removesuffix("'s").removesuffix("’s"))


def _qualifies(scene: Scene, at: int, rules: Rules) -> bool:
    """A name before another noun is no place: "in Russian air strikes"; before "city" or "province" it is one."""
    if at >= len(scene.words) or scene.words[at] in rules.words["kinds_of_place"]:
        return False
    return _is_nominal(scene, at, rules) and not scene.is_name(at) and at not in scene.verbs and rules.capitals


def _definite(scene: Scene, at: int, rules: Rules) -> Filler | None:
    """Give "the city" or "the central city", which is known from elsewhere; "a city" is any."""
    for here in range(at - 1, max(at - _NAME_WORDS, -1), -1):
        if scene.words[here] in rules.words["definite"]:
            article = scene.words[here]
            lasting = scene.words[at] in rules.words["unique"]
            return Filler(f"{article} {scene.words[at]}", f"{article} {scene.written(at, at + 1)}", lasting)
        if scene.words[here] in rules.words["determiners"]:
            return None
    return None


def _kept(scene: Scene, span: tuple[int, int], rules: Rules) -> list[int]:
    return [at for at in range(*span) if scene.words[at] not in rules.words["particles"] and _is_proper(scene, at, rules)]


def _bare(scene: Scene, at: int) -> str:
    return scene.written(at, at + 1).removesuffix("'s").removesuffix("’s")
