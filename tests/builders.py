"""Answers for tests: sensible ones, and the fields that matter by keyword."""

from bot.questions.model import Answer, Citation, Said, Status
from knowledge.evidence import Evidence
from tests.builders_knowledge import an_entry


def an_answer(
    text: str = "14% of companies use social metrics for performance.",
    *,
    entry: Evidence | None = None,
    card: str = "who-measures",
    next_step: str | None = "Count one thing by hand.",
    related: tuple[str, ...] = (),
    writer: str = "curated",
    topic: str = "survey",
    searched: str = "who measures",
) -> Answer:
    cited = entry or an_entry("measure", text)
    return Answer(
        Status.ANSWERED,
        (Said(text, (cited.id,)),),
        (Citation(1, cited, card),),
        cards=(card,),
        confidence=0.9,
        next_step=next_step,
        related=related,
        writer=writer,
        topic=topic,
        searched=searched,
    )


def nothing(*topics: str, topic: str = "survey") -> Answer:
    near = f" The nearest I know about: {'; '.join(topics)}." if topics else ""
    said = (Said(f"I have nothing on that.{near}"),)
    return Answer(Status.NOTHING, said, confidence=0.1, nearest_topics=topics, topic=topic, searched="it")


def the_closest(title: str = "How many companies measure") -> Answer:
    entry = an_entry()
    said = (Said(f"I have no answer to exactly that; the nearest I have is “{title}”.", (entry.id,)),)
    cited = (Citation(1, entry, "who-measures"),)
    return Answer(Status.CLOSEST, said, cited, cards=("who-measures",), confidence=0.4, topic="survey", searched="it")


def small_talk(text: str = "Hello! Ask me anything about social tools.") -> Answer:
    return Answer(Status.SMALL_TALK, (Said(text),), confidence=1.0)
