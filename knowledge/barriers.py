"""What keeps people from doing what they meant to: five barriers, and what they could not change. Light to import."""

from dataclasses import dataclass

REMEDIES = {
    "talk": "talk-fix",
    "memory": "memory-fix",
    "fear": "fear-fix",
    "measurement": "measurement-fix",
    "competition": "competition-fix",
    "outside-control": "outside-control-fix",
}
"""Each barrier by its name in reasons.yaml, and the card that says what helps against it."""


@dataclass(frozen=True, slots=True)
class Read:
    """The barrier that a reason speaks of, if one is named, and how sure the likeliest one is, from 0 to 1."""

    barrier: str | None
    confidence: float
