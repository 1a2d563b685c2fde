"""Step 6 of 6. Kept tables → what the derived ones ought to hold, in SQL of its own.

``tally`` keeps the derived tables article by article; this counts everything anew another way, so that an
error of the one is found by the other.
"""

from pipeline.store.schema import CURRENT

_FIGURES = "place, government, dateline, name"

_DRAWN = f"""
live AS (
    SELECT article, role, level, place_id, governorate, district FROM mention_rows
    WHERE {CURRENT} AND corrected IS NOT 'reject'
),
drawn AS (
    SELECT article, 'corpus' AS level, '' AS region, role FROM live
    UNION ALL SELECT article, 'governorate', governorate, role FROM live WHERE governorate <> ''
    UNION ALL SELECT article, 'district', district, role FROM live WHERE district <> ''
    UNION ALL SELECT article, 'area', place_id, role FROM live WHERE level = 'area'
),
shares AS (
    SELECT article, level, region,
           max(role = 'place') + max(role = 'government') * 2 + max(role = 'dateline') * 4
           + max(role = 'name') * 8 AS roles,
           sum(role = 'place') AS place, sum(role = 'government') AS government,
           sum(role = 'dateline') AS dateline, sum(role = 'name') AS name
    FROM drawn GROUP BY article, level, region
    UNION ALL
    SELECT fid, 'corpus', '', 0, 0, 0, 0, 0 FROM articles WHERE fid NOT IN (SELECT article FROM live)
)
"""

ARTICLE_REGIONS = f"""
WITH {_DRAWN}
SELECT r.id, CAST(replace(a.day, '-', '') AS INTEGER), s.article, s.roles, o.id, l.id, {_FIGURES}
FROM shares AS s
JOIN articles AS a ON a.fid = s.article
JOIN labels AS r ON r.kind = s.level AND r.text = s.region
JOIN labels AS o ON o.kind = 'source' AND o.text = ifnull(a.source, '')
JOIN labels AS l ON l.kind = 'language' AND l.text = a.language
"""

_SUMS = "source, language, roles, count(*), sum(place), sum(government), sum(dateline), sum(name)"
COUNTS = f"""
SELECT region, 0, {_SUMS} FROM article_regions GROUP BY 1, 3, 4, 5
UNION ALL
SELECT region, day / 10000, {_SUMS} FROM article_regions WHERE day GROUP BY 1, 2, 3, 4, 5
UNION ALL
SELECT region, day / 100, {_SUMS} FROM article_regions WHERE day GROUP BY 1, 2, 3, 4, 5
"""


STORY_REGIONS = """
SELECT region, story, article, day, roles, source, language
FROM article_regions JOIN stories USING (article)
WHERE story IN (SELECT story FROM stories WHERE story <> article)
"""


def difference(expected: str, table: str) -> str:
    """A query and a table of the same columns → a query for the rows that only one of the two has."""
    return (
        f"SELECT * FROM (SELECT 'missing', * FROM (SELECT * FROM ({expected}) EXCEPT SELECT * FROM {table})"
        f" UNION ALL SELECT 'too many', * FROM (SELECT * FROM {table} EXCEPT SELECT * FROM ({expected})))"
    )
