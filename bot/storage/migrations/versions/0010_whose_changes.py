"""Whose changes of metrics there are, found by an index."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_metric_versions_workspace_id_actor_id", "metric_versions", ["workspace_id", "actor_id"])


def downgrade() -> None:
    op.drop_index("ix_metric_versions_workspace_id_actor_id", "metric_versions")
