"""People, teams, commitments, metrics, and what leads do with reports."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = (
    "readings",
    "metric_versions",
    "team_members",
    "report_steps",
    "pulses",
    "metrics",
    "commitment_events",
    "teams",
    "people",
    "commitments",
    "away",
)


def upgrade() -> None:
    """Make the tables of commitments, teams, metrics, the pulse and reports, and their indexes."""
    _away()
    _commitments()
    _people()
    _teams()
    _commitment_events()
    _metrics()
    _pulses()
    _report_steps()
    _team_members()
    _metric_versions()
    _readings()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _away() -> None:
    op.create_table(
        "away",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_away")),
    )
    op.create_index(
        op.f("ix_away_workspace_id_user_id_until_day"), "away", ["workspace_id", "user_id", "until_day"], unique=False
    )


def _commitments() -> None:
    op.create_table(
        "commitments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("if_then", sa.Text(), nullable=True),
        sa.Column("metric_id", sa.Text(), nullable=True),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("card_id", sa.Text(), nullable=True),
        sa.Column("answer_id", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("recurring", sa.Text(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("due_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moves", sa.Integer(), server_default="0", nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("on_time", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("made_from", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
        sa.UniqueConstraint("workspace_id", "made_from", name=op.f("uq_commitments_workspace_id_made_from")),
    )
    op.create_index(op.f("ix_commitments_status_due_ends_at"), "commitments", ["status", "due_ends_at"], unique=False)
    op.create_index(op.f("ix_commitments_team_id_due"), "commitments", ["team_id", "due"], unique=False)
    op.create_index(op.f("ix_commitments_workspace_id_due"), "commitments", ["workspace_id", "due"], unique=False)
    op.create_index(
        op.f("ix_commitments_workspace_id_owner_id_status_due"),
        "commitments",
        ["workspace_id", "owner_id", "status", "due"],
        unique=False,
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("is_bot", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_guest", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_gone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("looked_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("date_language", sa.Text(), nullable=True),
        sa.Column("visibility", sa.Text(), nullable=True),
        sa.Column("paused", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name=op.f("pk_people")),
    )


def _teams() -> None:
    op.create_table(
        "teams",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("weekday", sa.Integer(), server_default="0", nullable=False),
        sa.Column("local_time", sa.Text(), nullable=False),
        sa.Column("nudge_place", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
    )
    op.create_index(
        "uq_teams_living_channel",
        "teams",
        ["workspace_id", "channel_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def _commitment_events() -> None:
    op.create_table(
        "commitment_events",
        sa.Column("commitment_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitments.id"], name=op.f("fk_commitment_events_commitment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("commitment_id", "version", name=op.f("pk_commitment_events")),
    )
    op.create_index(
        op.f("ix_commitment_events_team_id_kind_at"), "commitment_events", ["team_id", "kind", "at"], unique=False
    )
    op.create_index(
        op.f("ix_commitment_events_workspace_id_kind_at"),
        "commitment_events",
        ["workspace_id", "kind", "at"],
        unique=False,
    )


def _metrics() -> None:
    op.create_table(
        "metrics",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("template_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("cadence", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Float(), nullable=True),
        sa.Column("target", sa.Float(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("trial_until", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("defined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_because", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("made_from", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_metrics_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metrics")),
        sa.UniqueConstraint("workspace_id", "made_from", name=op.f("uq_metrics_workspace_id_made_from")),
    )
    op.create_index(op.f("ix_metrics_team_id_status"), "metrics", ["team_id", "status"], unique=False)
    op.create_index(op.f("ix_metrics_workspace_id_owner_id"), "metrics", ["workspace_id", "owner_id"], unique=False)
    op.create_index(op.f("ix_metrics_workspace_id_status"), "metrics", ["workspace_id", "status"], unique=False)


def _pulses() -> None:
    op.create_table(
        "pulses",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("understands", sa.Boolean(), nullable=True),
        sa.Column("listens", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_pulses_team_id")),
        sa.PrimaryKeyConstraint("team_id", "lead_id", "quarter", name=op.f("pk_pulses")),
    )
    op.create_index(op.f("ix_pulses_workspace_id_lead_id"), "pulses", ["workspace_id", "lead_id"], unique=False)
    op.create_index(op.f("ix_pulses_workspace_id_quarter"), "pulses", ["workspace_id", "quarter"], unique=False)


def _report_steps() -> None:
    op.create_table(
        "report_steps",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_report_steps_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_steps")),
    )
    op.create_index(op.f("ix_report_steps_team_id_at"), "report_steps", ["team_id", "at"], unique=False)
    op.create_index(
        op.f("ix_report_steps_workspace_id_lead_id_at"), "report_steps", ["workspace_id", "lead_id", "at"], unique=False
    )
    op.create_index(
        op.f("ix_report_steps_workspace_id_step_at"), "report_steps", ["workspace_id", "step", "at"], unique=False
    )


def _team_members() -> None:
    op.create_table(
        "team_members",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("is_lead", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_team_members_team_id")),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_team_members")),
    )
    op.create_index(
        op.f("ix_team_members_workspace_id_user_id"), "team_members", ["workspace_id", "user_id"], unique=False
    )


def _metric_versions() -> None:
    op.create_table(
        "metric_versions",
        sa.Column("metric_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["metric_id"], ["metrics.id"], name=op.f("fk_metric_versions_metric_id")),
        sa.PrimaryKeyConstraint("metric_id", "version", name=op.f("pk_metric_versions")),
    )


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("metric_id", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["metric_id"], ["metrics.id"], name=op.f("fk_readings_metric_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
    )
    op.create_index(op.f("ix_readings_metric_id_day"), "readings", ["metric_id", "day"], unique=False)
    op.create_index(op.f("ix_readings_team_id_entered_at"), "readings", ["team_id", "entered_at"], unique=False)
    op.create_index(
        op.f("ix_readings_workspace_id_entered_by"), "readings", ["workspace_id", "entered_by"], unique=False
    )
