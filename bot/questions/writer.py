"""A language model as writer. It sees numbered evidence and nothing else; its draft is checked like any other."""

import asyncio
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from bot.questions.model import Draft, Grounds, Question, Said, Unchecked, WriterAway
from knowledge.evidence import Evidence

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

PROMPT = Path(__file__).with_name("prompts") / "answer.md"


class WrittenSentence(BaseModel):
    """One sentence of the answer."""

    text: str = Field(description="The sentence, without any citation mark.")
    sources: list[int] = Field(description="The numbers of the entries this sentence stands on.")


class WrittenAnswer(BaseModel):
    """The whole answer, two to five sentences."""

    sentences: list[WrittenSentence]


class ModelWriter:
    """Writes drafts with one chat model of LangChain. Loading it takes about a second: build it in a thread."""

    def __init__(self, name: str, timeout_seconds: float, **options: Any) -> None:
        """`name` is provider:model, as in openai:gpt-5-mini. Raises ImportError when the provider's extra is missing.

        `options` go to the provider's class as they are (base_url, api_key); without them it reads its own variables.
        """
        from langchain.chat_models import init_chat_model

        self.name = name
        self._timeout = timeout_seconds
        self._prompt = PROMPT.read_text(encoding="utf-8")
        self._hash = hashlib.sha256(self._prompt.encode()).hexdigest()[:12]
        model: BaseChatModel = init_chat_model(name, timeout=timeout_seconds, max_retries=0, temperature=0, **options)
        self._chain = model.with_structured_output(WrittenAnswer)

    async def __call__(self, question: Question, grounds: Grounds) -> Draft:
        """A draft over these grounds. Raises WriterAway: time-out, outage, refusal, a reply that cannot be read."""
        entries = list(grounds.entries.values())
        messages = [("system", self._prompt), ("human", as_data(question, grounds, entries))]
        try:
            async with asyncio.timeout(self._timeout):
                reply = await self._chain.ainvoke(messages)
        except TimeoutError:
            raise WriterAway("no reply in time") from None
        except Exception as error:
            raise WriterAway(type(error).__name__) from error
        if not isinstance(reply, WrittenAnswer):
            raise WriterAway("the reply has another form")
        return Draft(tuple(_said(sentence, entries) for sentence in reply.sentences), self.name, self._hash)


def as_data(question: Question, grounds: Grounds, entries: Sequence[Evidence]) -> str:
    """The question and the numbered evidence as one JSON text: data to write from, never instructions to follow."""
    numbers = {entry.id: n for n, entry in enumerate(entries, start=1)}
    told = [*((s.text, s.cites) for s in grounds.card.sentences), *((s.text, s.cites) for s in grounds.supports)]
    return json.dumps(
        {
            "question": question.text,
            "earlier_question": question.memory.question if question.memory else None,
            "card": [{"text": text, "sources": [numbers[id] for id in cites if id in numbers]} for text, cites in told],
            "entries": [_entry(n, entry) for n, entry in enumerate(entries, start=1)],
        },
        ensure_ascii=False,
        indent=1,
    )


def _entry(n: int, entry: Evidence) -> dict[str, object]:
    return {
        "number": n,
        "statement": entry.statement,
        "figures": [f"{figure.value} {figure.unit}: {figure.of}" for figure in entry.figures],
        "kind": str(entry.kind),
        "year": entry.source.year,
        "sample": entry.sample,
        "caveat": entry.caveat,
        "confirmed": entry.is_confirmed,
    }


def _said(sentence: WrittenSentence, entries: Sequence[Evidence]) -> Said:
    unknown = [n for n in sentence.sources if not 1 <= n <= len(entries)]
    if unknown:
        raise Unchecked(f"it cites the numbers {unknown}, which it was not given")
    return Said(" ".join(sentence.text.split()), tuple(entries[n - 1].id for n in sentence.sources))
