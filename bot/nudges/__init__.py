"""What the coach says of its own accord: one nudge a week to a team, one digest a day to a person."""
