"""Answers and searches drawn for a terminal. Words go in as plain text: nothing in them is markup."""

import unicodedata
from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.questions.model import Answer, Citation, Status, source_line
from knowledge.found import WEIGHTS, Candidate, Found

WIDEST = 100
"""Columns beyond which lines get hard to read."""

_TITLES = {
    Status.ANSWERED: "Answer",
    Status.CLOSEST: "The nearest I have",
    Status.NOTHING: "Not in my sources",
    Status.SMALL_TALK: "Coach",
    Status.DECLINED: "Coach",
}


def console() -> Console:
    """Standard output, never wider than one reads with ease."""
    out = Console(highlight=False)
    out.width = min(out.width, WIDEST)
    return out


def answer_block(answer: Answer) -> RenderableType:
    """The answer in its panel, then what to try, the sources, and the nearest topics where it does not answer."""
    is_sure = answer.status is Status.ANSWERED
    panel = Panel(
        plain(answer.text),
        title=_TITLES[answer.status],
        title_align="left",
        border_style="cyan" if is_sure else "dim",
        padding=(0, 1),
    )
    return Group(panel, *(Padding(part, (0, 2)) for part in _below(answer)))


def search_block(found: Found) -> RenderableType:
    """The candidates with their signals, best first, and what the coach makes of them."""
    table = Table("", "card", "score", *WEIGHTS, box=None, header_style="bold", padding=(0, 1))
    for number, candidate in enumerate(found.candidates, start=1):
        signals = [f"{getattr(candidate.signals, name):.2f}" for name in WEIGHTS]
        table.add_row(str(number), Text(candidate.id, overflow="fold"), f"{candidate.score:.3f}", *signals)
    return Group(
        table, Text(), *(_nearest(n, candidate) for n, candidate in enumerate(found.candidates, 1)), verdict(found)
    )


def verdict(found: Found) -> Text:
    """How sure the search is, and what the coach would say for that."""
    if found.answers:
        says = "sure enough to answer"
    else:
        says = "named as the nearest, no answer" if found.is_near else "nothing on that"
    premise = f" The question takes {found.premise.stated} for granted; it will be corrected." if found.premise else ""
    return plain(f"\nConfidence {found.confidence:.2f}: {says}.{premise}", style="bold")


def plain(words: str, style: str = "") -> Text:
    """Words that cannot steer the terminal: control characters other than line ends become spaces."""
    kept = (char if char == "\n" or unicodedata.category(char) != "Cc" else " " for char in words)
    return Text("".join(kept), style=style)


def _below(answer: Answer) -> Iterable[RenderableType]:
    if answer.next_step:
        yield Text()
        yield Text.assemble(("Try within 7 days  ", "bold"), plain(answer.next_step))
    if answer.citations:
        yield Text("\nSources", style="bold")
        yield _sources(answer.citations)
    if answer.nearest_topics:
        yield Text("\nNearest topics", style="bold")
        yield from (plain(f"· {topic}") for topic in answer.nearest_topics)


def _sources(citations: Sequence[Citation]) -> Table:
    table = Table.grid(padding=(0, 1))
    for citation in citations:
        link = citation.evidence.source.link
        table.add_row(f"[{citation.n}]", plain(source_line(citation)))
        if link:
            table.add_row("", Text(link, style=f"dim link {link}", overflow="fold"))
    return table


def _nearest(number: int, candidate: Candidate) -> Text:
    nearest = f" — answers “{candidate.question}”" if candidate.question else ""
    return plain(f"{number}. {candidate.title}{nearest}\n   “{candidate.sentence}”", style="dim")
