"""An organisation of many teams, Harbor the first of them: its people and its channels, the same at every start."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.playground.harbor import harbor
from bot.playground.model import Channel, Person, Workspace

TEAMS = tuple(
    """Harbor Claims Payroll Deliveries Returns Warehouse Night-Shift Workshop Laboratory Training Fleet Bakery Kitchens
    Front-Desk Bookings Invoices Procurement Archive Press-Office Legal Safety Maintenance Spare-Parts Surveys Pricing
    Catalogue Translation Design Web-Shop App Data-Desk Networks Help-Desk Recruiting Onboarding Events Export Customs
    Field-Service Energy""".split()
)
ZONES = ("Europe/Paris", "Europe/London")
IN_A_TEAM = 5
_FIRST = tuple(
    """Amara Anton Beatriz Bruno Carla Cedric Dalia Dmitri Elif Emre Fatou Felix Greta Hamid Hanna Igor Imani Ivan
    Jasmin Joao Kaya Klara Lamin Lena Luca Malik Marit Milan Nadia Nils Noor Oscar Paula Pavel Quinn Rosa Ruben
    Sanna Selim Sofia Teo Thea Umar Vera Viktor Wanda Yara Yusuf Zofia""".split()
)
_LAST = tuple(
    """Abebe Almeida Bauer Costa Dahl Eriksen Fischer Garcia Haddad Ivanova Jansen Keller Lopes Moreau Novak Okafor
    Petit Rossi Sato Toth Ueda Vogel Weber""".split()
)


@dataclass(frozen=True, slots=True)
class Crew:
    """A team before the coach knows of it. Ids of people, the channel by its name."""

    name: str
    channel: str
    lead: str
    others: tuple[str, ...]


def crews(count: int) -> tuple[Crew, ...]:
    """Harbor and so many others that there are `count`; at most as many as there are names."""
    return tuple(_crew(place, name) for place, name in enumerate(TEAMS[:count]))


def organisation(teams: Sequence[Crew]) -> Workspace:
    """Harbor's workspace, with the channels and people of the other teams. Ines looks after all of it."""
    workspace = harbor()
    people = [replace(one, is_admin=True) if one.id == "U0INES" else one for one in workspace.people]
    joined = [_person(int(id[2:]), team) for team in teams[1:] for id in (team.lead, *team.others)]
    channels = [_channel(place, team) for place, team in enumerate(teams) if place]
    general = next(one for one in workspace.channels if one.is_general)
    general.members.update(one.id for one in joined)
    return replace(workspace, name="Harbor and all", people=people + joined, channels=workspace.channels + channels)


def _crew(place: int, name: str) -> Crew:
    if not place:
        return Crew(name, "harbor", "U0LEO", ("U0MARA", "U0JONAS", "U0AIKO", "U0TOMAS", "U0PRIYA"))
    lead, *others = (f"U1{place * IN_A_TEAM + seat:04}" for seat in range(IN_A_TEAM))
    return Crew(name.replace("-", " "), name.lower(), lead, tuple(others))


def _person(number: int, team: Crew) -> Person:
    first, last = _FIRST[number % len(_FIRST)], _LAST[number % len(_LAST)]
    zone = ZONES[number // IN_A_TEAM % len(ZONES)]
    title = f"leads {team.name}" if team.lead == f"U1{number:04}" else f"works in {team.name}"
    return Person(f"U1{number:04}", f"{first}.{last}".lower(), f"{first} {last}", zone, title=title)


def _channel(place: int, team: Crew) -> Channel:
    members = {team.lead, *team.others, "U0COACH", "U0INES"}
    return Channel(f"C1{place:04}", team.channel, members=members, creator=team.lead)
