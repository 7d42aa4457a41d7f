"""Team Harbor through eight weeks: every outcome of a commitment, two metrics, nudges, a report that was decided on."""

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.playground.harbor import harbor
from bot.playground.seeds.deeds import Story
from bot.playground.seeds.seed import Seed

if TYPE_CHECKING:
    from bot.playground.model import View
    from bot.playground.play import Play

WEEKS = 8.0
MON, TUE, WED, THU, FRI = range(5)
WELCOME = "Hello all. Our coach is here: ask it why we know so much about social tools and do so little with them."
TEAM = {
    "name": "Harbor",
    "leads": ["U0LEO"],
    "members": ["U0MARA", "U0JONAS", "U0AIKO", "U0TOMAS", "U0PRIYA"],
    "day": "0",
    "hour": "10:00",
}
BOARDS = "what share of boards get reports?"
FEAR = "Why do people not ask questions in the open?"
LEAVE = "What is the parental leave rule in Denmark?"
ANSWERED = (38, 44, 52, 50, 63, 68, 71)
"""Share of questions answered within a day, in per cent, week after week."""
OPENINGS = (
    "one question from #harbor",
    "the best answer of the week",
    "a question nobody could answer",
    "our number of the week",
    "a thank-you to somebody who answered",
    "what a customer wrote back",
)
SMALL_ONES = {
    2: ("Thank one person who answered in the open", "Jonas", "Aiko"),
    3: ("Thank one person who answered in the open", "Jonas", "Tomas"),
    4: ("Thank one person who answered in the open", "Aiko", "Tomas"),
    5: ("Answer the first question of a newcomer", "Tomas", "Priya"),
    6: ("Answer the first question of a newcomer", "Jonas", "Priya"),
}
"""What two people promise and keep in a week, so that there are enough for a figure; nobody the same a third time."""
REPLIES = (9, 8, 6.5, 7, 5, 4.5, 4.5)
"""Hours to a first reply, week after week."""


async def story(play: "Play") -> None:
    tale = Story.begins(play, "harbor", "Europe/London")
    await _first_days(tale)
    await _a_first_metric(tale)
    for week in range(2, 7):
        await _a_week(tale, week)
    await _the_last_week(tale)


async def _first_days(tale: Story) -> None:
    slack = tale.play.slack
    await tale.at(0, TUE, 9)
    await slack.say("Leo", "general", WELCOME)
    await tale.typed("Leo", "/coach team", TEAM)
    reply = await tale.asks("Mara", BOARDS)
    await slack.reply("Jonas", reply, "I had thought it was more.")
    await tale.at(0, WED, 10)
    await tale.presses("Leo", await tale.says("Leo", FEAR), "answer_helpful")
    await tale.commits("Leo", "Ask the first simple question in #harbor myself", "by Friday")
    await tale.commits("Mara", "Ask one open question in #harbor", "by Friday")
    await tale.commits("Jonas", "Answer two questions in #harbor", "by Friday")
    await tale.at(0, FRI, 12)
    for who in ("Leo", "Mara"):
        await tale.says(who, "did it")
    await tale.explains("Jonas", "didn't do it, I was afraid of looking stupid in front of everybody")


async def _a_first_metric(tale: Story) -> None:
    await tale.at(1, MON, 11)
    await tale.measures("Mara", "answered within 24", "Whether #harbor needs two people who take turns.", target="75 %")
    await tale.commits("Aiko", "Write down how we answer customers' first questions", "by Thursday")
    await tale.commits("Tomas", "Move the weekly status from mail to #harbor", "by Friday")
    await tale.commits("Priya", "Thank two people who answered in the open", "by Friday")
    await tale.at(1, WED, 9)
    await tale.says("Priya", LEAVE)
    await tale.at(1, THU, 14)
    await tale.says("Aiko", "done")
    await tale.at(1, FRI, 13)
    await tale.explains("Tomas", "did not do it, we have always sent that mail and nobody wants to change it")
    await tale.says("Priya", "did it")
    await tale.typed("Mara", f"/coach log answered {ANSWERED[0]} %")


async def _a_week(tale: Story, week: int) -> None:
    """Four promises that are kept, and one that goes another way each week."""
    await tale.at(week, MON, 13)
    if week == 3:
        await tale.measures("Leo", "first reply", "Whether the early shift starts with the channel.", target="4")
    await tale.commits("Leo", f"Open the meeting with {OPENINGS[week - 2]}", "on Thursday")
    await tale.commits("Mara", f"Answer {week} questions in #harbor", "by Friday")
    small, *people = SMALL_ONES[week]
    for who in people:
        await tale.commits(who, small, "today")
        await tale.says(who, "done")
    await _another_way(tale, week)
    await tale.at(week, THU, 15)
    await tale.says("Leo", "did it")
    await _friday(tale, week)


