"""Teams, their people, and who may do what. Every read and write of a feature asks here."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.errors import CoachError
from bot.kernel.ids import ChannelId, TeamId, UserId, WorkspaceId
from bot.kernel.weeks import next_local

LONGEST_NAME = 60
MOST_MEMBERS = 200
FIRST_HOUR, LAST_HOUR = time(7), time(18)
"""Hours of the day between which a nudge may be set."""


class Visibility(StrEnum):
    """Who sees a commitment beside its owner."""

    TEAM = "team"
    LEAD = "lead"
    ME = "me"


class NudgePlace(StrEnum):
    """Where the weekly nudge of a team appears."""

    CHANNEL = "channel"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a workspace: what Slack says of them, and what they chose."""

    workspace_id: WorkspaceId
    id: UserId
    zone: ZoneInfo
    is_bot: bool = False
    is_guest: bool = False
    is_admin: bool = False
    is_gone: bool = False
    date_language: str | None = None
    visibility: Visibility | None = None
    paused: bool = False

    @property
    def is_reachable(self) -> bool:
        """Whether the coach may have anything to do with them."""
        return not (self.is_bot or self.is_gone)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a team hears from the coach: a weekday (Monday is 0) and an hour in its zone."""

    zone: ZoneInfo
    weekday: int = 0
    at: time = time(10)

    def next(self, after: datetime) -> datetime:
        """The next nudge, in UTC, strictly after a moment."""
        return next_local(after, self.zone, self.weekday, self.at)


@dataclass(frozen=True, slots=True)
class Team:
    """A team as it is now. `version` grows with each change, so that two who edit at once are told."""

    id: TeamId
    workspace_id: WorkspaceId
    channel_id: ChannelId
    name: str
    rhythm: Rhythm
    leads: frozenset[UserId]
    members: frozenset[UserId]
    """Everybody in it, the leads too."""
    created_at: datetime
    nudge_place: NudgePlace = NudgePlace.CHANNEL
    closed_at: datetime | None = None
    version: int = 0

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which somebody is not asked anything; both ends count."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


class Role(StrEnum):
    """What somebody is to a team, the most first."""

    LEAD = "lead"
    MEMBER = "member"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Staff:
    """Who looks after the coach itself: by setting; workspace admins are admins too."""

    admins: frozenset[UserId] = frozenset()
    curators: frozenset[UserId] = frozenset()

    def is_admin(self, person: Person) -> bool:
        return person.is_admin or person.id in self.admins

    def is_curator(self, person: Person) -> bool:
        return person.id in self.curators or self.is_admin(person)


def role_in(team: Team, user_id: UserId) -> Role:
    if user_id in team.leads:
        return Role.LEAD
    return Role.MEMBER if user_id in team.members else Role.OUTSIDE


class TeamError(CoachError):
    """Something about a team that its people can mend themselves."""

    remedy = "Open /coach team in the team's channel and look."


class NotAllowed(TeamError):
    """Somebody asked for what their role does not let them see or do. `what` completes "Only … can …"."""

    def __init__(self, who: str, what: str) -> None:
        super().__init__(f"Only {who} can {what}.")
        self.who, self.what = who, what
        self.remedy = "Ask one of them."


class NoTeam(TeamError):
    """Nobody has made a team in this channel, or the team was closed."""

    def __init__(self) -> None:
        super().__init__("There is no team here.")
        self.remedy = "Type /coach team in the channel of the team to make one."


class ChangedMeanwhile(TeamError):
    """Two people changed the same thing at once; the first one won."""

    def __init__(self, what: str = "That") -> None:
        super().__init__(f"{what} was changed by somebody else in the meantime.")
        self.remedy = "Look at it again, then decide."


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a field of a form, in a plain sentence for beside it."""

    field: str
    sentence: str


class FormRefused(TeamError):
    """A form that cannot be taken as it is; nothing was stored."""

    def __init__(self, *wrong: Wrong) -> None:
        super().__init__(" ".join(one.sentence for one in wrong))
        self.wrong = wrong
        self.remedy = "Correct it and send it again."


@dataclass(frozen=True, slots=True)
class TeamForm:
    """A team as somebody filled it in. Without `everyone` the members are those named."""

    channel_id: ChannelId
    name: str
    leads: frozenset[UserId]
    members: frozenset[UserId] = field(default_factory=frozenset)
    everyone: bool = False
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    weekday: int = 0
    at: time = time(10)
    nudge_place: NudgePlace = NudgePlace.CHANNEL
    version: int | None = None
    """The version that was edited; None for a new team."""


def wrong_in(form: TeamForm, people: dict[UserId, Person]) -> list[Wrong]:
    """What keeps a team from being saved; empty when nothing does. `people` holds everybody the form names."""
    wrong: list[Wrong] = []
    name = " ".join(form.name.split())
    if not name:
        wrong.append(Wrong("name", "Give the team a name its people know it by."))
    elif len(name) > LONGEST_NAME:
        wrong.append(Wrong("name", f"A name has at most {LONGEST_NAME} characters."))
    if not form.leads:
        wrong.append(Wrong("leads", "A team needs at least one lead: somebody who gets the report."))
    if len(form.members | form.leads) > MOST_MEMBERS:
        wrong.append(Wrong("members", f"A team has at most {MOST_MEMBERS} people. Choose those it is really about."))
    for field_name, ids in (("leads", form.leads), ("members", form.members)):
        unknown = [id for id in ids if id not in people or not people[id].is_reachable]
        if unknown:
            wrong.append(Wrong(field_name, f"{_named(unknown)} cannot be in a team: a bot, or no longer here."))
    if not FIRST_HOUR <= form.at <= LAST_HOUR:
        wrong.append(Wrong("hour", "Choose an hour between 7:00 and 18:00."))
    return wrong


def _named(ids: list[UserId]) -> str:
    return "One of them" if len(ids) == 1 else f"{len(ids)} of them"
