"""Ids for rows: text, unique without asking the database, in the order they were made."""

import secrets
import uuid
from datetime import datetime


def new_id(now: datetime) -> str:
    """A UUID of version 7: the time in milliseconds, then chance. Source: RFC 9562, section 5.7."""
    milliseconds = int(now.timestamp() * 1000) & (1 << 48) - 1
    chance = secrets.randbits(74)
    return str(
        uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | chance & (1 << 62) - 1)
    )
