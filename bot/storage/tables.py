"""All tables on one page. Every row belongs to a workspace, and every query names it.

Times are UTC and know it. To change a column: change it here, then add a migration beside it in `migrations/versions`.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


class UtcTime(TypeDecorator[datetime]):
    """A moment. SQLite forgets the zone of a time, so every time is stored in UTC and comes back as UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("A time without a zone cannot be stored; use datetime.now(UTC).")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)) if value else None


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable)


def _time(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, UtcTime, nullable=nullable)


def _ids(name: str) -> sa.Column[list[str]]:
    return sa.Column(name, sa.JSON, nullable=False)


def _answer_id(*, primary_key: bool = False, unique: bool = False) -> sa.Column[str]:
    """What hangs on an answer goes with it when it is deleted."""
    answer = sa.ForeignKey("answers.id", ondelete="CASCADE")
    return sa.Column("answer_id", sa.Text, answer, primary_key=primary_key, unique=unique, nullable=False)


# An event is worked on once, however often Slack delivers it.
seen_events = sa.Table(
    "seen_events", metadata, _key("workspace_id"), _key("event_key"), _time("seen_at"), sa.Index(None, "seen_at")
)

# What was answered, from which cards, how sure, and who worded it; never the question.
answers = sa.Table(
    "answers",
    metadata,
    _key("id"),
    _text("workspace_id"),
    _text("user_id"),
    _text("channel_id"),
    _text("thread_ts", nullable=True),
    _text("place"),  # dm, channel, command, shortcut
    _text("status"),  # answered, closest, nothing, small_talk, declined
    _text("topic", nullable=True),
    _ids("card_ids"),
    sa.Column("confidence", sa.Float, nullable=True),
    _text("writer"),
    _text("prompt_hash", nullable=True),
    _time("asked_at"),
    sa.Column("ms", sa.Integer, nullable=False),
    _text("next_step", nullable=True),
    sa.Column("shown", sa.JSON(none_as_null=True), nullable=True),  # what one person alone saw, to draw it again
    sa.Index(None, "workspace_id", "asked_at"),
    sa.Index(None, "workspace_id", "user_id"),
)

# The last question of a thread and what answered it, so that "and for directors?" can be understood.
thread_memory = sa.Table(
    "thread_memory",
    metadata,
    _key("workspace_id"),
    _key("channel_id"),
    _key("thread_ts"),
    _text("question"),
    _ids("card_ids"),
    _ids("evidence_ids"),
    _text("user_id"),
    _answer_id(),
    _time("updated_at"),
    sa.Index(None, "answer_id"),
    sa.Index(None, "workspace_id", "user_id"),
    sa.Index(None, "updated_at"),
)

# One opinion of one person on one answer; a second click replaces the first.
feedback = sa.Table(
    "feedback",
    metadata,
    _answer_id(primary_key=True),
    _key("user_id"),
    _text("workspace_id"),
    _text("verdict"),  # helpful, not_helpful
    _text("reason", nullable=True),
    _time("given_at"),
    sa.Index(None, "workspace_id", "user_id"),
)

# Questions nothing answered; the words only where the asker agreed to pass them on.
gaps = sa.Table(
    "gaps",
    metadata,
    _key("id"),
    _text("workspace_id"),
    _answer_id(unique=True),
    _text("user_id"),
    _text("question", nullable=True),
    _text("topic", nullable=True),
    _time("asked_at"),
    _time("passed_on_at", nullable=True),
    sa.Column("named", sa.Boolean, nullable=False, server_default=sa.false()),  # the asker wants to hear of an answer
    _time("answered_at", nullable=True),
    sa.Index(None, "workspace_id", "topic"),
    sa.Index(None, "workspace_id", "user_id"),
)

# "Try this within 7 days": somebody wants to do the next step of an answer.
wishes = sa.Table(
    "wishes",
    metadata,
    _key("id"),
    _text("workspace_id"),
    _text("user_id"),
    _answer_id(),
    _text("card_id"),
    _text("next_step"),
    _time("wished_at"),
    sa.UniqueConstraint("answer_id", "user_id"),
    sa.Index(None, "workspace_id", "user_id"),
)

# Work that was taken in and is not done: it leaves with the answer, or is taken up after a stop.
unfinished = sa.Table(
    "unfinished",
    metadata,
    _key("id"),
    _text("workspace_id"),
    _text("kind"),
    sa.Column("payload", sa.JSON, nullable=False),
    _time("stored_at"),
    sa.Index(None, "workspace_id", "stored_at"),
)

# When something is due again and again: the local time its owner wants, and the next moment that is. The owner is a
# team or a person; one row for each kind of thing they get.
schedules = sa.Table(
    "schedules",
    metadata,
    _key("workspace_id"),
    _key("owner_id"),
    _key("kind"),
    _text("time_zone"),
    sa.Column("weekday", sa.Integer, nullable=True),  # 1 Monday to 7 Sunday; none: every day
    _text("local_time"),  # 09:00
    sa.Column("every_weeks", sa.Integer, nullable=False, server_default="1"),
    _time("next_at"),
    _text("last_key", nullable=True),  # of the latest occurrence planned
    sa.Column("paused", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index(None, "workspace_id", "next_at"),
)

# Messages of the coach's own accord, from when they are decided to when they stand in Slack. A row refers to what it is
# about; its words are written when it is sent.
outbox = sa.Table(
    "outbox",
    metadata,
    _key("id"),
    _text("workspace_id"),
    _text("dedupe_key"),  # once for each key; the message in Slack carries it too
    _text("kind"),
    _text("recipient"),  # the person, channel or team it is for: one message at a time to each
    _text("about", nullable=True),  # what it depends on, such as commitment:… , to be cancelled by
    sa.Column("reference", sa.JSON, nullable=False),  # ids, never words
    _time("due_at"),
    _time("not_before"),
    _time("expires_at"),
    _text("state"),  # pending, sending, sent, failed, unknown, cancelled, expired
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("ambiguous", sa.Boolean, nullable=False, server_default=sa.false()),  # it may stand in Slack already
    _text("channel_id", nullable=True),  # where it was sent, or may have been
    _text("lease_owner", nullable=True),
    _time("lease_until", nullable=True),  # by the clock of the database
    _time("first_attempt_at", nullable=True),
    _text("slack_ts", nullable=True),
    _time("sent_at", nullable=True),
    _text("last_error", nullable=True),
    sa.UniqueConstraint("workspace_id", "dedupe_key"),
    sa.Index(None, "workspace_id", "state", "not_before"),
    sa.Index(None, "workspace_id", "recipient", "state"),
    sa.Index(None, "workspace_id", "about"),
)

# Until when Slack wants no message in a channel, or in the whole workspace where channel_id is empty.
rate_gate = sa.Table("rate_gate", metadata, _key("workspace_id"), _key("channel_id"), _time("not_before"))
