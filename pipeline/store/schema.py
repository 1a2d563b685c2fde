"""Step 6 of 6. The tables of the store, as constants: what lies where, and nothing that acts.

One SQLite file that is a GeoPackage at once. Three kinds of table:

- *kept* (append-only, the truth): runs, articles, processed, mention_rows, failures, corrections;
- *derived* (a function of the kept ones, held in the same transaction, checked by ``check``):
  labels, article_regions, counts, search, stories, story_buckets, story_regions;
- *given* (copied in from ``geo``, rewritten when the gazetteer changes): places, region_shapes.

The layers of the GeoPackage are ``regions``, ``mentions``, ``places`` and ``articles``.

Conventions: times are UTC, ISO 8601; ``day`` is YYYY-MM-DD, and '' where the article gives no full date (a
date of YYYY or YYYY-MM stays verbatim in ``published`` and stands at no day); where an article names no
source, the derived tables file it under the source ''; geometries are EPSG:4326, lon/lat.
"""

SCHEMA_VERSION = 3
APPLICATION_ID = 0x47504B47  # "GPKG"
GEOPACKAGE_VERSION = 10300  # user_version of a GeoPackage 1.3
PAGE_SIZE = 32768  # with large batches the tenth 100,000 articles go in almost as fast as the first
FTS_HASH_BYTES = 64 << 20  # FTS5 collects so much in memory before it writes a segment

LEVELS = ("governorate", "district", "area")  # of regions
WHOLE = ""  # the region, of level "corpus", in which every article stands once, silent ones with no roles
FIRST_DAY, LAST_DAY = 1000_01_01, 2999_12_31  # years, months and days are told apart by their size

# A mention counts where its row is current and no analyst rejected it.
CURRENT = "superseded_by IS NULL AND replaced_by IS NULL"

KEPT = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,
    code_version TEXT NOT NULL,
    rules TEXT NOT NULL,
    stored INTEGER NOT NULL DEFAULT 0,
    duplicates INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE articles (
    fid INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL,
    published TEXT,
    source TEXT,
    url TEXT,
    language TEXT NOT NULL,
    author TEXT,
    origin TEXT NOT NULL,
    encoding TEXT NOT NULL,
    flags TEXT NOT NULL,
    title_end INTEGER NOT NULL,
    body_start INTEGER NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE processed (
    article INTEGER NOT NULL REFERENCES articles (fid),
    run INTEGER NOT NULL REFERENCES runs (id),
    found INTEGER NOT NULL,
    PRIMARY KEY (article, run)
) WITHOUT ROWID;

CREATE TABLE mention_rows (
    fid INTEGER PRIMARY KEY NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (fid),
    run INTEGER NOT NULL REFERENCES runs (id),
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    surface TEXT NOT NULL,
    place_id TEXT NOT NULL,
    level TEXT NOT NULL,
    governorate TEXT,
    district TEXT,
    role TEXT NOT NULL,
    literal INTEGER,
    confidence REAL NOT NULL,
    reason TEXT NOT NULL,
    correction INTEGER REFERENCES corrections (sequence),
    corrected TEXT,
    superseded_by INTEGER REFERENCES runs (id),
    replaced_by INTEGER REFERENCES corrections (sequence)
);
CREATE INDEX mention_rows_article ON mention_rows (article, start_offset);

CREATE TABLE failures (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id),
    origin TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    UNIQUE (origin, code, message)
);

CREATE TABLE corrections (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    time TEXT NOT NULL,
    author TEXT NOT NULL,
    article_id TEXT NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    surface TEXT NOT NULL,
    action TEXT NOT NULL,
    value TEXT,
    base_revision INTEGER NOT NULL
);
CREATE INDEX corrections_article ON corrections (article_id, start_offset);
"""

# Millions of rows: regions, sources and languages are numbers of ``labels`` (kind is a region's level, "source"
# or "language"), days are YYYYMMDD, and 0 is no day. Roles are bits in the order of records.ROLES. An article
# counts once a region: its row stands under the union of the roles it names the region in, so the articles of any
# choice of roles are a sum over rows. Periods of ``counts`` are years (YYYY), months (YYYYMM) and all time (0), the
# undated included. A day has none: its figures would be about as many rows as its articles have in article_regions.
DERIVED = """
CREATE TABLE labels (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (kind, text)
);

CREATE TABLE article_regions (
    region INTEGER NOT NULL REFERENCES labels (id),
    day INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (fid),
    roles INTEGER NOT NULL,
    source INTEGER NOT NULL REFERENCES labels (id),
    language INTEGER NOT NULL REFERENCES labels (id),
    place INTEGER NOT NULL,
    government INTEGER NOT NULL,
    dateline INTEGER NOT NULL,
    name INTEGER NOT NULL,
    PRIMARY KEY (region, day DESC, article DESC)
) WITHOUT ROWID;

