"""How far each coder has read each source, and codes that are retired."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("ALTER TABLE code ADD COLUMN retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))")
    op.execute("""
        CREATE TABLE reading (
            id INTEGER NOT NULL PRIMARY KEY,
            coder INTEGER NOT NULL REFERENCES person (id),
            source INTEGER NOT NULL REFERENCES source (id),
            state TEXT NOT NULL,
            read_to INTEGER NOT NULL,
            CHECK (state IN ('unread', 'read to here', 'done'))
        ) STRICT
    """)
    op.execute("CREATE INDEX ix_reading_coder ON reading (coder)")
    op.execute("CREATE INDEX ix_reading_source ON reading (source)")
