"""How the coach's words get to Slack: once, and never lost."""
