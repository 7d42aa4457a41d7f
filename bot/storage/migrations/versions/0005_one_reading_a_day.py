"""Of all values a metric ever had on a day, one stands."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the database itself refuse a second standing value of one metric on one day."""
    op.create_index(
        "uq_readings_standing",
        "readings",
        ["metric_id", "day"],
        unique=True,
        sqlite_where=sa.text("corrected_at IS NULL"),
        postgresql_where=sa.text("corrected_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("uq_readings_standing", table_name="readings")
