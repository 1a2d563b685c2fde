"""Step 4 of 6. What is decided of a span before its role is: the unit, the type word, what else the text names."""

from collections.abc import Sequence

from pipeline.resolve.context import Around
from pipeline.resolve.level import TypeWord, Unit
from pipeline.spellings import Entry

# Places whose names can stand for who governs there.
AUTHORITIES = frozenset({"IQ-BG", "IQ-AR", "kurdistan-region"})
# Cue id → the word that fired it, "" for what is no word.
Fired = dict[str, str]


class Subject:
    """A span with what was decided before its role: the unit, the type word, what backs it.

    ``entry`` is the spelling that spoke for the unit, ``weak`` as it says. ``backed`` says which of its parents the
    article names elsewhere ("district", "governorate", "near"), ``alone`` that it names no other place for certain.
    (Immutable; no NamedTuple, as `Around` is none.)
    """

    __slots__ = ("alone", "around", "backed", "entry", "kind", "place_id", "unit", "weak")

    def __init__(
        self,
        *,
        around: Around,
        place_id: str,
        unit: Unit,
        kind: TypeWord | None,
        entry: Entry,
        weak: bool,
        backed: Sequence[str],
        alone: bool,
    ) -> None:
        self.around, self.place_id, self.unit, self.kind = around, place_id, unit, kind
        self.entry, self.weak, self.backed, self.alone = entry, weak, backed, alone
