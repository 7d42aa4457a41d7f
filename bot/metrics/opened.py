"""What a window of a metric remembers while it is open: ids only, since the client can read them."""

import json
from dataclasses import asdict, dataclass, fields

FROM_TEMPLATE = frozenset({"name", "meaning", "formula", "unit", "direction", "cadence", "source", "gaming", "guard"})
"""Fields that a template fills. Their blocks bear its id: Slack keeps what stood in a block of the same id."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Which team and metric a window is about, what it was filled from, and whether the decision was asked for."""

    team_id: str
    metric_id: str = ""
    version: int = 0
    template_id: str = ""
    asked: bool = False

    @property
    def metadata(self) -> str:
        return json.dumps(asdict(self))

    def block(self, field: str) -> str:
        """The block_id of a field in this window."""
        return f"{field}:{self.template_id}" if self.template_id and field in FROM_TEMPLATE else field


def opened(metadata: str) -> Opened:
    """What a window remembered; one about no team where that was lost."""
    try:
        told = json.loads(metadata)
    except ValueError:
        told = {}
    known = {one.name for one in fields(Opened)}
    kept = {name: value for name, value in told.items() if name in known} if isinstance(told, dict) else {}
    return Opened(**({"team_id": ""} | kept))
