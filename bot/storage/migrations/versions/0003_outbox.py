"""Schedules, the outbox, and the pauses Slack asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _schedules()
    _outbox()
    _rate_gate()


def downgrade() -> None:
    for table in ("rate_gate", "outbox", "schedules"):
        op.drop_table(table)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _schedules() -> None:
    op.create_table(
        "schedules",
        _text("workspace_id"),
        _text("owner_id"),
        _text("kind"),
        _text("time_zone"),
        sa.Column("weekday", sa.Integer(), nullable=True),
        _text("local_time"),
        sa.Column("every_weeks", sa.Integer(), nullable=False, server_default="1"),
        _time("next_at"),
        _text("last_key", nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("workspace_id", "owner_id", "kind", name="pk_schedules"),
    )
    _index("schedules", "workspace_id", "next_at")


def _outbox() -> None:
    op.create_table(
        "outbox",
        _text("id"),
        _text("workspace_id"),
        _text("dedupe_key"),
        _text("kind"),
        _text("recipient"),
        _text("about", nullable=True),
        sa.Column("reference", sa.JSON(), nullable=False),
        _time("due_at"),
        _time("not_before"),
        _time("expires_at"),
        _text("state"),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("ambiguous", sa.Boolean(), nullable=False, server_default=sa.false()),
        _text("channel_id", nullable=True),
        _text("lease_owner", nullable=True),
        _time("lease_until", nullable=True),
        _time("first_attempt_at", nullable=True),
        _text("slack_ts", nullable=True),
        _time("sent_at", nullable=True),
        _text("last_error", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("workspace_id", "dedupe_key", name="uq_outbox_workspace_id_dedupe_key"),
    )
    _index("outbox", "workspace_id", "state", "not_before")
    _index("outbox", "workspace_id", "recipient", "state")
    _index("outbox", "workspace_id", "about")


def _rate_gate() -> None:
    op.create_table(
        "rate_gate",
        _text("workspace_id"),
        _text("channel_id"),
        _time("not_before"),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", name="pk_rate_gate"),
    )
