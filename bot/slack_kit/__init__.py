"""What the coach knows of Slack: its pieces, its limits, its words. Nothing here knows a feature."""
