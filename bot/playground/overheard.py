"""The coach's log, shown beside the page and still written to the terminal."""

import io
import sys
from collections import deque

KEPT = 200


class Overheard(io.StringIO):
    """Give it to `set_up_logs` as its stream. `lines` are the last ones, newest last."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: deque[str] = deque(maxlen=KEPT)

    def write(self, written: str) -> int:
        self.lines.extend(line for line in written.splitlines() if line.strip())
        sys.stderr.write(written)
        return len(written)

    def flush(self) -> None:
        sys.stderr.flush()
