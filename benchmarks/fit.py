"""Annotated texts → the weights of the role model, written to `pipeline/words/weights.toml`.

    python -m benchmarks.fit [--strength 0.5] [--marked FILE]…

Fits a multinomial logistic regression on the cues that fire for the spans of the part dev of tests/gold; the part
held is only scored, and so are files of texts marked by hand (`benchmarks.marked`), by which the strength can be
chosen. Prints cross-validated figures (folds by text) before it writes. scikit-learn is needed here and nowhere else:
at run time the weights are a file.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from benchmarks.gold import GoldText, load_gold
from benchmarks.marked import load_marked
from pipeline.fold import fold
from pipeline.language import Languages
from pipeline.lexicon import load_lexicon
from pipeline.recognise import find
from pipeline.records import ROLES
from pipeline.resolve import Judged, judge
from pipeline.resolve.ordinary import is_ordinary
from pipeline.resolve.role import FILE, variants
from pipeline.resolve.subject import AUTHORITIES
from pipeline.vocabulary import load_vocabulary

_FOLDS = 5
# Of the mentions of Baghdad, Erbil and the Region half are governments in tests/gold, and 28 % of 433 in 398 real
# excerpts (2026-11-24). Weighed so, the model expects more of what reporting has.
_GOVERNMENT = 0.5
_OF_AUTHORITIES = "a:always"
_DIGITS = 3

Case = tuple[str, tuple[str, ...], int]


def cases_of(texts: Sequence[GoldText]) -> list[Case]:
    """Annotated texts → (text id, cues, index of the right role) of every span; ordinary words count as "name"."""
    lexicon, vocabulary = load_lexicon(), load_vocabulary()
    cases = []
    for text in texts:
        folded = fold(text.text)
        languages = Languages(folded.kinds)
        spans = find(text.text, folded, languages, lexicon, vocabulary)
        judged = judge(
            text.text, folded, languages, spans, lexicon=lexicon, vocabulary=vocabulary, day=text.date
        )
        cases += [(text.id, _ids(one), role) for one in judged if (role := _role(one, text)) is not None]
    return cases


def _ids(one: Judged) -> tuple[str, ...]:
    kind = {"is_authority": one.subject.place_id in AUTHORITIES, "is_weak": one.subject.weak}
    return tuple(variant for cue in one.cues for variant in variants(cue, **kind))


def _role(one: Judged, text: GoldText) -> int | None:
    """The gold role of a span, "name" where gold has no mention there, None where it is open or no weight decides."""
    span = one.subject.around.span
    if one.exception or is_ordinary(one.subject, one.cues):
        return None
    for mention in text.mentions:
        if (mention.start, mention.end) == (span.start, span.end):
            return None if mention.optional else ROLES.index(mention.role)
        if mention.start < span.end and span.start < mention.end:
            return None
    return ROLES.index("name")


def _features(cases: Sequence[Case]) -> list[dict[str, float]]:
    return [dict.fromkeys(cues, 1.0) for _, cues, _ in cases]


def _counts(cases: Sequence[Case]) -> np.ndarray:
    """Cases → for how many of its kind each counts in the fit."""
    government = ROLES.index("government")
    return np.array(
        [_GOVERNMENT if role == government and _OF_AUTHORITIES in cues else 1.0 for _, cues, role in cases]
    )


@click.command()
@click.option("--strength", default=0.5, show_default=True, help="Inverse of the penalty on large weights.")
@click.option("--marked", type=Path, multiple=True, metavar="FILE", help="Score texts marked by hand too.")
def main(*, strength: float, marked: tuple[Path, ...]) -> None:
    """Fit the weights, print how well they do, write the file."""
    texts = load_gold()
    dev = cases_of([text for text in texts if text.part == "dev"])
    vectorizer = DictVectorizer()
    x, y = vectorizer.fit_transform(_features(dev)), np.array([role for _, _, role in dev])
    model = LogisticRegression(C=strength, max_iter=5000, fit_intercept=False)
    groups, counts = [text_id for text_id, _, _ in dev], {"sample_weight": _counts(dev)}
    crossed = cross_val_predict(model, x, y, groups=groups, cv=GroupKFold(_FOLDS), params=counts)
    model.fit(x, y, **counts)
    click.echo(f"{len(dev)} spans of dev, {x.shape[1]} cues")
    click.echo(f"right, cross-validated on dev: {np.mean(crossed == y):.3f}")
    click.echo(f"right on what it was fitted on: {np.mean(model.predict(x) == y):.3f}")
    others = {
        "held": [text for text in texts if text.part == "held"],
        **{path.name: load_marked(path) for path in marked},
    }
    for name, unseen in others.items():
        cases = cases_of(unseen)
        if cases:
            chances = model.predict_proba(vectorizer.transform(_features(cases)))
            click.echo(f"right on {name}: {_scored(chances, [role for _, _, role in cases])}")
    _write(vectorizer.get_feature_names_out(), model.coef_.T, strength=strength, spans=len(dev))


def _scored(chances: np.ndarray, roles: Sequence[int]) -> str:
    """Probabilities of the roles of some spans, the right ones → how many were right, and how sure of it."""
    right = np.mean(chances.argmax(axis=1) == roles)
    loss = -np.log(chances[np.arange(len(roles)), roles]).mean()
    return f"{right:.3f} of {len(roles)}, log loss {loss:.3f}"


def _write(names: Sequence[str], weights: np.ndarray, *, strength: float, spans: int) -> None:
    lines = [
        "# The weights of the role model: for each cue what it says for " + ", ".join(ROLES) + ".",
        "# Written by `python -m benchmarks.fit`; do not edit. A positive number speaks for the role.",
        f"# Fitted {datetime.now(UTC):%Y-%m-%d}, logistic regression with C = {strength},",
        f"# on {spans} spans of tests/gold (part dev).",
        "[weights]",
    ]
    for name, row in sorted(zip(names, weights, strict=True)):
        lines.append(f'"{name}" = [{", ".join(f"{w:.{_DIGITS}f}" for w in row)}]')
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
