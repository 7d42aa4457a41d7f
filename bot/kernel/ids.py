"""Ids by what they name, so that a type checker sees a team's id where a person's belongs."""

from typing import NewType

WorkspaceId = NewType("WorkspaceId", str)
UserId = NewType("UserId", str)
"""A person, as Slack names them (U… or W…)."""
ChannelId = NewType("ChannelId", str)
TeamId = NewType("TeamId", str)
CommitmentId = NewType("CommitmentId", str)
MetricId = NewType("MetricId", str)
