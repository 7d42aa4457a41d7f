"""A language model as reader of reasons. It names one barrier or none; what it cannot say is left to the examples."""

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field

from bot.errors import CoachError
from knowledge.barriers import Read

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

PROMPT = Path(__file__).with_name("prompts") / "reason.md"
LONGEST = 1000
"""How many characters of a reason the model gets to see."""


class ReaderAway(CoachError):
    """The model did not answer, or not in the form asked for. The examples are asked instead."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The model read no reason: {what}.")


class WhichBarrier(BaseModel):
    """What the reason speaks of."""

    barrier: Literal["talk", "memory", "fear", "measurement", "competition", "outside-control", "none"]
    sure: float = Field(ge=0, le=1, description="How sure that is, from 0 to 1.")


class ModelReasons:
    """Reads reasons with one chat model of LangChain. Loading it takes about a second: build it in a thread."""

    def __init__(self, name: str, timeout_seconds: float, **options: Any) -> None:
        """`name`, `options` as for the writer of answers. Raises ImportError when the provider's extra is missing."""
        from langchain.chat_models import init_chat_model

        self._timeout = timeout_seconds
        self._prompt = PROMPT.read_text(encoding="utf-8")
        model: BaseChatModel = init_chat_model(name, timeout=timeout_seconds, max_retries=0, temperature=0, **options)
        self._chain = model.with_structured_output(WhichBarrier)

    async def __call__(self, words: str) -> Read:
        """The barrier of these words. Raises ReaderAway: time-out, outage, refusal, a reply that cannot be read."""
        told = json.dumps({"reason": words[:LONGEST]}, ensure_ascii=False)
        try:
            async with asyncio.timeout(self._timeout):
                reply = await self._chain.ainvoke([("system", self._prompt), ("human", told)])
        except TimeoutError:
            raise ReaderAway("no reply in time") from None
        except Exception as error:
            raise ReaderAway(type(error).__name__) from error
        if not isinstance(reply, WhichBarrier):
            raise ReaderAway("the reply has another form")
        is_named = reply.barrier != "none" and reply.sure >= 0.5
        return Read(reply.barrier if is_named else None, reply.sure)
