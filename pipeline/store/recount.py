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
SELECT s.region, a.day, s.article, s.roles, s.level, ifnull(a.source, ''), a.language, {_FIGURES}
FROM shares AS s JOIN articles AS a ON a.fid = s.article
"""

_SUMS = "count(*), sum(place), sum(government), sum(dateline), sum(name)"
COUNTS = f"""
SELECT level, 'all', '', region, source, language, roles, {_SUMS} FROM article_regions GROUP BY 1, 4, 5, 6, 7
UNION ALL
SELECT level, 'month', substr(day, 1, 7), region, source, language, roles, {_SUMS} FROM article_regions
WHERE day <> '' GROUP BY 1, 3, 4, 5, 6, 7
UNION ALL
SELECT level, 'day', day, region, source, language, roles, {_SUMS} FROM article_regions
WHERE day <> '' GROUP BY 1, 3, 4, 5, 6, 7
"""


def difference(expected: str, table: str) -> str:
    """A query and a table of the same columns → a query for the rows that only one of the two has."""
    return (
        f"SELECT * FROM (SELECT 'missing', * FROM (SELECT * FROM ({expected}) EXCEPT SELECT * FROM {table})"
        f" UNION ALL SELECT 'too many', * FROM (SELECT * FROM {table} EXCEPT SELECT * FROM ({expected})))"
    )
