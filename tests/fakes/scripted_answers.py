"""What answers in tests: a script. A question that is not in it fails the test by name."""

import asyncio
from collections.abc import Mapping
from functools import cache

from bot.commitments.model import Because
from bot.commitments.reading import Remedy
from bot.questions.model import Answer, Memory, Question
from knowledge.loader import Base, load


@cache
def _base() -> Base:
    return load()


class ScriptedAnswers:
    """Gives the answer of the script; `asked` is what was asked, with what its thread remembered.

    `hold` makes every answer wait until the event is set. A script entry that is an exception is raised.
    """

    def __init__(self, script: Mapping[str, Answer | Exception]) -> None:
        self.script = dict(script)
        self.asked: list[tuple[str, Memory | None]] = []
        self.unscripted: list[str] = []
        self.changed = False
        self.reasons: dict[str, Because] = {}
        self.remedies: dict[Because, Remedy] = {}
        self.hold: asyncio.Event | None = None
        self.was_asked = asyncio.Event()

    async def __call__(self, question: Question) -> Answer:
        self.asked.append((question.text, question.memory))
        self.was_asked.set()
        if self.hold:
            await self.hold.wait()
        if question.text not in self.script:
            self.unscripted.append(question.text)
            raise AssertionError(f"nothing is scripted for {question.text!r}")
        answer = self.script[question.text]
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def base(self) -> Base:
        """The real one: the catalogue of metrics and the practices are looked at as they are."""
        return _base()

    async def read_reason(self, words: str) -> Because | None:
        return self.reasons.get(words)

    async def remedy(self, because: Because) -> Remedy | None:
        return self.remedies.get(because)

    async def refresh(self) -> bool:
        changed, self.changed = self.changed, False
        return changed

    async def load(self) -> "ScriptedAnswers":
        return self
