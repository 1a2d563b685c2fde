"""Step 4 of 6, the evidence of words. What is said just before and behind a name → the cues of the words' classes.

A cue is "SIDE:CLASS": left1 touches the name, left stands within a few words before it; so right1 and right; own-left1
and own-right1 touch the name within its list. Which words are of a class is data (`words/*.toml`).
"""

import re

from pipeline.resolve.context import Around, abroad_near
from pipeline.resolve.subject import Fired
from pipeline.vocabulary import Grammar, Vocabulary
from pipeline.wordlist import Cues

_NEAR = 4
_AND = "و"
# Links a noun to what says more of it; behind a Sorani name also object, oblique case and nisba.
IZAFE = "ي"
_COMMAS = frozenset("،,")
# A case ending that stands apart (Kerkük'ün, Kerkük'ü, Kerkük'e) → the side that the word behind it is told for.
_BEHIND_CASES = (("right1:genitive", "owned"), ("right1:accusative", "acted"), ("right1:dative", "reached"))
# Languages that join "and" to the word behind it.
_JOINS_AND = ("ar", "ckb")
# A further clause behind a name, which says nothing of it: «في دهوك، وأعلنت أنقرة».
_NEXT_CLAUSE = re.compile(r"[\"»”)]?\s?[،,]\s*و")


def of_words(around: Around, vocabulary: Vocabulary, fired: Fired) -> None:
    """The words before and behind a span, and its list's → cues added to ``fired``."""
    grammar = vocabulary.grammars[around.lang]
    if around.mates or not _opens_clause_joined(around):
        _of_left(around, grammar, fired)
    else:
        fired["left:any"] = ""
    if around.mates or around.lang not in _JOINS_AND or not _NEXT_CLAUSE.match(around.after):
        _of_right(around.right, grammar, fired)
    else:
        fired["right:any"] = ""
    if around.mates:
        own = _before_types(around.own_left, grammar)
        if own:
            note(fired, "own-left1", *grammar.left.before(around.own_left, own))
        if around.own_right:
            note(fired, "own-right1", *grammar.right.after(around.own_right, 0))
    _of_abroad(around, vocabulary, fired)
    # إقليم كردستان العراق, but not إقليم كردستان والعراق.
    if any(word[0] != _AND and "country" in grammar.right.classes(word) for word in around.right[:2]):
        fired["country-after"] = ""


def _of_left(around: Around, grammar: Grammar, fired: Fired) -> None:
    left = around.left
    end = _before_types(left, grammar)
    if left and around.gap == 1 and "to" in grammar.left.classes(left[-1]):
        fired["range"] = left[-1]
    if left and left[-1] in grammar.links:
        note(fired, "link", grammar.left.classes(left[-1]), left[-1])
    for distance in range(min(end, _NEAR)):
        classes, phrase = grammar.left.before(left, end - distance)
        note(fired, "left" if distance else "left1", classes, phrase)
    if (
        around.lang == "ckb"
        and end
        and left[end - 1].endswith(IZAFE)
        and not grammar.left.classes(left[end - 1])
    ):
        fired["left1:izafe"] = left[end - 1]
    fired["left:any" if end else "left:none"] = ""


def _of_right(right: list[str], grammar: Grammar, fired: Fired) -> None:
    start = _after_types(right, grammar.types_after)
    if start:
        note(fired, "right1", *grammar.right.after(right, 0))
    for distance in range(start, min(len(right), start + _NEAR)):
        classes, phrase = grammar.right.after(right, distance)
        note(fired, "right" if distance > start else "right1", classes, phrase)
        if distance == start + 1:
            for case, side in _BEHIND_CASES:
                if case in fired:
                    note(fired, side, classes, phrase)
    fired["right:any" if right else "right:none"] = ""


def note(fired: Fired, side: str, classes: tuple[str, ...], phrase: str) -> None:
    """The classes of a word or phrase on a side → a cue for each, but for those that a nearer one fired."""
    for name in classes:
        fired.setdefault(f"{side}:{name}", phrase)


def _before_types(words: list[str], grammar: Grammar) -> int:
    """Index behind the words before a name, less the type words beside it: شرطة محافظة كركوك is the police.

    Nor do links between a noun and the name count: Zanîngeha Teknîkî ya Kerkûkê.
    """
    types, end = grammar.types_before, len(words)
    while end and (words[end - 1] in grammar.links or types.before(words, end)[0]):
        end -= 1 if words[end - 1] in grammar.links else 1 + types.before(words, end)[1].count(" ")
    return end


def _after_types(words: list[str], types: Cues) -> int:
    """Index of the first word behind a name, less the type word beside it: Sincar ilçesi Polis Müdürü."""
    if words and types.after(words, 0)[0]:
        return 1 + types.after(words, 0)[1].count(" ")
    return 0


def _opens_clause_joined(around: Around) -> bool:
    """Whether a clause begins with an "and" that is joined to the name: «6 مقاعد، والأنبار»."""
    return around.clitic[:1] == _AND and around.before.rstrip()[-1:] in _COMMAS


def _of_abroad(around: Around, vocabulary: Vocabulary, fired: Fired) -> None:
    abroad = abroad_near(around, vocabulary)
    if abroad is None:
        return
    fired["foreign-near"] = abroad
    capital = vocabulary.capitals.first_in([*around.left[-2:], *around.right[:2]])
    if capital is not None:
        fired["list:capital"] = capital
