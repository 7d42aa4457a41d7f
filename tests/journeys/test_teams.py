"""A team is set up, changed, left and closed by those who may, and by nobody else."""

import pytest

from bot.kernel.ids import ChannelId
from bot.playground.model import Message, View
from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from bot.teams import store
from bot.teams.model import Team
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import Coach, coach_in, idle

FORM = {"name": "Harbor", "leads": ["U0LEO"], "members": ["U0MARA", "U0JONAS"], "hour": "10:00"}


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({})


async def team_window(slack: Slack, who: str, channel: str = "harbor") -> View:
    before = slack.modal_of(who)
    await slack.command(who, "/coach team", channel=channel)
    return await slack.until(lambda s: s.modal_of(who) if s.modal_of(who) is not before else None)


async def set_up(slack: Slack, **changes: object) -> View:
    window = await team_window(slack, "Leo")
    await slack.submit(window, FORM | changes)
    return window


async def stored(coach: Coach, channel: str = "C0HARBOR") -> Team | None:
    async with coach.database.read() as connection:
        return await store.team_in_channel(connection, coach.workplace.workspace_id, ChannelId(channel))


async def test_a_lead_sets_up_the_team_of_a_channel(slack: Slack, database_url: str, answers: ScriptedAnswers) -> None:
    async with coach_in(slack, answers, database_url) as coach:
        window = await set_up(slack)
        team = await stored(coach)
    assert team
    assert (team.name, team.leads, team.members) == ("Harbor", {"U0LEO"}, {"U0LEO", "U0MARA", "U0JONAS"})
    assert team.rhythm.zone.key == "Europe/London"
    assert "*Harbor* is set up with 3 people" in words_of(window)


async def test_everyone_in_the_channel_means_the_people_in_it(
    slack: Slack, database_url: str, answers: ScriptedAnswers
) -> None:
    slack.grant("channels:read")
    async with coach_in(slack, answers, database_url) as coach:
        await set_up(slack, members=[], everyone=["all"])
        team = await stored(coach)
    assert team
    assert team.members == {"U0MARA", "U0LEO", "U0INES", "U0JONAS", "U0AIKO", "U0TOMAS", "U0PRIYA"}


async def test_without_the_scope_it_asks_to_choose_the_members(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url) as coach:
        window = await set_up(slack, members=[], everyone=["all"])
        assert "Choose the members one by one" in window.errors["everyone"]
        assert await stored(coach) is None


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"name": "   "}, "name", "Give the team a name"),
        ({"members": ["U0DEPLOY"]}, "members", "a bot, or no longer here"),
        ({"members": ["U0GONE"]}, "members", "a bot, or no longer here"),
        ({"leads": ["U0GUEST"]}, "leads", "not a lead"),
        ({"hour": "04:00"}, "hour", "between 7:00 and 18:00"),
    ],
)
async def test_a_wrong_field_is_explained_beside_it_and_nothing_is_stored(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, wrong: dict[str, object], field: str, sentence: str
) -> None:
    async with coach_in(slack, answers, sqlite_url) as coach:
        window = await set_up(slack, **wrong)
        assert sentence in window.errors[field]
        assert await stored(coach) is None


async def test_markup_in_a_name_comes_out_as_it_was_typed(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url):
        window = await set_up(slack, name="R&D <!channel>")
    assert "&lt;!channel&gt;" in str(window.payload["blocks"])


async def test_a_team_named_like_a_channel_is_kept_without_its_sign(
    slack: Slack, database_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, database_url) as coach:
        await set_up(slack, name=" #harbor")
        team = await stored(coach)
    assert team
    assert team.name == "harbor"


async def test_a_member_sees_the_team_and_may_leave_it(
    slack: Slack, database_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, database_url) as coach:
        await set_up(slack)
        window = await team_window(slack, "Mara")
        assert "Led by" in words_of(window)
        await slack.press("Mara", window, "team_leave")
        await slack.until(lambda s: "You have left Harbor" in words_of(s.modal_of("Mara") or window))
        team = await stored(coach)
    assert team
    assert "U0MARA" not in team.members


async def test_the_only_lead_cannot_leave_but_can_close(
    slack: Slack, database_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, database_url) as coach:
        await set_up(slack)
        window = await team_window(slack, "Leo")
        await slack.press("Leo", window, "team_leave")
        [told] = await slack.until(lambda s: s.dm_of("Leo"))
        assert "only lead" in told.text
        await slack.press("Leo", window, "team_close")
        await slack.until(lambda s: "You have closed Harbor" in words_of(s.modal_of("Leo") or window))
        assert await stored(coach) is None


async def test_two_leads_who_edit_at_once_are_told(slack: Slack, database_url: str, answers: ScriptedAnswers) -> None:
    async with coach_in(slack, answers, database_url) as coach:
        await set_up(slack, leads=["U0LEO", "U0MARA"])
        first, second = await team_window(slack, "Leo"), await team_window(slack, "Mara")
        await slack.submit(first, {"name": "Harbor One", "leads": ["U0LEO", "U0MARA"]})
        await slack.submit(second, {"name": "Harbor Two"})
        assert "was changed by somebody else" in words_of(slack.modal_of("Mara") or second)
        team = await stored(coach)
    assert team
    assert team.name == "Harbor One"


async def test_the_form_of_others_is_not_taken_from_somebody_outside(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url) as coach:
        window = await team_window(slack, "Ines")  # opened while there was no team
        await set_up(slack)
        await slack.submit(window, {"name": "Mine", "leads": ["U0INES"]})
        assert "Only a lead of this team can change it." in words_of(slack.modal_of("Ines") or window)
        team = await stored(coach)
    assert team
    assert team.name == "Harbor"


async def test_a_team_belongs_to_a_channel(slack: Slack, sqlite_url: str, answers: ScriptedAnswers) -> None:
    async with coach_in(slack, answers, sqlite_url) as coach:
        await slack.command("Mara", "/coach team", channel="Mara")
        told: list[Message] = await slack.until(lambda s: s.seen_only_by("Mara"))
        await idle(coach)
    assert "type /coach team in the channel" in told[0].text


async def test_a_mistyped_command_is_asked_back(slack: Slack, sqlite_url: str, answers: ScriptedAnswers) -> None:
    async with coach_in(slack, answers, sqlite_url):
        await slack.command("Mara", "/coach teem", channel="random")
        [told] = slack.seen_only_by("Mara")
    assert "/coach team" in told.text
