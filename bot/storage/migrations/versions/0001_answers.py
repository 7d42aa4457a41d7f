"""Events, answers, threads, opinions, gaps, wishes and unfinished work."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = ("wishes", "gaps", "feedback", "thread_memory", "answers", "unfinished", "seen_events")


def upgrade() -> None:
    _seen_events()
    _answers()
    _thread_memory()
    _feedback()
    _gaps()
    _wishes()
    _unfinished()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_an_answer(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name=f"fk_{table}_answer_id", ondelete="CASCADE")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _seen_events() -> None:
    op.create_table(
        "seen_events",
        _text("workspace_id"),
        _text("event_key"),
        _time("seen_at"),
        sa.PrimaryKeyConstraint("workspace_id", "event_key", name="pk_seen_events"),
    )
    _index("seen_events", "seen_at")


def _answers() -> None:
    op.create_table(
        "answers",
        _text("id"),
        _text("workspace_id"),
        _text("user_id"),
        _text("channel_id"),
        _text("thread_ts", nullable=True),
        _text("place"),
        _text("status"),
        _text("topic", nullable=True),
        sa.Column("card_ids", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        _text("writer"),
        _text("prompt_hash", nullable=True),
        _time("asked_at"),
        sa.Column("ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
    )
    _index("answers", "workspace_id", "asked_at")
    _index("answers", "workspace_id", "user_id")


def _thread_memory() -> None:
    op.create_table(
        "thread_memory",
        _text("workspace_id"),
        _text("channel_id"),
        _text("thread_ts"),
        _text("question"),
        sa.Column("card_ids", sa.JSON(), nullable=False),
        sa.Column("evidence_ids", sa.JSON(), nullable=False),
        _text("user_id"),
        _text("answer_id"),
        _time("updated_at"),
        _of_an_answer("thread_memory"),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", "thread_ts", name="pk_thread_memory"),
    )
    _index("thread_memory", "answer_id")
    _index("thread_memory", "workspace_id", "user_id")
    _index("thread_memory", "updated_at")


def _feedback() -> None:
    op.create_table(
        "feedback",
        _text("answer_id"),
        _text("user_id"),
        _text("workspace_id"),
        _text("verdict"),
        _text("reason", nullable=True),
        _time("given_at"),
        _of_an_answer("feedback"),
        sa.PrimaryKeyConstraint("answer_id", "user_id", name="pk_feedback"),
    )
    _index("feedback", "workspace_id", "user_id")


def _gaps() -> None:
    op.create_table(
        "gaps",
        _text("id"),
        _text("workspace_id"),
        _text("answer_id"),
        _text("user_id"),
        _text("question", nullable=True),
        _text("topic", nullable=True),
        _time("asked_at"),
        _time("passed_on_at", nullable=True),
        _of_an_answer("gaps"),
        sa.PrimaryKeyConstraint("id", name="pk_gaps"),
        sa.UniqueConstraint("answer_id", name="uq_gaps_answer_id"),
    )
    _index("gaps", "workspace_id", "topic")
    _index("gaps", "workspace_id", "user_id")


def _wishes() -> None:
    op.create_table(
        "wishes",
        _text("id"),
        _text("workspace_id"),
        _text("user_id"),
        _text("answer_id"),
        _text("card_id"),
        _text("next_step"),
        _time("wished_at"),
        _of_an_answer("wishes"),
        sa.PrimaryKeyConstraint("id", name="pk_wishes"),
        sa.UniqueConstraint("answer_id", "user_id", name="uq_wishes_answer_id_user_id"),
    )
    _index("wishes", "workspace_id", "user_id")


def _unfinished() -> None:
    op.create_table(
        "unfinished",
        _text("id"),
        _text("workspace_id"),
        _text("kind"),
        sa.Column("payload", sa.JSON(), nullable=False),
        _time("stored_at"),
        sa.PrimaryKeyConstraint("id", name="pk_unfinished"),
    )
    _index("unfinished", "workspace_id", "stored_at")
