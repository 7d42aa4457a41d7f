"""From settings to a coach that answers: library and writer, loaded off the event loop and joined with the flow."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from bot.commitments.model import Because
from bot.commitments.reading import Remedy
from bot.commitments.reasons import ByExample, ModelFirst, ReadReason
from bot.questions.flow import answer_question
from bot.questions.model import Answer, Memory, Question, Said, citations_of, source_line
from knowledge.barriers import REMEDIES
from knowledge.card import Card
from knowledge.evidence import Evidence
from knowledge.found import Found

if TYPE_CHECKING:
    from bot.questions.flow import WriteAnswer
    from bot.settings import Settings
    from knowledge.embedder import Embedder
    from knowledge.library import Library
    from knowledge.loader import Base
    from knowledge.reasons import Reasons

LOOKED_AT = 20
"""Candidates of a search: an answer needs few, a thread may lead on to one further down."""

AnswerQuestion = Callable[[Question], Awaitable[Answer]]


class Answering:
    """Answers questions. Searching runs in one thread of its own, so nothing blocks the event loop."""

    def __init__(
        self,
        library: "Library",
        write: "WriteAnswer | None",
        pool: ThreadPoolExecutor,
        reasons: ReadReason | None = None,
    ) -> None:
        self.library = library
        self._pool = pool
        self._reasons = reasons
        self._answer = partial(answer_question, find=self._find, recall=self._recall, write=write)

    async def __call__(self, question: Question) -> Answer:
        return await self._answer(question)

    @property
    def base(self) -> "Base":
        return self.library.base

    async def refresh(self) -> bool:
        """Take in what a curator has changed; True when answers may differ now."""
        return await asyncio.get_running_loop().run_in_executor(None, self.library.refresh)

    async def read_reason(self, words: str) -> Because | None:
        """The barrier that words like these speak of; None where it is not clear."""
        read = await self._reasons(words) if self._reasons else None
        return Because(read.barrier) if read and read.barrier else None

    async def remedy(self, because: Because) -> Remedy | None:
        """The first thing to do of the card that helps against this barrier, with its best source."""
        card = self.library.base.cards.get(REMEDIES.get(because, ""))
        if card is None or not card.what_to_do:
            return None
        sources = citations_of([Said(s.text, s.cites) for s in card.sentences], self._entries(card), [card])
        return Remedy(card.what_to_do[0], source_line(sources[0]) if sources else "")

    def _entries(self, card: Card) -> dict[str, Evidence]:
        return {entry.id: entry for entry in self.library.base.of(card.evidence)}

    async def _find(self, text: str, memory: Memory | None) -> Found:
        search = partial(self.library.find, text, LOOKED_AT)
        if memory:
            search = partial(search, previous=memory.question, recent_cards=memory.cards)
        return await asyncio.get_running_loop().run_in_executor(self._pool, search)

    def _recall(self, memory: Memory) -> tuple[Sequence[Card], Sequence[Evidence]]:
        base = self.library.base
        cards = [base.cards[id] for id in memory.cards if id in base.cards]
        behind = [id for card in cards[:1] for id in card.evidence]
        return cards, base.of(tuple(dict.fromkeys((*memory.evidence, *behind))))


async def load_answering(settings: "Settings") -> Answering:
    """Open or build the index and, where one is set, load the model. Slow the first time; nothing of it on the loop.

    Raises: WeightsWrong, IndexBroken, OSError, and ImportError naming the extra that a model's provider needs.
    """
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="find")
    try:
        return await asyncio.get_running_loop().run_in_executor(pool, _load, settings, pool)
    finally:
        gc.freeze()  # what is loaded now stays: to look through it again and again would hold the loop up for long
        gc.enable()  # the command line began without


def _load(settings: "Settings", pool: ThreadPoolExecutor) -> Answering:
    from knowledge.library import Library
    from knowledge.loader import HOME

    home = settings.knowledge_dir or HOME
    library = Library.open_or_build(home, settings.data_dir / "index", settings.chroma_url)
    library.find("warm up")
    return Answering(library, _writer(settings), pool, reason_reader(settings, lambda: library.embedder))


def reason_reader(settings: "Settings", embedder: "Callable[[], Embedder]") -> ReadReason:
    """What reads reasons with these settings: the examples, behind a model where one is set."""
    examples = ByExample(partial(_examples, settings, embedder))
    if not settings.model:
        return examples
    from bot.commitments.reason_model import ModelReasons

    return ModelFirst(ModelReasons(settings.model, settings.model_timeout_seconds), otherwise=examples)


def _examples(settings: "Settings", embedder: "Callable[[], Embedder]") -> "Reasons":
    from knowledge.reasons import EXAMPLES, Reasons

    own = settings.knowledge_dir / EXAMPLES.name if settings.knowledge_dir else EXAMPLES
    return Reasons.open(embedder(), own if own.exists() else EXAMPLES, settings.data_dir / "index")


def _writer(settings: "Settings") -> "WriteAnswer | None":
    if not settings.model:
        return None
    from bot.questions.writer import ModelWriter

    return ModelWriter(settings.model, settings.model_timeout_seconds)
