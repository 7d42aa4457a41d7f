"""An answer as it stands in Slack: what it says, what it stands on, one thing to try, what to ask next."""

from collections.abc import Iterable, Sequence

from bot.measures.model import in_words
from bot.questions.buttons import NOTHING_PRESSED, WORDS, Asking, Pressed, controls, is_control
from bot.questions.model import Answer, Citation, Gap, Status, source_line
from bot.slack_kit.bounded import said_before
from bot.slack_kit.mrkdwn import escape, link, of_others, plain, safe, shortened
from bot.slack_kit.pieces import (
    Piece,
    context,
    input_block,
    message,
    modal,
    plain_text_input,
    section,
)
from bot.slack_kit.shapes import CONTEXT_TEXT, SECTION_TEXT

ASK_WINDOW = "ask_window"
QUESTION = "question"
LONGEST_QUESTION = 3_000
"""What Slack takes in a field of a window."""

BY_A_MODEL = "Worded by a language model from these sources; it can be wrong."
MENTION_ME = "To go on in this thread, mention me again: here I only see messages that do."


def content(answer: Answer, *, hint: bool = False) -> Piece:
    """The message without its buttons. `hint` tells that a mention is needed to go on."""
    return message(in_plain_words(answer), [*said(answer), *([context(MENTION_ME)] if hint else [])])


def with_controls(shown: Piece, asking: Asking, offered: Iterable[str], pressed: Pressed = NOTHING_PRESSED) -> Piece:
    """The message with its buttons as they are now; those it had before are drawn anew."""
    drawn = shown.get("blocks")
    blocks = [one for one in drawn if isinstance(one, dict)] if isinstance(drawn, list) else []
    kept = [one for one in blocks if not is_control(one, asking)]
    return message(of_others(str(shown["text"])), [*map(said_before, kept), *controls(asking, offered, pressed)])


def led_by(shown: Piece, line: str) -> Piece:
    """The message below a line of its own, such as the question where it was asked elsewhere."""
    drawn = shown.get("blocks")
    return shown | {"blocks": [context(escape(line)), *(drawn if isinstance(drawn, list) else [])]}


def said(answer: Answer) -> list[Piece]:
    """The answer without its buttons."""
    blocks = [section(of_others(part)) for part in _parts(escape(_with_topics(answer)), SECTION_TEXT)]
    if answer.next_step:
        blocks.append(section(f"*Try within 7 days:* {escape(answer.next_step)}"))
    sources = _parts("\n".join(map(source, answer.citations)), CONTEXT_TEXT)
    blocks += [context(of_others(part)) for part in sources if part]
    if answer.related:
        blocks.append(context(f"You might ask next: {escape(' · '.join(f'“{title}”' for title in answer.related))}"))
    if answer.writer != "curated":
        blocks.append(context(BY_A_MODEL))
    return blocks


def source(citation: Citation) -> str:
    """ "1. Authors (year). Title. Kind; sample." with the title linked where a link is allowed."""
    line = f"{citation.n}. {safe(source_line(citation))}"
    found = citation.evidence.source
    title = safe(found.title.rstrip("."))
    return line.replace(title, link(found.link, found.title.rstrip(".")), 1) if found.link else line


def in_plain_words(answer: Answer) -> str:
    """What a phone and a screen reader get, and what is sent where blocks cannot be drawn."""
    lines = [_with_topics(answer)]
    lines += [f"Try within 7 days: {answer.next_step}"] if answer.next_step else []
    lines += [f"{citation.n}. {source_line(citation)}" for citation in answer.citations]
    return plain(escape("\n".join(lines)))


def shared_by(shown: Piece, user_id: str, words: str) -> Piece:
    """The message as everybody in the channel reads it: who asked what, then the answer."""
    drawn = shown.get("blocks")
    line = f"<@{user_id}> asked: {escape(shortened(words, WORDS))}"
    return shown | {"blocks": [context(line), *(drawn if isinstance(drawn, list) else [])]}


def ask_window() -> Piece:
    """The window behind the shortcut."""
    field = plain_text_input(QUESTION, multiline=True, max_length=LONGEST_QUESTION, placeholder=EXAMPLE)
    asked = input_block("What do you want to know?", field, block_id=QUESTION, hint=ONLY_YOU)
    return modal("Ask the coach", [asked], callback_id=ASK_WINDOW, submit="Ask", close="Cancel")


def on_its_way() -> Piece:
    """What the window says once the question is sent."""
    return modal("Ask the coach", [section(ON_ITS_WAY)], callback_id=f"{ASK_WINDOW}_sent")


def gaps_counted(gaps: Sequence[Gap]) -> Piece:
    """For a curator: how many questions wait for a card, by topic. No words of those who asked."""
    if not gaps:
        return message(NO_GAPS, [section(NO_GAPS)])
    lines = _by_topic(gaps)
    return message(
        safe(f"{WITHOUT_ANSWER}\n{lines}"), [section(f"*{WITHOUT_ANSWER}*\n{safe(lines)}"), context(HOW_TO_ADD)]
    )


EXAMPLE = "What share of boards get reports?"
ONLY_YOU = "The answer comes in our direct messages; nobody else sees it."
ON_ITS_WAY = "I am looking it up. The answer comes in our direct messages."
WITHOUT_ANSWER = "Questions I had no answer to, by topic"
NO_GAPS = "No question is waiting for an answer."
HOW_TO_ADD = (
    "`coach knowledge gaps` shows the words of those who passed theirs on; with `coach knowledge new` a card begins, "
    "and I answer from it seconds after it is saved."
)
MOST_TOPICS = 20


def _by_topic(gaps: Sequence[Gap]) -> str:
    """A line for each topic, the commonest first; no sum, from which one could be told from two."""
    return "\n".join(f"• {of_others(gap.about)}: {in_words(gap.count)}{_passed_on(gap)}" for gap in gaps[:MOST_TOPICS])


def _passed_on(gap: Gap) -> str:
    return f" ({len(gap.questions)} passed on)" if gap.questions else ""


def _with_topics(answer: Answer) -> str:
    """With nothing to say, what the coach does know about is named, once."""
    topics = "; ".join(answer.nearest_topics)
    if answer.status is not Status.NOTHING or not topics or topics in answer.text:
        return answer.text
    return f"{answer.text} The nearest I know about: {topics}."


def _parts(text: str, most: int) -> list[str]:
    """The text in pieces Slack takes, cut between sentences or lines."""
    parts: list[str] = []
    while len(text) > most:
        cut = max(text.rfind("\n", 0, most), text.rfind(". ", 0, most) + 1)
        at = cut if cut > 0 else most
        parts, text = [*parts, text[:at].strip()], text[at:].strip()
    return [*parts, text]
