"""Bad plain text, JSON and CSV."""

from collections.abc import Mapping

from tests.trust.badinputs.case import Bad, file, refused, taken

AR = "قتل شخصان في انفجار قرب مدينة كركوك، وأصيب آخرون في قضاء الحويجة بحسب مصدر أمني."
LINE = '{"title": "Blast in Tuz", "text": "A blast hit Tuz Khurmatu."}\n'
ROWS = "title,text\nA,A blast hit Tuz.\n"


def json_line(line: str) -> bytes:
    return (LINE + line + "\n" + LINE).encode()


TEXTS: Mapping[str, Bad] = {
    "1 no bytes": file("a.txt", lambda: b"", refused("empty")),
    "1 a byte order mark alone": file("a.txt", lambda: b"\xef\xbb\xbf", refused("empty")),
    "1 spaces alone": file("a.txt", lambda: b" \t\r\n " * 99, refused("empty")),
    "2 windows-1256 that nobody declared": file("a.txt", lambda: AR.encode("cp1256"), taken("encoding-guessed")),
    "2 UTF-16 without a mark": file("a.txt", lambda: AR.encode("utf-16-le"), taken("encoding-guessed")),
    "2 letters of no encoding": file("a.txt", lambda: bytes(range(128, 256)) * 4, refused("encoding")),
    "3 UTF-8 cut within a letter": file("a.txt", lambda: AR[:60].encode()[:-1], refused("encoding")),
    "3 surrogates in UTF-8 (CESU-8)": file(
        "a.txt", lambda: (AR + "\ud83d\ude00" + AR).encode("utf-8", "surrogatepass"), refused("encoding")
    ),
    "3 overlong UTF-8": file("a.txt", lambda: AR.encode() + b"\xc0\xaf" + AR.encode(), refused("encoding")),
    "3 UTF-16 with a mark and an odd byte": file(
        "a.txt", lambda: AR.encode("utf-16") + b"x", refused("encoding")
    ),
    "3 two files in one, each with its mark": file("a.txt", lambda: (AR + "\n").encode("utf-8-sig") * 2, taken()),
    "4 NUL in a text": file("a.txt", lambda: b"Kirkuk\0Tuz, said a source.", taken("nul-replaced")),
    "4 nothing but NUL": file("a.txt", lambda: b"\0" * 9999, refused("empty")),
    "4 a picture named .txt": file("a.txt", lambda: b"\x89PNG\r\n\x1a\n\0\0", refused("binary")),
    "4 a line of a million letters": file("a.txt", lambda: b"Kirkuk " * 150_000, taken()),
    "4 a text of 17 MB": file("a.txt", lambda: b"x" * (17 << 20), refused("size")),
    "5 lone surrogate in JSON": file(
        "a.jsonl", lambda: json_line('{"text": "Kirkuk \\ud800"}'), taken("surrogate-replaced", articles=3)
    ),
    "6 JSON of 200,000 brackets": file("a.json", lambda: b'[{"text": ' + b"[" * 200_000, refused("depth")),
    "6 a line of 200,000 brackets": file(
        "a.jsonl", lambda: json_line('{"text": ' + "[" * 200_000), refused("depth", articles=2)
    ),
    "7 a number of 5,000 digits": file(
        "a.jsonl", lambda: json_line('{"text": "x", "n": ' + "9" * 5000 + "}"), refused("number", articles=2)
    ),
    "8 NaN": file("a.jsonl", lambda: json_line('{"text": "x", "n": NaN}'), refused("number", articles=2)),
    "8 1e999": file("a.jsonl", lambda: json_line('{"text": "x", "n": 1e999}'), refused("number", articles=2)),
    "8 a key twice": file("a.jsonl", lambda: json_line('{"text": "x", "text": "y"}'), refused("keys", articles=2)),
    "8 a list where a text belongs": file(
        "a.jsonl", lambda: json_line('{"text": ["x"]}'), refused("text", articles=2)
    ),
    "9 last line cut off": file(
        "a.jsonl", lambda: (LINE * 2).encode() + LINE[:-9].encode(), refused("json", articles=2)
    ),
    "9 a line of 20 MB": file(
        "a.jsonl", lambda: json_line('{"text": "' + "x" * (20 << 20) + '"}'), refused("size", articles=2)
    ),
    "9 blank lines, CRLF and a mark": file(
        "a.jsonl", lambda: b"\xef\xbb\xbf\r\n" + LINE.encode().replace(b"\n", b"\r\n\r\n") * 2, taken(articles=2)
    ),
    "12 a quote that never closes": file(
        "a.csv", (ROWS + 'B,"A blast\nC,A blast hit Kirkuk.\nD,In Mosul.\n').encode, refused("quote", articles=3)
    ),
    "13 a field of a million letters": file("a.csv", (ROWS + "B," + "x" * 10**6).encode, taken(articles=2)),
    "14 a row with more fields": file("a.csv", (ROWS + "B,x,y\n").encode, refused("ragged", articles=1)),
    "14 a column named twice": file("a.csv", lambda: b"title,text,text\nA,x,y\n", refused("header")),
    "14 a table cut off behind its header": file("a.csv", lambda: b"title,text\n", refused("empty")),
    "15 cells that are formulas": file(
        "a.csv", lambda: b"title,text\n=1+1,@SUM(A1)\n+x,\"=HYPERLINK(\"\"http://x\"\")\"\n", taken(articles=2)
    ),
}  # fmt: skip
