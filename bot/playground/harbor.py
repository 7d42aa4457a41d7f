"""The workspaces the tests live in: Team Harbor of the scenarios, and a second one beside it."""

from bot.playground.model import Channel, Installation, Person, Workspace

REQUIRED_SCOPES = frozenset(
    {"app_mentions:read", "assistant:write", "chat:write", "commands", "im:history", "im:write", "users:read"}
)
"""The scopes of the manifest nobody can decline. The optional ones are not granted until a test grants them."""


def harbor() -> Workspace:
    """Leo leads, Mara and four others work there, Ines curates. The bot is in #general and #harbor."""
    people = [
        Person("U0MARA", "mara", "Mara Lind", "Europe/Paris", title="works in Team Harbor"),
        Person("U0LEO", "leo", "Leo Hart", "Europe/London", title="leads Team Harbor", is_admin=True),
        Person("U0INES", "ines", "Ines Duarte", "Europe/Lisbon", title="looks after the cards"),
        Person("U0JONAS", "jonas", "Jonas Berg", "Europe/Stockholm", title="works in Team Harbor"),
        Person("U0AIKO", "aiko", "Aiko Tanabe", "Asia/Tokyo", title="works in Team Harbor"),
        Person("U0TOMAS", "tomas", "Tomas Reis", "America/Sao_Paulo", title="works in Team Harbor"),
        Person("U0PRIYA", "priya", "Priya Rao", "Asia/Kolkata", title="works in Team Harbor"),
        Person("U0GUEST", "gwen", "Gwen Moss", "America/New_York", title="guest", is_guest=True),
        Person("U0GONE", "olga", "Olga Petrov", "Europe/Berlin", deleted=True),
        Person("U0DEPLOY", "deploys", "Deploys", None, is_bot=True, bot_id="B0DEPLOY"),
        Person("U0COACH", "coach", "Coach", "Etc/UTC", is_bot=True, bot_id="B0COACH"),
    ]
    team = {one.id for one in people if not one.deleted and not one.is_guest}
    outside = team - {"U0COACH"}
    channels = [
        Channel("C0GENERAL", "general", members=team | {"U0GUEST"}, is_general=True, creator="U0LEO"),
        Channel("C0HARBOR", "harbor", members=set(team), creator="U0LEO"),
        Channel("C0RANDOM", "random", members=set(outside), creator="U0MARA"),
        Channel("C0LEADS", "leads", kind="group", members={"U0LEO", "U0INES"}, creator="U0LEO"),
        Channel("C0CLOSED", "old-plans", members=set(team), is_archived=True, creator="U0LEO"),
    ]
    installed = Installation("U0COACH", "B0COACH", "xoxb-harbor-stand-in", set(REQUIRED_SCOPES))
    return Workspace("T0HARBOR", "harbor", "Harbor", installed, people, channels)


def quay() -> Workspace:
    """A second workspace with the same app: what is said here is never seen in Harbor."""
    people = [
        Person("U1NOA", "noa", "Noa Stern", "Europe/Amsterdam", is_admin=True),
        Person("U1EMIL", "emil", "Emil Koch", "Europe/Vienna"),
        Person("U1COACH", "coach", "Coach", "Etc/UTC", is_bot=True, bot_id="B1COACH"),
    ]
    channels = [Channel("C1GENERAL", "general", members={one.id for one in people}, is_general=True, creator="U1NOA")]
    installed = Installation("U1COACH", "B1COACH", "xoxb-quay-stand-in", set(REQUIRED_SCOPES))
    return Workspace("T1QUAY", "quay", "Quay", installed, people, channels)
