"""What reports ask for, each from an index; and when somebody last did something in a team, noted with the deed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NEW = {
    "ix_answers_workspace_id_user_id_asked_at": ("answers", ["workspace_id", "user_id", "asked_at"]),
    "ix_report_steps_workspace_id_step_at_team_id": ("report_steps", ["workspace_id", "step", "at", "team_id"]),
}
PARTIAL = {
    "ix_commitments_answer_id": ("commitments", ["answer_id"], "answer_id IS NOT NULL"),
    "ix_team_members_current": ("team_members", ["workspace_id", "active_at", "team_id"], "left_at IS NULL"),
    "ix_teams_closed": ("teams", ["workspace_id", "id"], "closed_at IS NOT NULL"),
}
OLD = {
    "ix_answers_workspace_id_user_id": ("answers", ["workspace_id", "user_id"]),
    "ix_commitments_workspace_id_due": ("commitments", ["workspace_id", "due"]),
    "ix_report_steps_workspace_id_step_at": ("report_steps", ["workspace_id", "step", "at"]),
}
LAST_DEED = """
    UPDATE team_members SET active_at = (
        SELECT max(at) FROM commitment_events e
        WHERE e.team_id = team_members.team_id AND e.actor_id = team_members.user_id
    )
"""


def upgrade() -> None:
    """Exchange the indexes; fill in when somebody last did something in a team."""
    op.add_column("team_members", sa.Column("active_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(LAST_DEED)
    for name, (table, _) in OLD.items():
        op.drop_index(name, table_name=table)
    for name, (table, columns) in NEW.items():
        op.create_index(name, table, columns)
    for name, (table, columns, where) in PARTIAL.items():
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name, (table, *_) in (NEW | PARTIAL).items():
        op.drop_index(name, table_name=table)
    for name, (table, columns) in OLD.items():
        op.create_index(name, table, columns)
    op.drop_column("team_members", "active_at")
