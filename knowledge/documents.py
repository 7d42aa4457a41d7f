"""What is searched: a document, its sentences and the questions it answers. A card is one; so is any Markdown file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import frontmatter

from knowledge.card import Card
from knowledge.loader import Base
from knowledge.shorthand import spelled_out

_MARKUP = re.compile(r"```.*?```|!\[[^\]]*\]\([^)]*\)|<[^>]+>|[*_`>#|]+|\[[a-z0-9-]+\](?!\()", re.DOTALL)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"“‘'(\[]?[A-ZÀ-Þ0-9])|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question a document answers, and the sentence of it that answers best where that is known."""

    text: str
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The unit of search. `sentences` are what can be cited; `questions` are evidence that the document answers."""

    id: str
    title: str
    sentences: tuple[str, ...]
    questions: tuple[Asked, ...] = ()
    beyond: tuple[str, ...] = ()
    """Questions near to it that it does not answer: they speak against it."""
    is_limit: bool = False
    """Whether it only says what is not known, not covered or not ours to say."""

    @property
    def text(self) -> str:
        return " ".join((f"{self.title}.", *self.sentences)) if self.title else " ".join(self.sentences)

    def spelled_out(self) -> "Document":
        """The document as questions are held against it: shorthand in full, as in the questions themselves."""
        return replace(
            self,
            title=spelled_out(self.title),
            sentences=tuple(map(spelled_out, self.sentences)),
            questions=tuple(replace(asked, text=spelled_out(asked.text)) for asked in self.questions),
            beyond=tuple(map(spelled_out, self.beyond)),
        )


def documents_of(base: Base) -> list[Document]:
    """Every card as a document. It also answers the questions of the findings that its sentences stand on."""
    return [_document(card, base) for card in base.cards.values()]


def documents_in(folder: Path) -> list[Document]:
    """Every Markdown and text file under a folder; the id is its path without the ending.

    Front matter may give `id`, `title` and `questions`; without a title the first heading or the file's name stands in.
    """
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".md", ".txt") and path.is_file())
    return [_file(path, folder) for path in files]


def _document(card: Card, base: Base) -> Document:
    sentences, asked = tuple(s.text for s in card.sentences), tuple(_asked(card, base))
    return Document(card.id, card.title, sentences, asked, card.beyond, card.is_limit)


def _asked(card: Card, base: Base) -> Iterator[Asked]:
    for question in (*card.questions, *card.heard):
        yield Asked(question)
    for id in card.evidence:
        entry = base.evidence.get(id)
        first = next((n for n, sentence in enumerate(card.sentences) if id in sentence.cites), None)
        for question in entry.questions if entry else ():
            yield Asked(question, first)


def _file(path: Path, folder: Path) -> Document:
    post = frontmatter.loads(path.read_text(encoding="utf-8", errors="replace"))
    heading = re.search(r"^#+\s+(.+)$", post.content, re.MULTILINE)
    title = str(post.metadata.get("title") or (heading[1] if heading else path.stem))
    plain = _MARKUP.sub(" ", _LINK.sub(r"\1", post.content))
    sentences = tuple(" ".join(piece.split()) for piece in _SENTENCE.split(plain) if piece.strip())
    listed = post.metadata.get("questions")
    questions = tuple(Asked(str(question)) for question in listed) if isinstance(listed, list) else ()
    id = str(post.metadata.get("id") or path.relative_to(folder).with_suffix("").as_posix())
    return Document(id, title, sentences, questions)