async def _friday(tale: Story, week: int) -> None:
    await tale.at(week, FRI, 12)
    await tale.says("Mara", "done")
    await tale.typed("Mara", f"/coach log answered {ANSWERED[week - 1]} %")
    if week >= 3:
        await tale.typed("Leo", f"/coach log first reply {REPLIES[week - 1]}")


async def _another_way(tale: Story, week: int) -> None:
    match week:
        case 2:
            await tale.commits("Priya", "Show the team how to follow a thread", "by Wednesday")
            await tale.at(2, WED, 10)
            await tale.explains("Priya", "didn't do it, we talked about it in three meetings instead")
        case 3:
            await tale.commits("Priya", "Collect the five questions customers ask most", "on Wednesday")
            await tale.at(3, TUE, 10)
            window = await _pressed_in_list(tale, "Priya", "commitment_move")
            await tale.play.slack.submit(window, {"day": _day(tale, 4, TUE)})
        case 4:
            await tale.says("Priya", "done")
            await tale.commits("Tomas", "Write a weekly summary for the board", "on Friday")
            await tale.at(4, WED, 10)
            window = await _pressed_in_list(tale, "Tomas", "commitment_drop")
            await tale.play.slack.submit(window, {"reason": "The board gets Leo's report now."})
        case 5:
            await tale.commits("Aiko", "Record a two-minute tour of #harbor", "on Tuesday")
            await tale.commits("Jonas", "Answer two questions in #harbor", "on Wednesday")
            await tale.at(5, WED, 15)
            await tale.explains("Jonas", "couldn't, my bonus counts closed tickets and nothing else")
        case _:
            await tale.commits("Tomas", "Pair with Aiko on one customer question", "on Wednesday")
            await tale.at(6, WED, 15)
            await tale.explains("Tomas", "didn't do it, the other team would have taken the credit")


async def _the_last_week(tale: Story) -> None:
    """The whole team, so that "last week" has something to show; then what is open when the page is opened."""
    await tale.at(7, MON, 13)
    await tale.commits("Leo", "Clear the way for two people who want to answer", "on Tuesday")
    await tale.commits("Mara", "Answer seven questions in #harbor", "by Friday")
    await tale.commits("Jonas", "Answer two questions before lunch", "on Thursday")
    await tale.commits("Aiko", "Show a newcomer how to follow #harbor", "on Thursday")
    await tale.commits("Priya", "Write up the five questions customers ask most", "on Wednesday")
    await tale.commits("Tomas", "Keep the old status mail as a backup", "on Thursday")
    await tale.commits("Tomas", "Pair with Aiko on one customer question", "by Friday")
    await tale.at(7, TUE, 11)
    await tale.says("Leo", "did it")
    await tale.commits("Leo", f"Open the meeting with {OPENINGS[5]}", "on Thursday")
    moved = await _pressed_in_list(tale, "Priya", "commitment_move")
    await tale.play.slack.submit(moved, {"day": _day(tale, 8, WED)})
    dropped = await _pressed_in_list(tale, "Tomas", "commitment_drop")
    await tale.play.slack.submit(dropped, {"reason": "Nobody has opened that mail for a month."})
    await tale.at(7, THU, 15)
    for who in ("Leo", "Jonas", "Aiko"):
        await tale.says(who, "did it")
    await _friday(tale, 7)
    await tale.typed("Leo", "/coach report")
    await tale.commits("Mara", "Ask one question in #harbor", "next Monday")
    await tale.commits("Mara", "Thank two people who answered", "next Monday")
    await tale.commits("Leo", "Read out one answer from #harbor in the board meeting", "next Tuesday")


async def _pressed_in_list(tale: Story, who: str, action_id: str) -> "View":
    """A button under the first of somebody's open commitments."""
    slack = tale.play.slack
    before = len(slack.seen_only_by(who))
    await slack.command(who, "/coach commitments", channel=tale.channel)
    [shown, *_] = await slack.until(lambda s: s.seen_only_by(who)[before:])
    return await tale.window(who, tale.presses(who, shown, action_id))


def _day(tale: Story, week: int, day: int) -> str:
    return (tale.monday + timedelta(weeks=week, days=day)).date().isoformat()


SEED = Seed("harbor", harbor, story, curators=("U0INES",), weeks=WEEKS)
