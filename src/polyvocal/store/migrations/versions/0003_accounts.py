"""What accounts bring along: structure, stretches, layers, time marks, later additions, pictures, attributes."""

from alembic import op

revision = "0003"
down_revision = "0002"

_SPAN = """
            id INTEGER NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL REFERENCES source_version (id),
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,"""
_IN_ORDER = """CHECK (0 <= start AND start < "end")"""


def upgrade() -> None:
    op.execute("ALTER TABLE source_version ADD COLUMN structure TEXT DEFAULT NULL")
    op.execute(
        "ALTER TABLE import_note ADD COLUMN fate TEXT NOT NULL DEFAULT 'in another form' "
        "CHECK (fate IN ('carried over', 'in another form', 'left out'))"
    )
    op.execute(f"""
        CREATE TABLE stretch ({_SPAN}
            event INTEGER NOT NULL REFERENCES event (id),
            session INTEGER REFERENCES session (id),
            phase TEXT,
            marked_by INTEGER REFERENCES person (id),
            {_IN_ORDER},
            CHECK (phase IN ('before', 'during', 'after'))
        ) STRICT
    """)
    op.execute(f"""
        CREATE TABLE layer ({_SPAN}
            layer TEXT NOT NULL,
            marked_by INTEGER REFERENCES person (id),
            {_IN_ORDER},
            CHECK (layer IN ('description', 'quoted-speech', 'paraphrase', 'aside', 'commentary', 'reflection'))
        ) STRICT
    """)
    op.execute(f"""
        CREATE TABLE time_mark ({_SPAN}
            kind TEXT NOT NULL,
            clock TEXT,
            until TEXT,
            day TEXT,
            marked_by INTEGER REFERENCES person (id),
            {_IN_ORDER},
            CHECK ((kind = 'none') = (clock IS NULL)),
            CHECK (until IS NULL OR clock IS NOT NULL),
            CHECK (kind IN ('clock', 'elapsed', 'none'))
        ) STRICT
    """)
    op.execute(f"""
        CREATE TABLE addition ({_SPAN}
            person INTEGER REFERENCES person (id),
            dated TEXT NOT NULL,
            {_IN_ORDER}
        ) STRICT
    """)
    op.execute("""
        CREATE TABLE picture (
            id INTEGER NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL REFERENCES source_version (id),
            at INTEGER NOT NULL,
            content TEXT NOT NULL,
            media_type TEXT NOT NULL,
            name TEXT,
            description TEXT,
            CHECK (0 <= at)
        ) STRICT
    """)
    op.execute("""
        CREATE TABLE attribute (
            id INTEGER NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            type TEXT NOT NULL,
            unit TEXT,
            CHECK (type IN ('text', 'number', 'date', 'yes-no'))
        ) STRICT
    """)
    op.execute("""
        CREATE TABLE attribute_value (
            id INTEGER NOT NULL PRIMARY KEY,
            attribute INTEGER NOT NULL REFERENCES attribute (id),
            about INTEGER NOT NULL,
            about_kind TEXT NOT NULL,
            value TEXT NOT NULL
        ) STRICT
    """)
    pointing = {
        "stretch": ("version", "event", "session", "marked_by"),
        "layer": ("version", "marked_by"),
        "time_mark": ("version", "marked_by"),
        "addition": ("version", "person"),
        "picture": ("version",),
        "attribute_value": ("attribute",),
    }
    for table, columns in pointing.items():
        for column in columns:
            op.execute(f"CREATE INDEX ix_{table}_{column} ON {table} ({column})")
