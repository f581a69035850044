"""Moments and divergences between accounts of them; comparisons that are saved."""

from alembic import op

revision = "0005"
down_revision = "0004"

_SPAN = """
            version INTEGER NOT NULL REFERENCES source_version (id),
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL"""
_IN_ORDER = """CHECK (0 <= start AND start < "end")"""


def upgrade() -> None:
    op.execute("""
        CREATE TABLE moment (
            id INTEGER NOT NULL PRIMARY KEY,
            event INTEGER NOT NULL REFERENCES event (id),
            title TEXT,
            session INTEGER REFERENCES session (id),
            starts TEXT,
            ends TEXT,
            CHECK (ends IS NULL OR starts IS NOT NULL)
        ) STRICT
    """)
    op.execute(f"""
        CREATE TABLE moment_anchor (
            id INTEGER NOT NULL PRIMARY KEY,
            moment INTEGER NOT NULL REFERENCES moment (id),
            {_SPAN},
            marked_by INTEGER REFERENCES person (id),
            {_IN_ORDER}
        ) STRICT
    """)
    op.execute("""
        CREATE TABLE divergence (
            id INTEGER NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL,
            title TEXT,
            moment INTEGER REFERENCES moment (id),
            explanation TEXT,
            because TEXT,
            standing TEXT NOT NULL,
            recorded_by INTEGER REFERENCES person (id),
            recorded_at INTEGER NOT NULL,
            settled_by INTEGER REFERENCES person (id),
            settled_at INTEGER,
            CHECK (kind IN ('occurrence', 'attention', 'meaning')),
            CHECK (explanation IN ('vantage', 'role', 'time-of-writing')),
            CHECK (standing IN ('open', 'discussed', 'kept'))
        ) STRICT
    """)
    op.execute(f"""
        CREATE TABLE divergence_passage (
            id INTEGER NOT NULL PRIMARY KEY,
            divergence INTEGER NOT NULL REFERENCES divergence (id),
            {_SPAN},
            {_IN_ORDER}
        ) STRICT
    """)
    op.execute("""
        CREATE TABLE comparison (
            id INTEGER NOT NULL PRIMARY KEY,
            title TEXT NOT NULL,
            asked TEXT NOT NULL,
            saved_by INTEGER REFERENCES person (id),
            saved_at INTEGER NOT NULL
        ) STRICT
    """)
    op.execute("""
        CREATE TABLE snapshot (
            id INTEGER NOT NULL PRIMARY KEY,
            comparison INTEGER NOT NULL REFERENCES comparison (id),
            result TEXT NOT NULL,
            caption TEXT NOT NULL,
            taken_by INTEGER REFERENCES person (id),
            taken_at INTEGER NOT NULL
        ) STRICT
    """)
    op.execute("""
        CREATE TABLE counter_example (
            id INTEGER NOT NULL PRIMARY KEY,
            comparison INTEGER NOT NULL REFERENCES comparison (id),
            coding INTEGER NOT NULL REFERENCES coding (id),
            why TEXT,
            marked_by INTEGER REFERENCES person (id),
            marked_at INTEGER NOT NULL
        ) STRICT
    """)
    pointing = {
        "moment": ("event", "session"),
        "moment_anchor": ("moment", "version", "marked_by"),
        "divergence": ("moment", "recorded_by", "settled_by"),
        "divergence_passage": ("divergence", "version"),
        "comparison": ("saved_by",),
        "snapshot": ("comparison", "taken_by"),
        "counter_example": ("comparison", "coding", "marked_by"),
    }
    for table, columns in pointing.items():
        for column in columns:
            op.execute(f"CREATE INDEX ix_{table}_{column} ON {table} ({column})")
