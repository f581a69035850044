"""What somebody is writing and has not saved."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE draft (
            id INTEGER NOT NULL PRIMARY KEY,
            person INTEGER,
            source INTEGER,
            version INTEGER,
            text_hash TEXT,
            title TEXT NOT NULL,
            content TEXT NOT NULL,
            kept_at INTEGER NOT NULL,
            CHECK ((version IS NULL) = (source IS NULL) AND (version IS NULL) = (text_hash IS NULL))
        ) STRICT
    """)
    op.execute("CREATE INDEX ix_draft_text_hash ON draft (text_hash)")
