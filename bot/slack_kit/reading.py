"""Reading what Slack sends. Any field may be missing, and a field of tomorrow may have another form."""

from typing import Any


def part(payload: object, *path: str) -> dict[str, Any]:
    """The object at a path; empty where there is none."""
    for name in path:
        payload = payload.get(name) if isinstance(payload, dict) else None
    return payload if isinstance(payload, dict) else {}


def first(things: object) -> dict[str, Any]:
    """The first object of a list; empty where there is none."""
    one = things[0] if isinstance(things, list) and things else None
    return one if isinstance(one, dict) else {}


def word(value: object) -> str:
    """A string as it came; empty for anything else."""
    return value if isinstance(value, str) else ""
