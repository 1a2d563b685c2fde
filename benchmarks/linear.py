"""Text of any kind, half a million and a million characters long → seconds for each, and their ratio.

    python -m benchmarks.linear

Cost is to be linear: twice the text, twice the time. The texts are those that break recognisers: clitics without end,
articles without end, one place over and over, lists without end, no space at all, marks on one letter.
"""

import time

import click

from geo.places import load_gazetteer
from pipeline import geocode

LENGTH = 500_000


def texts(length: int) -> dict[str, str]:
    """Length in characters → a text of that length of every kind, by what it is made of."""
    districts = [p.names["ar"] for p in load_gazetteer().places.values() if p.level == "district"]
    kinds = {
        "clitics without end": "واالواال",
        "one letter": "و",
        "Latin articles": "al-al-",
        "one place": "كركوك ",
        "one place, no space": "كركوك",
        "two places in one list": "كركوك، ديالى، ",
        "every district in one list": "، ".join(districts) + "، ",
        "between and between": "بين بغداد وأربيل ",
        "words run together": "hiştinKerkûkê",
        "marks on one letter": "ك\u064b\u064c\u064d",
        "lines of one word": "بلد\n",
        "quotes and dashes": "«بغداد» - (أربيل) / ",
        "letters of other scripts": "漢字Кирк كركوك",
        "Sorani endings": "هەولێرییەکانیشدا ",
    }
    return {name: (piece * (length // len(piece) + 1))[:length] for name, piece in kinds.items()}


def seconds(text: str) -> float:
    """Text → CPU seconds of the whole geocoder."""
    started = time.process_time()
    geocode(text)
    return time.process_time() - started


@click.command()
@click.option("--length", default=LENGTH, show_default=True, help="Characters of the shorter text.")
def main(*, length: int) -> None:
    """Print how time grows with the length of hostile text."""
    geocode("كركوك")
    longer = texts(2 * length)
    print(f"{'':30}{length:>10,} {2 * length:>10,}   ratio")
    for name, text in texts(length).items():
        short, long = seconds(text), seconds(longer[name])
        print(f"{name:30}{short:>9.2f}s {long:>9.2f}s {long / max(short, 1e-9):>7.2f}")


if __name__ == "__main__":
    main()
