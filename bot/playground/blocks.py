"""What Slack does to words and blocks on the way: escape what is typed, give every block an id."""

import copy
import re
from collections.abc import Iterator

from bot.playground.model import Json, Workspace

_TYPED = re.compile(r"https?://\S+|[@#][\w.-]+")
_BROADCASTS = {"@channel", "@here", "@everyone"}


def as_sent(typed: str, workspace: Workspace, *, labelled: bool = False) -> str:
    """What Slack makes of typed words: & < > escaped, @name, #channel and links in angle brackets.

    `labelled` is the form of a slash command with should_escape: <@U1|mara>.
    Source: docs.slack.dev/messaging/formatting-message-text, /interactivity/implementing-slash-commands.
    """
    pieces, end = [], 0
    for found in _TYPED.finditer(typed):
        pieces += [_escaped(typed[end : found.start()]), _reference(found.group(), workspace, labelled)]
        end = found.end()
    return "".join([*pieces, _escaped(typed[end:])])


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _reference(word: str, workspace: Workspace, labelled: bool) -> str:
    if word.startswith("http"):
        return f"<{_escaped(word)}>"
    if word in _BROADCASTS:
        return f"<!{word[1:]}>"
    if word.startswith("@") and (person := workspace.person(word[1:])):
        return f"<@{person.id}|{person.handle}>" if labelled else f"<@{person.id}>"
    if word.startswith("#") and (channel := workspace.channel(word)):
        return f"<#{channel.id}|{channel.name}>"
    return word


def rich_text(sent: str, block_id: str) -> list[Json]:
    """The blocks Slack shows for words a person typed."""
    elements = []
    for piece in re.split(r"(<@\w+>)", sent):
        if piece.startswith("<@") and piece.endswith(">"):
            elements.append({"type": "user", "user_id": piece[2:-1]})
        elif piece:
            elements.append({"type": "text", "text": piece})
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]


def with_ids(blocks: object) -> list[Json]:
    """A copy in which every block has a block_id, as Slack gives them."""
    taken = copy.deepcopy(blocks) if isinstance(blocks, list) else []
    for place, block in enumerate(taken):
        block.setdefault("block_id", f"b{place:03d}")
    return taken


def elements_in(blocks: list[Json]) -> Iterator[tuple[str, Json]]:
    """Every interactive element with the id of its block, in reading order."""
    for block in blocks:
        for one in [*block.get("elements", []), block.get("accessory"), block.get("element")]:
            if isinstance(one, dict) and "action_id" in one:
                yield block["block_id"], one
        yield from elements_in(with_ids(block["blocks"]) if isinstance(block.get("blocks"), list) else [])
