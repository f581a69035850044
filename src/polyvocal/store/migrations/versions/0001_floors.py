"""The setting, the sources, the codebook, the codings and memos; the journal and the indexes for search."""

from alembic import op

revision = "0001"
down_revision = None

SCHEMA = """
CREATE TABLE text (
    n INTEGER NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE original (
    n INTEGER NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE operation (
    n INTEGER NOT NULL PRIMARY KEY,
    id INTEGER NOT NULL UNIQUE,
    replica INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    lamport INTEGER NOT NULL,
    person INTEGER,
    kind TEXT NOT NULL,
    about INTEGER,
    at INTEGER NOT NULL,
    schema INTEGER NOT NULL,
    last_id INTEGER NOT NULL,
    tally TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX ix_operation_about ON operation (about);

CREATE TABLE digest (
    op INTEGER NOT NULL,
    kind TEXT NOT NULL,
    first_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL,
    salt BLOB,
    digest BLOB NOT NULL,
    PRIMARY KEY (op, kind, first_id)
) WITHOUT ROWID, STRICT;

CREATE TABLE open_operation (
    n INTEGER NOT NULL PRIMARY KEY,
    first_id INTEGER NOT NULL,
    limit_id INTEGER NOT NULL
) STRICT;

CREATE TABLE project (
    id INTEGER NOT NULL PRIMARY KEY,
    uuid TEXT NOT NULL,
    title TEXT NOT NULL,
    approach TEXT,
    created_at INTEGER NOT NULL,
    CHECK (approach IN ('reflexive', 'codebook', 'coding-reliability'))
) STRICT;

CREATE TABLE person (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    standing TEXT,
    description TEXT,
    CHECK (standing IN ('ethnographer', 'research-team', 'lay-panel', 'other'))
) STRICT;

CREATE TABLE role (
    id INTEGER NOT NULL PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    CHECK (role IN ('observer', 'coder', 'participant', 'reviewer'))
) STRICT;
CREATE INDEX ix_role_person ON role (person);

CREATE TABLE positionality (
    id INTEGER NOT NULL PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    dated TEXT NOT NULL,
    statement TEXT NOT NULL
) STRICT;
CREATE INDEX ix_positionality_person ON positionality (person);

CREATE TABLE constituent_group (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT
) STRICT;

CREATE TABLE membership (
    id INTEGER NOT NULL PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    constituent_group INTEGER NOT NULL REFERENCES constituent_group (id)
) STRICT;
CREATE INDEX ix_membership_constituent_group ON membership (constituent_group);
CREATE INDEX ix_membership_person ON membership (person);

CREATE TABLE nesting (
    id INTEGER NOT NULL PRIMARY KEY,
    "inner" INTEGER NOT NULL REFERENCES constituent_group (id),
    "outer" INTEGER NOT NULL REFERENCES constituent_group (id)
) STRICT;
CREATE INDEX ix_nesting_inner ON nesting ("inner");
CREATE INDEX ix_nesting_outer ON nesting ("outer");

CREATE TABLE series (
    id INTEGER NOT NULL PRIMARY KEY,
    title TEXT NOT NULL
) STRICT;

CREATE TABLE event (
    id INTEGER NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    series INTEGER REFERENCES series (id),
    place TEXT,
    zone TEXT,
    starts TEXT,
    ends TEXT
) STRICT;
CREATE INDEX ix_event_series ON event (series);

CREATE TABLE session (
    id INTEGER NOT NULL PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event (id),
    title TEXT NOT NULL,
    place TEXT,
    starts TEXT,
    ends TEXT,
    scheduled INTEGER NOT NULL,
    CHECK (scheduled IN (0, 1))
) STRICT;
CREATE INDEX ix_session_event ON session (event);

CREATE TABLE presence (
    id INTEGER NOT NULL PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    session INTEGER NOT NULL REFERENCES session (id),
    doing TEXT NOT NULL,
    place TEXT,
    CHECK (doing IN ('observing', 'facilitating', 'taking-part', 'absent'))
) STRICT;
CREATE INDEX ix_presence_person ON presence (person);
CREATE INDEX ix_presence_session ON presence (session);

CREATE TABLE source (
    id INTEGER NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    file_name TEXT,
    original TEXT,
    encoding TEXT,
    written_at TEXT,
    observed_from TEXT,
    observed_to TEXT,
    note INTEGER REFERENCES source (id),
    imported_at INTEGER NOT NULL,
    CHECK (kind IN ('fieldnote', 'jottings', 'transcript', 'paper', 'correspondence'))
) STRICT;
CREATE INDEX ix_source_note ON source (note);

CREATE TABLE source_version (
    id INTEGER NOT NULL PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (id),
    parent INTEGER REFERENCES source_version (id),
    text_hash TEXT NOT NULL,
    length INTEGER NOT NULL,
    words INTEGER NOT NULL,
    edits TEXT,
    corrected_by INTEGER REFERENCES person (id),
    reason TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ix_source_version_corrected_by ON source_version (corrected_by);
CREATE INDEX ix_source_version_parent ON source_version (parent);
CREATE INDEX ix_source_version_source ON source_version (source);
CREATE INDEX ix_source_version_text_hash ON source_version (text_hash);

CREATE TABLE authorship (
    id INTEGER NOT NULL PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (id),
    person INTEGER NOT NULL REFERENCES person (id),
    position TEXT
) STRICT;
CREATE INDEX ix_authorship_person ON authorship (person);
CREATE INDEX ix_authorship_source ON authorship (source);

CREATE TABLE occasion (
    id INTEGER NOT NULL PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (id),
    event INTEGER NOT NULL REFERENCES event (id),
    session INTEGER REFERENCES session (id),
    phase TEXT,
    CHECK (phase IN ('before', 'during', 'after'))
) STRICT;
CREATE INDEX ix_occasion_event ON occasion (event);
CREATE INDEX ix_occasion_session ON occasion (session);
CREATE INDEX ix_occasion_source ON occasion (source);

CREATE TABLE import_note (
    id INTEGER NOT NULL PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (id),
    what TEXT NOT NULL,
    how_many INTEGER NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX ix_import_note_source ON import_note (source);

CREATE TABLE code (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    parent INTEGER REFERENCES code (id),
    kind TEXT NOT NULL,
    definition TEXT,
    use_when TEXT,
    not_when TEXT,
    example TEXT,
    colour TEXT NOT NULL,
    position INTEGER NOT NULL,
    CHECK (kind IN ('code', 'category', 'theme'))
) STRICT;
CREATE INDEX ix_code_parent ON code (parent);

CREATE TABLE term (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    definition TEXT
) STRICT;

CREATE TABLE coding (
    id INTEGER NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES source_version (id),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    code INTEGER NOT NULL REFERENCES code (id),
    coder INTEGER NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    CHECK (0 <= start AND start < "end")
) STRICT;
CREATE INDEX ix_coding_code ON coding (code);
CREATE INDEX ix_coding_coder ON coding (coder);
CREATE INDEX ix_coding_version ON coding (version);

CREATE TABLE concern (
    id INTEGER NOT NULL PRIMARY KEY,
    coding INTEGER NOT NULL REFERENCES coding (id),
    constituent_group INTEGER REFERENCES constituent_group (id),
    person INTEGER REFERENCES person (id),
    CHECK ((constituent_group IS NULL) <> (person IS NULL))
) STRICT;
CREATE INDEX ix_concern_coding ON concern (coding);
CREATE INDEX ix_concern_constituent_group ON concern (constituent_group);
CREATE INDEX ix_concern_person ON concern (person);

CREATE TABLE stance (
    id INTEGER NOT NULL PRIMARY KEY,
    coding INTEGER NOT NULL REFERENCES coding (id),
    actor_group INTEGER REFERENCES constituent_group (id),
    actor_person INTEGER REFERENCES person (id),
    stance TEXT NOT NULL,
    term INTEGER NOT NULL REFERENCES term (id),
    toward_group INTEGER REFERENCES constituent_group (id),
    toward_person INTEGER REFERENCES person (id),
    CHECK ((actor_group IS NULL) <> (actor_person IS NULL)),
    CHECK (toward_group IS NULL OR toward_person IS NULL)
) STRICT;
CREATE INDEX ix_stance_actor_group ON stance (actor_group);
CREATE INDEX ix_stance_actor_person ON stance (actor_person);
CREATE INDEX ix_stance_coding ON stance (coding);
CREATE INDEX ix_stance_term ON stance (term);
CREATE INDEX ix_stance_toward_group ON stance (toward_group);
CREATE INDEX ix_stance_toward_person ON stance (toward_person);

CREATE TABLE memo (
    id INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT,
    text TEXT NOT NULL,
    author INTEGER REFERENCES person (id),
    about INTEGER,
    about_kind TEXT,
    version INTEGER REFERENCES source_version (id),
    start INTEGER,
    "end" INTEGER,
    created_at INTEGER NOT NULL,
    CHECK ((version IS NULL) = (start IS NULL) AND (version IS NULL) = ("end" IS NULL)),
    CHECK (kind IN ('in-process', 'integrative', 'code', 'method', 'reflexive'))
) STRICT;
CREATE INDEX ix_memo_author ON memo (author);
CREATE INDEX ix_memo_version ON memo (version);

CREATE VIRTUAL TABLE text_index USING fts5 (
    body, content='text', content_rowid='n', tokenize='unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE word_index USING fts5 (kind UNINDEXED, body, tokenize='unicode61 remove_diacritics 2');
"""


def upgrade() -> None:
    for statement in SCHEMA.split(";"):
        if statement.strip():
            op.execute(statement)
