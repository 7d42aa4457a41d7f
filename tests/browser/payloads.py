"""What the app sends in these tests, from the files that the checks of Slack's limits use too."""

import json
from pathlib import Path
from typing import Any

from bot.playground.play import Play

BLOCKS = Path(__file__).parents[1] / "payloads/blocks"
ELSEWHERE = ("https://example.com/ladder.png", "https://example.com/survey.png")


def every_block(play: Play) -> dict[str, Any]:
    """A message with every block the coach may draw; its pictures are the playground's own, tests go nowhere else."""
    text = (BLOCKS / "message_with_every_block.json").read_text(encoding="utf-8")
    here = f"{play.slack.state.base_url}/static/coach.svg"
    for address in ELSEWHERE:
        text = text.replace(address, here)
    message: dict[str, Any] = json.loads(text.replace('"slack_file": {"id": "F0LADDER"}', f'"image_url": "{here}"'))
    return message


def modal_with_every_input() -> dict[str, Any]:
    modal: dict[str, Any] = json.loads((BLOCKS / "modal_with_every_input.json").read_text(encoding="utf-8"))
    return modal
