"""Messages and windows as files, so that a reviewer can read them and paste them in Block Kit Builder.

After a wanted change: COACH_WRITE_GOLDEN=1 writes them anew, and the difference is reviewed.
"""

import json
import os
from pathlib import Path

from bot.slack_kit.pieces import Piece

GOLDEN = Path(__file__).parent / "golden"


def assert_reviewed(name: str, drawn: Piece) -> None:
    """Fails where a message or window is not the one in the file of this name."""
    file = GOLDEN / f"{name}.json"
    written = json.dumps(drawn, indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("COACH_WRITE_GOLDEN") == "1":
        file.parent.mkdir(exist_ok=True)
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")
