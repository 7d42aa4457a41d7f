"""What the buttons under an answer need, and who wants to hear when a gap is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answers", sa.Column("next_step", sa.Text(), nullable=True))
    op.add_column("answers", sa.Column("shown", sa.JSON(), nullable=True))
    op.add_column("gaps", sa.Column("named", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("gaps", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table, column in (("gaps", "answered_at"), ("gaps", "named"), ("answers", "shown"), ("answers", "next_step")):
        with op.batch_alter_table(table) as altered:
            altered.drop_column(column)
