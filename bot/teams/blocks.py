"""The window of a team: for a lead a form, for a member what it is and a way out."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.kernel.ids import ChannelId
from bot.slack_kit.mrkdwn import escape
from bot.slack_kit.pickers import checkboxes, multi_users_select, timepicker
from bot.slack_kit.pieces import (
    Piece,
    actions,
    button,
    context,
    input_block,
    modal,
    option,
    plain_text_input,
    radio,
    section,
    static_select,
)
from bot.teams.model import LONGEST_NAME, NudgePlace, Person, Rhythm, Team

TEAM_WINDOW = "team_window"
LEAVE, CLOSE = "team_leave", "team_close"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
PLACES = {NudgePlace.CHANNEL: "In this channel", NudgePlace.LEAD: "In the lead's direct messages"}
ALL = "all"
WHAT_FOR = (
    "A team gets one short nudge a week, has at most three metrics, and its leads get a weekly report. "
    "Commitments stay with the person who makes them; nobody is ranked."
)


def team_window(channel_id: ChannelId, by: Person, team: Team | None, metadata: str) -> Piece:
    """The form of a new team, or of the one this channel has."""
    rhythm = team.rhythm if team else Rhythm(by.zone)
    everyone = option("Everyone in this channel", ALL)
    chosen_place = team.nudge_place if team else NudgePlace.CHANNEL
    places = {place: option(label, place.value) for place, label in PLACES.items()}
    days = [option(name, str(n)) for n, name in enumerate(WEEKDAYS)]
    fields = [
        context(WHAT_FOR),
        input_block(
            "Name",
            plain_text_input("name", initial_value=team.name if team else None, max_length=LONGEST_NAME),
            block_id="name",
        ),
        input_block(
            "Leads",
            multi_users_select("leads", chosen=team.leads if team else {by.id}),
            block_id="leads",
            hint="They get the report, and go first in it.",
        ),
        input_block(
            "Members",
            multi_users_select("members", chosen=team.members if team else ()),
            block_id="members",
            optional=True,
        ),
        input_block("Or", checkboxes("everyone", [everyone]), block_id="everyone", optional=True),
        input_block("Day of the nudge", static_select("day", days, chosen=days[rhythm.weekday % 5]), block_id="day"),
        input_block("Hour", timepicker("hour", chosen=rhythm.at), block_id="hour"),
        input_block("Time zone", _zones(rhythm.zone), block_id="zone"),
        input_block(
            "Where the nudge appears",
            radio("place", list(places.values()), chosen=places[chosen_place]),
            block_id="place",
        ),
    ]
    if team:
        way_out = button("Leave this team", LEAVE, team.id), button("Close this team", CLOSE, team.id)
        fields.append(actions("team_actions", *way_out))
    title = "Your team" if team else "A new team"
    return modal(title, fields, callback_id=TEAM_WINDOW, submit="Save", close="Cancel", private_metadata=metadata)


def team_told(team: Team, is_member: bool) -> Piece:
    """What a team is, for those who do not lead it."""
    leads = " ".join(f"<@{id}>" for id in sorted(team.leads))
    lines = f"*{escape(team.name)}*\nLed by {leads}. {len(team.members)} people. {in_words(team)}"
    blocks = [section(lines), context(WHAT_FOR)]
    if is_member:
        blocks.append(actions("team_actions", button("Leave this team", LEAVE, team.id)))
    return modal("This channel's team", blocks, callback_id="team_told")


def team_saved(team: Team) -> Piece:
    """What stands in the window once a team is saved."""
    leads = " ".join(f"<@{id}>" for id in sorted(team.leads))
    text = (
        f"*{escape(team.name)}* is set up with {len(team.members)} people, led by {leads}. {in_words(team)}\n"
        "Next: `/coach metrics` to define what you measure, or ask me what others measure."
    )
    return modal("Saved", [section(text)], callback_id="team_saved")


def in_words(team: Team) -> str:
    """ "The nudge comes on Mondays at 10:00 (Europe/Paris), in #harbor", in mrkdwn."""
    if team.nudges_stopped:
        return f"The weekly nudge is stopped; `/coach team` in {channel_of(team)} starts it again."
    rhythm = team.rhythm
    day = WEEKDAYS[rhythm.weekday % 5]
    often = f"on {day}s" if team.every_weeks == 1 else f"every second {day}"
    return f"The nudge comes {often} at {rhythm.at:%H:%M} ({rhythm.zone.key}), {place_of(team)}."


def place_of(team: Team) -> str:
    """Where its nudge appears, in mrkdwn."""
    return f"in {channel_of(team)}" if team.nudge_place is NudgePlace.CHANNEL else "in a lead's direct messages"


def channel_of(team: Team) -> str:
    """Its channel, which Slack shows by its name."""
    return f"<#{team.channel_id}>"


def _zones(chosen: ZoneInfo) -> Piece:
    """The zones most people live in: Slack takes a hundred options, so one for each rule of clocks, and the chosen."""
    common = _zones_here()
    keys = common if chosen.key in common else (chosen.key, *common)
    options = {key: option(key.replace("_", " "), key) for key in keys[:100]}
    return static_select("zone", list(options.values()), chosen=options[chosen.key])


@cache
def _zones_here() -> tuple[str, ...]:
    """Those of the common ones that this machine knows; to ask it takes milliseconds, so once."""
    known = available_timezones()
    return tuple(key for key in COMMON_ZONES if key in known)


COMMON_ZONES = tuple(
    """UTC Europe/London Europe/Dublin Europe/Lisbon Europe/Paris Europe/Berlin Europe/Madrid Europe/Rome Europe/Zurich
    Europe/Vienna Europe/Brussels Europe/Amsterdam Europe/Luxembourg Europe/Copenhagen Europe/Stockholm Europe/Oslo
    Europe/Warsaw Europe/Prague Europe/Budapest Europe/Helsinki Europe/Tallinn Europe/Riga Europe/Vilnius Europe/Athens
    Europe/Bucharest Europe/Sofia Europe/Kyiv Europe/Istanbul Europe/Belgrade Europe/Zagreb Atlantic/Reykjavik
    Africa/Casablanca Africa/Lagos Africa/Cairo Africa/Nairobi Africa/Johannesburg Africa/Tunis Africa/Accra
    Asia/Jerusalem Asia/Beirut Asia/Riyadh Asia/Dubai Asia/Tehran Asia/Karachi Asia/Kolkata Asia/Kathmandu Asia/Dhaka
    Asia/Colombo Asia/Bangkok Asia/Ho_Chi_Minh Asia/Jakarta Asia/Singapore Asia/Kuala_Lumpur Asia/Manila Asia/Hong_Kong
    Asia/Shanghai Asia/Taipei Asia/Seoul Asia/Tokyo Asia/Tashkent Asia/Almaty Asia/Tbilisi Asia/Yerevan
    Australia/Perth Australia/Adelaide Australia/Darwin Australia/Brisbane Australia/Sydney Australia/Melbourne
    Pacific/Auckland Pacific/Fiji Pacific/Honolulu America/Anchorage America/Los_Angeles America/Phoenix America/Denver
    America/Chicago America/Winnipeg America/New_York America/Toronto America/Halifax America/St_Johns
    America/Mexico_City America/Guatemala America/Costa_Rica America/Panama America/Bogota America/Lima America/Caracas
    America/Santiago America/La_Paz America/Argentina/Buenos_Aires America/Montevideo America/Sao_Paulo""".split()
)
