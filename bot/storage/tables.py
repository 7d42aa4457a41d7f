"""All tables on one page. Every row belongs to a workspace, and every query names it.

Times are UTC and know it. To change a column: change it here, then add a migration beside it in `migrations/versions`.
"""

from datetime import UTC, date, datetime

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


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())


def _number(name: str, *, default: int = 0) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=str(default))


def _day(name: str, *, nullable: bool = False) -> sa.Column[date]:
    return sa.Column(name, sa.Date, nullable=nullable)


def _of_team(*, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column("team_id", sa.Text, sa.ForeignKey("teams.id"), primary_key=primary_key, nullable=False)


def _of_metric(*, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column("metric_id", sa.Text, sa.ForeignKey("metrics.id"), primary_key=primary_key, nullable=False)


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
    sa.Index(None, "workspace_id", "user_id", "asked_at"),
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

# The nudge a team got in a week, and what it was about; whether it was acted on is seen from what came after.
nudges = sa.Table(
    "nudges",
    metadata,
    _of_team(primary_key=True),
    _key("week"),
    _text("workspace_id"),
    _text("kind"),
    _text("about", nullable=True),  # a card or a metric
    _time("sent_at"),
    _time("acted_at", nullable=True),  # somebody pressed what it offered
    sa.Index(None, "team_id", "sent_at"),
    sa.Index(None, "workspace_id", "sent_at"),
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
    sa.Column("weekday", sa.Integer, nullable=True),  # Monday is 0; none: every day
    _text("local_time"),  # 09:00
    sa.Column("every_weeks", sa.Integer, nullable=False, server_default="1"),
    _time("next_at"),
    _text("last_key", nullable=True),  # of the latest occurrence planned
    sa.Column("paused", sa.Boolean, nullable=False, server_default=sa.false()),
    _time("restored_at", nullable=True),  # what was due by then may have been sent: a backup was put back
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
# What Slack says of a person, kept for a day, and what they chose for themselves. No names: Slack shows those.
people = sa.Table(
    "people",
    metadata,
    _key("workspace_id"),
    _key("user_id"),
    _text("time_zone"),
    _flag("is_bot"),
    _flag("is_guest"),
    _flag("is_admin"),
    _flag("is_gone"),
    _time("looked_up_at"),
    _text("date_language", nullable=True),  # en, fr, de, es; empty: all of them
    _text("visibility", nullable=True),  # team, lead, me: what a new commitment of theirs begins with
    _flag("paused"),  # the coach does not write first
    _day("quiet_until", nullable=True),  # not before this day either
)

# A team lives in a channel; one living team a channel.
teams = sa.Table(
    "teams",
    metadata,
    _key("id"),
    _text("workspace_id"),
    _text("channel_id"),
    _text("name"),
    _text("time_zone"),
    _number("weekday"),  # Monday is 0
    _text("local_time"),  # 10:00
    _text("nudge_place"),  # channel, lead
    _number("every_weeks", default=1),  # 2 once few nudges are acted on
    _flag("nudges_stopped"),
    _time("created_at"),
    _time("closed_at", nullable=True),
    _number("version"),
    sa.Index(
        "uq_teams_living_channel",
        "workspace_id",
        "channel_id",
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    ),
    sa.Index(
        "ix_teams_closed",
        "workspace_id",
        "id",
        sqlite_where=sa.text("closed_at IS NOT NULL"),
        postgresql_where=sa.text("closed_at IS NOT NULL"),
    ),
)

team_members = sa.Table(
    "team_members",
    metadata,
    _of_team(primary_key=True),
    _key("user_id"),
    _text("workspace_id"),
    _flag("is_lead"),
    _time("joined_at"),
    _time("left_at", nullable=True),
    _time("active_at", nullable=True),  # when they last did something in it; what it was stands elsewhere
    sa.Index(None, "workspace_id", "user_id"),
    sa.Index(
        "ix_team_members_current",
        "workspace_id",
        "active_at",
        "team_id",
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    ),
)

# Days on which a person is not asked anything; both ends count.
away = sa.Table(
    "away",
    metadata,
    _key("id"),
    _text("workspace_id"),
    _text("user_id"),
    _day("from_day"),
    _day("until_day"),
    _time("said_at"),
    sa.Index(None, "workspace_id", "user_id", "until_day"),
)

# What somebody promised, as it stands now; how it came to that is in commitment_events.
commitments = sa.Table(
    "commitments",
    metadata,
    _key("id"),
    _text("workspace_id"),
    _text("owner_id"),
    _text("team_id", nullable=True),
    _text("what"),
    _text("why", nullable=True),
    _text("if_then", nullable=True),
    _text("metric_id", nullable=True),
    _text("visibility"),  # team, lead, me
    _text("card_id", nullable=True),
    _text("answer_id", nullable=True),
    _text("link", nullable=True),
    _text("recurring", nullable=True),
    _text("time_zone"),
    _day("due"),
    _time("due_ends_at"),  # when the due day is over where the owner lives
    _number("moves"),
    _text("status"),  # open, kept, missed, dropped, silent
    _flag("on_time"),
    _text("because", nullable=True),
    _day("asked_on", nullable=True),  # when its owner was last asked how it went
    _number("asked_times"),
    _time("made_at"),
    _time("closed_at", nullable=True),
    _number("version"),
    _text("made_from", nullable=True),  # what it was made from, so that one click makes one commitment
    sa.UniqueConstraint("workspace_id", "made_from"),
    sa.Index(None, "workspace_id", "owner_id", "status", "due"),
    sa.Index(None, "team_id", "due"),
    sa.Index(None, "status", "due_ends_at"),
    sa.Index(
        "ix_commitments_answer_id",
        "answer_id",
        sqlite_where=sa.text("answer_id IS NOT NULL"),
        postgresql_where=sa.text("answer_id IS NOT NULL"),
    ),
)

# One line a step, never changed: the state above is what they add up to.
commitment_events = sa.Table(
    "commitment_events",
    metadata,
    sa.Column(
        "commitment_id", sa.Text, sa.ForeignKey("commitments.id", ondelete="CASCADE"), primary_key=True, nullable=False
    ),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    _text("workspace_id"),
    _text("team_id", nullable=True),
    _text("kind"),  # made, moved, kept, missed, because, dropped, silent, undone
    _text("actor_id"),
    _time("at"),
    sa.Column("told", sa.JSON, nullable=False),
    sa.Index(None, "team_id", "kind", "at"),
    sa.Index(None, "workspace_id", "kind", "at"),
)

# What a team measures. A change makes a new version; its readings stay.
metrics = sa.Table(
    "metrics",
    metadata,
    _key("id"),
    _text("workspace_id"),
    _of_team(),
    _text("owner_id"),
    _text("template_id", nullable=True),
    _text("name"),
    sa.Column("fields", sa.JSON, nullable=False),  # definition, formula, unit, direction, source, gaming, guard
    _text("cadence"),  # weekly, fortnightly, monthly, quarterly
    sa.Column("baseline", sa.Float, nullable=True),
    sa.Column("target", sa.Float, nullable=True),
    _text("decision", nullable=True),
    _day("review_on"),
    _day("trial_until", nullable=True),
    _text("status"),  # active, retired
    _time("defined_at"),
    _time("retired_at", nullable=True),
    _text("retired_because", nullable=True),
    _number("version"),
    _text("made_from", nullable=True),
    sa.UniqueConstraint("workspace_id", "made_from"),
    sa.Index(None, "team_id", "status"),
    sa.Index(None, "workspace_id", "status"),
    sa.Index(None, "workspace_id", "owner_id"),
)

metric_versions = sa.Table(
    "metric_versions",
    metadata,
    _of_metric(primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    _text("workspace_id"),
    _text("actor_id"),
    _time("at"),
    sa.Column("before", sa.JSON, nullable=False),
    sa.Index(None, "workspace_id", "actor_id"),
)

# A value of a metric. A correction is a new row; the old one is marked and stays.
readings = sa.Table(
    "readings",
    metadata,
    _key("id"),
    _of_metric(),
    _text("workspace_id"),
    _text("team_id"),
    _text("entered_by"),
    _day("day"),
    sa.Column("value", sa.Float, nullable=False),
    _time("entered_at"),
    _time("corrected_at", nullable=True),
    sa.Index(None, "metric_id", "day"),
    sa.Index(
        "uq_readings_standing",  # of all values a day ever had, one stands
        "metric_id",
        "day",
        unique=True,
        sqlite_where=sa.text("corrected_at IS NULL"),
        postgresql_where=sa.text("corrected_at IS NULL"),
    ),
    sa.Index(None, "team_id", "entered_at"),
    sa.Index(None, "workspace_id", "entered_by"),
)

# What a lead did with a report: opened it, decided something, nothing to decide, wants to discuss.
report_steps = sa.Table(
    "report_steps",
    metadata,
    _key("id"),
    _text("workspace_id"),
    _of_team(),
    _text("lead_id"),
    _text("week"),
    _text("step"),  # sent, opened, decided, nothing, discuss
    _text("note", nullable=True),
    _time("at"),
    sa.Index(None, "team_id", "at"),
    sa.Index(None, "workspace_id", "lead_id", "at"),
    sa.Index(None, "workspace_id", "step", "at", "team_id"),
)

# The pulse of a quarter: one answer of one lead for one team.
pulses = sa.Table(
    "pulses",
    metadata,
    _of_team(primary_key=True),
    _key("lead_id"),
    _key("quarter"),
    _text("workspace_id"),
    sa.Column("understands", sa.Boolean, nullable=True),
    sa.Column("listens", sa.Boolean, nullable=True),
    _time("answered_at"),
    sa.Index(None, "workspace_id", "quarter"),
    sa.Index(None, "workspace_id", "lead_id"),
)
