"""Team Harbor a week after the coach was installed."""

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.playground.harbor import harbor
from bot.playground.model import Message
from bot.playground.seeds.seed import Seed

if TYPE_CHECKING:
    from bot.playground.play import Play

WEEKS = 1.0
WELCOME = "Hello all. Our coach is here: ask it why we know so much about social tools and do so little with them."
BOARDS = "what share of boards get reports?"
FEAR = "Why do people not ask questions in the open?"
LEAVE = "What is the parental leave rule in Denmark?"


async def story(play: "Play") -> None:
    slack = play.slack
    await slack.say("Leo", "general", WELCOME)
    await _later(play, hours=3)
    asked = await slack.mention("Mara", "harbor", BOARDS)
    await _answered(play, asked.said)
    await slack.reply("Jonas", asked.said, "I had thought it was more.")
    await _later(play, hours=26)
    fear = await slack.dm("Leo", FEAR)
    reply = await _answered(play, fear.said)
    await slack.press("Leo", reply, "answer_helpful")
    await _later(play, hours=50)
    await _answered(play, (await slack.dm("Priya", LEAVE)).said)
    await slack.say("Mara", "random", "Lunch by the water at twelve, who is in?")


async def _later(play: "Play", *, hours: float) -> None:
    await play.pass_time(play.clock.utc() + timedelta(hours=hours))


async def _answered(play: "Play", said: Message) -> Message:
    """The coach's answer in the thread, once it is there."""
    return (await play.slack.until(lambda slack: slack.thread_of(said), timeout=60))[-1]


SEED = Seed("harbor", harbor, story, curators=("U0INES",), weeks=WEEKS)
