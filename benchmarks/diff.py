"""Two states of the rules → what the change won and what it lost, in sentences.

    python -m benchmarks.diff OLD NEW [--split dev|held|test|all]

OLD and NEW are each a git revision (its rules are run over today's annotated texts), or a predictions file; NEW may
be a dot for the rules as they stand. Sentences are shown of the part dev alone unless another is asked for by name.
"""

from collections.abc import Sequence

import click

from benchmarks.accuracy import PARTS, Compared, grouped, measure, ours, replayed
from benchmarks.gold import GoldText, load_gold
from benchmarks.predictions import predictions_of
from benchmarks.report import change_lines, figures_table
from benchmarks.score import Error, errors

NOW = "."


def compared(source: str, texts: Sequence[GoldText]) -> list[Compared]:
    """Revision, predictions file or NOW → every text compared with what was found in it."""
    if source == NOW:
        return measure(texts, ours)
    return measure(texts, replayed(predictions_of(source, texts)))


def _errors(results: Sequence[Compared]) -> list[Error]:
    return [error for result in results for error in errors(result.text, result.comparison)]


@click.command()
@click.argument("old")
@click.argument("new", default=NOW)
@click.option("--split", type=click.Choice(PARTS), default="dev", show_default=True)
def main(*, old: str, new: str, split: str) -> None:
    """Say what a change of rules won and lost on the annotated texts."""
    texts = [text for text in load_gold() if split in ("all", text.part)]
    before, after = compared(old, texts), compared(new, texts)
    for title, results in ((old, before), (new, after)):
        figures = grouped(results, by="lang", parts=["all"])["all", "all"]
        print("\n".join(figures_table({(split, title): figures})))
    print()
    print("\n".join(change_lines(before=_errors(before), after=_errors(after))))


if __name__ == "__main__":
    main()