CREATE TABLE counts (
    region INTEGER NOT NULL REFERENCES labels (id),
    period INTEGER NOT NULL,
    source INTEGER NOT NULL REFERENCES labels (id),
    language INTEGER NOT NULL REFERENCES labels (id),
    roles INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    place INTEGER NOT NULL,
    government INTEGER NOT NULL,
    dateline INTEGER NOT NULL,
    name INTEGER NOT NULL,
    PRIMARY KEY (region, period, source, language, roles)
) WITHOUT ROWID;
"""

# A story is named by its first article here, the smallest ``fid`` of those that are connected by likeness; most have
# one only. ``signature`` is what `pipeline.stories.sign` makes of an article, and of equal ones only the first stands
# in the buckets, packed as `pipeline.store.bucketing` says. ``story_regions`` repeats article_regions for stories of
# several articles, in the order of stories: stories of a region = its articles less what stands here beyond one a
# story.
STORIES = """
CREATE TABLE stories (
    article INTEGER PRIMARY KEY NOT NULL REFERENCES articles (fid),
    story INTEGER NOT NULL,
    signature BLOB NOT NULL
);
CREATE INDEX stories_copies ON stories (story) WHERE story <> article;

CREATE TABLE story_regions (
    region INTEGER NOT NULL REFERENCES labels (id),
    story INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (fid),
    day INTEGER NOT NULL,
    roles INTEGER NOT NULL,
    source INTEGER NOT NULL REFERENCES labels (id),
    language INTEGER NOT NULL REFERENCES labels (id),
    PRIMARY KEY (region, story, article)
) WITHOUT ROWID;
"""
BUCKETS = """
CREATE TABLE story_buckets (
    level INTEGER NOT NULL,
    part INTEGER NOT NULL,
    gaps BLOB NOT NULL,
    articles BLOB NOT NULL,
    PRIMARY KEY (level, part)
) WITHOUT ROWID;
"""

# Contentless: the texts are in articles, and never change. Of the places of a word those in the first column are
# written without its number, which makes the index smaller by a third where that is the longer one.
SEARCH = """
CREATE VIRTUAL TABLE search USING fts5 (body, title, content='', columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE search_terms USING fts5vocab (search, 'row');
"""

GIVEN = """
CREATE TABLE places (
    fid INTEGER PRIMARY KEY NOT NULL,
    geom BLOB,
    id TEXT NOT NULL UNIQUE,
    level TEXT NOT NULL,
    governorate TEXT,
    district TEXT,
    name_en TEXT,
    name_ar TEXT,
    name_ckb TEXT
);

CREATE TABLE region_shapes (
    fid INTEGER PRIMARY KEY NOT NULL,
    geom BLOB,
    id TEXT NOT NULL UNIQUE,
    level TEXT NOT NULL,
    governorate TEXT
);
"""

# The layers. GDAL takes OGC_FID for the key of a view.
LAYERS = """
CREATE VIEW regions AS
SELECT s.fid AS OGC_FID, s.geom AS geom, s.id AS id, s.level AS level, s.governorate AS governorate,
       p.name_en AS name_en, p.name_ar AS name_ar, p.name_ckb AS name_ckb,
       CAST(ifnull(c.articles, 0) AS INTEGER) AS articles, CAST(ifnull(c.mentions, 0) AS INTEGER) AS mentions
FROM region_shapes AS s
LEFT JOIN places AS p ON p.id = s.id
LEFT JOIN labels AS l ON l.kind = s.level AND l.text = s.id
LEFT JOIN (SELECT region, sum(articles) AS articles, sum(place) AS mentions FROM counts
           WHERE period = 0 AND roles & 1 GROUP BY region) AS c ON c.region = l.id;

CREATE VIEW mentions AS
SELECT m.fid AS OGC_FID, p.geom AS geom, a.id AS article, a.day AS day, a.source AS source,
       a.language AS language, m.start_offset AS start_offset, m.end_offset AS end_offset,
       m.surface AS surface, m.place_id AS place_id, m.level AS level,
       m.governorate AS governorate, m.district AS district, m.role AS role,
       m.literal AS literal, m.confidence AS confidence, m.reason AS reason, m.corrected AS corrected
FROM mention_rows AS m
JOIN articles AS a ON a.fid = m.article
LEFT JOIN places AS p ON p.id = m.place_id
WHERE m.superseded_by IS NULL AND m.replaced_by IS NULL AND m.corrected IS NOT 'reject';
"""

GEOPACKAGE = """
CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL PRIMARY KEY,
    organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL,
    definition TEXT NOT NULL,
    description TEXT
);

CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY,
    data_type TEXT NOT NULL,
    identifier TEXT UNIQUE,
    description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    min_x DOUBLE,
    min_y DOUBLE,
    max_x DOUBLE,
    max_y DOUBLE,
    srs_id INTEGER REFERENCES gpkg_spatial_ref_sys (srs_id)
);

CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL PRIMARY KEY REFERENCES gpkg_contents (table_name),
    column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys (srs_id),
    z TINYINT NOT NULL,
    m TINYINT NOT NULL
);
"""

DDL = KEPT + DERIVED + STORIES + BUCKETS + SEARCH + GIVEN + LAYERS + GEOPACKAGE
