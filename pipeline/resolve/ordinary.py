"""Step 4 of 6, ordinary words. A weak spelling and its cues → whether it is no mention, whatever weights say."""

from collections.abc import Mapping

from pipeline.resolve.subject import Subject

# What makes a place of the bare word for a kind of place.
_NAMING = frozenset(("list:strong", "left1:mayor", "right1:mayor"))
_RANKS = frozenset({"district", "subdistrict"})


def is_ordinary(subject: Subject, cues: Mapping[str, str]) -> bool:
    """Whether a weak spelling is no mention whatever weights say: an ordinary word, or another language's name."""
    return subject.weak and (_is_common_noun(subject, cues) or _is_of_another_language(subject))


def _is_common_noun(subject: Subject, cues: Mapping[str, str]) -> bool:
    """Whether a spelling that is also an ordinary word is written as one, where only a type word makes a place of it.

    Small, in a text that knows capitals: a şivan is a shepherd. Or the bare word for a kind of place: المدينة is the
    city, whichever was named, unless it has a qaimaqam, is listed among places or its district is named elsewhere.
    """
    if subject.kind:
        return False
    if "case:lower-among-capitals" in cues:
        return True
    is_backed = "district" in subject.backed or not _NAMING.isdisjoint(cues)
    return "weak:kind word" in cues and not is_backed


def _is_of_another_language(subject: Subject) -> bool:
    """Whether a weak spelling is none in the language around it: Arabic دورة, a course, is no Dora (Sorani دۆرە).

    A type word of its rank tells that it is a copied spelling; districts and sub-districts are called by each other's.
    English is told by what it lacks, so it is left out.
    """
    around, kind, level = subject.around, subject.kind, subject.unit.level
    if around.lang == "en" or (kind and (kind.level == level or _RANKS.issuperset((kind.level, level)))):
        return False
    return all(entry.lang != around.lang for entry in around.entries)
