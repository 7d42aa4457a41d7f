"""Knowing-Doing Coach: a Slack bot that answers from evidence and turns what leaders know into what they do."""
