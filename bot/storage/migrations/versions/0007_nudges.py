"""The nudges of a team, how often it gets them, and when somebody was last asked."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _nudges()
    op.add_column("teams", sa.Column("every_weeks", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("teams", sa.Column("nudges_stopped", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("people", sa.Column("quiet_until", sa.Date(), nullable=True))
    op.add_column("commitments", sa.Column("asked_on", sa.Date(), nullable=True))
    op.add_column("commitments", sa.Column("asked_times", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Let go of the nudges, of how often a team gets them and of when somebody was asked."""
    for table, column in (
        ("commitments", "asked_times"),
        ("commitments", "asked_on"),
        ("people", "quiet_until"),
        ("teams", "nudges_stopped"),
        ("teams", "every_weeks"),
    ):
        with op.batch_alter_table(table) as altered:
            altered.drop_column(column)
    op.drop_table("nudges")


def _nudges() -> None:
    op.create_table(
        "nudges",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_nudges_team_id")),
        sa.PrimaryKeyConstraint("team_id", "week", name=op.f("pk_nudges")),
    )
    op.create_index(op.f("ix_nudges_team_id_sent_at"), "nudges", ["team_id", "sent_at"], unique=False)
    op.create_index(op.f("ix_nudges_workspace_id_sent_at"), "nudges", ["workspace_id", "sent_at"], unique=False)
