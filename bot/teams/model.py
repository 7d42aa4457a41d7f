"""Teams, their people, and who may do what. Every read and write of a feature asks here."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.errors import FormRefused, Mendable, Wrong
from bot.kernel.ids import ChannelId, TeamId, UserId, WorkspaceId

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
    quiet_until: date | None = None
    """Not written to first before this day."""

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
    every_weeks: int = 1
    """Two, once few nudges were acted on."""
    nudges_stopped: bool = False
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


class TeamError(Mendable):
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


class InNoTeam(NoTeam):
    """Somebody asks for what is their team's, and is in none; the channel they are in may well have one."""

    def __init__(self) -> None:
        super(NoTeam, self).__init__("You are in no team yet.")
        self.remedy = "Whoever leads one adds you with /coach team in its channel."


class LastLead(TeamError):
    """Somebody has to get the report."""

    def __init__(self) -> None:
        super().__init__("You are this team's only lead.")
        self.remedy = "Name another lead first, or close the team."


class ChangedMeanwhile(TeamError):
    """Two people changed the same thing at once; the first one won."""

    def __init__(self, what: str = "That") -> None:
        super().__init__(f"{what} was changed by somebody else in the meantime.")
        self.remedy = "Look at it again, then decide."


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

    def with_members(self, everyone: frozenset[UserId]) -> "TeamForm":
        return replace(self, members=everyone)

    def without_the_unreachable(self, people: dict[UserId, Person]) -> "TeamForm":
        """With "everyone in this channel" nobody chose the bots and those who left, so they are passed over."""
        if not self.everyone:
            return self
        return replace(self, members=frozenset(id for id in self.members if people[id].is_reachable))


def tidy(name: str) -> str:
    """A team's name as it is kept: "#harbor" is called harbor, whatever its channel is called."""
    return " ".join(name.split()).lstrip("# ")


def wrong_in(form: TeamForm, people: dict[UserId, Person]) -> list[Wrong]:
    """What keeps a team from being saved; empty when nothing does. `people` holds everybody the form names."""
    wrong: list[Wrong] = []
    name = tidy(form.name)
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
        if field_name == "leads" and any(people[id].is_guest for id in ids if id in people):
            wrong.append(Wrong("leads", "A guest can be a member, but not a lead."))
        if unknown:
            wrong.append(Wrong(field_name, f"{_named(unknown)} cannot be in a team: a bot, or no longer here."))
    if not FIRST_HOUR <= form.at <= LAST_HOUR:
        wrong.append(Wrong("hour", "Choose an hour between 7:00 and 18:00."))
    return wrong


def saved(
    form: TeamForm, before: Team | None, people: dict[UserId, Person], by: Person, id: TeamId, now: datetime
) -> Team:
    """The team as the form wants it. `people` holds everybody the form names; guests may be members, never leads.

    Raises: FormRefused; NotAllowed, where the team is somebody else's; ChangedMeanwhile, where it was edited since.
    """
    if before and role_in(before, by.id) is not Role.LEAD:
        raise NotAllowed("a lead of this team", "change it")
    if before and form.version != before.version:
        raise ChangedMeanwhile("This team")
    if wrong := wrong_in(form, people):
        raise FormRefused(*wrong)
    return Team(
        id=before.id if before else id,
        workspace_id=by.workspace_id,
        channel_id=form.channel_id,
        name=tidy(form.name),
        rhythm=Rhythm(form.zone, form.weekday, form.at),
        leads=form.leads,
        members=form.members | form.leads,
        created_at=before.created_at if before else now,
        nudge_place=form.nudge_place,
        every_weeks=before.every_weeks if before else 1,
        version=before.version + 1 if before else 1,
    )


def left(team: Team, by: UserId) -> Team:
    """Without this member. Raises: NotAllowed for outsiders, and for the last lead."""
    if role_in(team, by) is Role.OUTSIDE:
        raise NotAllowed("a member of this team", "leave it")
    leads = team.leads - {by}
    if not leads:
        raise LastLead
    return replace(team, leads=leads, members=team.members - {by}, version=team.version + 1)


def closed(team: Team, by: UserId, now: datetime) -> Team:
    """Nothing more is sent for it and nothing can be added; what was stays. Raises: NotAllowed."""
    if role_in(team, by) is not Role.LEAD:
        raise NotAllowed("a lead of this team", "close it")
    return replace(team, closed_at=now, version=team.version + 1)


def _named(ids: list[UserId]) -> str:
    return "One of them" if len(ids) == 1 else f"{len(ids)} of them"
