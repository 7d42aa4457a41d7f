"""The playground in the browser: a small Slack. The server sends what a person sees, the page draws it."""
