"""The scenarios with nothing scripted: the real search, flow and cards behind the real app."""

import shutil
from pathlib import Path

import pytest

from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from knowledge.loader import HOME
from tests.databases import copied_sqlite
from tests.knowledge.small import add_card, card
from tests.slack_side import buttons_of, idle, replies_to, settings_for, started

BUILT = Path(__file__).parents[2] / ".coach/index"
SLOW = 180.0
"""Seconds the first answer may take: the index of the whole base is built before it, once for all of these tests."""
DIVERS = "which mask should a diver wear in cold water"
DIVING = card(
    "diving",
    "Which mask a diver wears in cold water",
    "A diver should wear a full mask in cold water [coach-seven-days]. It keeps the face warm [coach-seven-days].",
    [DIVERS, "cold water diving mask", "do divers need a full mask", "what covers a diver's face"],
    "coach-seven-days",
)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With the index that `make install` has built, where it has: then nothing is built here."""
    folder = tmp_path_factory.mktemp("whole-base")
    if BUILT.exists():
        shutil.copytree(BUILT, folder / "index")
    return folder


async def test_mara_asks_how_others_measure(slack: Slack, database_url: str, data_dir: Path) -> None:
    async with started(slack, settings_for(slack, database_url, data_dir=data_dir)):
        asked = await slack.dm("Mara", "How do other companies measure whether internal social tools pay off?")
        [reply] = await slack.until(lambda _: slack.thread_of(asked.said), timeout=SLOW)
    for told in ("14%", "2012", "184", "[1]"):
        assert told in words_of(reply)
    assert buttons_of(reply)[:2] == ["Helpful", "Not helpful"]


async def test_mara_asks_what_is_not_covered(slack: Slack, database_url: str, data_dir: Path) -> None:
    async with started(slack, settings_for(slack, database_url, data_dir=data_dir)):
        asked = await slack.dm("Mara", "What is the parental leave rule in Denmark?")
        [reply] = await slack.until(lambda _: slack.thread_of(asked.said), timeout=SLOW)
    assert "nearest" in words_of(reply)
    assert buttons_of(reply) == ["Pass it to the curator"]


async def test_mara_asks_in_the_channel_and_leo_mistakes_the_figure(
    slack: Slack, database_url: str, data_dir: Path
) -> None:
    async with started(slack, settings_for(slack, database_url, data_dir=data_dir)):
        asked = await slack.mention("Mara", "harbor", "what share of boards get reports?")
        [reply] = await slack.until(lambda _: slack.thread_of(asked.said), timeout=SLOW)
        assert "8%" in words_of(reply)
        assert "24%" in words_of(reply)
        again = await slack.mention("Leo", "harbor", "So 24% of boards, good.", thread=asked.said)
        replies = await slack.until(lambda _: len(slack.thread_of(again.said)) == 3 and slack.thread_of(again.said))
    assert words_of(replies[-1]).startswith("Close: 24% is")


async def test_a_card_that_ines_adds_is_live_without_a_restart_and_reaches_who_asked(
    slack: Slack, tmp_path: Path, sqlite_template: Path, data_dir: Path
) -> None:
    shutil.copytree(data_dir, tmp_path, dirs_exist_ok=True)  # the same cards have the same index
    home = Path(shutil.copytree(HOME, tmp_path / "cards-of-our-own"))
    settings = settings_for(slack, copied_sqlite(sqlite_template, tmp_path), data_dir=tmp_path, knowledge_dir=home)
    async with started(slack, settings) as coach:
        asked = await slack.dm("Mara", f"{DIVERS}?")
        [reply] = await slack.until(lambda _: slack.thread_of(asked.said), timeout=SLOW)
        await slack.press("Mara", reply, "answer_pass")
        await slack.until(lambda _: "Pass it on" in buttons_of(reply))
        await slack.press("Mara", reply, "pass_named")
        await slack.until(lambda _: "Passed on" in words_of(reply))
        await idle(coach)

        add_card(home, DIVING)
        await coach.keeper.look_after()
        told = await slack.until(lambda s: [one for one in s.dm_of("Mara") if "full mask" in words_of(one)])
        await coach.keeper.look_after()
        await idle(coach)
        later = await slack.dm("Leo", f"{DIVERS}?")
        [answer] = await replies_to(slack, later.said)
    assert f"There is an answer now to what you asked some time ago: {DIVERS}?" in words_of(told[0])
    assert len([one for one in slack.dm_of("Mara") if "full mask" in words_of(one)]) == 1
    assert "full mask in cold water [1]." in words_of(answer)
