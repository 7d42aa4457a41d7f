"""A wish to try something is a commitment now; what was only wished for is let go."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("wishes")


def downgrade() -> None:
    """Make the table again, empty: what was let go does not come back."""
    op.create_table(
        "wishes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("answer_id", sa.Text(), nullable=False),
        sa.Column("card_id", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("wished_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_wishes_answer_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_wishes"),
        sa.UniqueConstraint("answer_id", "user_id", name="uq_wishes_answer_id_user_id"),
    )
    op.create_index("ix_wishes_workspace_id_user_id", "wishes", ["workspace_id", "user_id"])
