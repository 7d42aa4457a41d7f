"""A coach in a process of its own whose answers take for ever; with the argument `quick` it answers at once."""

import asyncio
import sys
from functools import partial

from bot import wiring
from bot.settings import Settings
from tests.builders import an_answer
from tests.fakes.scripted_answers import ScriptedAnswers


class AnyQuestion(ScriptedAnswers):
    async def __call__(self, question: object) -> object:  # type: ignore[override]
        if self.hold:
            await self.hold.wait()
        return an_answer()


if __name__ == "__main__":
    answers = AnyQuestion({})
    answers.hold = None if "quick" in sys.argv else asyncio.Event()
    wiring.at_work = partial(wiring.at_work, load=answers.load)  # type: ignore[assignment]
    wiring.serve(Settings())
