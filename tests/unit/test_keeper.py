"""The knowledge base opens late, may fail to, and stays fresh."""

import asyncio

import pytest

from bot.keeper import AGAIN_SECONDS, Keeper
from bot.questions.model import Question
from tests.builders import an_answer
from tests.fakes.scripted_answers import ScriptedAnswers

QUESTION = Question("who measures?")


class Changes:
    def __init__(self) -> None:
        self.count = 0

    async def __call__(self) -> None:
        self.count += 1


async def test_a_question_waits_until_the_base_is_open() -> None:
    answers, changes = ScriptedAnswers({QUESTION.text: an_answer()}), Changes()
    keeper = Keeper(answers.load, after_change=changes)
    waiting = asyncio.create_task(keeper.answer(QUESTION))
    await asyncio.sleep(0)
    assert (waiting.done(), keeper.state) == (False, "opening")
    await keeper.look_after()
    assert await waiting == an_answer()
    assert (keeper.state, changes.count) == ("ok", 1)


async def test_it_looks_for_changes_and_tells_of_each_once() -> None:
    answers, changes = ScriptedAnswers({}), Changes()
    keeper = Keeper(answers.load, after_change=changes)
    await keeper.look_after()
    await keeper.look_after()
    assert changes.count == 1
    answers.changed = True
    await keeper.look_after()
    await keeper.look_after()
    assert changes.count == 2


async def test_a_base_that_does_not_open_is_tried_again_after_a_while() -> None:
    now = [0.0]
    answers = ScriptedAnswers({QUESTION.text: an_answer()})
    opened = [OSError("no space"), answers]

    async def load() -> ScriptedAnswers:
        outcome = opened.pop(0)
        if isinstance(outcome, OSError):
            raise outcome
        return outcome

    keeper = Keeper(load, after_change=Changes(), clock=lambda: now[0])
    with pytest.raises(OSError, match="no space"):
        await keeper.look_after()
    await keeper.look_after()  # too early: it is not tried
    assert keeper.state == "broken"
    with pytest.raises(OSError, match="no space"):
        await keeper.answer(QUESTION)

    now[0] += AGAIN_SECONDS
    await keeper.look_after()
    assert await keeper.answer(QUESTION) == an_answer()
